package jobpost

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
)

// reply has the answer written and emits it, with the question at its end.
func (w *Workflow) reply(ctx context.Context, t *turn, emit func(sessions.Output) error) error {
	request := w.request("reply", t.facts.list)
	request.History = historyOf(t.in)
	var err error
	t.spoken, err = w.say(ctx, request, false, func(text string) error { return emit(sessions.Output{Text: text}) })
	t.calls = append(t.calls, t.spoken.calls...)
	if err != nil || t.decision.Action != "ask" {
		return err
	}
	if !strings.Contains(t.spoken.text, t.question.Text) { // a model may have worded it away
		if err := w.append(t, t.question.Text, emit); err != nil {
			return err
		}
	}
	q := t.question
	return emit(sessions.Output{Question: &q})
}

// append adds a sentence of the workflow's own to what was said.
func (w *Workflow) append(t *turn, text string, emit func(sessions.Output) error) error {
	gap := ""
	if t.spoken.text != "" {
		gap = "\n\n"
	}
	claim := grounding.Claim{Start: grounding.UTF16(t.spoken.text + gap), Text: text, Kind: grounding.Wording}
	claim.End = claim.Start + grounding.UTF16(text)
	t.spoken.claims = append(t.spoken.claims, claim)
	t.spoken.text += gap + text
	return emit(sessions.Output{Text: gap + text})
}

func (w *Workflow) request(task string, list []model.Fact) model.Request {
	p := prompts[task]
	return model.Request{Purpose: model.JobPost, Task: task, Instructions: p.text, Prompt: p.name, Facts: list}
}

// longestHistory is how much of the conversation a model is shown.
const longestHistory = 8

// historyOf is the end of the conversation, for a model to answer in its tone.
// What may be said is in the facts alone.
func historyOf(in sessions.Turn) []model.Message {
	var messages []model.Message
	for _, exchange := range in.History[max(0, len(in.History)-longestHistory):] {
		messages = append(messages, model.Message{Role: "user", Text: clip(exchange.Message.Text, 2000)})
		if exchange.Response != nil && exchange.Response.Text != "" {
			messages = append(messages, model.Message{Role: "assistant", Text: clip(exchange.Response.Text, 2000)})
		}
	}
	return append(messages, model.Message{Role: "user", Text: clip(in.Message.Text, 4000)})
}

// phrases reports whether a model other than the composer writes.
func (w *Workflow) phrases() bool { return w.model != w.composer }

// keepPhrasing keeps the description that a model wrote from the same facts.
func (t *turn) keepPhrasing(phrases bool) {
	if !phrases || t.doc.Brief.Memory.Phrased == "" || t.doc.Brief.Memory.Phrased != phraseKey(descriptionFacts(t.doc)) {
		return
	}
	draft, _ := current(t.in.Drafts)
	before, err := decode(draft)
	if err != nil {
		return
	}
	kept := slices.DeleteFunc(slices.Clone(draft.Claims), func(c sessions.Claim) bool { return c.Path != "/description" })
	t.replaceDescription(before.Description, kept)
}

func (t *turn) replaceDescription(text string, list []sessions.Claim) {
	var all claims
	for _, c := range t.claims {
		if c.Path != "/description" {
			all.add(c.Path, c.Start, c.End, c.Text, kindOf(c), c.Sources)
		}
	}
	for _, c := range list {
		all.add(c.Path, c.Start, c.End, c.Text, kindOf(c), c.Sources)
	}
	t.doc.Description, t.claims = text, all
}

func phraseKey(f *facts) string {
	h := fnv.New64a()
	data, err := json.Marshal(f.list)
	if err != nil { // strings only
		panic(err)
	}
	h.Write(data)
	h.Write([]byte(prompts["description"].name))
	return fmt.Sprintf("%x", h.Sum64())
}

// phrase has a model write the description from what the person said, and
// takes it if at least half of its sentences can stand. A description that the
// person edited is theirs and stays.
func (w *Workflow) phrase(ctx context.Context, t *turn, emit func(sessions.Output) error) error {
	if !w.phrases() || !t.hasDraft || slices.ContainsFunc(t.doc.Brief.Summary, isEdit) || len(t.doc.Brief.Summary) == 0 {
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
	if text.text != "" {
		t.replaceDescription(text.text, f.citations("/description", text.claims))
		t.doc.Warnings = review(t.doc)
	}
	return t.emitDraft(emit)
}

func (w *Workflow) describe(ctx context.Context, t *turn, f *facts) (said, error) {
	checker := newChecker(f.list, true)
	out, err := w.attempt(ctx, w.model, w.request("description", f.list), checker, func(string) error { return nil })
	t.calls = append(t.calls, out.calls...)
	if ctx.Err() != nil {
		return said{}, ctx.Err()
	}
	if err != nil || out.calls[0].poor() {
		return said{}, nil // what compose wrote stays
	}
	return out, nil
}
