package grounding_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/retrieval/skills"
)

// consulted streams a text under a judge.
func consulted(t *testing.T, text string, strict bool, judge grounding.Judge) *grounding.Stream {
	t.Helper()
	s := grounding.NewStream(grounding.NewChecker(facts, skills.Default(), strict), func(string) error { return nil })
	s.Consult(t.Context(), judge)
	if err := errors.Join(s.Write(text), s.Close()); err != nil {
		t.Fatal(err)
	}
	return s
}

const judgedText = "Hello. You need an online shop for your pet store [f1]. Your budget is about $4,000 [f2]."

func TestJudgeHoldsBack(t *testing.T) {
	m := modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		if strings.Contains(r.Facts[0].Text, "$4,000") {
			return modeltest.Says(`{"supported": false, "reason": "the budget is a wish"}`)
		}
		return modeltest.Says(`{"supported": true, "reason": ""}`)
	})
	s := consulted(t, judgedText, true, grounding.Judge{Model: m, Request: model.Request{Tenant: "shop", Session: "s", Response: "r"}})
	if got := s.Text(); got != "Hello. You need an online shop for your pet store." {
		t.Errorf("let through %q", got)
	}
	if d := s.Dropped(); len(d) != 1 || !slices.Equal(d[0].Missing, []string{"judge: the budget is a wish"}) {
		t.Errorf("dropped %v", d)
	}
	if n := len(s.Judgements()); n != 2 {
		t.Errorf("%d judgements, want 2: a greeting needs none", n)
	}
	for _, r := range m.Requests() {
		if r.Purpose != model.Judge || r.Schema == nil || r.Tenant != "shop" || r.Response != "r" || len(r.Facts) != 2 || r.Facts[0].Kind != "sentence" {
			t.Errorf("request %+v", r)
		}
	}
}

// TestJudgeNeverRaises has a judge praise what the check dropped.
func TestJudgeNeverRaises(t *testing.T) {
	m := modeltest.ByTask(map[string]string{"judge/sentence": `{"supported": true, "reason": ""}`})
	s := consulted(t, "Your budget is about $9,000 [f2].", true, grounding.Judge{Model: m})
	if s.Text() != "" || len(m.Requests()) != 0 {
		t.Errorf("let through %q after %d questions", s.Text(), len(m.Requests()))
	}
}

func TestJudgeIsNotAskedForReplies(t *testing.T) {
	m := modeltest.ByTask(map[string]string{"judge/sentence": `{"supported": false, "reason": "no"}`})
	s := consulted(t, judgedText, false, grounding.Judge{Model: m})
	if len(m.Requests()) != 0 || len(s.Dropped()) != 0 {
		t.Errorf("asked %d times, dropped %v", len(m.Requests()), s.Dropped())
	}
}

// silent never answers.
type silent struct{ asked int }

func (s *silent) Generate(ctx context.Context, _ model.Request, _ func(string) error) (model.Result, error) {
	s.asked++
	<-ctx.Done()
	return model.Result{}, ctx.Err()
}

func TestJudgeThatFails(t *testing.T) {
	says := func(text string) model.Model {
		return modeltest.NewScripted(func(model.Request) modeltest.Reply { return modeltest.Says(text) })
	}
	for name, m := range map[string]model.Model{
		"unavailable, or over its budget": modeltest.ByTask(nil),
		"silent":                          &silent{},
		"not JSON":                        says("No, because of the budget."),
		"no verdict":                      says(`{"reason": "no"}`),
		"two answers":                     says(`{"supported": false, "reason": ""} {"supported": true}`),
		"endless":                         says(`{"supported": false, "reason": "` + strings.Repeat("no ", 5000) + `"}`),
		"nothing":                         says(""),
	} {
		t.Run(name, func(t *testing.T) {
			s := consulted(t, judgedText, true, grounding.Judge{Model: m, Timeout: 20 * time.Millisecond})
			if len(s.Dropped()) != 0 || len(s.Claims()) != 3 {
				t.Errorf("let through %q, dropped %v", s.Text(), s.Dropped())
			}
			if n := len(s.Judgements()); n != 1 {
				t.Errorf("asked %d times, want once: it had failed", n)
			}
			_, err := grounding.Judge{Model: m, Timeout: 20 * time.Millisecond}.Ask(t.Context(), "A shop.", facts[:1])
			if !errors.Is(err, grounding.ErrJudge) {
				t.Errorf("error %v, want ErrJudge", err)
			}
		})
	}
}
