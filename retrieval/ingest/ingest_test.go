package ingest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
)

// shelf is a Loader that keeps documents in memory.
type shelf struct {
	mu        sync.Mutex
	documents map[string]retrieval.Document
	fails     func(call int) error
	calls     int
}

func (s *shelf) Load(ctx context.Context, tenant string, docs []retrieval.Document) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if s.fails != nil {
		if err := s.fails(s.calls); err != nil && !errors.Is(err, retrieval.ErrNotEmbedded) {
			return 0, err
		}
	}
	if s.documents == nil {
		s.documents = make(map[string]retrieval.Document)
	}
	changed := 0
	for _, d := range docs {
		key := tenant + "/" + string(d.Kind) + "/" + d.ID
		if old, ok := s.documents[key]; !ok || !cmp.Equal(old, d) {
			s.documents[key] = d
			changed++
		}
	}
	if s.fails != nil {
		return changed, s.fails(s.calls)
	}
	return changed, ctx.Err()
}

func (s *shelf) Delete(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	deleted := 0
	for _, id := range ids {
		key := tenant + "/" + string(kind) + "/" + id
		if _, ok := s.documents[key]; ok {
			delete(s.documents, key)
			deleted++
		}
	}
	return deleted, ctx.Err()
}

func (s *shelf) post(t *testing.T, id string) *retrieval.JobPost {
	t.Helper()
	d, ok := s.documents["acme/job_post/"+id]
	if !ok {
		t.Fatalf("no post %q in %v", id, s.documents)
	}
	return d.Post
}

// file writes content to a file.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func gzipped(t *testing.T, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// load runs an ingest of job posts and returns what it reported.
func load(t *testing.T, loader ingest.Loader, files ...string) (ingest.Summary, string, error) {
	t.Helper()
	return loadWith(t, ingest.Options{Loader: loader, Files: files})
}

// loadWith runs an ingest with more options.
func loadWith(t *testing.T, o ingest.Options) (ingest.Summary, string, error) {
	t.Helper()
	var rejects strings.Builder
	o.Tenant, o.Remark = "acme", func(r ingest.Remark) { fmt.Fprintln(&rejects, r) }
	if o.Kind == "" {
		o.Kind = retrieval.KindJobPost
	}
	sum, err := ingest.Run(t.Context(), o)
	return sum, rejects.String(), err
}

const (
	lines = `{"id":"a","title":"Shop","skills":["Go"],"pay_type":"fixed","pay_min":100,"pay_max":200,"currency":"EUR"}
{"id":"b","title":"Logo","outcome":{"hired":true,"days_to_hire":3}}
`
	array = "[\n" + `{"id":"a","title":"Shop","skills":["Go"],"pay_type":"fixed","pay_min":100,"pay_max":200,"currency":"EUR"},
{"id":"b",
 "title":"Logo","outcome":{"hired":true,"days_to_hire":3}}]`
	table = "ID,Title,Skills,Pay Type,pay_min,pay_max,currency,outcome.hired,outcome.days_to_hire\r\n" +
		"a,Shop,Go,fixed,100,200,EUR,,\r\nb,Logo,,,,,,TRUE,3\r\n"
)

