package moderation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

var (
	letGo = moderation.Ruling{Action: moderation.Deliver, Note: "is about the work"}
	stop  = moderation.Ruling{Action: moderation.Block, Labels: []policy.Label{policy.Abuse}}
)

// kinds are those of a case's history.
func kinds(t *testing.T, q moderation.Queue, id string) (list []moderation.DecisionKind) {
	t.Helper()
	h, err := q.History(t.Context(), tenant, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range h {
		list = append(list, d.Kind)
	}
	return list
}

func TestDecide(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	_, c := check(t, m, text("1", likelyScam))
	after, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "ann", letGo)
	if err != nil {
		t.Fatal(err)
	}
	v := after.Verdict
	if after.Status != moderation.Decided || v.Action != moderation.Deliver || v.Stage != moderation.StageReviewer || len(v.Labels) != 0 || v.Reason != letGo.Note || !after.Deadline.IsZero() {
		t.Errorf("case %+v", after)
	}
	again, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "ann", letGo)
	if err != nil || again.Version != after.Version {
		t.Errorf("the same again: version %d, %v", again.Version, err)
	}
	for name, act := range map[string]func() error{
		"another's": func() error { _, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "bob", letGo); return err },
		"opposite":  func() error { _, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "ann", stop); return err },
		"assign":    func() error { _, err := m.Assign(t.Context(), tenant, c.ID, c.Version, "ann", "ann"); return err },
		"undo":      func() error { _, err := m.Undo(t.Context(), tenant, c.ID, c.Version, "ann"); return err },
	} {
		if err := act(); !errors.Is(err, moderation.ErrConflict) {
			t.Errorf("%s, by an old version: %v", name, err)
		}
	}
	// Who sees the newest version may decide otherwise.
	if after, err = m.Decide(t.Context(), tenant, c.ID, after.Version, "bob", stop); err != nil || after.Verdict.Action != moderation.Block {
		t.Errorf("case %+v, %v", after, err)
	}
	want := []moderation.DecisionKind{moderation.Opened, moderation.Reviewed, moderation.Reviewed}
	if got := kinds(t, q, c.ID); !slices.Equal(got, want) {
		t.Errorf("history %v, want %v", got, want)
	}
}

func TestDecisionsThatAreRefused(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	_, c := check(t, m, text("1", likelyScam))
	for name, r := range map[string]moderation.Ruling{
		"nothing":           {},
		"hold":              {Action: moderation.Hold},
		"review":            {Action: moderation.DeliverAndReview},
		"block, no label":   {Action: moderation.Block},
		"no such label":     {Action: moderation.Block, Labels: []policy.Label{"rudeness"}},
		"label twice":       {Action: moderation.Block, Labels: []policy.Label{policy.Spam, policy.Spam}},
		"a note for a book": {Action: moderation.Deliver, Note: strings.Repeat("x", 3000)},
	} {
		if _, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "ann", r); !errors.Is(err, moderation.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "", letGo); !errors.Is(err, moderation.ErrInvalid) {
		t.Errorf("nobody decides: %v", err)
	}
	if _, err := m.Decide(t.Context(), "other", c.ID, c.Version, "ann", letGo); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("another site's case: %v", err)
	}
	if got := kinds(t, q, c.ID); len(got) != 1 {
		t.Errorf("history %v", got)
	}
}

func TestAssign(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	_, c := check(t, m, text("1", likelyScam))
	mine, err := m.Assign(t.Context(), tenant, c.ID, c.Version, "ann", "ann")
	if err != nil || mine.Assignee != "ann" {
		t.Fatalf("case %+v, %v", mine, err)
	}
	if again, err := m.Assign(t.Context(), tenant, c.ID, c.Version, "ann", "ann"); err != nil || again.Version != mine.Version {
		t.Errorf("the same again: %v", err)
	}
	if _, err := m.Assign(t.Context(), tenant, c.ID, c.Version, "bob", "bob"); !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("two at once: %v", err)
	}
	back, err := m.Assign(t.Context(), tenant, c.ID, mine.Version, "ann", "")
	if err != nil || back.Assignee != "" {
		t.Errorf("case %+v, %v", back, err)
	}
	decided, err := m.Decide(t.Context(), tenant, c.ID, back.Version, "ann", letGo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Assign(t.Context(), tenant, c.ID, decided.Version, "ann", "bob"); !errors.Is(err, moderation.ErrInvalid) {
		t.Errorf("a decided case is given away: %v", err)
	}
}

