package jobpost

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Workflow answers messages about job posts. It is safe for concurrent use.
type Workflow struct {
	library workflow.Library
	speaker workflow.Speaker
	gists   gists
}

// New returns a Workflow.
func New(library workflow.Library, speaker workflow.Speaker) *Workflow {
	return &Workflow{library: library, speaker: speaker}
}

// turn is the state of one turn.
type turn struct {
	in         sessions.Turn
	doc        *Document
	before     brief.Brief // what was known before the message
	draftID    string
	old        []byte // the document before, nil for none
	prior      *Document
	shown      []byte // the document as it was last emitted
	fresh      bool   // the draft begins with this turn
	renewed    bool   // and takes the place of another one
	hasDraft   bool
	reading    brief.Reading
	declined   brief.Slot // asked for, and left open by this message
	standing   brief.Slot // asked before the message
	asked      []aside    // what the person asked of Parley
	pure       bool       // and nothing else was in the message
	refusal    string     // why no post is written for what was asked
	yesNo      string     // "yes" or "no", said to a question that can be answered so
	decision   Decision
	question   sessions.Question
	claims     workflow.Claims
	offered    []sessions.Suggestion
	stages     *workflow.Stages
	searched   bool
	figure     *retrieval.PayFigure // what the reply quotes
	figureDemo bool
	aside      *retrieval.Market // figures for a price that was asked for before there is a post
	findErr    error
	facts      *workflow.Facts // what the reply may say
	spoken     workflow.Said
	calls      []workflow.Call
}

// Respond answers one message. See sessions.Responder.
func (w *Workflow) Respond(ctx context.Context, in sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	if !utf8.ValidString(in.Message.Text) { // byte by byte, so that positions stay
		in.Message.Text = strings.Map(func(r rune) rune { return r }, in.Message.Text)
	}
	t := &turn{in: in, stages: workflow.StagesOf(ctx)}
	if err := emit(w.speaker.Route(Kind)); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("understand", t.understand); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("retrieve", func() error { return w.retrieve(ctx, t) }); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("decide", func() error { t.decide(); return t.show(emit) }); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("say", func() error { return w.reply(ctx, t, emit) }); err != nil {
		return t.outcome(), err
	}
	err := t.stages.Run("describe", func() error { return w.phrase(ctx, t, emit) })
	return t.outcome(), err
}

// retrieve composes the draft and brings its evidence up to date. A failed
// search is no failed turn: the post goes on without figures, and the next
// turn tries again.
func (w *Workflow) retrieve(ctx context.Context, t *turn) error {
	if t.reading.Intent == brief.IntentPrice && (!t.hasDraft || queryOf("", t.doc.Brief.Brief).Text == "") {
		t.aside, t.findErr = w.price(ctx, t.in)
	}
	if !t.hasDraft {
		return ctx.Err()
	}
	t.claims = compose(t.doc)
	t.keepPhrasing(w.speaker.Phrases())
	t.searched, t.findErr = w.find(ctx, t.in.Session.Tenant, t.doc)
	return ctx.Err()
}

func (t *turn) decide() {
	if t.hasDraft {
		t.doc.Warnings = review(t.doc)
		t.offered = suggest(t.doc)
	}
	t.decision = decide(t.doc, t.reading.Intent, t.in.History)
	if t.repeats() {
		t.decision = Decision{Action: "ask", Slot: t.standing, Why: "the question still stands"}
	} else if slices.Contains(t.asked, asideCancel) || slices.Contains(t.asked, asideRestart) {
		t.decision = Decision{Action: "none", Slot: t.standing, Why: "the person gives the post up"}
	} else if t.refusal != "" {
		t.decision = Decision{Action: "none", Why: "work that no post is written for"}
	}
	if t.decision.Action == "ask" {
		t.question = question(t.doc, t.decision.Slot)
		if short := shorter[t.decision.Slot]; short != "" && t.intentKey() == "still_open" && len(t.asked) == 0 {
			t.question.Text = short
		}
	}
	if len(t.reading.Changed) > 0 {
		t.doc.Status = Drafting
	}
	if t.decision.Action == "finish" && t.hasDraft {
		t.doc.Status = Ready
	}
	if t.hasDraft {
		t.doc.Brief.Memory.Pending = t.decision.Slot
	}
	t.facts = replyFacts(t)
}

// show emits the evidence and the draft before anything is said.
func (t *turn) show(emit func(sessions.Output) error) error {
	var items []sessions.Evidence
	if t.searched {
		items = slices.Clone(t.doc.Similar)
	}
	if t.figure != nil {
		items = append(items, workflow.FigureEvidence(*t.figure, t.figureCategory(), t.figureDemo))
	}
	if len(items) > 0 {
		if err := emit(sessions.Output{Evidence: items}); err != nil {
			return err
		}
	}
	return t.emitDraft(emit)
}

// emitDraft emits the draft as it stands, unless it is as it was.
func (t *turn) emitDraft(emit func(sessions.Output) error) error {
	if !t.hasDraft {
		return nil
	}
	draft, err := t.draft()
	if err != nil {
		return err
	}
	if bytes.Equal(draft.Document, t.old) || bytes.Equal(draft.Document, t.shown) {
		return nil
	}
	t.shown = draft.Document
	return emit(sessions.Output{Draft: &draft})
}

// draft is the turn's new version.
func (t *turn) draft() (sessions.Draft, error) {
	document, err := json.Marshal(t.doc)
	if err != nil {
		return sessions.Draft{}, fmt.Errorf("jobpost: writing draft: %w", err)
	}
	return sessions.Draft{ID: t.draftID, Kind: Kind, Document: document, Claims: t.claims, Suggestions: t.offered, Changed: changed(t.prior, t.doc)}, nil
}
