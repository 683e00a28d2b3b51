package queuetest

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

func testKept(t *testing.T, db Database) {
	q, c := db.Queue(), held(policy.Scam, policy.Spam)
	c.Created = c.Created.In(time.FixedZone("", 3600)).Add(789 * time.Nanosecond)
	d := entry(moderation.Opened, "classifier", after(time.Second))
	d.Action, d.Labels, d.Stage, d.Note, d.Changes = moderation.Hold, []policy.Label{policy.Scam}, moderation.StageClassifier, "why", true
	kept, fresh, err := q.Open(t.Context(), c, d)
	if err != nil || !fresh {
		t.Fatalf("fresh %v, %v", fresh, err)
	}
	want := c
	want.Created, want.Version = noon, 1
	same(t, "returned", want, kept)

	other := db.Queue()
	same(t, "got", want, got(t, other, c))
	found, err := other.Find(t.Context(), "t1", c.Message.ID)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "found", want, found)
	d.Case, d.Number = c.ID, 1
	same(t, "history", []moderation.Decision{d}, history(t, other, c))

	clean := held()
	clean.Message.Channel, clean.Message.Thread, clean.Deadline, clean.Verdict = "", nil, time.Time{}, moderation.Verdict{Action: moderation.Deliver}
	opened(t, q, clean)
	clean.Version, clean.Message.Channel = 1, message.Direct
	same(t, "a case with little in it", clean, got(t, other, clean))
}

func testOnce(t *testing.T, db Database) {
	q, c, first := db.Queue(), held(policy.Scam), entry(moderation.Opened, "rules", noon)
	for i := range 2 { // the same call again, by who did not get the answer
		kept, fresh, err := q.Open(t.Context(), c, first)
		if err != nil || fresh != (i == 0) || kept.ID != c.ID {
			t.Fatalf("fresh %v, %v", fresh, err)
		}
	}
	c = got(t, q, c)
	later := decided(t, q, c, "ann", moderation.Block, after(time.Minute), policy.Scam)
	again := c
	again.ID, again.Subject = "another", "another"
	kept, fresh, err := q.Open(t.Context(), again, entry(moderation.Opened, "rules", after(time.Hour)))
	if err != nil || fresh {
		t.Fatalf("fresh %v, %v", fresh, err)
	}
	same(t, "kept", later, kept)
	same(t, "history", []moderation.DecisionKind{moderation.Opened, moderation.Reviewed}, kinds(t, q, c))
}

func testHash(t *testing.T, db Database) {
	q := db.Queue()
	c := opened(t, q, held(policy.Scam))
	other := held(policy.Scam)
	other.Message.ID, other.Hash = c.Message.ID, "h2"
	if _, fresh, err := q.Open(t.Context(), other, entry(moderation.Opened, "rules", noon)); fresh || !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("another text: fresh %v, %v", fresh, err)
	}
	twin := held(policy.Scam)
	twin.ID = c.ID
	if _, fresh, err := q.Open(t.Context(), twin, entry(moderation.Opened, "rules", noon)); fresh || !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("another message with that case's id: fresh %v, %v", fresh, err)
	}
	same(t, "the case", c, got(t, q, c))
	same(t, "all", []string{c.ID}, listed(t, q, moderation.Filter{}))
}

// testRace: the same message comes from 50 callers of two processes.
func testRace(t *testing.T, db Database) {
	queues := []moderation.Queue{db.Queue(), db.Queue()}
	model := held(policy.Scam)
	var all sync.WaitGroup
	var mu sync.Mutex
	fresh, seen := 0, map[string]bool{}
	for i := range 50 {
		all.Go(func() {
			c := held(policy.Scam)
			c.Message = model.Message
			kept, first, err := queues[i%2].Open(t.Context(), c, entry(moderation.Opened, "rules", noon))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if first {
				fresh++
			}
			seen[kept.ID] = true
		})
	}
	all.Wait()
	if fresh != 1 || len(seen) != 1 {
		t.Errorf("%d cases were fresh, %d were returned", fresh, len(seen))
	}
	list := listed(t, queues[0], moderation.Filter{})
	if len(list) != 1 || !seen[list[0]] {
		t.Errorf("kept are %v, returned %v", list, seen)
	}
}

