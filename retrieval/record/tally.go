package record

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sync"
)

// tally counts the words of one document. It sorts what was added: for the one
// or two hundred words of a document that takes less than a map, and the counts
// are wanted in order.
type tally struct{ added []mention }

// mention is a word, and how much one mention of it counts.
type mention struct {
	start  uint64 // the first eight bytes of the word, which order nearly all
	word   string
	weight int
}

// tallies are used again, with the room that their lists have.
var tallies = sync.Pool{New: func() any { return new(tally) }}

func (t *tally) release() {
	clear(t.added)
	t.added = t.added[:0]
	tallies.Put(t)
}

func (t *tally) add(word string, weight int) {
	var start [8]byte
	copy(start[:], word)
	t.added = append(t.added, mention{binary.BigEndian.Uint64(start[:]), word, weight})
}

// counted returns each word once, in the order of the alphabet.
func (t *tally) counted() []Counted {
	slices.SortFunc(t.added, func(a, b mention) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return cmp.Compare(a.word, b.word)
	})
	distinct := 0
	for i, m := range t.added {
		if i == 0 || m.word != t.added[i-1].word {
			distinct++
		}
	}
	counted := make([]Counted, 0, distinct)
	for i := 0; i < len(t.added); {
		word, sum := t.added[i].word, 0
		for ; i < len(t.added) && t.added[i].word == word; i++ {
			sum += t.added[i].weight
		}
		counted = append(counted, Counted{Word: word, Count: uint8(min(sum, 255))})
	}
	return counted
}