func TestFormats(t *testing.T) {
	a := &retrieval.JobPost{Title: "Shop", Skills: []string{"Go"}, PayType: "fixed", PayMin: 100, PayMax: 200, Currency: "EUR"}
	b := &retrieval.JobPost{Title: "Logo", Skills: []string{}, Outcome: &retrieval.Outcome{Hired: new(true), DaysToHire: 3}}
	for name, content := range map[string]string{
		"JSON lines":                lines,
		"JSON lines, no end":        strings.TrimSpace(lines),
		"JSON lines, empty lines":   "\n\n" + strings.ReplaceAll(lines, "\n", "\r\n\r\n"),
		"JSON lines, byte order":    "\uFEFF" + lines,
		"JSON array":                array,
		"JSON array on one line":    strings.ReplaceAll(array, "\n", ""),
		"CSV":                       table,
		"CSV, semicolons":           strings.ReplaceAll(table, ",", ";"),
		"CSV, tabs":                 strings.ReplaceAll(table, ",", "\t"),
		"CSV, no end":               strings.TrimSpace(table),
		"CSV, byte order":           "\uFEFF" + table,
		"JSON lines gzipped":        gzipped(t, lines),
		"JSON array gzipped":        gzipped(t, array),
		"CSV gzipped":               gzipped(t, table),
		"CSV gzipped in two pieces": gzipped(t, table[:100]) + gzipped(t, table[100:]),
	} {
		t.Run(name, func(t *testing.T) {
			var s shelf
			path := file(t, "posts", content)
			for _, changed := range []int{2, 0} {
				sum, rejects, err := load(t, &s, path)
				if err != nil || rejects != "" {
					t.Fatalf("%v\n%s", err, rejects)
				}
				sum.Took = 0
				if diff := cmp.Diff(ingest.Summary{Rows: 2, Loaded: 2, Changed: changed}, sum); diff != "" {
					t.Errorf("summary (-want +got):\n%s", diff)
				}
			}
			if diff := cmp.Diff([]*retrieval.JobPost{a, b}, []*retrieval.JobPost{s.post(t, "a"), s.post(t, "b")}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStandardInput(t *testing.T) {
	var s shelf
	o := ingest.Options{Tenant: "acme", Kind: retrieval.KindJobPost, Files: []string{"-"}, Loader: &s, Stdin: strings.NewReader(gzipped(t, lines))}
	if sum, err := ingest.Run(t.Context(), o); err != nil || sum.Loaded != 2 {
		t.Fatalf("%+v, %v", sum, err)
	}
	o.Stdin = nil
	if _, err := ingest.Run(t.Context(), o); err == nil {
		t.Error("no standard input: no error")
	}
}

func TestOtherKinds(t *testing.T) {
	var s shelf
	profiles := file(t, "p.csv", "id,headline,skills,rate,currency,track_record.rating,track_record.reviews\np1,Builds shops,\"Go; C++|SQL\",5000,USD,4.5,2\n")
	proposals := file(t, "q.jsonl", `{"id":"q1","job_post":"a","profile":"p1","text":"Hello"}`)
	for kind, path := range map[retrieval.Kind]string{retrieval.KindProfile: profiles, retrieval.KindProposal: proposals} {
		sum, err := ingest.Run(t.Context(), ingest.Options{Tenant: "acme", Kind: kind, Files: []string{path}, Loader: &s})
		if err != nil || sum.Loaded != 1 {
			t.Errorf("%s: %+v, %v", kind, sum, err)
		}
	}
	p := s.documents["acme/profile/p1"].Profile
	if p == nil || !cmp.Equal(p.Skills, []string{"Go", "C++", "SQL"}) || p.TrackRecord.Rating != 4.5 {
		t.Errorf("profile %+v", p)
	}
	// A row's own kind counts more than the asked one.
	mixed := file(t, "m.jsonl", `{"kind":"proposal","id":"q2","job_post":"a","text":"Hi"}`)
	if _, _, err := load(t, &s, mixed); err != nil || s.documents["acme/proposal/q2"].Proposal == nil {
		t.Errorf("a row with its own kind: %v", err)
	}
}

// TestBrokenRows: each is reported with its line, and the good row "ok" of the
// same file is loaded.
func TestBrokenRows(t *testing.T) {
	const good = `{"id":"ok","title":"Good"}`
	const header = "id,title,pay_min,currency,description\n"
	for _, tt := range []struct{ name, content, line, reason string }{
		{"not JSON", good + "\n{\"id\": nonsense}\n", "2", "not valid JSON"},
		{"half a row", good + "\n{\"id\":\"x\",\"title\":\"cut o", "2", "not valid JSON"},
		{"two rows on a line", good + "\n" + good + good, "2", ""},
		{"another type", "{\"id\":\"x\",\"title\":5}\n" + good, "1", "title"},
		{"an array inside", good + "\n[1]\n", "2", ""},
		{"unknown field", good + "\n{\"id\":\"x\",\"title\":\"T\",\"colour\":\"red\"}", "2", "colour"},
		{"no title", good + "\n{\"id\":\"x\"}", "2", "title: is missing"},
		{"negative pay", good + "\n{\"id\":\"x\",\"title\":\"T\",\"pay_min\":-5,\"currency\":\"USD\"}", "2", "pay_min"},
		{"unknown currency", good + "\n{\"id\":\"x\",\"title\":\"T\",\"pay_min\":5,\"currency\":\"XYZ\"}", "2", "XYZ"},
		{"unknown kind", good + "\n{\"id\":\"x\",\"kind\":\"cat\",\"title\":\"T\"}", "2", "cat"},
		{"not UTF-8", good + "\n{\"id\":\"x\",\"title\":\"caf\xe9\"}", "2", "UTF-8"},
		{"NUL byte", good + "\n{\"id\":\"x\",\"title\":\"a\x00b\"}", "2", "NUL"},
		{"NUL escaped", good + "\n{\"id\":\"x\",\"title\":\"a\\u0000b\"}", "2", "NUL"},
		{"a field of 10 MB", "{\"id\":\"x\",\"title\":\"" + strings.Repeat("y", 10<<20) + "\"}\n" + good, "1", "4 MiB"},
		{"a text too long", "{\"id\":\"x\",\"title\":\"T\",\"description\":\"" + strings.Repeat("y", 1<<20) + "\"}\n" + good, "1", "description"},
		{"array: type", "[" + good + ",\n{\"id\":\"x\",\"title\":5}]", "2", "title"},
		{"CSV: too few fields", header + "x,T\nok,Good,,,\n", "2", "2 fields"},
		{"CSV: too many fields", header + "x,T,,,,,\nok,Good,,,\n", "2", "7 fields"},
		{"CSV: not a number", header + "x,T,many,USD,\nok,Good,,,\n", "2", "pay_min"},
		{"CSV: quote inside", header + "x,a\"b,,,\nok,Good,,,\n", "2", "quote"},
		{"CSV: open quote", header + "x,\"T,,,\nok,Good,,,\n", "2", "quote"},
		{"CSV: open quote, others later", header + "x,\"T,,,\nok,Good,,,\ny,\"Fine, too\",,,\n", "2", "quote"},
		{"CSV: open quote at the end", header + "ok,Good,,,\nx,\"T,,,", "3", "quote"},
		{"CSV: a field of 10 MB", header + "x,T,,," + strings.Repeat("y", 10<<20) + "\nok,Good,,,\n", "2", "4 MiB"},
		{"CSV: a quoted field of 10 MB in lines", header + "x,T,,,\"" + strings.Repeat("y\n", 5<<10) + strings.Repeat("y", 5<<20) + "\"\nok,Good,,,\n", "2", ""},
		{"CSV: wrong count over lines", header + "x,\"line one\nline two\nline three\"\nok,Good,,,\n", "2", "2 fields"},
		{"CSV: NUL", header + "x,a\x00b,,,\nok,Good,,,\n", "2", "NUL"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s shelf
			path := file(t, "posts", tt.content)
			sum, rejects, err := load(t, &s, path)
			if !errors.Is(err, ingest.ErrRejected) {
				t.Errorf("error %v, want ErrRejected", err)
			}
			if sum.Rejected == 0 || sum.Rows != sum.Loaded+sum.Rejected {
				t.Errorf("summary %+v", sum)
			}
			first, _, _ := strings.Cut(rejects, "\n")
			if !strings.HasPrefix(first, path+":"+tt.line+": ") || !strings.Contains(first, tt.reason) {
				t.Errorf("report %.200q, want line %s and %q", first, tt.line, tt.reason)
			}
			if len(rejects) > 2_000_000 {
				t.Errorf("the report has %d bytes", len(rejects))
			}
			s.post(t, "ok")
		})
	}
}

// TestBrokenFiles: what cannot be read on, with what came before it.
func TestBrokenFiles(t *testing.T) {
	many := strings.Repeat(" ", 10)
	for i := range 2000 {
		many += fmt.Sprintf(`{"id":"p%d","title":"Post %d"}`+"\n", i, i*i)
	}
	zipped := gzipped(t, many)
	for _, tt := range []struct {
		name, content, reason string
		least                 int // rows loaded
	}{
		{"empty", "", "is empty", 0},
		{"empty gzip", gzipped(t, ""), "is empty", 0},
		{"only blanks", " \n \n", "", 0},
		{"header only", "id,title\n", "no rows", 0},
		{"empty array", "[]", "no rows", 0},
		{"gzip cut", zipped[:len(zipped)/2], "unexpected EOF", 100},
		{"gzip damaged at its end", zipped[:len(zipped)-6] + "abcdef", "checksum", 1000},
		{"not gzip after all", "\x1f\x8bnonsense", "gzip", 0},
		{"spreadsheet", "PK\x03\x04zzzz", "spreadsheet", 0},
		{"UTF-16 without a title", "\xff\xfei\x00d\x00", "title", 0},
		{"wrong column", "id,titel\na,b\n", "titel", 0},
		{"column missing", "id,category\na,b\n", "title", 0},
		{"column twice", "id,title,title\na,b,c\n", "twice", 0},
		{"array with a syntax error", "[{\"id\":\"a\",\"title\":\"T\"},\n{oops},\n{\"id\":\"b\",\"title\":\"T\"}]", "line 2", 1},
		{"array cut", `[{"id":"a","title":"T"}`, "array", 1},
		{"array with an element of 10 MB", `[{"id":"a","title":"T"},` + "\n" + `{"id":"b","title":"` + strings.Repeat("y", 10<<20) + `"}]`, "4 MiB", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s shelf
			path := file(t, "posts", tt.content)
			next := file(t, "next", `{"id":"next","title":"Next"}`)
			sum, _, err := load(t, &s, path, next)
			if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), tt.reason) {
				t.Errorf("error %v, want %q", err, tt.reason)
			}
			if sum.Loaded < tt.least+1 {
				t.Errorf("%d rows loaded, want at least %d", sum.Loaded, tt.least+1)
			}
			s.post(t, "next")
		})
	}
}

func TestFilesThatAreNone(t *testing.T) {
	var s shelf
	folder := t.TempDir()
	_, _, err := load(t, &s, filepath.Join(folder, "missing"), folder, file(t, "good", lines))
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("error %v", err)
	}
	if len(s.documents) != 2 {
		t.Errorf("%d documents of the good file", len(s.documents))
	}
}

