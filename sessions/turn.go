package sessions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

var errTurnEnded = errors.New("sessions: the turn has ended")

// turn is a response that is being made in this process. Its session's mutex guards it.
type turn struct {
	message  Message
	response Response // as far as it has come; Text is in text
	text     strings.Builder
	units    int    // UTF-16 length of text
	rest     string // an incomplete character at the end of what was emitted
	started  time.Time
	ended    bool // nothing more is taken from the Responder, and nothing written
	stopping bool // cancelled by the person, which could not be stored at once
	cancel   context.CancelFunc

	drafts  []*liveDraft
	begun   map[string]string     // draft ids by kind that a Draft without an id goes on with
	patches map[string][]Revision // what the person changed in each draft while the turn ran
}

// liveDraft is a draft's version that a turn has shown.
type liveDraft struct {
	draft  Draft
	stored bool // nothing in it is not stored yet
}

func (t *turn) draft(id string) *liveDraft {
	for _, d := range t.drafts {
		if d.draft.ID == id {
			return d
		}
	}
	return nil
}

// launch starts the goroutine of a turn whose beginning was stored. It ends
// when the Responder has returned and the end is stored, the session is lost
// to another process, or the Manager closes.
func (m *Manager) launch(ctx context.Context, s *conversation, b *beginning) {
	state := s.held.state
	t := &turn{message: b.message, response: b.response, started: time.Now(), patches: map[string][]Revision{}}
	in := Turn{Session: state.Session, ResponseID: b.response.ID, Message: b.message, History: state.history(b.message), Now: b.message.Created, Released: state.released(b.message.ID)}
	in.Drafts, t.begun = state.draftsBefore(b.message.ID)

	m.mu.Lock()
	if m.draining {
		m.mu.Unlock()
		m.drop(ctx, s) // stored as running: the next process runs it
		return
	}
	s.refs++
	m.turns[t] = s
	m.wg.Add(1)
	m.mu.Unlock()

	turnCtx, cancel := context.WithTimeout(m.ctx, m.cfg.TurnTimeout)
	t.cancel = cancel
	s.held.turn = t
	m.cfg.Metrics.TurnStarted()
	go func() {
		defer m.wg.Done()
		defer m.release(s)
		defer cancel()
		var outcome Outcome
		var err error
		in.Files, err = m.attached(turnCtx, s.key, in.Message)
		if err == nil {
			in.Drafts, err = m.whole(turnCtx, s.key, in.Drafts)
		}
		if err == nil {
			outcome, err = m.respond(turnCtx, s, t, in)
		}
		m.conclude(s, t, outcome, err)
	}()
}

// end takes a turn's right to emit and write.
func (m *Manager) end(s *conversation, t *turn) {
	m.halt(s, t)
	m.over(t)
}

func (m *Manager) halt(s *conversation, t *turn) {
	t.ended = true
	t.cancel()
	if s.held != nil && s.held.turn == t {
		s.held.turn = nil
	}
}

// over tells Drain that a turn has ended and subscribers know it.
func (m *Manager) over(t *turn) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.turns, t)
	m.checkDrained()
}

// respond calls the Responder. A panic in it fails this turn only; the log
// tells where it happened and not what was said.
func (m *Manager) respond(ctx context.Context, s *conversation, t *turn, in Turn) (outcome Outcome, err error) {
	defer func() {
		if v := recover(); v != nil {
			m.cfg.Log.Error("responder panicked", "session", s.key.Session, "response", in.ResponseID,
				"panic", describe(v), "stack", string(debug.Stack()))
			err = errors.New("sessions: the responder panicked")
		}
	}()
	return m.responder.Respond(ctx, in, func(o Output) error { return m.emit(ctx, s, t, o) })
}

// describe names a panic without what it may quote.
func describe(v any) string {
	if e, ok := v.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", v)
}

// emit makes an output part of the response and tells subscribers.
func (m *Manager) emit(ctx context.Context, s *conversation, t *turn, o Output) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.ended || t.stopping {
		return errTurnEnded
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	switch {
	case o.Text != "":
		t.say(s, o.Text)
	case o.Route != nil:
		t.response.Route, t.response.Model = o.Route.Workflow, o.Route.Model
		return s.show(EventResponseInProgress, responseInProgress{t.response.ID, *o.Route})
	case o.Evidence != nil:
		t.response.Evidence = o.Evidence
		return s.show(EventEvidence, responseEvidence{t.response.ID, o.Evidence})
	case o.Question != nil:
		t.response.Question = o.Question
		return s.show(EventQuestion, responseQuestion{t.response.ID, *o.Question})
	case o.Draft != nil:
		return m.emitDraft(ctx, s, t, *o.Draft)
	}
	return nil
}

