package figures

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Query asks for a report.
type Query struct {
	Tenant string
	Span
	Filter
}

// Report is how a site did in a span.
type Report struct {
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
	Bucket   Bucket    `json:"bucket"`
	TimeZone string    `json:"time_zone"`
	Currency string    `json:"currency,omitempty"` // in which costs by purpose are told: where most was spent
	// Behind is set when rows since then are not counted yet.
	Behind *time.Time `json:"behind,omitempty"`

	Now     Totals   `json:"now"`
	Before  Totals   `json:"before"` // of as long a time before, as much of it as has passed of the span
	Periods []Period `json:"periods"`

	// What there is in the span, each by itself.
	ByPurpose  []Group `json:"by_purpose"`
	ByModel    []Group `json:"by_model"`
	ByWorkflow []Group `json:"by_workflow"`
	ByEndpoint []Group `json:"by_endpoint"`
}

// Period is a part of the span.
type Period struct {
	Start time.Time `json:"start"`
	Totals
}

// Group is the figures of one purpose, model, workflow or endpoint.
type Group struct {
	Name string `json:"name"`
	Totals
}

// report makes a report of sums, those of the time before first.
type report struct {
	Filter
	now, before *tally
	periods     []*tally
	starts      []time.Time
	groups      map[string]map[string]*tally // by what, and name
}

func newReport(q Query) *report {
	r := &report{Filter: q.Filter, now: newTally(), before: newTally(), starts: q.Starts(), groups: map[string]map[string]*tally{}}
	for range r.starts {
		r.periods = append(r.periods, newTally())
	}
	return r
}

func (r *report) add(s Sum) {
	if s.At.Before(r.starts[0]) {
		r.before.add(s, r.Filter)
		return
	}
	r.now.add(s, r.Filter)
	at, exact := slices.BinarySearchFunc(r.starts, s.At, time.Time.Compare)
	if !exact {
		at--
	}
	r.periods[at].add(s, r.Filter)
	r.group(s)
}

// group adds to what there is of each kind.
func (r *report) group(s Sum) {
	for _, t := range s.Turns {
		if r.passes(t.Route, t.Model) {
			r.of("workflow", t.Route).turn(t)
			r.of("model", t.Model).turn(t)
		}
	}
	for _, rating := range s.Ratings {
		if r.passes(rating.Route, rating.Model) {
			for _, t := range []*tally{r.of("workflow", rating.Route), r.of("model", rating.Model)} {
				t.Up += rating.Up
				t.Down += rating.Down
			}
		}
	}
	for _, c := range s.Calls {
		if r.passes(c.Route, c.Model) && (r.Purpose == "" || r.Purpose == c.Purpose) {
			r.of("purpose", c.Purpose).call(c)
			r.of("model", c.Model).call(c)
			r.of("workflow", c.Route).call(c)
			r.of("endpoint", c.Endpoint).call(c)
		}
	}
}

func (r *report) of(what, name string) *tally {
	if r.groups[what] == nil {
		r.groups[what] = map[string]*tally{}
	}
	if r.groups[what][name] == nil {
		r.groups[what][name] = newTally()
	}
	return r.groups[what][name]
}

func (r *report) report(q Query) Report {
	currency := cmp.Or(r.now.currency(), r.before.currency())
	out := Report{
		From: q.From, Until: q.Until, Bucket: q.Bucket, TimeZone: q.From.Location().String(), Currency: currency,
		Now: r.now.totals(currency), Before: r.before.totals(currency), Periods: make([]Period, len(r.starts)),
		ByPurpose: r.list("purpose", currency), ByModel: r.list("model", currency), ByWorkflow: r.list("workflow", currency), ByEndpoint: r.list("endpoint", currency),
	}
	for i, start := range r.starts {
		out.Periods[i] = Period{start, r.periods[i].totals(currency)}
	}
	return out
}

func (r *report) list(what, currency string) []Group {
	groups := make([]Group, 0, len(r.groups[what]))
	for _, name := range slices.Sorted(maps.Keys(r.groups[what])) {
		groups = append(groups, Group{name, r.groups[what][name].totals(currency)})
	}
	return groups
}
