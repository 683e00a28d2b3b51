package eval

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Write writes the report for people: one table for each half.
func (r Report) Write(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", r.Title)
	for _, result := range r.Results {
		fmt.Fprintf(&b, "%s, %s, among %s; embedding %s\n", count(result.Queries, "query", "queries"), result.Half.words(), count(r.Documents, "document", "documents"), r.Embedding)
		WriteTable(&b, result.table(r.Metric))
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

func (h Half) words() string {
	if h == All {
		return "all of them"
	}
	return "the " + string(h) + " half"
}

// table has one row a system. The better baseline is marked.
func (r Result) table(metric string) [][]string {
	rows := [][]string{{"system", metric, "gain", "90% interval", "95% interval", "difference (95%)"}}
	for _, s := range r.Systems {
		title := s.Title
		if s.System == r.Against {
			title += " *"
		}
		row := []string{title, fmt.Sprintf("%.3f", s.Mean), "", "", "", ""}
		if c := s.Against; c != nil {
			row[2], row[3], row[4] = percent(c.Relative), c.Relative90.percent(), c.Relative95.percent()
			row[5] = fmt.Sprintf("%+.3f (%+.3f to %+.3f)", c.Difference, c.Difference95.Low, c.Difference95.High)
		}
		rows = append(rows, row)
	}
	return rows
}

func percent(x float64) string { return fmt.Sprintf("%+.1f%%", 100*x) }

func (i Interval) percent() string { return percent(i.Low) + " to " + percent(i.High) }

// WriteTable aligns columns: the first to the left, the others to the right.
func WriteTable(w io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				line.WriteString("  " + cell + space)
			} else {
				line.WriteString("  " + space + cell)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text + " " + many
}