func (s *conversation) show(kind string, data any) error {
	e, err := live(kind, data)
	if err == nil {
		s.deliver(e)
	}
	return err
}

func (t *turn) say(s *conversation, text string) {
	text, t.rest = wholeRunes(t.rest + text)
	if text = clean(text); text == "" {
		return
	}
	if t.units == 0 {
		t.response.Timings.FirstText = milliseconds(time.Since(t.started))
	}
	s.deliver(Event{Type: EventTextDelta, Delta: &Delta{Response: t.response.ID, At: t.units, Text: text}})
	t.text.WriteString(text)
	t.units += units(text)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// caughtUp tells what a turn has shown so far. The text comes as one piece.
func (t *turn) caughtUp(created bool) []Event {
	var events []Event
	add := func(kind string, data any) {
		if e, err := live(kind, data); err == nil {
			events = append(events, e)
		}
	}
	id := t.response.ID
	if !created {
		add(EventResponseCreated, responseCreated{id, t.message.ID})
	}
	if t.response.Route != "" {
		add(EventResponseInProgress, responseInProgress{id, Route{t.response.Route, t.response.Model}})
	}
	if t.response.Evidence != nil {
		add(EventEvidence, responseEvidence{id, t.response.Evidence})
	}
	for _, d := range t.drafts {
		if !d.stored {
			add(EventDraftUpdated, draftUpdated{d.draft})
		}
	}
	if t.response.Question != nil {
		add(EventQuestion, responseQuestion{id, *t.response.Question})
	}
	if t.text.Len() > 0 {
		events = append(events, Event{Type: EventTextDelta, Delta: &Delta{Response: id, Text: t.text.String()}})
	}
	return events
}

// emitDraft takes a new version from the Responder. What the person changed
// while the turn ran is put on top of it.
func (m *Manager) emitDraft(ctx context.Context, s *conversation, t *turn, d Draft) error {
	if !json.Valid(d.Document) {
		return fmt.Errorf("%w: the draft's document is not JSON", ErrInvalid)
	}
	known := s.held.state.newestVersion(d.ID) > 0 || t.draft(d.ID) != nil
	if d.ID == "" || !known {
		d.ID = t.begun[d.Kind]
	}
	if d.ID == "" {
		d.ID = newDraftID(s.key.Session)
		t.begun[d.Kind] = d.ID
	}
	for _, patch := range t.patches[d.ID] {
		patch.Draft = d
		revised, err := m.revise(ctx, patch)
		if err != nil {
			m.cfg.Log.Warn("person's change does not fit the new draft, which is dropped", "session", s.key.Session, "draft", d.ID, "error", err)
			return nil
		}
		d = revised
	}
	return t.showDraft(s, d)
}

func (t *turn) showDraft(s *conversation, d Draft) error {
	d.Version = s.held.state.newestVersion(d.ID) + 1
	d.Message, d.Author, d.Published, d.URL = t.message.ID, AuthorAssistant, nil, ""
	if d.Created.IsZero() {
		d.Created = stamp(time.Now())
	}
	if known := t.draft(d.ID); known != nil {
		known.draft, known.stored = d, false
	} else {
		t.drafts = append(t.drafts, &liveDraft{draft: d})
	}
	return s.show(EventDraftUpdated, draftUpdated{d})
}

// revise calls the Responder with a person's patch, and keeps what is the
// draft's own whatever comes back.
func (m *Manager) revise(ctx context.Context, r Revision) (d Draft, err error) {
	ctx, cancel := context.WithTimeout(ctx, reviseTimeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			m.cfg.Log.Error("responder panicked in a revision", "session", r.Session.ID, "draft", r.Draft.ID,
				"panic", describe(v), "stack", string(debug.Stack()))
			err = errors.New("sessions: the responder panicked")
		}
	}()
	if d, err = m.responder.Revise(ctx, r); err != nil {
		return Draft{}, fmt.Errorf("sessions: revise: %w", err)
	}
	if !json.Valid(d.Document) {
		return Draft{}, errors.New("sessions: revise: the document is not JSON")
	}
	d.ID, d.Kind, d.Created, d.Published, d.URL = r.Draft.ID, r.Draft.Kind, time.Time{}, nil, ""
	return d, nil
}

// stamp is a time as stores keep it.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
