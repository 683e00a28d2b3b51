package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func zipped(t *testing.T, content string) string {
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

// TestBadInput: one command, many files, each with something wrong and, where
// it is called ok-N, a good row that is loaded all the same.
func TestBadInput(t *testing.T) {
	var many strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&many, `{"id":"m%d","title":"Work %d"}`+"\n", i, i*i)
	}
	packed := zipped(t, many.String())
	damaged := []byte(packed)
	damaged[len(damaged)/2] ^= 0xff
	good := func(n int) string { return fmt.Sprintf(`{"id":"ok-%d","title":"Good"}`+"\n", n) }
	files := []struct {
		name, content string
		said          string // after the name of the file
	}{
		{"truncated.gz", packed[:len(packed)*3/4], "after line "},
		{"damaged.gz", string(damaged), "after line "},
		{"column.csv", "id,titel\nx,T\n", `column "titel" is not known`},
		{"quote.csv", "id,title\nx,\"T\nok-1,Good\ny,\"a\"b\n", "2: a quoted field does not end"},
		{"spreadsheet.csv", "PK\x03\x04", "save it as CSV"},
		{"long.jsonl", `{"id":"x","title":"T","description":"` + strings.Repeat("y", 10<<20) + "\"}\n" + good(2), "1: row is too long: more than 4 MiB"},
		{"nul.jsonl", good(3) + "{\"id\":\"x\",\"title\":\"a\x00b\"}\n", "2: contains a NUL character"},
		{"year.jsonl", `{"id":"x","title":"T","posted_on":"0000-01-01"}` + "\n" + good(4), "1: job_post \"x\": posted_on: year 0"},
		{"pay.jsonl", `{"id":"x","title":"T","pay_min":-5,"currency":"USD"}` + "\n" + good(5), "1: job_post \"x\": pay_min: -5"},
		{"currency.jsonl", `{"id":"x","title":"T","pay_min":5,"currency":"XYZ"}` + "\n" + good(6), `1: job_post "x": currency: "XYZ"`},
		{"twice.jsonl", `{"id":"ok-7","title":"Old"}` + "\n" + good(7), `2: id "ok-7" is also on line 1`},
		{"mark.csv", "\uFEFFid,title\r\nok-8,Good\r\n", ""},
		{"utf16.csv", "\xff\xfei\x00d\x00,\x00t\x00i\x00t\x00l\x00e\x00\n\x00o\x00k\x00-\x009\x00,\x00G\x00o\x00o\x00d\x00\n\x00", ""},
		{"garbage.jsonl", `{"id":"x","title":"T"} trailing` + "\n" + good(10), "1: not valid JSON"},
		{"array.json", `[{"id":"ok-11","title":"Good"}` + ",\n{oops}]", "line 2: the rest of the array cannot be read"},
		{"deep.jsonl", `{"id":"x","title":` + strings.Repeat("[", 1<<20) + "\n" + good(12), "1: "},
		{"latin1.csv", "id,title\nx,caf\xe9\nok-13,Good\n", "2: is not UTF-8"},
	}
	folder := t.TempDir()
	args := []string{"ingest"}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(folder, f.name), []byte(f.content), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, f.name)
	}
	onDatabases(t, func(t *testing.T, env map[string]string) {
		env["PARLEY_DATA"] = t.TempDir()
		p := command(t, env, args...)
		p.Dir = folder
		p.fails(t, exitFailed)
		for _, f := range files {
			line := f.name
			if strings.HasPrefix(f.said, "1:") || strings.HasPrefix(f.said, "2:") {
				line += ":"
			}
			if said := strings.Contains(p.log.String(), line) && strings.Contains(p.log.String(), f.said); said != (f.said != "") {
				t.Errorf("%s: not said: %s", f.name, f.said)
			}
		}
		documents := contents(t, env).Documents
		for n := 1; n <= 13; n++ {
			if d := documents[fmt.Sprint("ok-", n)]; !strings.Contains(d, `"Good"`) {
				t.Errorf("ok-%d: %q", n, d)
			}
		}
		if _, there := documents["x"]; there {
			t.Error("a bad row was loaded")
		}
		if len(documents) < 500 {
			t.Errorf("%d documents: what came before the damage was not loaded", len(documents))
		}
	})
}

