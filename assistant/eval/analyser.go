package eval

import (
	"fmt"
	"strings"
	"unicode"
)

// Analyser makes features of a text, one for each time it is there. Features
// are hashes: two different ones being the same is too rare to matter.
type Analyser func(text string) []uint64

// Words are runs of letters and digits, in lower case, as they are: no stems,
// no stop words.
func Words(text string) []uint64 {
	split := splitWords(text)
	features := make([]uint64, len(split))
	for i, word := range split {
		features[i] = hashOf(word)
	}
	return features
}

// Grams describes runs of Length characters of a text in lower case: across
// the spaces between words, or within each word with a space at either end.
type Grams struct {
	Length int  `json:"length"`
	Across bool `json:"across_words"`
}

// String names the grams for people.
func (g Grams) String() string {
	if g.Across {
		return fmt.Sprintf("%d characters, across words", g.Length)
	}
	return fmt.Sprintf("%d characters, within words", g.Length)
}

// Analyse is an Analyser. A piece shorter than a gram is a feature itself.
func (g Grams) Analyse(text string) (features []uint64) {
	pieces := splitWords(text)
	if g.Across {
		pieces = []string{strings.Join(pieces, " ")}
	}
	for _, piece := range pieces {
		if piece != "" {
			features = g.appendGrams(features, " "+piece+" ")
		}
	}
	return features
}

func (g Grams) appendGrams(features []uint64, piece string) []uint64 {
	var starts []int // of characters
	for at := range piece {
		starts = append(starts, at)
	}
	starts = append(starts, len(piece))
	length := min(g.Length, len(starts)-1)
	for from := range len(starts) - length {
		features = append(features, hashOf(piece[starts[from]:starts[from+length]]))
	}
	return features
}

func splitWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// hashOf is 64-bit FNV-1a. There are millions of grams: hash/fnv would
// allocate for each.
func hashOf(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}
