package rules

// Normalised is a text in one or more readings.
type Normalised struct {
	Readings []Reading // the folded text first
}

// Reading is a text as it may be meant, with the way back to the original.
type Reading struct {
	Kind Kind
	Text string
	from []int32
	to   []int32
}

// Kind is what was undone to get a reading.
type Kind string

// The kinds of readings.
const (
	Folded   Kind = "folded"   // one alphabet, lower case, no accents, nothing invisible
	Plain    Kind = "plain"    // as well: letters that were apart put together, figures that stood for letters, digits that were spelled
	Reversed Kind = "reversed" // read from its end
	Decoded  Kind = "decoded"  // from base64
)

// Span returns the UTF-16 positions in the original text of the bytes
// [start, end) of the reading.
func (r Reading) Span(start, end int) (from, to int) {
	if r.from == nil {
		return start, end
	}
	return int(r.from[start]), int(r.to[end-1])
}

// Best returns the reading that comes nearest to what is meant.
func (n Normalised) Best() string {
	if len(n.Readings) > 1 && n.Readings[1].Kind == Plain {
		return n.Readings[1].Text
	}
	return n.Readings[0].Text
}

// Normalise reads a text through its disguises.
func Normalise(text string) Normalised {
	return Normalised{Readings: []Reading{{Kind: Folded, Text: text}}}
}
