package proposal

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// The kinds of facts that a draft is phrased from.
const (
	textProof    = "proof"
	textGap      = "gap"
	textAnswer   = "answer"
	textTerm     = "term"
	textBid      = "bid"
	textAsk      = "ask"
	textGreeting = "greeting"
	textClosing  = "closing"
	textClient   = "client"
)

// phrase has a model word the draft from the lines it was composed of, and
// takes it when what can be traced of it is most of it. What the person edited
// is theirs and stays.
func (w *Workflow) phrase(ctx context.Context, t *turn, emit func(sessions.Output) error) error {
	if !w.speaker.Phrases() || t.ask != nil || len(t.lines) == 0 || t.doc.Memory.OwnText {
		return nil
	}
	facts, lines := t.textFacts()
	key := phraseKey(facts)
	if t.doc.Memory.Phrased == key {
		return nil // kept from before
	}
	said, err := w.speaker.Attempt(ctx, w.speaker.Model, workflow.Request(t.in, model.Proposal, "text", prompts["text"], facts.List), true, func(string) error { return nil })
	t.calls = append(t.calls, said.Calls...)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return nil // what was composed stays
	}
	if paragraphs, dropped, ok := t.traced(said, facts, lines); ok {
		last := &t.calls[len(t.calls)-1]
		last.Dropped, last.Kept = append(last.Dropped, dropped...), last.Kept-len(dropped)
		t.write(paragraphs)
		t.doc.Memory.Phrased = key
		t.doc.Memory.Told = t.toldBefore
		t.gather() // it has other words now
	}
	return t.emitDraft(emit)
}

// textFacts are the lines of the draft, and a few sentences of the post for
// what is the client's.
func (t *turn) textFacts() (*workflow.Facts, []line) {
	f := &workflow.Facts{}
	var lines []line
	for i, paragraph := range t.lines {
		for _, l := range paragraph {
			f.Add(t.kindOf(l), "", l.text, map[string]string{"paragraph": strconv.Itoa(i)}, l.sources...)
			lines = append(lines, l)
		}
	}
	client := append([]string{t.post.Title}, grounding.Sentences(t.post.Description)...)
	for _, text := range client[:min(len(client), 12)] {
		if text = strings.TrimSpace(text); text != "" {
			f.Add(textClient, "", text, nil, t.ofPost(text))
		}
	}
	return f, lines
}

// kindOf tells what a line is for.
func (t *turn) kindOf(l line) string {
	style := t.style()
	greeting, closing := style.frame()
	switch {
	case l.text == greeting:
		return textGreeting
	case l.text == closing:
		return textClosing
	case strings.HasSuffix(l.text, "?") && l.kind == grounding.Wording:
		return textAsk
	case l.kind == grounding.Money:
		return textBid
	case l.kind == grounding.Date:
		return textTerm
	case l.kind == grounding.Number || denial.MatchString(l.text):
		return textGap
	case slices.ContainsFunc(t.doc.Answers, func(a Answer) bool { return strings.Contains(a.Text, l.text) }):
		return textAnswer
	}
	return textProof
}

func phraseKey(f *workflow.Facts) string {
	h := fnv.New64a()
	data, err := json.Marshal(f.List)
	if err != nil { // strings only
		panic(err)
	}
	h.Write(data)
	h.Write([]byte(prompts["text"].Name))
	return fmt.Sprintf("%x", h.Sum64())
}

// keepPhrasing takes the wording of the version before where that was made from
// the same lines.
func (t *turn) keepPhrasing() {
	t.doc.Memory.Phrased = ""
	if len(t.lines) == 0 || t.doc.Memory.OwnText || t.prior == nil || t.prior.Memory.Phrased == "" {
		return
	}
	facts, _ := t.textFacts()
	key := phraseKey(facts)
	if key != t.prior.Memory.Phrased {
		return
	}
	draft, _ := workflow.Current(t.in.Drafts, Kind)
	t.doc.Text, t.doc.Words, t.doc.Memory.Phrased = t.prior.Text, t.prior.Words, key
	rest := slices.DeleteFunc(slices.Clone([]sessions.Claim(t.claims)), func(c sessions.Claim) bool { return c.Path == "/text" })
	t.claims = nil
	for _, c := range draft.Claims {
		if c.Path == "/text" {
			t.claims.Add(c.Path, c.Start, c.End, c.Text, grounding.Kind(c.Kind), c.Sources)
		}
	}
	for _, c := range rest {
		t.claims.Add(c.Path, c.Start, c.End, c.Text, grounding.Kind(c.Kind), c.Sources)
	}
}

// leastKept is the share of a model's sentences that must be traceable for its
// text to be taken; a model that invents more than that is not mended but
// refused.
const leastKept = 0.7

// traced keeps the sentences of a model's text that can be traced, and adds the
// gap and the price where it passed over them.
func (t *turn) traced(said workflow.Said, facts *workflow.Facts, lines []line) (paragraphs []paragraph, dropped []grounding.Dropped, ok bool) {
	r := t.tracer()
	at := 0
	for _, claim := range said.Claims {
		sources, missing := r.trace(claim.Text, lines...)
		if len(missing) > 0 || generic(claim.Text) != "" && claim.Kind != grounding.Wording {
			dropped = append(dropped, grounding.Dropped{Text: claim.Text, Missing: missing})
			continue
		}
		for _, s := range facts.From(claim.Facts) {
			if !slices.Contains(sources, s) && s.Kind != "wording" {
				sources = append(sources, s)
			}
		}
		if len(sources) == 0 {
			sources = []sessions.Source{{Kind: "wording"}}
		}
		if len(paragraphs) == 0 || strings.Contains(gapBefore(said.Text, at, claim.Start), "\n\n") {
			paragraphs = append(paragraphs, nil)
		}
		at = claim.End
		paragraphs[len(paragraphs)-1] = append(paragraphs[len(paragraphs)-1], line{claim.Text, claim.Kind, sources})
	}
	kept, all := len(said.Claims)-len(dropped), len(said.Claims)+droppedBefore(said)
	if kept == 0 || float64(kept) < leastKept*float64(all) {
		return nil, dropped, false
	}
	text := textOf(paragraphs)
	for _, l := range lines {
		if kind := t.kindOf(l); (kind == textGap || kind == textBid) && share(stemsOf(l.text), stemsOf(text)) < 0.6 {
			paragraphs[len(paragraphs)-1] = append(paragraphs[len(paragraphs)-1], l)
		}
	}
	words := countWords(textOf(paragraphs))
	return paragraphs, dropped, words <= t.limit() && words*3 >= t.doc.Words
}

func droppedBefore(said workflow.Said) (n int) {
	for _, c := range said.Calls {
		n += len(c.Dropped)
	}
	return n
}

// gapBefore is what stands between two positions of a text, in UTF-16 units.
func gapBefore(text string, from, to int) string {
	var out strings.Builder
	at := 0
	for _, r := range text {
		if at >= from && at < to {
			out.WriteRune(r)
		}
		at += grounding.UTF16(string(r))
	}
	return out.String()
}

func textOf(paragraphs []paragraph) string {
	var out []string
	for _, p := range paragraphs {
		for _, l := range p {
			out = append(out, l.text)
		}
	}
	return strings.Join(out, " ")
}
