package sqliteindex

import (
	"math"
	"strings"

	"github.com/parleyhq/parley/retrieval/record"
)

// BM25 with the usual constants (Robertson and Zaragoza 2009, "The
// Probabilistic Relevance Framework", section 3.5).
const (
	saturation    = 1.2
	lengthPenalty = 0.75
)

// lexicon is an inverted index: for each word, which documents have it how often.
type lexicon struct {
	numbers  map[string]int32 // of words, in postings
	postings [][]posting
	lengths  []uint32 // the sum of the counts of each slot
	total    uint64   // the sum of lengths
}

// posting is a slot and a count in 24 and 8 bits: inverted indexes are large.
// More than 16 million slots are far beyond what is kept in one process.
type posting uint32

func newPosting(slot int32, count uint8) posting { return posting(slot)<<8 | posting(count) }

func (p posting) slot() int32    { return int32(p >> 8) }
func (p posting) count() float64 { return float64(p & 0xff) }

func newLexicon() lexicon { return lexicon{numbers: make(map[string]int32)} }

// add enters the words of the next slot.
func (l *lexicon) add(slot int32, counted []record.Counted) {
	length := uint32(0)
	for _, w := range counted {
		n, known := l.numbers[w.Word]
		if !known {
			n = int32(len(l.postings))
			l.numbers[strings.Clone(w.Word)] = n // a clone, or the map keeps the text that it is a part of
			l.postings = append(l.postings, nil)
		}
		l.postings[n] = append(l.postings[n], newPosting(slot, w.Count))
		length += uint32(w.Count)
	}
	l.lengths = append(l.lengths, length)
	l.total += uint64(length)
}

// score adds up BM25 of some words for each slot. scores has an entry for each slot, all 0.
func (l *lexicon) score(terms []string, scores []float32) {
	documents := float64(len(l.lengths))
	average := float64(l.total) / max(documents, 1)
	for _, term := range terms {
		n, known := l.numbers[term]
		if !known {
			continue
		}
		list := l.postings[n]
		rarity := math.Log(1 + (documents-float64(len(list))+0.5)/(float64(len(list))+0.5))
		for _, p := range list {
			slot, count := p.slot(), p.count()
			norm := saturation * (1 - lengthPenalty + lengthPenalty*float64(l.lengths[slot])/average)
			scores[slot] += float32(rarity * count * (saturation + 1) / (count + norm))
		}
	}
}

// move renumbers slots after a compaction.
func (l *lexicon) move(moved []int32, living int) {
	kept := make([][]posting, 0, len(l.postings))
	for word, n := range l.numbers {
		list := l.postings[n][:0]
		for _, p := range l.postings[n] {
			if to := moved[p.slot()]; to >= 0 {
				list = append(list, newPosting(to, uint8(p)))
			}
		}
		if len(list) == 0 {
			delete(l.numbers, word)
			continue
		}
		l.numbers[word] = int32(len(kept))
		kept = append(kept, list)
	}
	l.postings = kept
	l.total = 0
	for slot, to := range moved {
		if to >= 0 {
			l.lengths[to] = l.lengths[slot]
			l.total += uint64(l.lengths[to])
		}
	}
	l.lengths = l.lengths[:living]
}
