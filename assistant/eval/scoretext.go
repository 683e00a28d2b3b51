package eval

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
)

// Write writes the board for people: a table of figures, details, and the
// failed cases with their reasons.
func (b Board) Write(w io.Writer) error {
	var out bytes.Buffer
	b.writeFigures(&out)
	if len(b.Detail) > 0 {
		out.WriteByte('\n')
		WriteTable(&out, b.Detail)
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

// WriteMain writes the headline figures, and conversations that broke off.
func (b Board) WriteMain(w io.Writer) error {
	main := b
	main.Figures = nil
	for _, f := range b.Figures {
		if f.Main || f.Name == Broken.Name && f.Value(b.Outcomes) > 0 {
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
	fmt.Fprintf(out, "%s: %s, %d of them hard; written by %s\n", b.Title, count(len(b.Outcomes), "case", "cases"), b.hard(), or(b.Model, "the built-in composer"))
	rows := [][]string{{"", "value", "95% interval", "easy", "hard", "target"}}
	for _, f := range b.Figures {
		if f.Main || f.applies(b.Outcomes) { // otherwise there is nothing of the kind in these cases
			rows = append(rows, b.row(f))
		}
	}
	WriteTable(out, rows)
}

// row tells a figure: its title, value, interval, value on easy and on hard
// cases, and target.
func (b Board) row(f Figure) []string {
	m := b.Measure(f)
	easy, hard := f.tell(m.Easy), f.tell(m.Hard)
	switch b.hard() {
	case 0:
		hard = "–"
	case len(b.Outcomes):
		easy = "–"
	}
	return []string{f.Title, f.tell(m.Value), f.tell(m.Interval.Low) + " to " + f.tell(m.Interval.High), easy, hard, f.tellTarget(m)}
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
