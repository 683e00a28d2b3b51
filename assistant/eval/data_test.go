package eval_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
)

// The data of these tests is made up, in the form of the real files.
var files = map[string]string{
	"matching/talentclef2025_A_en_queries.csv.gz": "q_id,jobtitle\n1,cake baker\n2,night nurse\n3,roofer\n4,web developer\n",
	"matching/talentclef2025_A_en_corpus.csv.gz":  "c_id,jobtitle\n10,baker of cakes\n11,pastry cook\n12,night nurse\n13,nurse\n14,roofer\n15,developer of web pages\n16,gardener\n",
	"matching/talentclef2025_A_en_qrels.csv.gz":   "q_id,iter,c_id,rel\n1,0,10,1\n1,0,11,1\n1,0,16,0\n2,0,12,1\n2,0,13,1\n3,0,14,1\n4,0,15,1\n",
	"matching/esco_occupations_en.csv.gz":         "id,isco,code,preferredLabel,altLabels,description\no1,1,1.1,baker,bread baker | baker of cakes,Bakers bake.\no2,2,2.1,roofer,,\"Roofers cover roofs,\nin any weather.\"\n",
	"matching/jobbert_title_esco_val.csv.gz":      "vacancyTitle,esco_id\nBread Baker,o1\nBREAD BAKER ,o2\nHead roofer,o2\nPilot,gone\n",
	"posts/freelance_posts.jsonl.gz": `{"id": "p1", "title": "Shop", "description": "An online shop", "skills": ["PHP", "css", "SEO"], "category": "web"}
{"id": "p2", "title": "Shop page", "description": "One page", "skills": ["php", "CSS ", "php", "HTML"], "category": "web"}
{"id": "p3", "title": "Ranking", "description": "Rank a site", "skills": ["SEO"], "category": "marketing"}
{"id": "p4", "title": "Ranking", "description": "rank a SITE", "skills": ["SEO"], "category": "marketing"}
{"id": "p5", "title": "Logo", "description": "Draw a logo", "skills": [], "category": "design"}
{"id": "p6", "title": "Songs", "description": "Sing", "skills": ["singing", "piano", "harp"], "category": "audio"}
`,
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// folder writes the files, some of them changed; nil leaves one out.
func folder(t *testing.T, changed map[string][]byte) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		content := zipped(t, text)
		if other, ok := changed[name]; ok {
			if content = other; content == nil {
				continue
			}
		}
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func read(t *testing.T, from func(string) (eval.Task, error)) eval.Task {
	t.Helper()
	task, err := from(folder(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	return task
}

func query(t *testing.T, task eval.Task, id string) eval.Query {
	t.Helper()
	for _, q := range task.Queries {
		if q.ID == id {
			return q
		}
	}
	t.Fatalf("no query %q among %v", id, task.Queries)
	return eval.Query{}
}

func TestTalentCLEF(t *testing.T) {
	task := read(t, eval.TalentCLEF)
	if len(task.Documents) != 7 || len(task.Queries) != 4 {
		t.Fatalf("%d documents, %d queries", len(task.Documents), len(task.Queries))
	}
	if q := query(t, task, "1"); q.Text != "cake baker" || len(q.Gains) != 2 || q.Gains["10"] != 1 {
		t.Errorf("what is judged 0 is not relevant: %+v", q)
	}
}

func TestOccupations(t *testing.T) {
	task := read(t, eval.Occupations)
	if len(task.Queries) != 2 {
		t.Errorf("%d queries: letter case makes no other title, and an occupation that is unknown no query", len(task.Queries))
	}
	if q := query(t, task, "bread baker"); len(q.Gains) != 2 {
		t.Errorf("both labels are right: %+v", q)
	}
	if text := task.Documents[0].SearchText(); text != "baker\nbread baker, baker of cakes\nBakers bake." {
		t.Errorf("the document is %q", text)
	}
}

func TestPosts(t *testing.T) {
	task := read(t, eval.Posts)
	if len(task.Documents) != 4 {
		t.Errorf("%d documents: a repeat and a post without skills are left out", len(task.Documents))
	}
	q := query(t, task, "p1")
	if q.Text != "Shop\nAn online shop" || len(q.Exclude) != 1 || q.Exclude[0] != "p1" {
		t.Errorf("%+v", q)
	}
	near(t, "the gain of two common skills of four", q.Gains["p2"], 0.5)
	near(t, "the gain of one of three in another category", q.Gains["p3"], 0.5/3)
	if _, ok := q.Gains["p6"]; ok || len(q.Gains) != 2 {
		t.Errorf("nothing in common is no gain: %v", q.Gains)
	}
	for _, d := range task.Documents {
		if len(d.Skills()) > 0 || d.Post.Category != "" {
			t.Errorf("%s shows what it is judged by", d.ID)
		}
	}
	if q := query(t, read(t, eval.PostTitles), "p1"); q.Text != "Shop" {
		t.Errorf("the query is %q", q.Text)
	}
}

func TestBrokenData(t *testing.T) {
	const queries, corpus, posts = "matching/talentclef2025_A_en_queries.csv.gz", "matching/talentclef2025_A_en_corpus.csv.gz", "posts/freelance_posts.jsonl.gz"
	whole := zipped(t, files[queries])
	for _, tt := range []struct {
		name    string
		from    func(string) (eval.Task, error)
		file    string
		content []byte
		says    string
	}{
		{"missing", eval.TalentCLEF, queries, nil, "is not in"},
		{"no gzip", eval.TalentCLEF, queries, []byte("q_id,jobtitle\n"), "gzip"},
		{"cut short", eval.TalentCLEF, queries, whole[:len(whole)-9], "unexpected EOF"},
		{"empty", eval.TalentCLEF, corpus, zipped(t, ""), "EOF"},
		{"another column", eval.TalentCLEF, corpus, zipped(t, "c_id,title\n1,a\n"), `no column "jobtitle"`},
		{"a row too short", eval.TalentCLEF, corpus, zipped(t, "c_id,jobtitle\n1\n"), "wrong number of fields"},
		{"no JSON", eval.Posts, posts, zipped(t, "{\"id\": \"p1\"}\n{\"id\":\n"), "line 2"},
		{"documents that nobody could load", eval.Posts, posts, zipped(t, `{"id": "p1", "skills": ["a"]}`), "only 0 of 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.from(folder(t, map[string][]byte{tt.file: tt.content}))
			if !errors.Is(err, eval.ErrData) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}
