package shortlist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Workflow answers messages about shortlists. It is safe for concurrent use.
type Workflow struct {
	library workflow.Library
	reader  *fit.Reader
	ranker  *rank.Ranker
	speaker workflow.Speaker
	persons persons
	models  []rank.Identity // besides the ranker
}

// New returns a Workflow.
func New(library workflow.Library, reader *fit.Reader, ranker *rank.Ranker, speaker workflow.Speaker) *Workflow {
	return &Workflow{library: library, reader: reader, ranker: ranker, speaker: speaker}
}

// turn is the state of one turn.
type turn struct {
	in       sessions.Turn
	today    time.Time
	act      act
	doc      *Document // nil before there is a list
	before   *Document // as it was when the turn began, nil for none
	draftID  string
	board    *board
	people   []string // profile ids that the message names
	unknown  []string // labels that nobody has
	drafts   []sessions.Draft
	evidence []sessions.Evidence
	facts    workflow.Facts
	table    *table // set out below the text
	question *sessions.Question
	spoken   workflow.Said
	calls    []workflow.Call
	stages   *workflow.Stages
	decided  *rank.Record // how a new list came about
}

// Respond answers one message. See sessions.Responder.
func (w *Workflow) Respond(ctx context.Context, in sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	if !utf8.ValidString(in.Message.Text) { // byte by byte, so that positions stay
		in.Message.Text = strings.Map(func(r rune) rune { return r }, in.Message.Text)
	}
	t := &turn{in: in, today: today(in), stages: workflow.StagesOf(ctx)}
	if err := emit(w.speaker.Route(Kind)); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("understand", t.understand); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("decide", func() error { return w.decide(ctx, t) }); err != nil {
		return sessions.Outcome{}, unavailable(err)
	}
	if err := t.show(emit); err != nil {
		return sessions.Outcome{}, err
	}
	err := t.stages.Run("say", func() error { return w.say(ctx, t, emit) })
	return t.outcome(), err
}

// unavailable tells a person why there is no answer when the index is gone for
// the moment; the list stays as it was.
func unavailable(err error) error {
	if !errors.Is(err, retrieval.ErrUnavailable) {
		return err
	}
	return errors.Join(&sessions.Problem{Code: "unavailable", Message: "The profiles cannot be searched right now. Please try again in a moment.", Temporary: true}, err)
}

// today is the day of a message, where the person is.
func today(in sessions.Turn) time.Time {
	if zone, err := time.LoadLocation(in.Session.TimeZone); err == nil && in.Session.TimeZone != "Local" {
		return in.Now.In(zone)
	}
	return in.Now.UTC()
}

// understand reads the newest list and what the message does to it.
func (t *turn) understand() error {
	draft, ok := workflow.Current(t.in.Drafts, Kind)
	if !ok {
		t.act = actAgain
		return nil
	}
	var err error
	if t.doc, err = decode(draft); err != nil {
		return err
	}
	if t.before, err = decode(draft); err != nil {
		return err
	}
	t.draftID = draft.ID
	text := t.in.Message.Text
	t.people, t.unknown = references(t.doc, text, lastPeople(t.in.History))
	t.act = actOf(text, len(t.people)+len(t.unknown))
	switch {
	case t.rewords(text):
		t.act = actReword
	case keepsOnly(t.doc, text, len(t.people)):
		t.act = actKeep
	case pastedAnew.MatchString(text) || anew.MatchString(text) || otherWork(t.doc, text):
		t.act = actAgain
	}
	return nil
}

// decide does what was asked and collects what is to be said of it.
func (w *Workflow) decide(ctx context.Context, t *turn) error {
	if t.act == actAgain {
		return w.start(ctx, t)
	}
	if t.act == actReword {
		return w.reword(ctx, t)
	}
	t.renew(w.reader)
	if t.act != actRefine && w.reader.Wish(workflow.Clip(t.in.Message.Text, longestWish), t.today, fit.WishContext{}).Refused != "" {
		t.act = actRefine // "who is the best woman?": it says that nobody is chosen by that
	}
	switch t.act {
	case actRefine:
		return w.refine(ctx, t)
	case actKeep:
		return w.keepOnly(ctx, t)
	}
	var err error
	if t.board, err = w.build(ctx, t.in.Session.Tenant, t.doc, t.today); err != nil {
		return err
	}
	switch t.act {
	case actCompare:
		t.compare()
	case actWhy:
		t.why()
	case actWhyNot:
		t.whyNot()
	case actLacks:
		t.lacks()
	case actWhoElse, actAbout:
		return w.ask(ctx, t)
	case actMost:
		t.most()
	case actMore:
		return t.more()
	case actInvite:
		return w.invite(ctx, t)
	case actDecide:
		t.fact(factNote, "That is yours to do: I never contact anybody myself, and I turn nobody down.")
		t.fact(factNext, "I can draft an invitation for you to send, or go on without somebody when you say “drop” and who.")
	case actThanks:
		t.fact(factNote, "You are welcome.")
		t.fact(factNext, "The list stays as it is.")
	}
	return nil
}

// show emits the evidence and the drafts before anything is said.
func (t *turn) show(emit func(sessions.Output) error) error {
	if len(t.evidence) > 0 {
		if err := emit(sessions.Output{Evidence: t.evidence}); err != nil {
			return err
		}
	}
	for i := range t.drafts {
		if err := emit(sessions.Output{Draft: &t.drafts[i]}); err != nil {
			return err
		}
	}
	return nil
}

// keep makes the list as it stands a version of its draft, unless it is as it was.
func (t *turn) keep() error {
	if t.before != nil && len(changed(t.before, t.doc)) == 0 {
		return nil
	}
	if err := t.record(); err != nil {
		return err
	}
	document, err := json.Marshal(t.doc)
	if err != nil {
		return fmt.Errorf("shortlist: writing draft: %w", err)
	}
	fields := changed(t.before, t.doc)
	t.drafts = append(t.drafts, sessions.Draft{ID: t.draftID, Kind: Kind, Document: document, Claims: claimsOf(t.doc), Changed: fields})
	return nil
}

// say has the answer written and emits it, with the table and the question at its end.
func (w *Workflow) say(ctx context.Context, t *turn, emit func(sessions.Output) error) error {
	request := workflow.Request(t.in, model.Shortlist, "reply", prompts["reply"], t.facts.List)
	request.History = workflow.History(t.in)
	var err error
	t.spoken, err = w.speaker.Say(ctx, request, false, func(text string) error { return emit(sessions.Output{Text: text}) })
	t.calls = append(t.calls, t.spoken.Calls...)
	if err != nil {
		return err
	}
	if t.table != nil {
		if err := emit(sessions.Output{Text: t.setOut()}); err != nil {
			return err
		}
	}
	if t.question == nil {
		return nil
	}
	if !strings.Contains(t.spoken.Text, t.question.Text) { // a model may have worded it away
		if err := emit(sessions.Output{Text: t.spoken.Append(t.question.Text)}); err != nil {
			return err
		}
	}
	return emit(sessions.Output{Question: t.question})
}
