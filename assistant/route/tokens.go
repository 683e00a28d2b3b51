package route

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Of a long message the beginning and the end are read: what is wanted is
// said before or behind what is pasted.
const (
	headBytes = 1200
	tailBytes = 600
)

// excerpt is the part of a text that is read, valid UTF-8.
func excerpt(text string) string {
	if len(text) > headBytes+tailBytes {
		text = text[:headBytes] + "\n…\n" + text[len(text)-tailBytes:]
	}
	return strings.ToValidUTF8(text, "")
}

// normal is a text in the form in which it is read: letters that only look
// different are the same, lower case, without invisible characters, with plain quotes.
func normal(text string) string {
	text = norm.NFKC.String(excerpt(text))
	if len(text) > 4*(headBytes+tailBytes) { // some characters stand for eighteen
		text = strings.ToValidUTF8(text[:4*(headBytes+tailBytes)], "")
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '`', '´':
			return '\''
		case '“', '”', '„', '«', '»':
			return '"'
		case '\u00ad':
			return -1
		}
		if unicode.Is(unicode.Cf, r) && r != '\u200d' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// tokens cuts a normal text into words, numbers and marks.
func tokens(text string) []string {
	list := make([]string, 0, len(text)/4)
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			end := at + scan(text[at:], isWord)
			list, at = append(list, strings.Trim(text[at:end], "'")), end
		case unicode.IsDigit(r):
			end := at + scan(text[at:], isNumber)
			list, at = append(list, text[at:end]), end
		case unicode.IsSpace(r):
			at += size
		default:
			list, at = append(list, text[at:at+size]), at+size
		}
	}
	return list
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '\''
}

func isNumber(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == ',' }

// scan returns the length of the beginning of a text that is made of such runes.
func scan(text string, is func(rune) bool) int {
	for at, r := range text {
		if !is(r) {
			return at
		}
	}
	return len(text)
}

func isDigit(token string) bool { return token != "" && token[0] >= '0' && token[0] <= '9' }

func isLetters(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.IsLetter(r)
}

// isPicture tells an emoji, which may well be an answer.
func isPicture(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return r > 0x2000 && unicode.Is(unicode.So, r)
}
