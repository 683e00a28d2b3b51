package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// Versus is the same cases with another model beside the built-in composer.
type Versus struct {
	Ours   Board // built in
	Theirs Board
}

// Difference is a figure of the other model less that of the built-in one.
type Difference struct {
	Builtin    float64  `json:"builtin"`
	Other      float64  `json:"other"`
	Difference float64  `json:"difference"`
	Interval   Interval `json:"interval_95"` // of a paired bootstrap over cases
}

// Compare compares one figure.
func (v Versus) Compare(f Figure) (Difference, error) {
	interval, err := f.Difference95(v.Theirs.Outcomes, v.Ours.Outcomes, v.Ours.Resamples, v.Ours.Seed)
	if err != nil {
		return Difference{}, fmt.Errorf("%s: %w", v.Ours.Task, err)
	}
	ours, theirs := f.Value(v.Ours.Outcomes), f.Value(v.Theirs.Outcomes)
	return Difference{ours, theirs, theirs - ours, interval}, nil
}

// MarshalJSON writes both boards and the differences by figure.
func (v Versus) MarshalJSON() ([]byte, error) {
	differences := object{}
	for _, f := range v.Ours.Figures {
		d, err := v.Compare(f)
		if err != nil {
			return nil, err
		}
		differences = append(differences, member{f.Name, d})
	}
	return json.Marshal(object{{"task", v.Ours.Task}, {"builtin", v.Ours}, {"other", v.Theirs}, {"differences", differences}})
}

// Write writes a table with both values and the difference of each figure.
func (v Versus) Write(w io.Writer) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s: %s\n", v.Ours.Title, count(len(v.Ours.Outcomes), "case", "cases"))
	rows := [][]string{{"", "built in", v.Theirs.Model, "difference", "95% interval", "target"}}
	for _, f := range v.Ours.Figures {
		d, err := v.Compare(f)
		if err != nil {
			return err
		}
		sign := ""
		if d.Difference > 0 {
			sign = "+"
		}
		rows = append(rows, []string{f.Title, f.tell(d.Builtin), f.tell(d.Other), sign + f.tell(d.Difference), f.tell(d.Interval.Low) + " to " + f.tell(d.Interval.High), f.tellTarget(v.Theirs.Measure(f))})
	}
	WriteTable(&out, rows)
	for _, note := range v.Theirs.Notes {
		fmt.Fprintf(&out, "  %s\n", note)
	}
	_, err := w.Write(out.Bytes())
	return err
}
