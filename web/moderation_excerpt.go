package web

import (
	"unicode/utf16"

	"github.com/parleyhq/parley/assistant/moderation"
)

const (
	excerptLength = 400 // UTF-16 code units of a text in a list
	excerptBefore = 120 // at most as many before the first mark
)

// listed is a case as a list shows it.
func listed(c moderation.Case) listedCase {
	out := listedCase{Case: c}
	out.Message.Thread = nil
	out.First.Marks = nil
	out.Message.Text, out.Verdict.Marks, out.Cut = excerpt(c.Message.Text, c.Verdict.Marks)
	return out
}

// excerpt returns the part of a text around its first mark, with the marks that
// are whole in it, and whether there is more of the text.
func excerpt(text string, marks []moderation.Mark) (string, []moderation.Mark, bool) {
	units := utf16.Encode([]rune(text))
	first := len(units)
	for _, m := range marks {
		if m.Thread == 0 {
			first = min(first, m.Start)
		}
	}
	from := 0
	if first < len(units) {
		from = max(0, min(first-excerptBefore, len(units)-excerptLength))
	}
	from = boundary(units, from)
	to := boundary(units, min(len(units), from+excerptLength))
	var kept []moderation.Mark
	for _, m := range marks {
		if m.Thread == 0 && m.Start >= from && m.End <= to {
			m.Start, m.End = m.Start-from, m.End-from
			kept = append(kept, m)
		}
	}
	return string(utf16.Decode(units[from:to])), kept, from > 0 || to < len(units)
}

// boundary returns the place of at, or the one before when at stands in the
// middle of a pair.
func boundary(units []uint16, at int) int {
	if at > 0 && at < len(units) && utf16.IsSurrogate(rune(units[at])) && units[at] >= 0xDC00 {
		return at - 1
	}
	return at
}
