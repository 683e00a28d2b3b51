package chat

import (
	"strconv"
	"unicode/utf8"

	"github.com/parleyhq/parley/sessions"
)

// appendEvent appends an event other than a delta as a frame.
func appendEvent(b []byte, e sessions.Event) []byte {
	b = append(b, `{"type":`...)
	b = appendString(b, e.Type)
	if e.Offset > 0 {
		b = append(b, `,"offset":`...)
		b = strconv.AppendInt(b, e.Offset, 10)
	}
	if len(e.Data) > 2 { // more than "{}"
		b = append(b, ',')
		return append(b, e.Data[1:]...)
	}
	return append(b, '}')
}

// A delta's frame is its beginning, the text of one or more pieces, and deltaEnd.
const deltaEnd = `"}`

func appendDeltaStart(b []byte, response string, at int) []byte {
	b = append(b, `{"type":"response.output_text.delta","response_id":`...)
	b = appendString(b, response)
	b = append(b, `,"at":`...)
	b = strconv.AppendInt(b, int64(at), 10)
	return append(b, `,"delta":"`...)
}

func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	b = appendEscaped(b, s)
	return append(b, '"')
}

const hexDigits = "0123456789abcdef"

// appendEscaped appends a text as the inside of a JSON string. Invalid UTF-8
// becomes U+FFFD; U+2028 and U+2029 are escaped because older JavaScript takes
// them for line ends.
func appendEscaped(b []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			b = append(b, s[start:i]...)
			b = appendControl(b, c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			b = append(b, s[start:i]...)
			b = append(b, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
			start = i + size
		}
		i += size
	}
	return append(b, s[start:]...)
}

func appendControl(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// unitsOf is the length of a text in UTF-16 code units.
func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}
