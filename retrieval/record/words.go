package record

import (
	"cmp"
	"slices"

	"github.com/kljensen/snowball/english"

	"github.com/parleyhq/parley/retrieval/words"
)

// Field is a part of a document, and how often each of its words counts.
type Field struct {
	Text   string
	Weight int
}

// Counted is a word of a document, and how often it is there by the weights of
// the fields that it stands in, at most 255.
type Counted struct {
	Word  string
	Count uint8
}

// Count returns the distinct words of some fields in the order of the alphabet.
func Count(fields ...Field) []Counted {
	counts := make(map[string]int)
	for _, field := range fields {
		for _, word := range stems(field.Text) {
			counts[word] += field.Weight
		}
	}
	counted := make([]Counted, 0, len(counts))
	for word, n := range counts {
		counted = append(counted, Counted{Word: word, Count: uint8(min(n, 255))})
	}
	slices.SortFunc(counted, func(a, b Counted) int { return cmp.Compare(a.Word, b.Word) })
	return counted
}

// stems returns the words of a text as they are compared: stemmed, without
// those that nearly every English text has.
func stems(text string) []string {
	list := words.Split(text)
	kept := list[:0]
	for _, word := range list {
		if !english.IsStopWord(word) {
			kept = append(kept, words.Stem(word))
		}
	}
	return kept
}
