package brief

import "unicode/utf8"

// UTF16Len returns the length of a text in UTF-16 code units.
func UTF16Len(text string) int {
	units := 0
	for _, r := range text {
		units += unitsOf(r)
	}
	return units
}

// UTF16Slice returns the text between two positions counted in UTF-16 code
// units, and whether both lie within the text and on the edge of a character.
func UTF16Slice(text string, start, end int) (string, bool) {
	from, ok := byteAt(text, start)
	if !ok {
		return "", false
	}
	to, ok := byteAt(text, end)
	if !ok || to < from {
		return "", false
	}
	return text[from:to], true
}

func byteAt(text string, units int) (int, bool) {
	seen := 0
	for at, r := range text {
		if seen >= units {
			return at, seen == units
		}
		seen += unitsOf(r)
	}
	return len(text), seen == units
}

func unitsOf(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// unitMap turns byte positions of a text into UTF-16 positions. It is nil for
// a text in which both are the same.
type unitMap []int32

func newUnitMap(text string) unitMap {
	plain := true
	for i := 0; i < len(text) && plain; i++ {
		plain = text[i] < utf8.RuneSelf
	}
	if plain {
		return nil
	}
	m := make(unitMap, len(text)+1)
	units := int32(0)
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		for k := range size {
			m[at+k] = units
		}
		at += size
		units += int32(unitsOf(r))
	}
	m[len(text)] = units
	return m
}

func (m unitMap) at(position int) int {
	if m == nil {
		return position
	}
	return int(m[position])
}
