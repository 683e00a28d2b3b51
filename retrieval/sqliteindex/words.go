package sqliteindex

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/record"
)

// words numbers the words of documents that are being written. Those that are
// new to the corpus have numbers after its own, and are its own once they are stored.
type words struct {
	corpus *corpus
	first  uint32 // number of the first new word
	fresh  map[string]uint32
	list   []string // new words in the order of their numbers
}

func newWords(c *corpus) *words {
	return &words{corpus: c, first: uint32(len(c.lexicon.since)), fresh: make(map[string]uint32)}
}

// of returns the words of a document by number, in the order of numbers.
func (w *words) of(counted []record.Counted) []occurrence {
	list := make([]occurrence, len(counted))
	for i, word := range counted {
		list[i] = occurrence{w.number(word.Word), word.Count}
	}
	slices.SortFunc(list, func(a, b occurrence) int { return cmp.Compare(a.word, b.word) })
	return list
}

func (w *words) number(word string) uint32 {
	if n, known := w.corpus.lexicon.numbers[word]; known {
		return n
	}
	n, known := w.fresh[word]
	if !known {
		word = strings.Clone(word) // or it keeps the text that it is a part of
		n = w.first + uint32(len(w.list))
		w.fresh[word] = n
		w.list = append(w.list, word)
	}
	return n
}

// words stores those words that are new.
func (w *writer) words(ctx context.Context, words *words) error {
	if len(words.list) == 0 {
		return nil
	}
	_, err := w.putWord.ExecContext(ctx, words.corpus.n, words.first, appendTexts(nil, words.list))
	return err
}
