package rules

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Kind is what was undone to get a reading.
type Kind string

// The kinds of readings.
const (
	Folded   Kind = "folded"   // one alphabet, lower case, no accents, nothing invisible
	Plain    Kind = "plain"    // as well: letters that were apart put together, figures that stood for letters, digits that were spelled
	Reversed Kind = "reversed" // read from its end
	Decoded  Kind = "decoded"  // from base64
)

// Normalised is a text in one or more readings.
type Normalised struct {
	Readings []Reading // the folded text first; the others only where they differ
}

// Best returns the reading that comes nearest to what is meant.
func (n Normalised) Best() string {
	for _, r := range n.Readings {
		if r.Kind == Plain {
			return r.Text
		}
	}
	if len(n.Readings) == 0 {
		return ""
	}
	return n.Readings[0].Text
}

// Reading is a text as it may be meant, with the way back to the original.
type Reading struct {
	Kind Kind
	Text string
	// from and to are where in the original each byte of Text comes from, in
	// UTF-16 code units; nil when the positions are the same.
	from, to []int32
	spelled  []span // bytes of Text that were digits in words
}

// span is a piece of a text: bytes [start, end).
type span struct{ start, end int }

// Span returns the positions in the original text, in UTF-16 code units, of
// the bytes [start, end) of the reading, which must not be empty.
func (r Reading) Span(start, end int) (from, to int) {
	if r.from == nil {
		return start, end
	}
	from, to = int(r.from[start]), int(r.to[end-1])
	if from >= to { // a reading that runs the other way
		from, to = int(r.from[end-1]), int(r.to[start])
	}
	return from, to
}

// writer puts a reading together, byte by byte with its origin.
type writer struct {
	text     []byte
	from, to []int32
}

func newWriter(size int) *writer {
	return &writer{text: make([]byte, 0, size), from: make([]int32, 0, size), to: make([]int32, 0, size)}
}

// add appends text that stands for [from, to) of the original.
func (w *writer) add(text string, from, to int32) {
	for i := range len(text) {
		w.text = append(w.text, text[i])
		w.from = append(w.from, from)
		w.to = append(w.to, to)
	}
}

// copy appends bytes of another reading.
func (w *writer) copy(r *Reading, start, end int) {
	for i := start; i < end; i++ {
		from, to := r.origin(i, i+1)
		w.text = append(w.text, r.Text[i])
		w.from = append(w.from, from)
		w.to = append(w.to, to)
	}
}

// origin is Span without its reversal.
func (r *Reading) origin(start, end int) (from, to int32) {
	if r.from == nil {
		return int32(start), int32(end)
	}
	return r.from[start], r.to[end-1]
}

func (w *writer) reading(kind Kind) Reading {
	return Reading{Kind: kind, Text: string(w.text), from: w.from, to: w.to}
}

// folded is the first reading of a text.
func folded(text string) Reading {
	if lower, plain := foldASCII(text); plain {
		return Reading{Kind: Folded, Text: lower}
	}
	w := newWriter(len(text) + 8)
	at := int32(0)
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		next := at + int32(max(1, utf16.RuneLen(r)))
		if meant := fold(r); meant != "" {
			w.add(meant, at, next)
		} else if n := len(w.to); n > 0 && r >= utf8.RuneSelf {
			w.to[n-1] = next // a mark belongs to the character before it
		}
		at, i = next, i+size
	}
	return w.reading(Folded)
}

// foldASCII lowers a text of which every byte stays where it is; not so, plain is false.
func foldASCII(text string) (lower string, plain bool) {
	upper := false
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
			return "", false
		}
		upper = upper || c >= 'A' && c <= 'Z'
	}
	if !upper {
		return text, true
	}
	raw := []byte(text)
	for i, c := range raw {
		if c >= 'A' && c <= 'Z' {
			raw[i] = c | 0x20
		}
	}
	return string(raw), true
}

// reversed is a reading from its end.
func (r *Reading) reversed() Reading {
	w := newWriter(len(r.Text))
	for end := len(r.Text); end > 0; {
		_, size := utf8.DecodeLastRuneInString(r.Text[:end])
		w.copy(r, end-size, end)
		end -= size
	}
	return w.reading(Reversed)
}
