package inspect

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/parleyhq/parley/sessions"
)

const (
	excerptBefore = 60  // bytes before the first word that was found
	excerptLength = 220 // bytes of an excerpt
)

// excerpt cuts the piece around the first of the words out of a text, white
// space joined, and marks them in it.
func excerpt(text string, words []string) Excerpt {
	first := -1
	sessions.EachWord(text, func(start, _ int, word string) bool {
		if matches(word, words) {
			first = start
		}
		return first < 0
	})
	from, to := window(text, max(first, 0))
	piece := strings.Join(strings.Fields(text[from:to]), " ")
	if from > 0 {
		piece = "…" + piece
	}
	if to < len(text) {
		piece += "…"
	}
	e := Excerpt{Text: piece, Marks: []Span{}}
	at, units := 0, 0
	sessions.EachWord(piece, func(start, end int, word string) bool {
		if matches(word, words) {
			units += length16(piece[at:start])
			span := Span{Start: units}
			units += length16(piece[start:end])
			span.End = units
			at = end
			e.Marks = append(e.Marks, span)
		}
		return true
	})
	return e
}

func matches(word string, words []string) bool {
	return slices.ContainsFunc(words, func(sought string) bool { return strings.HasPrefix(word, sought) })
}

// window is where an excerpt begins and ends: at a space where one is near.
func window(text string, first int) (from, to int) {
	if from = first - excerptBefore; from > 0 {
		if space := strings.IndexByte(text[from:first], ' '); space >= 0 {
			from += space + 1
		}
		from = runeStart(text, from)
	} else {
		from = 0
	}
	if to = from + excerptLength; to >= len(text) {
		return from, len(text)
	}
	if space := strings.LastIndexByte(text[from:to], ' '); space > excerptLength/2 {
		to = from + space
	}
	return from, runeStart(text, to)
}

func runeStart(text string, at int) int {
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

func length16(text string) (n int) {
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}
