package rules

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decoded returns a reading for each piece of a text that is base64 of a
// contact: at most three.
func decoded(text string) (readings []Reading) {
	text = text[:min(len(text), maxText)]
	for at := 0; at < len(text) && len(readings) < 3; {
		start := at
		for at < len(text) && base64Byte(text[at]) {
			at++
		}
		if at-start >= 12 && at-start <= 400 {
			if r, ok := decode(text, start, at); ok {
				readings = append(readings, r)
			}
		}
		at++
	}
	return readings
}

func base64Byte(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_'
}

func decode(text string, start, end int) (Reading, bool) {
	token := strings.TrimRight(text[start:end], "=")
	if strings.ToLower(token) == token || strings.ToUpper(token) == token {
		return Reading{}, false // hashes, keys, words
	}
	token = strings.NewReplacer("-", "+", "_", "/").Replace(token)
	raw, err := base64.RawStdEncoding.DecodeString(token)
	if err != nil || !readable(raw) {
		return Reading{}, false
	}
	from := 0
	for _, r := range text[:start] {
		from += utf16.RuneLen(r)
	}
	w := newWriter(len(raw))
	inner := folded(string(raw))
	w.add(inner.Text, int32(from), int32(from+end-start))
	return w.reading(Decoded), true
}

// readable tells whether bytes are a text that somebody may have hidden: a
// contact, an address, words. JSON is a token of some programme.
func readable(raw []byte) bool {
	if len(raw) < 8 || raw[0] == '{' || !utf8.Valid(raw) {
		return false
	}
	signs := 0
	for _, c := range raw {
		if c < ' ' && c != '\n' || c >= 0x7F {
			return false
		}
		if c == '@' || c == ' ' || c == '.' || c == ':' || c == '+' {
			signs++
		}
	}
	return signs > 0 && (strings.ContainsAny(string(raw), "@ ") || count(string(raw), isDigit) >= 7 || strings.Contains(string(raw), "://") || strings.Contains(string(raw), ".me/"))
}
