package ingest_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
)

func (s *shelf) titles() map[string]string {
	titles := make(map[string]string)
	for _, d := range s.documents {
		titles[d.ID] = d.Title()
	}
	return titles
}

// TestDeletedRows: the last row of a document counts, be it in the same batch or a later one.
func TestDeletedRows(t *testing.T) {
	many := ""
	for i := range 600 {
		many += fmt.Sprintf(`{"id":"m%d","title":"Many"}`+"\n", i)
	}
	for name, content := range map[string]string{
		"JSON lines": `{"id":"a","title":"A"}
{"id":"b","title":"B"}
{"id":"a","deleted":true}
{"kind":"job_post","id":"gone","deleted":true}
{"id":"b","deleted":true}
{"id":"b","title":"B again","deleted":false}`,
		"CSV": "id,title,deleted\na,A,\nb,B,false\na,,true\ngone,,TRUE\nb,,1\nb,B again,\n",
		"many rows later": `{"id":"a","title":"A"}` + "\n" + `{"id":"b","title":"B"}` + "\n" + many +
			`{"id":"a","deleted":true}` + "\n" + `{"id":"b","title":"B again"}`,
	} {
		var s shelf
		sum, rejects, err := load(t, &s, file(t, "rows", content))
		if err != nil || sum.Rows != sum.Loaded+sum.Removals {
			t.Fatalf("%s: %+v, %v %s", name, sum, err, rejects)
		}
		for id := range s.titles() {
			if strings.HasPrefix(id, "m") {
				delete(s.documents, "acme/job_post/"+id)
			}
		}
		if diff := cmp.Diff(map[string]string{"b": "B again"}, s.titles()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestDelete(t *testing.T) {
	for name, content := range map[string]string{
		"ids":         "id\na\ngone\n",
		"an export":   "id;name;price\na;x;5\ngone;y;7\n",
		"JSON":        `[{"id":"a","title":"anything","colour":"red"},{"id":"gone"}]`,
		"kind is own": `{"kind":"job_post","id":"a"}` + "\n" + `{"id":"gone"}`,
	} {
		var s shelf
		if _, _, err := load(t, &s, file(t, "posts", lines)); err != nil {
			t.Fatal(err)
		}
		path := file(t, "old", content)
		for _, deleted := range []int{1, 0} {
			sum, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{path}, Delete: true})
			if err != nil || sum.Removals != 2 || sum.Deleted != deleted || sum.Loaded != 0 {
				t.Errorf("%s: %+v, %v %s", name, sum, err, rejects)
			}
		}
		if diff := cmp.Diff(map[string]string{"b": "Logo"}, s.titles()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for content, reason := range map[string]string{"name\nx\n": `no column "id"`, `{"title":"a"}`: "id: is missing", `{"id":5}`: "id: expected a text"} {
		var s shelf
		_, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{file(t, "old", content)}, Delete: true})
		if err == nil || !strings.Contains(err.Error()+rejects, reason) {
			t.Errorf("%q: %v %s", content, err, rejects)
		}
	}
}

func (s *shelf) stored(_ context.Context, kind retrieval.Kind) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, d := range s.documents {
			if d.Kind == kind && !yield(d.ID, nil) {
				return
			}
		}
	}
}

func TestReplace(t *testing.T) {
	row := func(id string) string { return fmt.Sprintf(`{"id":%q,"title":"T"}`+"\n", id) }
	profile := `{"kind":"profile","id":"p","headline":"H"}` + "\n"
	for _, tt := range []struct {
		name, content string
		share         float64
		kept          bool // an error, and nothing deleted
		want          string
	}{
		{"two are gone", row("a") + row("new"), 0.7, false, "a new p"},
		{"none is gone", row("a") + row("b") + row("c"), 0, false, "a b c p"},
		{"too many are gone", row("a"), 0.5, true, "a b c p"},
		{"a row was rejected", row("a") + row("b") + `{"id":"c"}`, 1, true, "a b c p"},
		{"the file is cut off", gzipped(t, strings.Repeat(row("a"), 1000))[:60], 1, true, "a b c p"},
		{"an empty file", "\n", 1, true, "a b c p"},
		{"a document is deleted by its row", row("a") + row("b") + `{"id":"c","deleted":true}`, 0, false, "a b p"},
		{"another kind's rows do not count", row("a") + row("b") + `{"kind":"profile","id":"c","headline":"H"}`, 0.4, false, "a b c p"},
	} {
		var s shelf
		if _, _, err := load(t, &s, file(t, "before", row("a")+row("b")+row("c")+profile)); err != nil {
			t.Fatal(err)
		}
		_, _, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{file(t, "now", tt.content)},
			Replace: &ingest.Replace{Stored: s.stored, MaxShare: tt.share}})
		if errors.Is(err, ingest.ErrKept) != tt.kept || !tt.kept && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		for _, id := range strings.Fields(tt.want) {
			if _, ok := s.titles()[id]; !ok {
				t.Errorf("%s: %s is not there", tt.name, id)
			}
		}
		if n := len(s.titles()); n != len(strings.Fields(tt.want)) {
			t.Errorf("%s: %v, want %s", tt.name, s.titles(), tt.want)
		}
	}
}

