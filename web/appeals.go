package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/sessions"
)

// How often a person may ask for a second look: a few at once, then one a minute.
const (
	appealBurst   = 5
	appealEvery   = time.Minute
	mostAppellers = 10_000
)

// withoutWords is what stands in the history of a case when its sender gave no reason.
const withoutWords = "The sender asks for a second look."

// appealBody is how a held message stands, for the person who wrote it.
type appealBody struct {
	State  string       `json:"state"`            // none, asked, upheld, released
	Policy policy.Label `json:"policy,omitempty"` // what the message is held for
}

// getAppeal tells a person whether they have asked for a second look at a held
// message of theirs, and what came of it.
func (s *Server) getAppeal(c echo.Context) error {
	_, held, err := s.heldCase(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, appealOf(held))
}

// askAgain has a person look at a held message, once: whoever wrote it asks, with
// or without words. Asking again changes nothing, with other words it is a conflict.
func (s *Server) askAgain(c echo.Context) error {
	var body struct {
		Text string `json:"text"`
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	who, held, err := s.heldCase(c)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(body.Text)
	if text == "" {
		text = withoutWords
	}
	switch {
	case held.Verdict.Action.Delivers():
		return c.JSON(http.StatusOK, appealOf(held))
	case !held.Appealed.IsZero() && held.Appeal == text:
		return c.JSON(http.StatusOK, appealOf(held))
	case !held.Appealed.IsZero():
		return fmt.Errorf("%w: a second look was asked for", moderation.ErrConflict)
	case !s.appeals.allow(who.Tenant+"\n"+who.Subject, time.Now()):
		return errTooMany
	}
	kept, err := s.Moderation.Moderator.Appeal(c.Request().Context(), who.Tenant, held.Message.ID, text)
	if err != nil {
		return queueError(err)
	}
	return c.JSON(http.StatusOK, appealOf(kept))
}

// heldCase is the case of a response of the asker's own conversation. Whatever is
// not theirs, or was never held, does not exist.
func (s *Server) heldCase(c echo.Context) (sessions.Principal, moderation.Case, error) {
	who, err := s.who(c)
	if err != nil {
		return who, moderation.Case{}, err
	}
	ctx, session, id := c.Request().Context(), c.Param("id"), c.Param("response")
	state, err := s.Manager.State(ctx, who, session)
	if err != nil {
		return who, moderation.Case{}, err
	}
	for _, r := range state.Responses {
		if r.ID != id {
			continue
		}
		// A message that was answered anew has a case for each response that was held.
		message := session + "/" + r.Message
		for _, name := range []string{message, message + "/" + r.ID} {
			found, err := s.Moderation.Cases.Find(ctx, who.Tenant, name)
			if err == nil && found.Resp == r.ID {
				return who, found, nil
			}
			if err != nil && !errors.Is(err, moderation.ErrNotFound) {
				return who, found, queueError(err)
			}
		}
	}
	return who, moderation.Case{}, errNotFound
}

func appealOf(held moderation.Case) appealBody {
	body := appealBody{State: "none"}
	if len(held.Verdict.Labels) > 0 {
		body.Policy = held.Verdict.Labels[0]
	}
	switch {
	case held.Verdict.Action.Delivers():
		body.State = "released"
	case held.Appealed.IsZero():
	case held.Status == moderation.Decided:
		body.State = "upheld"
	default:
		body.State = "asked"
	}
	return body
}

// appellers counts who asks how often. It is this process's own count: asking
// once a message is kept by the case.
type appellers struct {
	mu     sync.Mutex
	people map[string]*rate.Limiter
}

func newAppellers() *appellers { return &appellers{people: make(map[string]*rate.Limiter)} }

func (a *appellers) allow(person string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	limiter := a.people[person]
	if limiter == nil {
		if len(a.people) >= mostAppellers {
			a.trim(now)
		}
		limiter = rate.NewLimiter(rate.Every(appealEvery), appealBurst)
		a.people[person] = limiter
	}
	return limiter.AllowN(now, 1)
}

// trim forgets people who may ask freely again, and all when that is not enough.
func (a *appellers) trim(now time.Time) {
	for person, limiter := range a.people {
		if limiter.TokensAt(now) >= appealBurst {
			delete(a.people, person)
		}
	}
	if len(a.people) >= mostAppellers {
		clear(a.people)
	}
}
