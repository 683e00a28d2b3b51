package figures

import (
	"maps"
	"slices"
	"time"
)

// Filter narrows what is added up. Empty fields take all. Purpose is of model
// calls alone; workflow and model are of turns, of what people thought of them,
// and of model calls.
type Filter struct {
	Purpose, Model, Workflow string
}

// Latency tells percentiles in milliseconds, and of how many they are. They are
// missing when there are none.
type Latency struct {
	Count int      `json:"count"`
	P50   *float64 `json:"p50,omitempty"`
	P90   *float64 `json:"p90,omitempty"`
	P99   *float64 `json:"p99,omitempty"`
}

func latency(s *Sketch) Latency {
	l := Latency{Count: s.Count()}
	if l.Count == 0 {
		return l
	}
	at := func(share float64) *float64 {
		ms := float64(s.Percentile(share).Round(100*time.Microsecond)) / float64(time.Millisecond)
		return &ms
	}
	l.P50, l.P90, l.P99 = at(0.5), at(0.9), at(0.99)
	return l
}

// Totals are the figures of a time.
type Totals struct {
	Sessions  int            `json:"sessions"` // that began
	Turns     int            `json:"turns"`
	Outcomes  map[string]int `json:"outcomes"`  // turns by how they ended
	Workflows map[string]int `json:"workflows"` // turns by what answered
	Again     int            `json:"asked_again"`
	FirstText Latency        `json:"first_text"`
	Whole     Latency        `json:"whole"`

	Kept    int `json:"sentences_kept"`
	Dropped int `json:"sentences_dropped"`
	Up      int `json:"up"`
	Down    int `json:"down"`

	Published int     `json:"drafts_published"`
	Ready     Latency `json:"ready"` // from the beginning of a conversation to a post or proposal that is ready

	Calls     int              `json:"calls"`
	Failed    int              `json:"calls_failed"`
	Limited   int              `json:"calls_limited"` // of the failed: not made, because of a budget or limit
	Fallbacks int              `json:"fallbacks"`
	Input     int64            `json:"input_tokens"`
	Output    int64            `json:"output_tokens"`
	Cost      map[string]int64 `json:"cost"`             // millionths by currency
	Purposes  map[string]int64 `json:"cost_by_purpose"`  // millionths of the report's currency
	Unpriced  int              `json:"calls_unpriced"`   // that answered, of models without a price
	CallFirst Latency          `json:"call_first_token"` // of model calls
	CallWhole Latency          `json:"call_whole"`

	// Errors are turns by the code of their problem, and model calls by the class of theirs.
	Errors     map[string]int `json:"errors"`
	CallErrors map[string]int `json:"call_errors"`
}

// tally adds sums up.
type tally struct {
	Totals
	costs                                   map[string]map[string]int64 // by currency and purpose
	first, whole, ready, callFirst, callAll Sketch
}

func newTally() *tally {
	return &tally{Totals: Totals{
		Outcomes: map[string]int{}, Workflows: map[string]int{}, Cost: map[string]int64{}, Purposes: map[string]int64{}, Errors: map[string]int{}, CallErrors: map[string]int{},
	}, costs: map[string]map[string]int64{}}
}

// add adds what of a sum passes the filter. Conversations and drafts have no
// model; a draft's kind is the workflow that writes it.
func (t *tally) add(s Sum, f Filter) {
	if f.Model == "" {
		if f.Workflow == "" {
			t.Sessions += s.Sessions
		}
		for _, d := range s.Drafts {
			if f.Workflow == "" || f.Workflow == d.Kind {
				t.draft(d)
			}
		}
	}
	for _, turn := range s.Turns {
		if f.passes(turn.Route, turn.Model) {
			t.turn(turn)
		}
	}
	for _, r := range s.Ratings {
		if f.passes(r.Route, r.Model) {
			t.Up += r.Up
			t.Down += r.Down
		}
	}
	for _, c := range s.Calls {
		if f.passes(c.Route, c.Model) && (f.Purpose == "" || f.Purpose == c.Purpose) {
			t.call(c)
		}
	}
}

func (f Filter) passes(route, model string) bool {
	return (f.Workflow == "" || f.Workflow == route) && (f.Model == "" || f.Model == model)
}

func (t *tally) turn(s TurnSum) {
	t.Turns += s.Count
	t.Outcomes[s.Outcome] += s.Count
	t.Workflows[s.Route] += s.Count
	t.Again += s.Again
	t.Kept += s.Kept
	t.Dropped += s.Dropped
	t.first.merge(s.First)
	t.whole.merge(s.Whole)
	if s.Problem != "" && (s.Outcome == "failed" || s.Outcome == "incomplete") {
		t.Errors[s.Problem] += s.Count
	}
}

func (t *tally) draft(s DraftSum) {
	t.Published += s.Published
	if s.Kind == "job_post" || s.Kind == "proposal" { // others are ready at once
		t.ready.merge(s.Ready)
	}
}

func (t *tally) call(s CallSum) {
	t.Calls += s.Count
	t.Fallbacks += s.Fallback
	t.Input += s.Input
	t.Output += s.Output
	t.callFirst.merge(s.First)
	t.callAll.merge(s.Whole)
	switch s.Error {
	case "":
		if s.Currency == "" {
			t.Unpriced += s.Count
		}
	case "cancelled": // by a person: no failure
	case "over_budget", "rate_limited":
		t.Limited += s.Count
		fallthrough
	default:
		t.Failed += s.Count
		t.CallErrors[s.Error] += s.Count
	}
	if s.Currency != "" {
		t.Cost[s.Currency] += s.Cost
		if t.costs[s.Currency] == nil {
			t.costs[s.Currency] = map[string]int64{}
		}
		t.costs[s.Currency][s.Purpose] += s.Cost
	}
}

// totals are what was added, with costs by purpose in one currency.
func (t *tally) totals(currency string) Totals {
	t.FirstText, t.Whole, t.Totals.Ready = latency(&t.first), latency(&t.whole), latency(&t.ready)
	t.CallFirst, t.CallWhole = latency(&t.callFirst), latency(&t.callAll)
	maps.Copy(t.Purposes, t.costs[currency])
	return t.Totals
}

// currency is the one in which most was spent, the first of the alphabet among equals.
func (t *tally) currency() (best string) {
	for _, name := range slices.Sorted(maps.Keys(t.Cost)) {
		if best == "" || t.Cost[name] > t.Cost[best] {
			best = name
		}
	}
	return best
}
