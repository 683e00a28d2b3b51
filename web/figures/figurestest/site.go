package figurestest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
)

// site is a site of which a test says what happened there, and when.
type site struct {
	t      *testing.T
	b      Backend
	tenant string
	n      int
}

// turn is a message with its response.
type turn struct {
	at             time.Time
	status         sessions.Status
	route, model   string
	problem        string
	first, whole   time.Duration
	kept, dropped  int
	session        string // "" for a conversation of its own
	rating, reason string
	again          bool // answers the message of the session's turn before anew
}

func (s *site) id(kind string) string {
	s.n++
	return fmt.Sprintf("%s%d", kind, s.n)
}

// say stores a turn, and returns its session and response.
func (s *site) say(u turn) (session, response string) {
	s.t.Helper()
	ctx := s.t.Context()
	key := sessions.Key{Tenant: s.tenant, Session: u.session}
	if u.session == "" {
		key.Session = s.id("s")
		s.must(s.b.Sessions.Create(ctx, sessions.Session{Tenant: s.tenant, ID: key.Session, Owner: "o", Role: sessions.RoleClient, Created: u.at, Updated: u.at}))
	}
	state, lease, err := s.b.Sessions.Begin(ctx, key, "test", time.Minute)
	s.must(err)
	batch := sessions.Batch{Release: true}
	message := s.id("m")
	if u.again {
		message = state.Messages[len(state.Messages)-1].ID
	} else {
		m := sessions.Message{ID: message, Text: "words of \\u0000 somebody", Created: u.at}
		if n := len(state.Messages); n > 0 {
			m.Parent = state.Messages[n-1].ID
		}
		batch.Messages = append(batch.Messages, m)
	}
	r := sessions.Response{ID: s.id("r"), Message: message, Status: u.status, Route: u.route, Model: u.model, Text: "\x00 a text", Created: u.at,
		Timings: sessions.Timings{FirstText: ms(u.first), Total: ms(u.whole)}}
	if u.problem != "" {
		r.Problem = &sessions.Problem{Code: u.problem, Message: "It went wrong."}
	}
	if u.kept+u.dropped > 0 {
		dropped := make([]map[string]string, u.dropped)
		r.Annotations, err = json.Marshal(map[string]any{"calls": []any{map[string]any{"kept": u.kept, "dropped": dropped}}})
		s.must(err)
	}
	batch.Responses = append(batch.Responses, r)
	if u.rating != "" {
		batch.Feedback = append(batch.Feedback, sessions.Feedback{Response: r.ID, Rating: u.rating, Reason: u.reason, Created: u.at})
	}
	_, err = s.b.Sessions.Commit(ctx, lease, batch)
	s.must(err)
	return key.Session, r.ID
}

// draft stores a version of a session's draft.
func (s *site) draft(session, id string, version int, at time.Time, status string, published bool) {
	s.t.Helper()
	key := sessions.Key{Tenant: s.tenant, Session: session}
	state, lease, err := s.b.Sessions.Begin(s.t.Context(), key, "test", time.Minute)
	s.must(err)
	d := sessions.Draft{ID: id, Kind: "job_post", Version: version, Message: state.Messages[0].ID, Author: sessions.AuthorAssistant, Created: at,
		Document: json.RawMessage(fmt.Sprintf(`{"status":%q,"title":"a \"status\":\"ready\" title"}`, status))}
	if published {
		d.Published = &at
	}
	_, err = s.b.Sessions.Commit(s.t.Context(), lease, sessions.Batch{Drafts: []sessions.Draft{d}, Release: true})
	s.must(err)
}

// call stores a model call for a response.
func (s *site) call(e gateway.Entry) {
	s.t.Helper()
	e.Tenant, e.ID, e.Ended, e.Expires = s.tenant, s.id("c"), e.Created.Add(e.Total), e.Created.Add(time.Minute)
	if e.Purpose == "" {
		e.Purpose = model.JobPost
	}
	s.must(s.b.Ledger.Record(s.t.Context(), []gateway.Entry{e}))
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
