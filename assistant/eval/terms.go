package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval/words"
)

// Terms are the words of an English text that say something, by their stems;
// numbers are kept as they are. Repetitions are kept.
func Terms(text string) []string {
	var terms []string
	for _, word := range words.Split(text) {
		if !words.Function(words.English, word) {
			terms = append(terms, words.Stem(word))
		}
	}
	return terms
}

// Covered is the share of some terms that a text has among its own, 1 for no terms.
func Covered(terms []string, text map[string]bool) float64 {
	if len(terms) == 0 {
		return 1
	}
	found := 0
	for _, t := range terms {
		if text[t] {
			found++
		}
	}
	return float64(found) / float64(len(terms))
}

// TermSet is the set of the terms of texts.
func TermSet(texts ...string) map[string]bool {
	set := make(map[string]bool)
	for _, text := range texts {
		for _, t := range Terms(text) {
			set[t] = true
		}
	}
	return set
}

// Find returns where a phrase stands in a text as whole words, in any case, as
// bytes of the text in lower case.
func Find(text, phrase string) []int {
	text, phrase = strings.ToLower(text), strings.ToLower(strings.TrimSpace(phrase))
	var found []int
	for at := 0; phrase != "" && at < len(text); {
		i := strings.Index(text[at:], phrase)
		if i < 0 {
			break
		}
		start, end := at+i, at+i+len(phrase)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !partOfWord(before) && !partOfWord(after) {
			found = append(found, start)
		}
		at = start + 1
	}
	return found
}

func partOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
