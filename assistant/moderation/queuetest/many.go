package queuetest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// testMany: ten thousand cases, of which each filter finds what it should. How
// long each takes is logged.
func testMany(t *testing.T, db Database) {
	q := db.Queue()
	cases := openMany(t, q)
	for _, c := range []struct {
		filter moderation.Filter
		chosen func(moderation.Case) bool
	}{
		{moderation.Filter{}, func(moderation.Case) bool { return true }},
		{moderation.Filter{Status: moderation.Waiting}, waits},
		{moderation.Filter{Label: policy.Abuse}, has(policy.Abuse)},
		{moderation.Filter{Label: policy.Abuse, Status: moderation.Waiting}, both(has(policy.Abuse), waits)},
		{moderation.Filter{Label: policy.Scam, Status: moderation.Waiting, Oldest: true}, both(has(policy.Scam), waits)},
		{moderation.Filter{Assignee: "ann"}, func(c moderation.Case) bool { return c.Assignee == "ann" }},
		{moderation.Filter{Appealed: true}, func(c moderation.Case) bool { return !c.Appealed.IsZero() && waits(c) }},
		{moderation.Filter{Text: "needle"}, needle},
		{moderation.Filter{Text: "needle", Label: policy.Abuse}, both(needle, has(policy.Abuse))},
		{moderation.Filter{Text: "in no message"}, func(moderation.Case) bool { return false }},
	} {
		c.filter.Limit = 200
		begin := time.Now()
		found := listed(t, q, c.filter)
		t.Logf("%v for %+v", time.Since(begin).Round(10*time.Microsecond), c.filter)
		same(t, fmt.Sprintf("%+v", c.filter), expected(cases, c.filter, c.chosen), found)
	}
	turnPages(t, q, len(cases))

	begin := time.Now()
	counts, err := q.Counts(t.Context(), "t1", noon)
	t.Logf("%v for counts", time.Since(begin).Round(10*time.Microsecond))
	if err != nil || counts.Status[moderation.Waiting] != many/10 || counts.Label[policy.Scam] != many/100 {
		t.Errorf("counts %+v, %v", counts, err)
	}
}

func waits(c moderation.Case) bool { return c.Status == moderation.Waiting }

func needle(c moderation.Case) bool { return strings.Contains(c.Message.Text, "NEEDLE") }

func has(label policy.Label) func(moderation.Case) bool {
	return func(c moderation.Case) bool { return slices.Contains(c.Verdict.Labels, label) }
}

func both(a, b func(moderation.Case) bool) func(moderation.Case) bool {
	return func(c moderation.Case) bool { return a(c) && b(c) }
}

// openMany returns the cases that it opens, oldest first.
func openMany(t *testing.T, q moderation.Queue) []moderation.Case {
	t.Helper()
	const writers = 8
	cases := make([]moderation.Case, many)
	for i := range cases {
		cases[i] = numbered(i)
	}
	begin := time.Now()
	var opening sync.WaitGroup
	for part := range slices.Chunk(cases, many/writers) {
		opening.Go(func() {
			for _, c := range part {
				if _, _, err := q.Open(t.Context(), c, entry(moderation.Opened, "rules", noon)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	opening.Wait()
	t.Logf("%d cases opened in %v", many, time.Since(begin).Round(time.Millisecond))
	return cases
}

// numbered is the ith of many cases. One of ten waits for a person.
func numbered(i int) moderation.Case {
	c := held(policy.Spam)
	c.Created = after(time.Duration(i) * time.Second)
	c.Message.Text = fmt.Sprintf("Message number %d: could you look at the page about shipping again, and tell me what is missing in it?", i)
	c.Status = moderation.Decided
	if i%10 == 0 {
		c.Status = moderation.Waiting
	}
	switch {
	case i%1000 == 1 || i == 20:
		c.Verdict.Labels = []policy.Label{policy.Abuse}
	case i%100 == 10:
		c.Verdict.Labels = []policy.Label{policy.Scam, policy.Spam}
	}
	switch {
	case i%2000 == 1 || i == 500:
		c.Message.Text += " A NEEDLE."
	case i%400 == 30, i%400 == 31:
		c.Appealed = noon
	case i%500 == 3:
		c.Assignee = "ann"
	}
	return c
}

// expected is the first page of what a filter chooses from cases, oldest first.
func expected(cases []moderation.Case, f moderation.Filter, chosen func(moderation.Case) bool) []string {
	list := []string{}
	for _, c := range cases {
		if chosen(c) {
			list = append(list, c.ID)
		}
	}
	if !f.Oldest {
		slices.Reverse(list)
	}
	return list[:min(f.Limit, len(list))]
}

func turnPages(t *testing.T, q moderation.Queue, want int) {
	t.Helper()
	begin, seen := time.Now(), 0
	for f := (moderation.Filter{Limit: 200}); ; {
		page := listed(t, q, f)
		if len(page) == 0 {
			break
		}
		seen += len(page)
		f.After = page[len(page)-1]
	}
	t.Logf("%v for all pages", time.Since(begin).Round(time.Millisecond))
	if seen != want {
		t.Errorf("%d cases on all pages", seen)
	}
}
