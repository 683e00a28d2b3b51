package eval

import (
	"math/rand/v2"
	"slices"
)

// Tally is what one case adds to a figure.
type Tally struct {
	Part  float64 `json:"part"`
	Whole float64 `json:"whole"`
}

// One is the tally of a case whose figure is a number of its own: the figure
// is the mean over the cases.
func One(value float64) Tally { return Tally{value, 1} }

// HarmonicTally is what a case adds to an F1: right, wrong and missed items.
// Summed over cases it is the F1 over all items (micro-averaged).
func HarmonicTally(right, wrong, missed float64) Tally {
	return Tally{2 * right, 2*right + wrong + missed}
}

// How a figure is made of the tallies of cases.
type How int

// Ratio is the sum of parts over the sum of wholes, Total the sum of parts,
// Most the greatest part.
const (
	Ratio How = iota
	Total
	Most
)

// Figure is a number that is computed from cases.
type Figure struct {
	Name   string // in JSON, and of its tallies: slot_f1
	Title  string // for people: "Slots, F1"
	How    How
	Share  bool    // told as a percentage
	Target *Target // what it should reach; nil for none
	Main   bool    // a headline figure
}

// Broken counts conversations that broke off: by a failed response, or by the server.
// It belongs to every board of conversations.
var Broken = Figure{Name: "broken", Title: "Conversations that broke off", How: Total, Target: AtMost(0)}

// Target is a bound.
type Target struct {
	Bound float64 `json:"bound"`
	Below bool    `json:"below"` // at most Bound; otherwise at least
}

// AtLeast is a target.
func AtLeast(bound float64) *Target { return &Target{bound, false} }

// AtMost is a target.
func AtMost(bound float64) *Target { return &Target{bound, true} }

// Met reports whether a value reaches the target.
func (t Target) Met(value float64) bool {
	const rounding = 1e-9
	if t.Below {
		return value <= t.Bound+rounding
	}
	return value >= t.Bound-rounding
}

// of computes the figure over some cases.
func (f Figure) of(outcomes []Outcome, pick func(int) int, n int) float64 {
	part, whole, most := 0.0, 0.0, 0.0
	for i := range n {
		t := outcomes[pick(i)].Tallies[f.Name]
		part, whole, most = part+t.Part, whole+t.Whole, max(most, t.Part)
	}
	switch {
	case f.How == Total:
		return part
	case f.How == Most:
		return most
	case whole == 0:
		return 0
	}
	return part / whole
}

// applies reports whether any case has the figure.
func (f Figure) applies(outcomes []Outcome) bool {
	for _, r := range outcomes {
		if t := r.Tallies[f.Name]; t.Whole > 0 {
			return true
		}
	}
	return false
}

// Value is the figure over all outcomes, 0 for none.
func (f Figure) Value(outcomes []Outcome) float64 { return f.of(outcomes, same, len(outcomes)) }

func same(i int) int { return i }

// resample computes the figure of resamples of the cases, in order of size.
func (f Figure) resample(outcomes []Outcome, resamples int, seed uint64) []float64 {
	random := rand.New(rand.NewPCG(seed, uint64(len(outcomes))))
	values := make([]float64, resamples)
	for r := range values {
		values[r] = f.of(outcomes, func(int) int { return random.IntN(len(outcomes)) }, len(outcomes))
	}
	slices.Sort(values)
	return values
}

// Interval95 is the middle 95 % of a bootstrap over cases. The same seed gives
// the same interval.
func (f Figure) Interval95(outcomes []Outcome, resamples int, seed uint64) Interval {
	if len(outcomes) == 0 || resamples < 1 {
		return Interval{}
	}
	return Middle(f.resample(outcomes, resamples, seed), 0.95)
}

// Difference95 is the middle 95 % of ours less theirs in a paired bootstrap:
// each resample draws the same cases of both. Both are of the same cases in the same order.
func (f Figure) Difference95(ours, theirs []Outcome, resamples int, seed uint64) (Interval, error) {
	if len(ours) != len(theirs) || len(ours) == 0 || resamples < 1 {
		return Interval{}, ErrUnpaired
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(ours))))
	picked, values := make([]int, len(ours)), make([]float64, resamples)
	for r := range values {
		for i := range picked {
			picked[i] = random.IntN(len(ours))
		}
		pick := func(i int) int { return picked[i] }
		values[r] = f.of(ours, pick, len(ours)) - f.of(theirs, pick, len(ours))
	}
	slices.Sort(values)
	return Middle(values, 0.95), nil
}
