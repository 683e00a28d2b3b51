// Package figurestest is the suite for the stores of package figures: what
// conversations and model calls leave behind, as the product writes it, is told
// right, before and after it was summed up.
package figurestest

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/figures"
)

// Backend is a new database with its stores.
type Backend struct {
	Sessions sessions.Store
	Ledger   gateway.Ledger
	Figures  figures.Store
}

// Run runs the suite. Open makes a new database each time.
func Run(t *testing.T, open func(t *testing.T) Backend) {
	for name, test := range map[string]func(*testing.T, Backend){
		"everything":       everything,
		"summed up":        summedUp,
		"sites":            sitesApart,
		"deleted":          deleted,
		"filters":          filters,
		"nothing":          nothing,
		"details":          details,
		"kept once":        keptOnce,
		"compared":         compared,
		"lost and expired": lost,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// noon is now, in every test.
var noon = time.Date(2026, 5, 20, 12, 5, 0, 0, time.UTC)

func now() time.Time { return noon }

func ago(d time.Duration) time.Time { return noon.Add(-d) }

// happen has a morning happen at a site.
func happen(s *site) {
	one, response := s.say(turn{at: ago(5 * time.Hour), status: "completed", route: "job_post", model: "m1", first: 200 * time.Millisecond, whole: 2 * time.Second, kept: 8, dropped: 2, rating: "up", reason: "Clear"})
	s.call(gateway.Entry{Response: response, Session: one, Endpoint: "a", Model: "m1", Status: gateway.Settled, Created: ago(5*time.Hour - time.Second), Cost: 1500, Currency: "USD",
		Used: model.Usage{InputTokens: 100, OutputTokens: 20}, FirstToken: 100 * time.Millisecond, Total: time.Second})
	s.call(gateway.Entry{Response: response, Session: one, Endpoint: "b", Model: "m2", Purpose: model.Extract, Status: gateway.Failed, Error: "unavailable", Created: ago(5 * time.Hour), Total: time.Second})
	s.say(turn{at: ago(4 * time.Hour), session: one, again: true, status: "completed", route: "job_post", model: "m1", first: 400 * time.Millisecond, whole: 4 * time.Second, rating: "down", reason: "Too long"})
	s.draft(one, "d", 1, ago(5*time.Hour), "drafting", false)
	s.draft(one, "d", 2, ago(4*time.Hour), "ready", false)
	s.draft(one, "d", 3, ago(3*time.Hour), "ready", true)
	s.draft(one, "d", 4, ago(2*time.Hour), "ready", true)
	s.say(turn{at: ago(3 * time.Hour), status: "failed", route: "shortlist", model: "m1", problem: "unavailable", whole: time.Second})
	s.say(turn{at: ago(30 * time.Minute), status: "held", problem: "held", rating: "none"})
	s.say(turn{at: ago(10 * time.Minute), status: "cancelled", route: "advice", model: "builtin"})
	s.say(turn{at: ago(time.Minute), status: "running", route: "advice", model: "builtin"})
	s.call(gateway.Entry{Endpoint: "a", Model: "m1", Purpose: model.Moderate, Status: gateway.Failed, Error: "over_budget", Created: ago(20 * time.Minute), Currency: "USD"})
}

func report(t *testing.T, b Backend, tenant string, f figures.Filter) figures.Report {
	t.Helper()
	span, err := figures.Last(1, figures.ByHour, noon, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	r, err := figures.New(b.Figures, now).Report(t.Context(), figures.Query{Tenant: tenant, Span: span, Filter: f})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func near(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) <= 0.021*want }

func everything(t *testing.T, b Backend) {
	happen(&site{t: t, b: b, tenant: "shop"})
	r := report(t, b, "shop", figures.Filter{})
	got := r.Now
	if !near(got.FirstText.P50, 200) || !near(got.FirstText.P99, 400) || got.FirstText.Count != 2 || !near(got.Whole.P90, 4000) {
		t.Errorf("latency: %v %v", got.FirstText, got.Whole)
	}
	if !near(got.Ready.P50, 3_600_000) || got.Ready.Count != 1 || got.CallFirst.Count != 1 || !near(got.CallWhole.P50, 1000) {
		t.Errorf("ready %v, calls %v %v", got.Ready, got.CallFirst, got.CallWhole)
	}
	got.FirstText, got.Whole, got.Ready, got.CallFirst, got.CallWhole = figures.Latency{}, figures.Latency{}, figures.Latency{}, figures.Latency{}, figures.Latency{}
	want := figures.Totals{
		Sessions: 5, Turns: 5, Outcomes: map[string]int{"completed": 2, "failed": 1, "held": 1, "cancelled": 1},
		Workflows: map[string]int{"job_post": 2, "shortlist": 1, "": 1, "advice": 1}, Again: 1, Kept: 8, Dropped: 2, Up: 1, Down: 1, Published: 1,
		Calls: 3, Failed: 2, Limited: 1, Fallbacks: 2, Input: 100, Output: 20, Cost: map[string]int64{"USD": 1500},
		Purposes: map[string]int64{"job_post": 1500, "moderate": 0}, Errors: map[string]int{"unavailable": 1}, CallErrors: map[string]int{"unavailable": 1, "over_budget": 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("totals (-want +got):\n%s", diff)
	}
	if len(r.Periods) != 24 || r.Currency != "USD" || r.Behind != nil {
		t.Errorf("%d periods, %q, behind %v", len(r.Periods), r.Currency, r.Behind)
	}
	turns := 0
	for _, p := range r.Periods {
		turns += p.Turns
		if p.Start.Equal(ago(5*time.Hour).Truncate(time.Hour)) && (p.Turns != 1 || p.Cost["USD"] != 1500) {
			t.Errorf("five hours ago: %+v", p)
		}
	}
	if turns != 5 {
		t.Errorf("periods have %d turns", turns)
	}
	if len(r.ByWorkflow) != 4 || len(r.ByEndpoint) != 2 || len(r.ByPurpose) != 3 || r.ByEndpoint[0].Name != "a" || r.ByEndpoint[0].Calls != 2 {
		t.Errorf("groups: %+v", r.ByEndpoint)
	}
}

// What was summed up is told as it was told before.
func summedUp(t *testing.T, b Backend) {
	happen(&site{t: t, b: b, tenant: "shop"})
	before := report(t, b, "shop", figures.Filter{})
	f := figures.New(b.Figures, now)
	for range 2 {
		if err := f.Roll(t.Context(), "shop"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, report(t, b, "shop", figures.Filter{})); diff != "" {
			t.Fatalf("summed up (-before +after):\n%s", diff)
		}
	}
	standing, err := b.Figures.Standing(t.Context(), "shop")
	if err != nil || !standing.Until.Equal(time.Date(2026, 5, 20, 11, 0, 0, 0, time.UTC)) {
		t.Errorf("summed up until %v, %v: rows of the last hour may change", standing.Until, err)
	}
	// Later the rest is.
	later := figures.New(b.Figures, func() time.Time { return noon.Add(3 * time.Hour) })
	if err := later.Roll(t.Context(), "shop"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, report(t, b, "shop", figures.Filter{})); diff != "" {
		t.Errorf("all summed up (-before +after):\n%s", diff)
	}
}

func sitesApart(t *testing.T, b Backend) {
	happen(&site{t: t, b: b, tenant: "shop"})
	happen(&site{t: t, b: b, tenant: "other"})
	happen(&site{t: t, b: b, tenant: "other", n: 1000})
	if err := figures.New(b.Figures, now).Roll(t.Context(), "other"); err != nil {
		t.Fatal(err)
	}
	for tenant, want := range map[string]int{"shop": 5, "other": 10, "nobody": 0} {
		if got := report(t, b, tenant, figures.Filter{}).Now; got.Turns != want {
			t.Errorf("%s has %d turns, want %d", tenant, got.Turns, want)
		}
	}
	span, _ := figures.Last(1, figures.ByHour, noon, time.UTC)
	d, err := b.Figures.Details(t.Context(), "nobody", span.From, span.Until, 10)
	if err != nil || len(d.Failures)+len(d.Reasons) != 0 {
		t.Errorf("nobody: %+v, %v", d, err)
	}
}

// Sums outlast the conversations that they are of.
func deleted(t *testing.T, b Backend) {
	s := &site{t: t, b: b, tenant: "shop"}
	id, _ := s.say(turn{at: ago(5 * time.Hour), status: "completed", route: "advice", model: "m1"})
	if err := figures.New(b.Figures, now).Roll(t.Context(), "shop"); err != nil {
		t.Fatal(err)
	}
	s.must(b.Sessions.Delete(t.Context(), sessions.Key{Tenant: "shop", Session: id}))
	if got := report(t, b, "shop", figures.Filter{}).Now; got.Turns != 1 || got.Sessions != 1 {
		t.Errorf("after the conversation was deleted: %+v", got)
	}
}

func filters(t *testing.T, b Backend) {
	happen(&site{t: t, b: b, tenant: "shop"})
	for _, c := range []struct {
		name         string
		filter       figures.Filter
		turns, calls int
		up           int
	}{
		{"a workflow, with the calls for its turns", figures.Filter{Workflow: "job_post"}, 2, 2, 1},
		{"another", figures.Filter{Workflow: "advice"}, 1, 0, 0},
		{"a model", figures.Filter{Model: "m2"}, 0, 1, 0},
		{"a purpose is of calls", figures.Filter{Purpose: "moderate"}, 5, 1, 1},
		{"both", figures.Filter{Model: "m1", Workflow: "shortlist"}, 1, 0, 0},
		{"what is not there", figures.Filter{Model: "' or 1=1 --"}, 0, 0, 0},
	} {
		for _, when := range []string{"rows", "sums"} {
			got := report(t, b, "shop", c.filter).Now
			if got.Turns != c.turns || got.Calls != c.calls || got.Up != c.up {
				t.Errorf("%s of %s: %d turns, %d calls, %d up; want %d, %d, %d", c.name, when, got.Turns, got.Calls, got.Up, c.turns, c.calls, c.up)
			}
			if err := figures.New(b.Figures, now).Roll(t.Context(), "shop"); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func nothing(t *testing.T, b Backend) {
	if err := figures.New(b.Figures, now).Roll(t.Context(), "shop"); err != nil {
		t.Fatal(err)
	}
	r := report(t, b, "shop", figures.Filter{})
	if len(r.Periods) != 24 || r.Now.Turns != 0 || r.Now.Whole.P50 != nil || r.Currency != "" || r.ByModel == nil {
		t.Errorf("of nothing: %+v", r)
	}
}

func details(t *testing.T, b Backend) {
	happen(&site{t: t, b: b, tenant: "shop"})
	span, _ := figures.Last(1, figures.ByHour, noon, time.UTC)
	f := figures.New(b.Figures, now)
	d, err := f.Details(t.Context(), "shop", span, 10)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]figures.Failure{}
	for _, failure := range d.Failures {
		codes[failure.Source+" "+failure.Code] = failure
	}
	if len(d.Failures) != 3 || codes["turn unavailable"].Route != "shortlist" || codes["call unavailable"].Response == "" || codes["call over_budget"].Purpose != "moderate" {
		t.Errorf("failures: %+v", d.Failures)
	}
	if diff := cmp.Diff([]figures.Reason{{Rating: "up", Reason: "Clear", Count: 1}, {Rating: "down", Reason: "Too long", Count: 1}}, d.Reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	if d, err = f.Details(t.Context(), "shop", span, 1); err != nil || len(d.Failures) != 2 || !d.Failures[0].At.After(ago(3*time.Hour+time.Minute)) {
		t.Errorf("the newest of each: %+v, %v", d.Failures, err)
	}
}

// Two processes that sum up the same leave it once.
func keptOnce(t *testing.T, b Backend) {
	at := ago(5 * time.Hour).Truncate(figures.Slot)
	sum := func(n int) []figures.Sum { return []figures.Sum{{At: at, Sessions: n}} }
	keep := func(until time.Time, sums []figures.Sum) {
		if err := b.Figures.Keep(t.Context(), "shop", until, sums); err != nil {
			t.Fatal(err)
		}
	}
	keep(at.Add(time.Hour), sum(7))
	keep(at.Add(time.Hour), sum(7))
	keep(at.Add(figures.Slot), sum(9))
	sums, err := b.Figures.Sums(t.Context(), "shop", at, at.Add(time.Minute))
	if err != nil || len(sums) != 1 || sums[0].Sessions != 7 || !sums[0].At.Equal(at) {
		t.Errorf("sums %+v, %v", sums, err)
	}
	if standing, err := b.Figures.Standing(t.Context(), "shop"); err != nil || !standing.Until.Equal(at.Add(time.Hour)) {
		t.Errorf("standing %+v, %v: it only goes forward", standing, err)
	}
}

// The time before is as long as what has passed of the span.
func compared(t *testing.T, b Backend) {
	s := &site{t: t, b: b, tenant: "shop"}
	for _, at := range []time.Duration{time.Hour, 25 * time.Hour, 26 * time.Hour} {
		s.say(turn{at: ago(at), status: "completed", route: "advice"})
	}
	s.say(turn{at: ago(23*time.Hour + 40*time.Minute), status: "completed", route: "advice"}) // 12:25 yesterday: of neither
	r := report(t, b, "shop", figures.Filter{})
	if r.Now.Turns != 1 || r.Before.Turns != 2 {
		t.Errorf("now %d, before %d; want 1 and 2", r.Now.Turns, r.Before.Turns)
	}
}

// A call whose process died counts by its estimate, as in budgets.
func lost(t *testing.T, b Backend) {
	s := &site{t: t, b: b, tenant: "shop"}
	s.call(gateway.Entry{Endpoint: "a", Model: "m1", Status: gateway.Reserved, Created: ago(3 * time.Hour), EstimatedCost: 900, Currency: "USD"})
	for range 2 {
		got := report(t, b, "shop", figures.Filter{}).Now
		if got.Cost["USD"] != 900 || got.CallErrors["lost"] != 1 {
			t.Errorf("%v, %v", got.Cost, got.CallErrors)
		}
		if err := figures.New(b.Figures, now).Roll(t.Context(), "shop"); err != nil {
			t.Fatal(err)
		}
	}
}

// Unreachable is a test of a store whose database is gone.
func Unreachable(t *testing.T, store figures.Store) {
	f := figures.New(store, now)
	span, _ := figures.Last(1, figures.ByHour, noon, time.UTC)
	_, err := f.Report(t.Context(), figures.Query{Tenant: "shop", Span: span})
	_, err2 := f.Details(t.Context(), "shop", span, 1)
	err3 := f.Roll(t.Context(), "shop")
	for _, err := range []error{err, err2, err3} {
		if !errors.Is(err, figures.ErrUnavailable) || !strings.Contains(err.Error(), "figures") {
			t.Errorf("%v", err)
		}
	}
}
