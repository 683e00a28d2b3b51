package main

import (
	"os"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

const narrowest = 12 // characters that the flexible column of a table keeps

// screen is where text is shown. The zero value is a file or a pipe: nothing
// is cut to fit, and there are no escape sequences.
type screen struct {
	width int // characters of a terminal
	style bool
}

// screenOf looks at the command's output. NO_COLOR is respected: no-color.org.
func screenOf(env *environ) screen {
	file, ok := env.out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return screen{}
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil || columns <= 0 {
		columns = 80
	}
	return screen{columns, env.getenv("NO_COLOR") == "" && env.getenv("TERM") != "dumb"}
}

func (s screen) bold(text string) string { return s.styled("1", text) }
func (s screen) dim(text string) string  { return s.styled("2", text) }

func (s screen) styled(code, text string) string {
	if !s.style || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// table is text in aligned columns.
type table struct {
	head  []string
	rows  []row
	flex  int   // column that is cut where the screen is too narrow
	right []int // columns of figures
}

// row is a line of a table, with remarks below it.
type row struct {
	cells []string
	below []string
}

// draw lays the table out. A column without any content is left out.
func (t table) draw(s screen) string {
	widths := make([]int, len(t.head))
	for _, r := range t.rows {
		for i, cell := range r.cells {
			widths[i] = max(widths[i], cells(cell))
		}
	}
	total := 0
	for i := range widths {
		if widths[i] > 0 {
			widths[i] = max(widths[i], cells(t.head[i]))
			total += widths[i] + 2
		}
	}
	if over := total - 2 - s.width; s.width > 0 && over > 0 {
		widths[t.flex] = max(widths[t.flex]-over, min(widths[t.flex], narrowest))
	}
	var out strings.Builder
	out.WriteString(s.dim(t.line(t.head, widths)) + "\n")
	for _, r := range t.rows {
		out.WriteString(t.line(r.cells, widths) + "\n")
		for _, remark := range r.below {
			out.WriteString(s.dim(wrapped(remark, "    ", s.width)) + "\n")
		}
	}
	return out.String()
}

func (t table) line(texts []string, widths []int) string {
	var parts []string
	for i, text := range texts {
		if widths[i] == 0 {
			continue
		}
		text = fitted(text, widths[i])
		gap := strings.Repeat(" ", widths[i]-cells(text))
		if slices.Contains(t.right, i) {
			text = gap + text
		} else {
			text += gap
		}
		parts = append(parts, text)
	}
	return strings.TrimRight(strings.Join(parts, "  "), " ")
}

// cells is how many characters of a terminal a text takes.
func cells(text string) int {
	n := 0
	for _, r := range text {
		n += cellsOf(r)
	}
	return n
}

func cellsOf(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fitted cuts a text to a number of characters of a terminal.
func fitted(text string, limit int) string {
	if cells(text) <= limit {
		return text
	}
	used := 0
	for at, r := range text {
		if used += cellsOf(r); used > limit-1 {
			return strings.TrimRight(text[:at], " ") + "…"
		}
	}
	return text
}

// wrapped breaks a text into indented lines at its spaces.
func wrapped(text, indent string, limit int) string {
	if limit <= len(indent) {
		return indent + text
	}
	var lines []string
	line := indent
	for word := range strings.FieldsSeq(text) {
		if line != indent && cells(line)+1+cells(word) > limit {
			lines, line = append(lines, line), indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}
