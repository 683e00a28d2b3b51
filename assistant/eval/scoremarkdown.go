package eval

import (
	"fmt"
	"io"
)

// WriteMarkdown writes boards as the table of docs/quality.md: a row for each figure.
func WriteMarkdown(w io.Writer, boards []Board) error {
	if _, err := io.WriteString(w, "| | figure | measured | 95 % interval | easy | hard | target |\n|---|---|---|---|---|---|---|\n"); err != nil {
		return err
	}
	for _, b := range boards {
		name := fmt.Sprintf("**%s**, %s", b.Title, count(len(b.Outcomes), "case", "cases"))
		for _, f := range b.Figures {
			if !f.applies(b.Outcomes) {
				continue
			}
			row := b.row(f)
			if row[5] == "" {
				row[5] = "none"
			}
			if _, err := fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s |\n", name, row[0], row[1], row[2], row[3], row[4], row[5]); err != nil {
				return err
			}
			name = "″"
		}
	}
	return nil
}
