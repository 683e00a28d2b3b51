package rules

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Normalise reads a text through its disguises, with the words that the
// embedded rules know. Of a text over 64 KiB the first and the last 32 KiB are
// read.
func Normalise(text string) Normalised { return Default().normalise(valid(text)) }

// normalise returns the readings of a valid text.
func (s *Set) normalise(text string) Normalised {
	first := bounded(text)
	readings := make([]Reading, 1, 2)
	readings[0] = first
	d := disguise{set: s, r: &readings[0]}
	if plain, changed := d.undo(); changed {
		readings = append(readings, plain)
	}
	if d.backwards {
		back := first.reversed()
		readings = append(readings, back)
		b := disguise{set: s, r: &back}
		if plain, changed := b.undo(); changed {
			plain.Kind = Reversed
			readings = append(readings, plain)
		}
	}
	return Normalised{Readings: append(readings, decoded(text)...)}
}

// bounded folds what is read of a text.
func bounded(text string) Reading {
	if len(text) <= maxText {
		return folded(text)
	}
	head, tail := maxText/2, len(text)-maxText/2
	for !utf8.RuneStart(text[head]) {
		head--
	}
	for !utf8.RuneStart(text[tail]) {
		tail++
	}
	skipped := 0
	for _, r := range text[:tail] {
		skipped += utf16.RuneLen(r)
	}
	w := newWriter(maxText + 8)
	one, two := folded(text[:head]), folded(text[tail:])
	w.copy(&one, 0, len(one.Text))
	gap := unitsIn(text[:head])
	w.add("\n\n", int32(gap), int32(gap+1))
	for i := range len(two.Text) {
		from, to := two.origin(i, i+1)
		w.add(two.Text[i:i+1], from+int32(skipped), to+int32(skipped))
	}
	return w.reading(Folded)
}

// isWordByte tells a letter or a digit of a folded text; bytes of other
// alphabets count as letters.
func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || c >= utf8.RuneSelf }
func isLetter(c byte) bool   { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool    { return c >= '0' && c <= '9' }
func isSpace(c byte) bool    { return c == ' ' || c == '\n' || c == '\t' }

func count(text string, is func(byte) bool) (n int) {
	for i := range len(text) {
		if is(text[i]) {
			n++
		}
	}
	return n
}

func containsAny(text string, list ...string) bool {
	for _, l := range list {
		if strings.Contains(text, l) {
			return true
		}
	}
	return false
}
