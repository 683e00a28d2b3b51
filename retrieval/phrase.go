package retrieval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval/words"
)

const (
	maxPhrases     = 5
	maxPhraseWords = 12
	maxQuotable    = 200 // bytes of a query; quotes in a longer one are those of prose
)

// phrase is a row of words that must stand next to each other.
type phrase struct {
	words     []string
	languages []words.Language
}

// phrases returns the phrases that a query has in double quotes, and its text
// without their quotes: the words are looked for as others are. A quote that is
// never closed is none, nor is one behind a number (5" by 7"), and a query of
// more than 200 bytes or several lines is prose, whose quotes demand nothing.
func phrases(text string) (rest string, found []phrase) {
	if len(text) > maxQuotable || strings.ContainsRune(text, '\n') || !strings.ContainsAny(text, quotes) {
		return text, nil
	}
	languages := words.Plausible(text)
	var plain strings.Builder
	for {
		before, inside, after, ok := cutQuoted(text)
		plain.WriteString(before)
		if !ok {
			return plain.String(), found
		}
		plain.WriteString(inside)
		text = after
		if list := words.Split(inside); len(list) > 0 && len(found) < maxPhrases {
			found = append(found, phrase{list[:min(len(list), maxPhraseWords)], languages})
		}
	}
}

const quotes = "\"“”„«»"

// cutQuoted parts a text around its first words in quotes.
func cutQuoted(text string) (before, inside, after string, ok bool) {
	for at := 0; ; {
		open := strings.IndexAny(text[at:], quotes)
		if open < 0 {
			return text, "", "", false
		}
		open += at
		_, size := utf8.DecodeRuneInString(text[open:])
		at = open + size
		if last, _ := utf8.DecodeLastRuneInString(text[:open]); open > 0 && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
			continue
		}
		if end := strings.IndexAny(text[at:], quotes); end >= 0 {
			_, size := utf8.DecodeRuneInString(text[at+end:])
			return text[:open], text[at : at+end], text[at+end+size:], true
		}
		return text, "", "", false
	}
}

// forms are the terms by which the lexical list finds a word of the phrase.
func (p phrase) forms(word string) []string {
	list := termList{languages: p.languages}
	return list.appendForms(nil, word, true)
}

// in reports whether a text has the phrase, in any forms of its words.
func (p phrase) in(text string) bool {
	list := words.Split(text)
	return p.within(p.words, list) || p.within(apart(p.words), apart(list))
}

// within reports whether some words follow each other in a list.
func (p phrase) within(row, list []string) bool {
	for start := 0; start+len(row) <= len(list); start++ {
		n := 0
		for n < len(row) && sameWord(row[n], list[start+n], p.languages) {
			n++
		}
		if n == len(row) {
			return true
		}
	}
	return false
}

// apart leaves out compounds in one piece, which Split adds behind their parts:
// of "front", "end", "frontend" the third.
func apart(list []string) []string {
	kept := make([]string, 0, len(list))
	for i, word := range list {
		if i >= 2 && len(word) == len(list[i-2])+len(list[i-1]) && word == list[i-2]+list[i-1] {
			continue
		}
		kept = append(kept, word)
	}
	return kept
}

// sameWord reports whether two words are forms of one in some language.
func sameWord(a, b string, languages []words.Language) bool {
	if a == b {
		return true
	}
	if a[0] != b[0] { // stems keep the first letter
		return false
	}
	for _, language := range languages {
		if words.StemIn(language, a) == words.StemIn(language, b) {
			return true
		}
	}
	return false
}
