package retrieval

import (
	"strings"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval/words"
)

// Excerpt returns about so many bytes of a carried document's text: those with
// most of the words that the hit was found by, from the beginning when none
// stands in it. "" without a document.
func (h Hit) Excerpt(length int) string {
	if h.Document == nil {
		return ""
	}
	text := h.Document.Text()
	text = strings.Join(strings.Fields(text[:min(len(text), maxExcerpted)]), " ")
	if len(text) <= length {
		return strings.ToValidUTF8(text, "")
	}
	stems := make(map[string]bool, len(h.Words))
	for _, word := range h.Words {
		stems[words.Stem(word)] = true
	}
	from := densest(text, length, stems)
	excerpt := strings.ToValidUTF8(text[from:min(from+length, len(text))], "")
	if at := strings.LastIndexByte(excerpt, ' '); at > 0 && from+length < len(text) {
		excerpt = excerpt[:at] + " …"
	}
	if from > 0 {
		excerpt = "… " + excerpt
	}
	return excerpt
}

// maxExcerpted bytes of a document's text are looked at.
const maxExcerpted = 8_000

// densest returns where a window over the text begins that holds most
// different stems: the earliest such, a few words before the first of them.
func densest(text string, length int, stems map[string]bool) int {
	type mention struct {
		at   int
		stem string
	}
	var mentions []mention
	at := 0
	for _, field := range strings.SplitAfter(text, " ") {
		for _, word := range words.Split(field) {
			if stem := words.Stem(word); stems[stem] {
				mentions = append(mentions, mention{at, stem})
			}
		}
		at += len(field)
	}
	best, from := 0, 0
	for i, first := range mentions {
		seen := make(map[string]bool)
		for _, m := range mentions[i:] {
			if m.at > first.at+length*3/4 {
				break
			}
			seen[m.stem] = true
		}
		if len(seen) > best {
			best, from = len(seen), first.at
		}
	}
	if from < length/4 {
		return 0
	}
	from -= length / 8
	if at := strings.IndexByte(text[from:], ' '); at >= 0 {
		from += at + 1
	}
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	return from
}