// TestRejectsAreLoadedAgain: rows are handed back so that they can be put right.
func TestRejectsAreLoadedAgain(t *testing.T) {
	const header = "id,title,pay_min,currency,outcome.hired,skills\n"
	for _, tt := range []struct {
		name, content, mapping string
		wrong, right           string // put right in the rejects file
		rejected               int
	}{
		{"JSON lines", `{"id":"a","title":"A"}` + "\n" + `{"id":"b","title":"B","pay_min":-5,"currency":"USD"}`, "", "-5", "500", 1},
		{"CSV", header + "a,A,,,,\nb,B,minus five,USD,true,Go|C++\n", "", "minus five", "500", 1},
		{"CSV with too few fields", header + "b,B\n", "", `"b,B"`, `{"id":"b","title":"B","pay_min":"500","currency":"USD"}`, 1},
		{"JSON array", `[{"id":"b","title":"B","pay_min":500,"currency":"XXX"}]`, "", "XXX", "USD", 1},
		{"broken JSON", `{"id":"b","title":`, "", `"{\"id\":\"b\",\"title\":"`, `{"id":"b","title":"B","pay_min":500,"currency":"USD"}`, 1},
		{"mapped", "uid,name,from\nb,B,x\n", "kind: job_post\nfields: {id: uid, title: name, pay_min: {from: from, as: money}, currency: {const: USD}}", `"x"`, `"5.00"`, 1},
	} {
		var s shelf
		o := ingest.Options{Tenant: "acme", Kind: retrieval.KindJobPost, Loader: &s, Files: []string{file(t, "rows", tt.content)}}
		if tt.mapping != "" {
			o.Mapping = mapping(t, tt.mapping)
		}
		var refused strings.Builder
		o.Remark = func(r ingest.Remark) {
			line, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			refused.Write(append(line, '\n'))
		}
		if _, err := ingest.Run(t.Context(), o); !errors.Is(err, ingest.ErrRejected) {
			t.Fatalf("%s: %v", tt.name, err)
		}
		before := refused.String()
		o.Files = []string{file(t, "rejects", before)}
		refused.Reset()
		_, row, _ := strings.Cut(before, `"row":`)
		if _, err := ingest.Run(t.Context(), o); !errors.Is(err, ingest.ErrRejected) || !strings.HasSuffix(refused.String(), `"row":`+row) {
			t.Errorf("%s: not put right: %v, handed back %s", tt.name, err, refused.String())
		}
		about, _, _ := strings.Cut(before, `"row":`)
		o.Files = []string{file(t, "rejects", about+`"row":`+strings.Replace(row, tt.wrong, tt.right, 1))}
		if _, err := ingest.Run(t.Context(), o); err != nil {
			t.Errorf("%s: put right: %v\n%s%s", tt.name, err, before, refused.String())
			continue
		}
		if p := s.post(t, "b"); p.Title != "B" || p.PayMin != 500 || p.Currency != "USD" {
			t.Errorf("%s: %+v", tt.name, p)
		}
	}
}

