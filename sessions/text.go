package sessions

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits on what people send, in bytes of UTF-8.
const (
	MaxMessage = 60 << 10 // a message's text
	MaxComment = 4 << 10  // a comment on a response
	MaxTitle   = 200      // a session's title
	maxReason  = 100
	maxID      = 64
)

// newID returns 128 random bits, which nobody can guess.
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// checkID tells whether a client's message id has the form that docs/wire.md asks for.
func checkID(id string) error {
	if id == "" || len(id) > maxID {
		return fmt.Errorf("%w: an id has 1 to %d characters", ErrInvalid, maxID)
	}
	for _, c := range []byte(id) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (c < '0' || c > '9') && c != '_' && c != '-' {
			return fmt.Errorf("%w: an id consists of letters, digits, - and _", ErrInvalid)
		}
	}
	return nil
}

// clean makes a text storable everywhere: valid UTF-8 without U+0000, which
// PostgreSQL refuses.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	return strings.ReplaceAll(text, "\x00", "\ufffd")
}

func cleanMessage(text string) (string, error) {
	if len(text) > MaxMessage {
		return "", fmt.Errorf("%w: a message has at most %d KiB", ErrTooLarge, MaxMessage>>10)
	}
	if strings.TrimSpace(text) == "" {
		return "", fmt.Errorf("%w: the message is empty", ErrInvalid)
	}
	return clean(text), nil
}

// maxReference is the longest id of a document, in bytes.
const maxReference = 200

func cleanLimited(what, text string, limit int) (string, error) {
	if len(text) > limit {
		return "", fmt.Errorf("%w: a %s has at most %d bytes", ErrTooLarge, what, limit)
	}
	return clean(text), nil
}

// cut shortens a text to at most limit bytes, between characters.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}

// cleanJSON does in a JSON text what clean does in a plain one: an escaped
// U+0000 becomes U+FFFD. A backslash that is itself escaped is left alone.
func cleanJSON(raw []byte) []byte {
	null := []byte(`\u0000`)
	if !bytes.Contains(raw, null) {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		switch {
		case bytes.HasPrefix(raw, null):
			out, raw = append(out, `\ufffd`...), raw[len(null):]
		case raw[0] == '\\' && len(raw) > 1:
			out, raw = append(out, raw[:2]...), raw[2:]
		default:
			out, raw = append(out, raw[0]), raw[1:]
		}
	}
	return out
}

// setting keeps a short browser setting (a locale or time zone) and drops what cannot be one.
func setting(value string) string {
	if len(value) > maxID {
		return ""
	}
	for _, c := range []byte(value) {
		if c <= ' ' || c >= utf8.RuneSelf {
			return ""
		}
	}
	return value
}

// units is the length of a text in UTF-16 code units.
func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// wholeRunes splits off an incomplete character at the end, of which the rest
// may come with the next piece.
func wholeRunes(text string) (whole, rest string) {
	for i := len(text) - 1; i >= 0 && i >= len(text)-utf8.UTFMax+1; i-- {
		if utf8.RuneStart(text[i]) {
			if !utf8.FullRuneInString(text[i:]) {
				return text[:i], text[i:]
			}
			break
		}
	}
	return text, ""
}
