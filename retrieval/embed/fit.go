package embed

import (
	"strings"
	"unicode/utf8"
)

// fit makes a text one that servers take: not empty, and of at most so many
// tokens. It returns how many it has. Tokens are estimated: models split texts in
// their own ways, of which this is on the safe side for English and most others.
func fit(text string, most int) (string, int) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	quarters := 0
	for at, r := range text {
		if quarters += weigh(r); quarters > 4*most {
			text, quarters = strings.TrimSpace(text[:at]), 4*most
			break
		}
	}
	if text == "" {
		return "-", 1
	}
	return text, (quarters + 3) / 4
}

// weigh estimates how many quarters of a token a character takes: English has
// about four letters a token, other alphabets two, and other scripts one or less.
func weigh(r rune) int {
	switch {
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == ' ':
		return 1
	case r < utf8.RuneSelf, r < 0x0800: // digits and signs; accents, Greek, Cyrillic, Arabic
		return 2
	}
	return 6
}
