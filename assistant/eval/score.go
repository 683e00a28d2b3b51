package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
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

// MarshalJSON writes n, hard, the figures by name, their measures under
// figures, and the failures.
func (b Board) MarshalJSON() ([]byte, error) {
	hard := 0
	for _, r := range b.Outcomes {
		if r.Hard {
			hard++
		}
	}
	out := object{{"task", b.Task}, {"model", or(b.Model, "builtin")}, {"n", len(b.Outcomes)}, {"hard", hard}}
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

// Write writes the board for people: a table of figures, details, and the
// failed cases with their reasons.
func (b Board) Write(w io.Writer) error {
	var out bytes.Buffer
	b.writeFigures(&out)
	if len(b.Detail) > 0 {
		out.WriteByte('\n')
		writeTable(&out, b.Detail)
	}
	for _, note := range b.Notes {
		fmt.Fprintf(&out, "  %s\n", note)
	}
	if failed := b.Failed(); len(failed) > 0 {
		fmt.Fprintf(&out, "\n%s not as it should be:\n", count(len(failed), "case is", "cases are"))
		for _, r := range failed {
			for i, reason := range r.Reasons {
				name := r.ID
				if i > 0 {
					name = ""
				}
				fmt.Fprintf(&out, "  %-8s %s\n", name, reason)
			}
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

// WriteMain writes the headline figures alone.
func (b Board) WriteMain(w io.Writer) error {
	main := b
	main.Figures = nil
	for _, f := range b.Figures {
		if f.Main {
			main.Figures = append(main.Figures, f)
		}
	}
	var out bytes.Buffer
	main.writeFigures(&out)
	for _, note := range b.Notes {
		fmt.Fprintf(&out, "  %s\n", note)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// writeFigures writes the title and the table of figures.
func (b Board) writeFigures(out *bytes.Buffer) {
	hard := 0
	for _, r := range b.Outcomes {
		if r.Hard {
			hard++
		}
	}
	fmt.Fprintf(out, "%s: %s, %d of them hard; written by %s\n", b.Title, count(len(b.Outcomes), "case", "cases"), hard, or(b.Model, "the built-in composer"))
	rows := [][]string{{"", "value", "95% interval", "easy", "hard", "target"}}
	for _, f := range b.Figures {
		if !f.Main && !f.applies(b.Outcomes) {
			continue // there is nothing of the kind in these cases
		}
		m := b.Measure(f)
		rows = append(rows, []string{f.Title, f.tell(m.Value), f.tell(m.Interval.Low) + " to " + f.tell(m.Interval.High), f.tell(m.Easy), f.tell(m.Hard), f.tellTarget(m)})
	}
	writeTable(out, rows)
}

// tell writes a value of the figure.
func (f Figure) tell(value float64) string {
	switch {
	case f.Share:
		return fmt.Sprintf("%.1f%%", 100*value)
	case f.How != Ratio:
		return strconv.FormatFloat(math.Round(10*value)/10, 'f', -1, 64)
	case value >= 100:
		return fmt.Sprintf("%.0f", value)
	}
	return fmt.Sprintf("%.3f", value)
}

func (f Figure) tellTarget(m Measured) string {
	if m.Target == nil {
		return ""
	}
	sign, met := "≥", "missed"
	if m.Target.Below {
		sign = "≤"
	}
	if *m.Met {
		met = "met"
	}
	return sign + " " + f.tell(m.Target.Bound) + " " + met
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
