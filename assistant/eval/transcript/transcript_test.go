package transcript

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/eval/dialogue"
)

func TestWrite(t *testing.T) {
	lines := []dialogue.Line{{Who: "person", Text: "hi\nthere"}, {Who: "parley", Text: "Which one?", Replies: []string{"this", "that"}}, {Who: "parley", Status: "failed"}}
	for kind, c := range map[string]struct{ draft, want string }{
		"job_post":  {`{"title":"A shop","pay":{"type":"fixed","min":100000,"max":100000,"currency":"EUR"},"skills":{"must":["Go"]},"description":"Text.","deliverables":["a","b"]}`, "- Budget: €1,000, fixed price"},
		"shortlist": {`{"candidates":[{"label":"c1","headline":"a | b","score":71.6,"reasons":[{"text":"Go"}],"gaps":["no Rust"]}],"dropped":[{"headline":"x","note":"too dear"}]}`, `| 1 | c1: a \| b | 72 | Go | no Rust |`},
		"proposal":  {`{"text":"I build.","fit":[{"text":"Go","status":"met"}],"answers":[{"question":"Why?","text":"So."}]}`, "*Why?*\n\nSo."},
		"advice":    {``, "**Visitor**\n\n> hi\n> there"},
	} {
		var b strings.Builder
		if err := Write(&b, Record{Kind: kind, Case: "x1", Said: &dialogue.Transcript{Lines: lines, Draft: []byte(c.draft)}}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{c.want, "case x1", "Quick replies: this · that", "ended failed", "> hi\n> there"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s lacks %q:\n%s", kind, want, b.String())
			}
		}
	}
	if err := Write(&strings.Builder{}, Record{Kind: "job_post", Said: &dialogue.Transcript{Draft: []byte(`[]`)}}); err == nil {
		t.Error("something else was written as a post")
	}
}
