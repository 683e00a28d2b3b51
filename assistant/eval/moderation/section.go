package moderation

import (
	"fmt"
	"io"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
)

// section is a part of a report: words, and a table whose first row is its head.
type section struct {
	title string
	lead  []string
	table [][]string
	notes []string
}

// writeText writes a section for a terminal.
func (s section) writeText(w io.Writer) error {
	var out strings.Builder
	out.WriteString(s.title + "\n")
	for _, line := range s.lead {
		out.WriteString("  " + line + "\n")
	}
	if len(s.table) > 1 {
		eval.WriteTable(&out, s.table)
	}
	for _, line := range s.notes {
		out.WriteString("  " + line + "\n")
	}
	_, err := fmt.Fprintln(w, out.String())
	return err
}

// writeMarkdown writes a section for docs/moderation.md.
func (s section) writeMarkdown(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "### %s\n\n", s.title)
	for _, line := range s.lead {
		out.WriteString(line + "\n\n")
	}
	if len(s.table) > 1 {
		for i, row := range s.table {
			cells := make([]string, len(row))
			for j, cell := range row {
				cells[j] = strings.ReplaceAll(cell, "|", "\\|")
			}
			fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | "))
			if i == 0 {
				out.WriteString("|---|" + strings.Repeat("---:|", len(row)-1) + "\n")
			}
		}
		out.WriteString("\n")
	}
	for _, line := range s.notes {
		out.WriteString(line + "\n\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func percent(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }

func factor(x float64) string { return fmt.Sprintf("%.2f", x) }

func decimal(x float64) string { return fmt.Sprintf("%.3f", x) }

// with tells a figure with its interval.
func (v Value) with(tell func(float64) string) string {
	return fmt.Sprintf("%s (%s to %s)", tell(v.Value), tell(v.Interval.Low), tell(v.Interval.High))
}

// of100 tells a share of n messages, a dash where there are none.
func of100(x float64, n int) string {
	if n == 0 {
		return "–"
	}
	return percent(x)
}