func TestRepeatedIDs(t *testing.T) {
	var s shelf
	path := file(t, "posts", `{"id":"a","title":"First"}
{"id":"b","title":"Other"}
{"id":"a","title":"Last"}
`)
	sum, rejects, err := load(t, &s, path)
	if err != nil || sum.Repeated != 1 || sum.Rejected != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
	if !strings.Contains(rejects, path+":3: ") || !strings.Contains(rejects, "line 1") {
		t.Errorf("report %q", rejects)
	}
	if s.post(t, "a").Title != "Last" {
		t.Error("the last row does not count")
	}
}

func TestRowsWithoutID(t *testing.T) {
	var s shelf
	path := file(t, "posts", `{"title":"One"}
{"title":"Two","id":""}
{"title":"Three","id":null}
{"id":"","title":"Two"}
`)
	for _, changed := range []int{3, 0} {
		sum, _, err := load(t, &s, path)
		if err != nil || sum.Changed != changed || sum.Repeated != 1 {
			t.Errorf("%+v, %v, want %d changed", sum, err, changed)
		}
	}
}

func TestLoaderFails(t *testing.T) {
	var content strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&content, `{"id":"p%d","title":"Post"}`+"\n", i)
	}
	path := file(t, "posts", content.String())

	gone := shelf{fails: func(call int) error {
		if call == 2 {
			return fmt.Errorf("store: %w", retrieval.ErrUnavailable)
		}
		return nil
	}}
	sum, _, err := load(t, &gone, path, path)
	if !errors.Is(err, retrieval.ErrUnavailable) || gone.calls > 4 || sum.Loaded == 0 || sum.Loaded >= 1000 || sum.Loaded != len(gone.documents) {
		t.Errorf("database gone: %+v, %v after %d calls, %d stored", sum, err, gone.calls, len(gone.documents))
	}
	gone.fails = nil
	left := 1000 - len(gone.documents)
	if sum, _, err := load(t, &gone, path); err != nil || sum.Loaded != 1000 || sum.Changed != left {
		t.Errorf("run again: %+v, %v", sum, err)
	}

	late := shelf{fails: func(int) error { return fmt.Errorf("model: %w", retrieval.ErrNotEmbedded) }}
	sum, _, err = load(t, &late, path)
	if !errors.Is(err, retrieval.ErrNotEmbedded) || sum.Loaded != 1000 || len(late.documents) != 1000 {
		t.Errorf("embedder down: %+v, %v", sum, err)
	}
}

func TestInterrupted(t *testing.T) {
	var content strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&content, `{"id":"p%d","title":"Post"}`+"\n", i)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var s shelf
	sum, err := ingest.Run(ctx, ingest.Options{
		Tenant: "acme", Kind: retrieval.KindJobPost, Files: []string{file(t, "posts", content.String())}, Loader: &s,
		Progress: func(ingest.Progress) { cancel() },
	})
	if !errors.Is(err, context.Canceled) || sum.Loaded < 256 || sum.Loaded > 3*256 || sum.Loaded != len(s.documents) {
		t.Errorf("%+v, %v, %d stored", sum, err, len(s.documents))
	}
}

func TestOptionsMissing(t *testing.T) {
	var s shelf
	for name, o := range map[string]ingest.Options{
		"tenant": {Files: []string{"x"}, Loader: &s}, "files": {Tenant: "a", Loader: &s}, "loader": {Tenant: "a", Files: []string{"x"}},
	} {
		if _, err := ingest.Run(t.Context(), o); !errors.Is(err, retrieval.ErrInvalid) {
			t.Errorf("no %s: %v", name, err)
		}
	}
}
