package grounding

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a sign of a text.
type token struct {
	text   string
	lower  string
	digits bool // begins with a digit
	word   bool // begins with a letter
	spaced bool // white space before it

	newline    bool // a line break before it
	start, end int  // bytes of the text
	segment    int
	number     bool // part of a number
	ranged     bool // between the ends of a range
	quoted     bool // within quotation marks
}

// tokenise splits a text into words (with inner apostrophes, hyphens apart),
// numbers (with inner separators) and single signs. The text is in compatibility
// form: see prepare.
func tokenise(text string) []token {
	tokens := make([]token, 0, len(text)/4)
	spaced, newline := true, false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			spaced, newline = true, newline || r == '\n'
			i += size
			continue
		}
		end := i + size
		t := token{spaced: spaced, newline: newline, start: i, digits: unicode.IsNumber(r), word: unicode.IsLetter(r)}
		switch {
		case t.digits:
			end = numberEnd(text, end)
		case t.word:
			end = wordEnd(text, end)
		}
		t.text, t.end = text[i:end], end
		t.lower = strings.ToLower(t.text)
		if t.digits {
			t.text = asciiDigits(t.text)
		}
		tokens = append(tokens, t)
		spaced, newline = false, false
		i = end
	}
	return tokens
}

func numberEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsNumber(r) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if (r != '.' && r != ',' && r != '\'' && r != '’') || !unicode.IsNumber(next) {
				break
			}
		}
		i += size
	}
	return i
}

func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '+' && r != '#' {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if (r != '\'' && r != '’' && r != '.') || !unicode.IsLetter(next) {
				break
			}
		}
		i += size
	}
	return i
}

// asciiDigits writes decimal digits of any script with 0–9.
func asciiDigits(text string) string {
	plain := true
	for i := range len(text) {
		plain = plain && text[i] < utf8.RuneSelf
	}
	if plain {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r) {
			return r
		}
		zero := r // digits of a script stand together, from its zero up
		for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + (r - zero)
	}, text)
}
