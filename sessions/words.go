package sessions

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

const (
	mostWords   = 5000 // of a text that are kept to be found by
	longestWord = 100  // bytes
)

// Words are the words by which a text is found: letters and digits, without the
// differences of case, accents and compatible characters, each word once and
// the first 5,000. Of scripts that put no spaces between words each character is one.
func Words(text string) []string {
	var words []string
	seen := make(map[string]bool)
	EachWord(text, func(_, _ int, word string) bool {
		if !seen[word] {
			seen[word] = true
			words = append(words, word)
		}
		return len(words) < mostWords
	})
	return words
}

// EachWord calls found with each word of a text, folded as [Words] has it, and
// where it stands in bytes, until found returns false.
func EachWord(text string, found func(start, end int, word string) bool) {
	start := -1
	end := func(at int) bool {
		if start < 0 {
			return true
		}
		word := fold(text[start:at])
		from := start
		start = -1
		return word == "" || found(from, at, word)
	}
	for at, r := range text {
		inWord := unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r)
		alone := inWord && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
		if (!inWord || alone) && !end(at) {
			return
		}
		if inWord && start < 0 {
			start = at
		}
		if alone && !end(at+utf8.RuneLen(r)) {
			return
		}
	}
	end(len(text))
}

// fold makes words alike that a reader takes for the same. What is left of one
// are letters and digits only, so that it can stand in a search expression.
func fold(word string) string {
	word = cases.Fold().String(norm.NFKD.String(word))
	word = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, word)
	return cut(word, longestWord)
}