func TestUndo(t *testing.T) {
	q, _ := openQueue(t)
	judge := func(opinion func(string) said) func(*testing.T) moderation.Config {
		return func(t *testing.T) moderation.Config {
			return moderation.Config{Judge: judgeAt(t, modeltest.NewServer(t, judges(opinion)))}
		}
	}
	nobody := func(*testing.T) moderation.Config { return moderation.Config{} }
	for name, test := range map[string]struct {
		cfg    func(*testing.T) moderation.Config
		word   string
		ruling moderation.Ruling
	}{
		"of a held message":       {nobody, likelyScam, letGo},
		"of a blocked message":    {nobody, certainScam, letGo},
		"of a reviewed message":   {nobody, likelyPayment, stop},
		"after the judge cleared": {judge(clean), likelyScam, stop},
		"after it confirmed":      {judge(violates), likelyPayment, letGo},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := test.cfg(t)
			cfg.Queue = q
			m := start(t, cfg)
			_, c := check(t, m, text(name, test.word))
			before := until(t, q, c.ID, notJudging)
			after, err := m.Decide(t.Context(), tenant, c.ID, before.Version, "ann", test.ruling)
			if err != nil {
				t.Fatal(err)
			}
			undone, err := m.Undo(t.Context(), tenant, c.ID, after.Version, "bob")
			if err != nil {
				t.Fatal(err)
			}
			was, is := before.Verdict, undone.Verdict
			if is.Action != was.Action || is.Stage != was.Stage || !slices.Equal(is.Labels, was.Labels) || is.Reason != was.Reason || undone.Status != before.Status {
				t.Errorf("was %+v\nis %+v", before, undone)
			}
			if undone.Deadline.IsZero() != before.Deadline.IsZero() {
				t.Errorf("deadline was %v, is %v", before.Deadline, undone.Deadline)
			}
			if again, err := m.Undo(t.Context(), tenant, c.ID, after.Version, "bob"); err != nil || again.Version != undone.Version {
				t.Errorf("the same again: %v", err)
			}
			if _, err := m.Undo(t.Context(), tenant, c.ID, undone.Version, "bob"); !errors.Is(err, moderation.ErrInvalid) {
				t.Errorf("nothing is left to undo: %v", err)
			}
		})
	}
}

func TestUndoOneOfTwo(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	_, c := check(t, m, text("1", likelyScam))
	first, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "ann", stop)
	if err != nil {
		t.Fatal(err)
	}
	second, err := m.Decide(t.Context(), tenant, c.ID, first.Version, "bob", letGo)
	if err != nil {
		t.Fatal(err)
	}
	undone, err := m.Undo(t.Context(), tenant, c.ID, second.Version, "bob")
	if err != nil || undone.Verdict.Action != moderation.Block || undone.Status != moderation.Decided || !slices.Equal(undone.Verdict.Labels, stop.Labels) {
		t.Fatalf("case %+v, %v", undone, err)
	}
	undone, err = m.Undo(t.Context(), tenant, c.ID, undone.Version, "ann")
	if err != nil || undone.Verdict.Action != moderation.Hold || undone.Status != moderation.Waiting || undone.Deadline.IsZero() {
		t.Errorf("case %+v, %v", undone, err)
	}
}