func testTexts(t *testing.T, db Database) {
	q, c := db.Queue(), held(policy.Scam)
	c.Message.Text = "a\x00b \xff\xfe ü \U0001F600 code"
	c.Message.Thread[0].Text = "\x00"
	c.Verdict.Reason, c.Verdict.Marks = "\xffwhy\x00", []moderation.Mark{{Label: policy.Scam, Quote: "a\x00b", Start: 0, End: 3}}
	c.Appeal = "\x00sorry"
	d := entry(moderation.Opened, "rules", noon)
	d.Note = "n\x00te"
	if _, _, err := q.Open(t.Context(), c, d); err != nil {
		t.Fatal(err)
	}
	want := c
	want.Version = 1
	want.Message.Text = "a\uFFFDb \uFFFD\uFFFD ü \U0001F600 code" // a code unit for each: marks stay where they were
	want.Message.Thread = []message.Line{{Sender: "freelancer", Text: "\uFFFD"}, {Text: "Hi."}}
	want.Verdict.Reason, want.Appeal = "\uFFFDwhy\uFFFD", "\uFFFDsorry"
	want.Verdict.Marks = []moderation.Mark{{Label: policy.Scam, Quote: "a\uFFFDb", Start: 0, End: 3}}
	same(t, "mended", want, got(t, q, c))
	if note := history(t, q, c)[0].Note; note != "n\uFFFDte" {
		t.Errorf("note %q", note)
	}
	if c.Message.Thread[0].Text != "\x00" || c.Verdict.Marks[0].Quote != "a\x00b" {
		t.Error("the caller's case was changed")
	}

	for name, spoil := range map[string]func(*moderation.Case, *moderation.Decision){
		"message":  func(c *moderation.Case, _ *moderation.Decision) { c.Message.ID = "m\x00" },
		"case":     func(c *moderation.Case, _ *moderation.Decision) { c.ID = "\xff" },
		"subject":  func(c *moderation.Case, _ *moderation.Decision) { c.Subject = "s\x00" },
		"session":  func(c *moderation.Case, _ *moderation.Decision) { c.Session = "s\x00" },
		"decision": func(_ *moderation.Case, d *moderation.Decision) { d.ID = "d\x00" },
		"actor":    func(_ *moderation.Case, d *moderation.Decision) { d.Actor = "\xff" },
	} {
		c, d := held(policy.Scam), entry(moderation.Opened, "rules", noon)
		spoil(&c, &d)
		if _, _, err := q.Open(t.Context(), c, d); !errors.Is(err, moderation.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, id := range []string{"m\x00", "\xff", "", strings.Repeat("x", 10_000)} {
		if _, err := q.Get(t.Context(), "t1", id); !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("get %.10q: %v", id, err)
		}
		if _, err := q.Find(t.Context(), id, "m"); !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("find %.10q: %v", id, err)
		}
		if _, err := q.History(t.Context(), "t1", id); !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("history %.10q: %v", id, err)
		}
		if list, err := q.List(t.Context(), id, moderation.Filter{Assignee: id}); err != nil || len(list) != 0 {
			t.Errorf("list %.10q: %v, %v", id, list, err)
		}
		if err := errors.Join(q.Delete(t.Context(), "t1", id), q.DeleteSession(t.Context(), "t1", id), q.DeleteSubject(t.Context(), id, id),
			q.Announced(t.Context(), []string{id})); err != nil {
			t.Errorf("%.10q: %v", id, err)
		}
	}
}

func testLimits(t *testing.T, db Database) {
	q := db.Queue()
	full := held(policy.Labels()...)
	full.Message.Text = strings.Repeat("ß", moderation.MaxText/2)
	full.Message.Thread = make([]message.Line, moderation.MaxThread)
	for i := range full.Message.Thread {
		full.Message.Thread[i].Text = strings.Repeat("y", moderation.MaxText)
	}
	full.Message.ID, full.Subject = strings.Repeat("é", moderation.MaxKey/2), strings.Repeat("s", moderation.MaxKey)
	full.Appeal = strings.Repeat("z", moderation.MaxNote)
	same(t, "as much as there may be", opened(t, q, full), got(t, q, full))

	for name, spoil := range map[string]func(*moderation.Case, *moderation.Decision){
		"text": func(c *moderation.Case, _ *moderation.Decision) {
			c.Message.Text = strings.Repeat("x", moderation.MaxText+1)
		},
		"thread": func(c *moderation.Case, _ *moderation.Decision) {
			c.Message.Thread = make([]message.Line, moderation.MaxThread+1)
		},
		"line": func(c *moderation.Case, _ *moderation.Decision) {
			c.Message.Thread[1].Text = strings.Repeat("x", moderation.MaxText+1)
		},
		"appeal": func(c *moderation.Case, _ *moderation.Decision) { c.Appeal = strings.Repeat("x", moderation.MaxNote+1) },
		"id": func(c *moderation.Case, _ *moderation.Decision) {
			c.Message.ID = strings.Repeat("x", moderation.MaxKey+1)
		},
		"no id":       func(c *moderation.Case, _ *moderation.Decision) { c.ID = "" },
		"no message":  func(c *moderation.Case, _ *moderation.Decision) { c.Message.ID = "" },
		"channel":     func(c *moderation.Case, _ *moderation.Decision) { c.Message.Channel = "pigeon" },
		"status":      func(c *moderation.Case, _ *moderation.Decision) { c.Status = "" },
		"action":      func(c *moderation.Case, _ *moderation.Decision) { c.Verdict.Action = "burn" },
		"label":       func(c *moderation.Case, _ *moderation.Decision) { c.Verdict.Labels = []policy.Label{"rude"} },
		"note":        func(_ *moderation.Case, d *moderation.Decision) { d.Note = strings.Repeat("x", moderation.MaxNote+1) },
		"no decision": func(_ *moderation.Case, d *moderation.Decision) { d.ID = "" },
	} {
		c, d := held(policy.Scam), entry(moderation.Opened, "rules", noon)
		spoil(&c, &d)
		if _, fresh, err := q.Open(t.Context(), c, d); fresh || !errors.Is(err, moderation.ErrInvalid) {
			t.Errorf("%s: fresh %v, %v", name, fresh, err)
		}
	}
	same(t, "all", []string{full.ID}, listed(t, q, moderation.Filter{}))
}
