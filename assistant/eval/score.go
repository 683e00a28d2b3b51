package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Outcome is how one case went.
type Outcome struct {
	ID      string
	Hard    bool
	Tallies map[string]Tally // by the name of the figure
	Reasons []string         // why the case counts as failed; none when it does not
	Said    json.Marshaler   // the dialogue; nil for none
}

// Add adds to a figure of the case.
func (r *Outcome) Add(figure string, t Tally) {
	if r.Tallies == nil {
		r.Tallies = make(map[string]Tally)
	}
	now := r.Tallies[figure]
	r.Tallies[figure] = Tally{now.Part + t.Part, now.Whole + t.Whole}
}

// Fail says why the case failed.
func (r *Outcome) Fail(format string, args ...any) {
	r.Reasons = append(r.Reasons, fmt.Sprintf(format, args...))
}

// Board is what was measured of one task. It is marshalled as JSON: n, each
// figure by its name, and the failed cases.
type Board struct {
	Task     string
	Title    string
	Model    string // who phrased: builtin, or endpoint/model
	Figures  []Figure
	Outcomes []Outcome
	Detail   [][]string // a further table, with a head line; nil for none
	Notes    []string

	Resamples int // of the intervals
	Seed      uint64
}

// Measured is a figure with its interval, and its value on easy and hard cases.
type Measured struct {
	Value    float64  `json:"value"`
	Interval Interval `json:"interval_95"`
	Easy     float64  `json:"easy"`
	Hard     float64  `json:"hard"`
	Target   *Target  `json:"target,omitempty"`
	Met      *bool    `json:"met,omitempty"`
}

// Measure computes a figure.
func (b Board) Measure(f Figure) Measured {
	var easy, hard []Outcome
	for _, r := range b.Outcomes {
		if r.Hard {
			hard = append(hard, r)
		} else {
			easy = append(easy, r)
		}
	}
	m := Measured{Value: f.Value(b.Outcomes), Interval: f.Interval95(b.Outcomes, b.Resamples, b.Seed), Easy: f.Value(easy), Hard: f.Value(hard), Target: f.Target}
	if f.Target != nil {
		met := f.Target.Met(m.Value)
		m.Met = &met
	}
	return m
}

// hard is how many cases are marked so.
func (b Board) hard() int {
	n := 0
	for _, o := range b.Outcomes {
		if o.Hard {
			n++
		}
	}
	return n
}

// Failed returns the cases that failed.
func (b Board) Failed() []Outcome {
	failed := []Outcome{}
	for _, r := range b.Outcomes {
		if len(r.Reasons) > 0 {
			failed = append(failed, r)
		}
	}
	return failed
}

// ErrBroken is returned for boards of which no conversation came to its end:
// their figures would say nothing of answers.
var ErrBroken = errors.New("eval: every conversation broke off")

// AllBroken returns an error when no conversation came to its end.
func (b Board) AllBroken() error {
	for _, o := range b.Outcomes {
		if o.Tallies[Broken.Name].Part == 0 {
			return nil
		}
	}
	if len(b.Outcomes) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrBroken, b.Outcomes[0].Reasons[0])
}

// MarshalJSON writes n, hard, the figures by name, their measures under
// figures, and the failures.
func (b Board) MarshalJSON() ([]byte, error) {
	out := object{{"task", b.Task}, {"model", or(b.Model, "builtin")}, {"n", len(b.Outcomes)}, {"hard", b.hard()}}
	figures := object{}
	for _, f := range b.Figures {
		m := b.Measure(f)
		out, figures = append(out, member{f.Name, m.Value}), append(figures, member{f.Name, m})
	}
	type failure struct {
		ID      string         `json:"id"`
		Hard    bool           `json:"hard"`
		Reasons []string       `json:"reasons"`
		Said    json.Marshaler `json:"dialogue,omitempty"`
	}
	failures := []failure{}
	for _, r := range b.Failed() {
		failures = append(failures, failure{r.ID, r.Hard, r.Reasons, r.Said})
	}
	return json.Marshal(append(out, member{"figures", figures}, member{"failures", failures}))
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, m := range o {
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(m.name))
		b.WriteByte(':')
		b.Write(value)
	}
	return append(append([]byte{'{'}, b.Bytes()...), '}'), nil
}