func TestAppeal(t *testing.T) {
	q, _ := openQueue(t)
	clock := newClock()
	m := start(t, moderation.Config{Queue: q, Now: clock.Now})
	_, c := check(t, m, text("1", certainScam))
	appealed, err := m.Appeal(t.Context(), tenant, "1", " It is the name\x00 of our product. ")
	if err != nil || appealed.Status != moderation.Waiting || appealed.Verdict.Action != moderation.Block || appealed.Appeal != "It is the name of our product." || !appealed.Appealed.Equal(clock.Now()) {
		t.Fatalf("case %+v, %v", appealed, err)
	}
	if again, err := m.Appeal(t.Context(), tenant, "1", "It is the name of our product."); err != nil || again.Version != appealed.Version {
		t.Errorf("the same again: %v", err)
	}
	if _, err := m.Appeal(t.Context(), tenant, "1", "And another thing."); !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("a second appeal: %v", err)
	}
	taken, err := m.Assign(t.Context(), tenant, c.ID, appealed.Version, "ann", "ann")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Appeal(t.Context(), tenant, "1", "And another thing."); !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("a second appeal after it was assigned: %v", err)
	}
	upheld, err := m.Decide(t.Context(), tenant, c.ID, taken.Version, "ann", stop)
	if err != nil {
		t.Fatal(err)
	}
	if upheld, err = m.Appeal(t.Context(), tenant, "1", "And another thing."); err != nil || upheld.Status != moderation.Waiting {
		t.Errorf("an appeal against the next decision: %+v, %v", upheld, err)
	}
	// Undone, the first appeal still waits for its decision.
	undone, err := m.Undo(t.Context(), tenant, c.ID, upheld.Version, "ann")
	if err != nil || undone.Status != moderation.Waiting || undone.Verdict.Action != moderation.Block || undone.Verdict.Stage != moderation.StageRules {
		t.Errorf("case %+v, %v", undone, err)
	}
}

func TestAppealsThatAreRefused(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	check(t, m, text("held", likelyScam))
	check(t, m, text("out", likelyPayment))
	for name, test := range map[string]struct {
		site, id, text string
		want           error
	}{
		"unknown":       {tenant, "no such", "why", moderation.ErrNotFound},
		"another site":  {"other", "held", "why", moderation.ErrNotFound},
		"no words":      {tenant, "held", " \n\x00", moderation.ErrInvalid},
		"too many":      {tenant, "held", strings.Repeat("why ", 1000), moderation.ErrInvalid},
		"of a delivery": {tenant, "out", "why", moderation.ErrInvalid},
	} {
		if _, err := m.Appeal(t.Context(), test.site, test.id, test.text); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if c, err := m.Appeal(t.Context(), tenant, "held", "why"); err != nil || c.Verdict.Action != moderation.Hold || c.Deadline.IsZero() {
		t.Errorf("an appeal against a hold: %+v, %v", c, err)
	}
}

// TestPersonIsFasterThanTheJudge has the judge answer after a decision.
func TestPersonIsFasterThanTheJudge(t *testing.T) {
	q, _ := openQueue(t)
	server := modeltest.NewServer(t, modeltest.Drip(`{"verdicts":[{"message":"m1","label":"none","quote":"","reason":"","confidence":1}]}`, 5*time.Millisecond))
	m := start(t, moderation.Config{Queue: q, Judge: judgeAt(t, server), JudgeWorkers: 1})
	_, c := check(t, m, text("1", likelyScam))
	<-server.Came()
	if _, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "ann", stop); err != nil {
		t.Fatal(err)
	}
	// When the judge is free for the next question, the answer to this one was dealt with.
	server.Script(judges(clean))
	_, next := check(t, m, text("2", "Some more "+likelyScam))
	until(t, q, next.ID, isDecided)
	want := []moderation.DecisionKind{moderation.Opened, moderation.Reviewed}
	if got := kinds(t, q, c.ID); !slices.Equal(got, want) {
		t.Errorf("history %v", got)
	}
}
