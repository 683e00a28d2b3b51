package jobpost

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// reply has the answer written and emits it, with the question at its end.
func (w *Workflow) reply(ctx context.Context, t *turn, emit func(sessions.Output) error) error {
	request := t.request("reply", t.facts.List)
	request.History = workflow.History(t.in)
	var err error
	t.spoken, err = w.speaker.Say(ctx, request, false, func(text string) error { return emit(sessions.Output{Text: text}) })
	t.calls = append(t.calls, t.spoken.Calls...)
	if err != nil || t.decision.Action != "ask" {
		return err
	}
	if !strings.Contains(t.spoken.Text, t.question.Text) { // a model may have worded it away
		if err := emit(sessions.Output{Text: t.spoken.Append(t.question.Text)}); err != nil {
			return err
		}
	}
	q := t.question
	return emit(sessions.Output{Question: &q})
}

func (t *turn) request(task string, list []model.Fact) model.Request {
	return workflow.Request(t.in, model.JobPost, task, prompts[task], list)
}

// keepPhrasing keeps the description that a model wrote from the same facts.
func (t *turn) keepPhrasing(phrases bool) {
	if !phrases || t.doc.Brief.Memory.Phrased == "" || t.doc.Brief.Memory.Phrased != phraseKey(descriptionFacts(t.doc)) {
		return
	}
	draft, _ := workflow.Current(t.in.Drafts, Kind)
	before, err := decode(draft)
	if err != nil {
		return
	}
	kept := slices.DeleteFunc(slices.Clone(draft.Claims), func(c sessions.Claim) bool { return c.Path != "/description" })
	t.replaceDescription(before.Description, kept)
}

func (t *turn) replaceDescription(text string, list []sessions.Claim) {
	var all workflow.Claims
	for _, c := range t.claims {
		if c.Path != "/description" {
			all.Add(c.Path, c.Start, c.End, c.Text, kindOf(c), c.Sources)
		}
	}
	for _, c := range list {
		all.Add(c.Path, c.Start, c.End, c.Text, kindOf(c), c.Sources)
	}
	t.doc.Description, t.claims = text, all
}

func phraseKey(f *workflow.Facts) string {
	h := fnv.New64a()
	data, err := json.Marshal(f.List)
	if err != nil { // strings only
		panic(err)
	}
	h.Write(data)
	h.Write([]byte(prompts["description"].Name))
	return fmt.Sprintf("%x", h.Sum64())
}

// phrase has a model write the description from what the person said, and
// takes it if at least half of its sentences can stand. A description that the
// person edited is theirs and stays.
func (w *Workflow) phrase(ctx context.Context, t *turn, emit func(sessions.Output) error) error {
	if !w.speaker.Phrases() || !t.hasDraft || slices.ContainsFunc(t.doc.Brief.Summary, isEdit) || len(t.doc.Brief.Summary) == 0 {
		return nil
	}
	f := descriptionFacts(t.doc)
	key := phraseKey(f)
	if key == t.doc.Brief.Memory.Phrased {
		return nil
	}
	text, err := w.describe(ctx, t, f)
	if err != nil {
		return err
	}
	t.doc.Brief.Memory.Phrased = key
	if text.Text != "" {
		t.replaceDescription(text.Text, f.Citations("/description", text.Claims))
		t.doc.Warnings = review(t.doc)
	}
	return t.emitDraft(emit)
}

func (w *Workflow) describe(ctx context.Context, t *turn, f *workflow.Facts) (workflow.Said, error) {
	out, err := w.speaker.Attempt(ctx, w.speaker.Model, t.request("description", f.List), true, func(string) error { return nil })
	t.calls = append(t.calls, out.Calls...)
	if ctx.Err() != nil {
		return workflow.Said{}, ctx.Err()
	}
	if err != nil || out.Calls[0].Poor() {
		return workflow.Said{}, nil // what compose wrote stays
	}
	return out, nil
}