// TestTexts: HTML goes from all forms, and contacts where that is asked for.
func TestTexts(t *testing.T) {
	rows := `{"id":"p","title":"Fix &amp; ship","description":"<p>One</p><p>Two &lt;b&gt; List<String> a < b</p>","skills":["C&#43;&#43;"]}
{"id":"q","title":"Q","description":"&lt;p&gt;Escaped &amp;amp; whole&lt;/p&gt;&lt;br/&gt;Mail jane@example.com"}
{"kind":"profile","id":"f","headline":"<b>Dev</b>","overview":"Call +1 415 555 2671","experience":[{"title":"<i>Lead</i>","text":"a&nbsp;b t.me/janedoe"}]}
{"kind":"proposal","id":"r","job_post":"p","text":"Hi<br>there, Telegram: @jane_d"}
`
	for _, mask := range []bool{false, true} {
		var s shelf
		sum, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{file(t, "rows", rows)}, MaskContacts: mask})
		if err != nil {
			t.Fatalf("%v %s", err, rejects)
		}
		p, f := s.post(t, "p"), s.documents["acme/profile/f"].Profile
		got := []string{p.Title, p.Description, p.Skills[0], f.Headline, f.Experience[0].Title,
			s.post(t, "q").Description, f.Overview, f.Experience[0].Text, s.documents["acme/proposal/r"].Proposal.Text}
		want := []string{"Fix & ship", "One\n\nTwo <b> List<String> a < b", "C++", "Dev", "Lead",
			"Escaped & whole\n\nMail jane@example.com", "Call +1 415 555 2671", "a b t.me/janedoe", "Hi\nthere, Telegram: @jane_d"}
		if mask {
			want = append(want[:5], "Escaped & whole\n\nMail [email]", "Call [phone]", "a b [profile]", "Hi\nthere, Telegram: [handle]")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("mask %v (-want +got):\n%s", mask, diff)
		}
		if masked := sum.Masked; masked != 0 && !mask || masked != 4 && mask {
			t.Errorf("mask %v: %d masked", mask, masked)
		}
	}
}

func TestUTF16(t *testing.T) {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		content, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String("id\ttitle\r\na\tZoë’s café 😀\r\n")
		if err != nil {
			t.Fatal(err)
		}
		var s shelf
		if _, rejects, err := load(t, &s, file(t, "sheet.txt", content)); err != nil || s.post(t, "a").Title != "Zoë’s café 😀" {
			t.Errorf("%v %s %v", err, rejects, s.titles())
		}
	}
}

func TestDeepNesting(t *testing.T) {
	var s shelf
	deep := `{"id":"x","title":` + strings.Repeat("[", 1_000_000) + "\n" + `{"id":"ok","title":"Good"}` + "\n"
	_, rejects, err := load(t, &s, file(t, "rows", deep))
	if !errors.Is(err, ingest.ErrRejected) || !strings.Contains(rejects, ":1: ") {
		t.Errorf("%v %.200s", err, rejects)
	}
	s.post(t, "ok")
}

// void loads nothing, and notes the largest heap.
type void struct{ heap uint64 }

func (*void) Load(context.Context, string, []retrieval.Document) (int, error) { return 0, nil }
func (*void) Delete(context.Context, string, retrieval.Kind, []string) (int, error) {
	return 0, nil
}

// TestMemory: 208 MiB of rows go through a few dozen of memory.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	total := 208 << 20
	if racing {
		total = 48 << 20 // the whole is streamed by make test without the detector
	}
	reader, writer := io.Pipe()
	text := strings.Repeat("Some work that takes a while and is well paid. ", 1000) // 47 KB
	go func() {
		zipped, err := gzip.NewWriterLevel(writer, gzip.BestSpeed)
		if err != nil {
			writer.CloseWithError(err)
			return
		}
		out := bufio.NewWriterSize(zipped, 1<<20)
		for n, i := 0, 0; n < total; i++ {
			wrote, _ := fmt.Fprintf(out, `{"id":"p%d","title":"Post","description":"%s"}`+"\n", i, text)
			n += wrote
		}
		writer.CloseWithError(errors.Join(out.Flush(), zipped.Close()))
	}()
	var loader void
	sum, err := ingest.Run(t.Context(), ingest.Options{
		Tenant: "acme", Kind: retrieval.KindJobPost, Files: []string{"-"}, Stdin: reader, Loader: &loader,
		Progress: func(ingest.Progress) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			loader.heap = max(loader.heap, m.HeapAlloc)
		},
	})
	if err != nil || sum.Loaded < total/48_000 {
		t.Fatalf("%+v, %v", sum, err)
	}
	t.Logf("%d rows, heap at most %d MiB, %v", sum.Rows, loader.heap>>20, sum.Took)
	if loader.heap > 128<<20 {
		t.Errorf("the heap grew to %d MiB", loader.heap>>20)
	}
}
