package brief

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind classes a token.
type tokenKind uint8

const (
	word   tokenKind = iota // letters, with apostrophes and digits in them
	number                  // digits with separators
	sign                    // one other character that is not white space
)

// token is a piece of the text.
type token struct {
	kind     tokenKind
	tight    bool // nothing stands between it and the token before
	line     bool // it is the first of its line
	start    int  // bytes of the text
	end      int
	sentence int
	low      string  // lower case, plain apostrophes
	value    float64 // of a number; -1 for digits that are none, such as 1.2.3
}

// tokenise splits a text. A number parts from the letters after it ("4k" is 4
// and k) but not from those before ("Q1"), unless these name a currency.
func tokenise(text string) []token {
	tokens := make([]token, 0, len(text)/4+4)
	before, line := -1, true
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			line = line || r == '\n' || r == '\u2028'
			at += size
			continue
		}
		t := token{start: at, tight: at == before, line: line}
		switch {
		case r < utf8.RuneSelf && isDigit(byte(r)):
			t.kind, t.end = number, numberEnd(text, at)
			t.low = text[at:t.end]
			t.value = parseDigits(t.low)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			t.kind, t.end = word, wordEnd(text, at)
			t.low = lower(text[at:t.end])
		default:
			t.kind, t.end = sign, at+size
			t.low = text[at:t.end]
		}
		if t.kind == number && len(tokens) > 0 {
			t.spell(tokens[len(tokens)-1].low)
		}
		tokens = append(tokens, t)
		before, line, at = t.end, false, t.end
	}
	return tokens
}

// spell reads the digits of "looking 4 someone 2 build it" as words.
func (t *token) spell(before string) {
	switch {
	case t.low == "4" && before == "looking":
		t.kind, t.low = word, "for"
	case t.low == "2" && (before == "someone" || before == "somebody" || before == "want" || before == "anyone"):
		t.kind, t.low = word, "to"
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// wordEnd returns where the word that begins at a position ends.
func wordEnd(text string, start int) int {
	at := start
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
		case unicode.IsDigit(r):
			if isDigit(text[at]) && currencyCode(text[start:at]) != "" {
				return at
			}
		case (r == '\'' || r == '\u2019') && at > start && letterAt(text, at+size):
		default:
			return at
		}
		at += size
	}
	return at
}

func letterAt(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[min(at, len(text)):])
	return unicode.IsLetter(r)
}

// numberEnd returns where a number ends: digits, and between digits the
// separators of thousands and decimals, narrow and no-break spaces included.
func numberEnd(text string, at int) int {
	for at < len(text) {
		if isDigit(text[at]) {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !strings.ContainsRune(".,'\u2019\u00a0\u202f", r) || at+size >= len(text) || !isDigit(text[at+size]) {
			return at
		}
		if r != '.' && r != ',' && !threeDigits(text, at+size) {
			return at
		}
		at += size
	}
	return at
}

func threeDigits(text string, at int) bool {
	return at+3 <= len(text) && isDigit(text[at]) && isDigit(text[at+1]) && isDigit(text[at+2]) && (at+3 == len(text) || !isDigit(text[at+3]))
}

func lower(text string) string {
	low := strings.ToLower(text)
	if strings.Contains(low, "\u2019") {
		low = strings.ReplaceAll(low, "\u2019", "'")
	}
	return low
}
