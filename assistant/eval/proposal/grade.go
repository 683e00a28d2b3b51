package proposal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
)

// mostWords is how long a proposal may be.
const mostWords = 200

// Figures are those of the board.
var Figures = []eval.Figure{
	eval.Broken,
	{Name: "forbidden", Title: "Forbidden claims made", How: eval.Total, Target: eval.AtMost(0), Main: true},
	{Name: "supported", Title: "Supported claims used", Share: true, Target: eval.AtLeast(0.60), Main: true},
	{Name: "untraced", Title: "Sentences without a source", How: eval.Total, Target: eval.AtMost(0)},
	{Name: "hidden", Title: "Gaps claimed to be met", How: eval.Total, Target: eval.AtMost(0)},
	{Name: "gaps", Title: "Gaps said openly", Share: true},
	{Name: "words", Title: "Words, mean"},
	{Name: "words_most", Title: "Words, the most", How: eval.Most, Target: eval.AtMost(mostWords)},
	{Name: "drafted", Title: "Cases with a draft", Share: true, Target: eval.AtLeast(1), Main: true},
	{Name: "questions_mean", Title: "Questions, mean"},
}

// Grade compares the draft of a case with what may be said.
func Grade(c Case, p Played) eval.Outcome {
	out := eval.Outcome{ID: c.ID, Hard: c.Hard}
	broken := 0.0
	if p.Broken != "" {
		broken = 1
		out.Fail("%s", p.Broken)
	}
	out.Add(eval.Broken.Name, eval.One(broken))
	text := readText(p.Draft.passages())
	drafted := 0.0
	if strings.TrimSpace(p.Draft.Text) != "" {
		drafted = 1
	} else {
		out.Fail("no draft")
	}
	out.Add("drafted", eval.One(drafted))
	out.Add("questions_mean", eval.One(float64(p.Questions)))
	c.forbidden(text, &out)
	c.supported(text, &out)
	c.gaps(text, drafted, &out)
	bare := c.untraced(p)
	out.Add("untraced", eval.One(float64(len(bare))))
	for _, sentence := range bare {
		out.Fail("no source: %q", sentence)
	}
	words := float64(len(strings.Fields(p.Draft.Text)))
	out.Add("words", eval.Tally{Part: words, Whole: drafted})
	out.Add("words_most", eval.One(words))
	if words > mostWords {
		out.Fail("%v words", words)
	}
	return out
}

func (c Case) forbidden(text reading, out *eval.Outcome) {
	n := 0.0
	for _, claim := range c.Forbidden {
		if part := text.makes(claim); part != "" {
			n++
			out.Fail("forbidden %q: %q", claim, part)
		}
	}
	out.Add("forbidden", eval.One(n))
}

func (c Case) supported(text reading, out *eval.Outcome) {
	n := 0
	var unused []string
	for _, claim := range c.Supported {
		if text.uses(claim) {
			n++
		} else {
			unused = append(unused, claim)
		}
	}
	out.Add("supported", eval.Tally{Part: float64(n), Whole: float64(len(c.Supported))})
	if float64(n) < 0.6*float64(len(c.Supported)) {
		out.Fail("%d of %d supported claims used, not: %s", n, len(c.Supported), strings.Join(unused, " | "))
	}
}

func (c Case) gaps(text reading, drafted float64, out *eval.Outcome) {
	lies := 0.0
	for _, gap := range c.Gaps {
		open := 0.0
		if text.names(gap) {
			open = 1
		} else if part := text.hides(gap); part != "" {
			lies++
			out.Fail("gap %q is claimed to be met: %q", gap, part)
		}
		out.Add("gaps", eval.Tally{Part: open, Whole: drafted})
	}
	out.Add("hidden", eval.One(lies))
}

// untraced are sentences of the draft that no claim with a source covers.
func (c Case) untraced(p Played) []string {
	known := strings.Join(p.Told, "\n") + "\n" + plainText(c.Profile) + "\n" + plainText(c.Post)
	bare := dialogue.Unsourced(p.Draft.Claims, "/text", p.Draft.Text, known)
	for i, a := range p.Draft.Answers {
		bare = append(bare, dialogue.Unsourced(p.Draft.Claims, fmt.Sprintf("/answers/%d/text", i), a.Text, known)...)
	}
	return bare
}

// plainText is all that a document says, a value a line.
func plainText(document any) string {
	raw, err := json.Marshal(document)
	if err != nil {
		return ""
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // a sum of a million is no 1e+06
	if err := decoder.Decode(&value); err != nil {
		return ""
	}
	var b strings.Builder
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, item := range v {
				walk(item)
			}
		case []any:
			for _, item := range v {
				walk(item)
			}
		default:
			fmt.Fprintln(&b, v)
		}
	}
	walk(value)
	return b.String()
}

// Run plays and grades all cases, a few at a time, each on a site of its own.
func Run(ctx context.Context, site func(i int) dialogue.Site, cases []Case, atOnce int, progress func(done int)) (eval.Board, error) {
	outcomes := make([]eval.Outcome, len(cases))
	err := dialogue.Each(ctx, len(cases), atOnce, progress, func(ctx context.Context, i int) error {
		played, err := Play(ctx, site(i), cases[i])
		if err != nil {
			played.Broken = err.Error() // one case more that failed, and no end of the others
		}
		outcomes[i] = Grade(cases[i], played)
		outcomes[i].Said = played.Said
		return ctx.Err()
	})
	board := eval.Board{Task: kind, Title: "Proposals", Figures: Figures, Outcomes: outcomes}
	if err == nil {
		err = board.AllBroken()
	}
	return board, err
}