// TestBadUploads: the same through the API.
func TestBadUploads(t *testing.T) {
	env := map[string]string{"PARLEY_API_KEY": shopKey}
	s := startServer(t, testConfig(t, env))
	type answer struct {
		Rows, Changed, Deleted, Masked, Rejected int
		Rejects                                  []struct {
			Line   int
			Reason string
		}
	}
	rows := []struct{ row, reason string }{
		{`{"id":"a","title":"Good, write to jane@example.com &amp; wait"}`, ""},
		{`{"id":"b","title":"B","pay_min":-5,"currency":"USD"}`, "pay_min"},
		{`{"id":"b","title":"B","posted_on":"0000-01-01"}`, "year 0"},
		{`{"id":"b","title":"B","pay_min":5,"currency":"XYZ"}`, "XYZ"},
		{"{\"id\":\"b\",\"title\":\"a\x00b\"}", "NUL"},
		{"{\"id\":\"b\",\"title\":\"caf\xe9\"}", "UTF-8"},
		{`{"id":"b","title":"` + strings.Repeat("y", 2<<20) + `"}`, "1 MiB"},
		{`{"id":"b","title":` + strings.Repeat("[", 100_000), "JSON"},
		{`{"id":"b","title":"B"} {}`, "JSON"},
		{`{"title":"no id"}`, "id: is missing"},
		{`{"id":"b","title":"B","colour":"red"}`, "colour"},
		{`{"id":"c","title":"Short-lived"}`, ""},
		{`{"id":"c","deleted":true}`, ""},
		{`{"kind":"cat","id":"c","deleted":true}`, "cat"},
		{`{"id":"d","title":"Last"}`, ""},
	}
	var body strings.Builder
	want := map[int]string{}
	for i, r := range rows {
		body.WriteString(r.row + "\r\n")
		if r.reason != "" {
			want[i+1] = r.reason
		}
	}
	for _, encoding := range []string{"", "gzip"} {
		content := body.String()
		if encoding == "gzip" {
			content = zipped(t, content)
		}
		var got answer
		code := post(t, s, "?kind=job_post&mask_contacts=true", encoding, content, &got)
		if code != http.StatusOK || got.Rows != len(rows) || got.Rejected != len(want) || got.Masked != 1 || len(got.Rejects) != len(want) {
			t.Errorf("%q: %d %+v", encoding, code, got)
		}
		for _, r := range got.Rejects {
			if want[r.Line] == "" || !strings.Contains(r.Reason, want[r.Line]) {
				t.Errorf("%q: line %d: %s, want %q", encoding, r.Line, r.Reason, want[r.Line])
			}
		}
		var d retrieval.JobPost
		s.get(t, "/v1/documents/job_post/a", shopKey, http.StatusOK, &d)
		if d.Title != "Good, write to [email] & wait" {
			t.Errorf("%q", d.Title)
		}
		s.get(t, "/v1/documents/job_post/d", shopKey, http.StatusOK, nil)
		s.get(t, "/v1/documents/job_post/c", shopKey, http.StatusNotFound, nil)
	}
	var many strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&many, `{"id":"m%d","title":"Work %d"}`+"\n", i, i*i)
	}
	packed := zipped(t, many.String())
	if code := post(t, s, "?kind=job_post", "gzip", packed[:len(packed)*3/4], nil); code != http.StatusBadRequest {
		t.Errorf("cut off: %d", code)
	}
	s.get(t, "/v1/documents/job_post/m100", shopKey, http.StatusOK, nil)
	for what, code := range map[string]int{
		"not gzip":  post(t, s, "?kind=job_post", "gzip", "plain", nil),
		"encoding":  post(t, s, "?kind=job_post", "br", "plain", nil),
		"parameter": post(t, s, "?mask_contacts=perhaps", "", "{}", nil),
		"kind":      post(t, s, "?kind=cat", "", "{}", nil),
	} {
		if code != http.StatusBadRequest {
			t.Errorf("%s: %d", what, code)
		}
	}
	var got answer
	if code := post(t, s, "?kind=job_post", "", "", &got); code != http.StatusOK || got.Rows != 0 {
		t.Errorf("nothing: %d %+v", code, got)
	}
}

func post(t *testing.T, s *server, query, encoding, content string, into any) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/v1/documents"+query, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+shopKey)
	if encoding != "" {
		r.Header.Set("Content-Encoding", encoding)
	}
	response, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if into != nil {
		if err := json.NewDecoder(response.Body).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	return response.StatusCode
}

// TestBadVectors: a server that gives vectors which are none loses no document.
func TestBadVectors(t *testing.T) {
	for name, vector := range map[string]string{"too short": "[1,2]", "not a number": `[null,"NaN",1]`, "too large": "[1e60,0,0]", "zero": "[0,0,0]"} {
		t.Run(name, func(t *testing.T) {
			endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var request struct{ Input []string }
				if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
					http.Error(w, "no JSON", http.StatusBadRequest)
					return
				}
				items := make([]string, len(request.Input))
				for i := range items {
					items[i] = fmt.Sprintf(`{"index":%d,"embedding":%s}`, i, vector)
				}
				fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(items, ","))
			}))
			defer endpoint.Close()
			folder := t.TempDir()
			config := filepath.Join(folder, "parley.yaml")
			content := "demo: false\nmodels:\n  endpoints:\n    local: {base_url: '" + endpoint.URL + "/v1'}\n" +
				"retrieval:\n  embedding: {endpoint: local, model: broken, dimensions: 3}\n"
			posts := filepath.Join(folder, "posts.jsonl")
			for path, text := range map[string]string{config: content, posts: `{"id":"a","title":"Tune a harp"}` + "\n"} {
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			env := map[string]string{"PARLEY_DATA": t.TempDir(), "PARLEY_CONFIG": config}
			p := command(t, env, "ingest", posts)
			p.fails(t, exitFailed, "all was stored, but not all embedded")
			if !strings.Contains(p.out.String(), "1 loaded (1 new or changed), 0 refused") {
				t.Errorf("%s", p.out)
			}
			if got := contents(t, env); len(got.Documents) != 1 || got.Vectors != 0 {
				t.Errorf("%+v", got)
			}
		})
	}
}
