package sqliteindex

import (
	"math"
	"slices"
)

// BM25 with the usual constants (Robertson and Zaragoza 2009, "The
// Probabilistic Relevance Framework", section 3.5).
const (
	saturation    = 1.2
	lengthPenalty = 0.75
)

// lexicon is an inverted index: for each word, which documents have it how
// often. Postings are in one long list, as it was made last; those that came
// since are in lists of their own, and have greater slots.
type lexicon struct {
	numbers map[string]uint32
	made    []posting
	ends    []uint32 // in made, by word; words that came since are missing
	since   [][]posting
	recent  int       // postings in since
	lengths []float32 // the sum of the counts of each slot
	total   float64   // the sum of lengths
}

// posting is a slot and a count in 24 and 8 bits: inverted indexes are large.
// More than 16 million slots are far beyond what is kept in one process.
type posting uint32

func newPosting(slot int32, count uint8) posting { return posting(slot)<<8 | posting(count) }

func (p posting) slot() int32    { return int32(p >> 8) }
func (p posting) count() float32 { return float32(p & 0xff) }

func newLexicon() lexicon { return lexicon{numbers: make(map[string]uint32)} }

// adopt numbers words that are new. Empty ones have been dropped, and only
// hold the place of a number.
func (l *lexicon) adopt(words []string) {
	for _, word := range words {
		if word != "" {
			l.numbers[word] = uint32(len(l.since))
		}
		l.since = append(l.since, nil)
	}
}

// add enters the words of the next slot.
func (l *lexicon) add(slot int32, words []occurrence) {
	length := float32(0)
	for _, w := range words {
		l.since[w.word] = append(l.since[w.word], newPosting(slot, w.count))
		length += float32(w.count)
	}
	l.recent += len(words)
	l.lengths = append(l.lengths, length)
	l.total += float64(length)
}

// lists returns the postings of a word in their order, in two parts.
func (l *lexicon) lists(word uint32) [2][]posting {
	var made []posting
	if int(word) < len(l.ends) {
		from := uint32(0)
		if word > 0 {
			from = l.ends[word-1]
		}
		made = l.made[from:l.ends[word]]
	}
	return [2][]posting{made, l.since[word]}
}

// used reports whether a word has postings.
func (l *lexicon) used(word uint32) bool {
	lists := l.lists(word)
	return len(lists[0])+len(lists[1]) > 0
}

// unused returns the words that have no postings.
func (l *lexicon) unused() (list []string) {
	used := 0
	for word := range uint32(len(l.since)) {
		if l.used(word) {
			used++
		}
	}
	if used == len(l.numbers) { // most often, and much quicker than a look at each text
		return nil
	}
	for text, word := range l.numbers {
		if !l.used(word) {
			list = append(list, text)
		}
	}
	return list
}

// emptyUnused empties the texts of words without postings in a list of words
// with numbers from first on, and reports whether there were any.
func (l *lexicon) emptyUnused(first uint32, texts []string) (changed bool) {
	for i, text := range texts {
		if text != "" && !l.used(first+uint32(i)) {
			texts[i], changed = "", true
		}
	}
	return changed
}

// score adds up BM25 of some words for each slot that is kept, and for others
// too. scores has an entry for each slot, all 0.
func (l *lexicon) score(terms []string, wanted selection, scores []float32) {
	documents := float64(len(l.lengths))
	average := float32(l.total / max(documents, 1))
	var slots []int32 // where few are kept
	if wanted.n < len(l.lengths)/64 {
		slots = slices.AppendSeq(make([]int32, 0, wanted.n), wanted.kept.each())
	}
	for _, term := range terms {
		word, known := l.numbers[term]
		if !known {
			continue
		}
		lists := l.lists(word)
		n := float64(len(lists[0]) + len(lists[1]))
		weigh := weigher{rarity: float32(math.Log(1+(documents-n+0.5)/(n+0.5)) * (saturation + 1)), lengths: l.lengths, perLength: saturation * lengthPenalty / average}
		for _, list := range lists {
			if slots != nil && len(list) > 8*len(slots) {
				weigh.some(list, slots, scores)
			} else {
				weigh.all(list, scores)
			}
		}
	}
}

// weigher adds the part of one word to scores.
type weigher struct {
	rarity    float32
	lengths   []float32
	perLength float32
}

func (w weigher) all(list []posting, scores []float32) {
	for _, p := range list {
		scores[p.slot()] += w.of(p)
	}
}

// some looks for slots, which are in order, by steps that double.
func (w weigher) some(list []posting, slots []int32, scores []float32) {
	for _, slot := range slots {
		wanted, step := newPosting(slot, 0), 1
		for step < len(list) && list[step] < wanted {
			step *= 2
		}
		at, _ := slices.BinarySearch(list[:min(step+1, len(list))], wanted)
		list = list[at:]
		if len(list) == 0 {
			return
		}
		if list[0].slot() == slot {
			scores[slot] += w.of(list[0])
		}
	}
}

func (w weigher) of(p posting) float32 {
	count := p.count()
	return w.rarity * count / (count + saturation*(1-lengthPenalty) + w.perLength*w.lengths[p.slot()])
}

// maker makes the long list of a lexicon, of known size, in two rounds: first
// all postings are counted, then they are added, slots in their order.
type maker struct {
	made []posting
	next []uint32 // by word: how many, then where the next one goes
}

func newMaker(words int) *maker { return &maker{next: make([]uint32, words)} }

// count is the first round for the words of a document, as encodeWords wrote
// them. It returns the sum of their counts.
func (m *maker) count(encoded []byte) (length uint32, err error) {
	word := uint32(0)
	for at := 0; at < len(encoded); {
		distance, count, n := nextWord(encoded[at:])
		word += distance
		if n == 0 || int(word) >= len(m.next) {
			return 0, errDamaged
		}
		m.next[word]++
		length += uint32(count)
		at += n
	}
	return length, nil
}

// counted ends the first round.
func (m *maker) counted() {
	sum := uint32(0)
	for word, n := range m.next {
		m.next[word] = sum
		sum += n
	}
	m.made = make([]posting, sum)
}

// add is the second round for a document that has been counted.
func (m *maker) add(slot int32, encoded []byte) {
	word := uint32(0)
	for at := 0; at < len(encoded); {
		distance, count, n := nextWord(encoded[at:])
		word += distance
		m.put(word, newPosting(slot, count))
		at += n
	}
}

func (m *maker) put(word uint32, p posting) {
	m.made[m.next[word]] = p
	m.next[word]++
}

// take gives the lexicon the list.
func (m *maker) take(l *lexicon) {
	l.made, l.ends = m.made, m.next // each next is where the following word begins
	l.since = make([][]posting, len(m.next))
	l.recent = 0
}

// renumbered returns a lexicon of the living slots of a compaction. Words that
// no document has any more keep their numbers, see dropWords.
func (l *lexicon) renumbered(moved []int32, living int) lexicon {
	other := lexicon{numbers: l.numbers, lengths: make([]float32, living)}
	m := newMaker(len(l.since))
	for _, counting := range []bool{true, false} {
		for word := range uint32(len(l.since)) {
			for _, list := range l.lists(word) {
				for _, p := range list {
					switch to := moved[p.slot()]; {
					case to == none:
					case counting:
						m.next[word]++
					default:
						m.put(word, newPosting(to, uint8(p)))
					}
				}
			}
		}
		if counting {
			m.counted()
		}
	}
	m.take(&other)
	for slot, to := range moved {
		if to != none {
			other.lengths[to] = l.lengths[slot]
			other.total += float64(l.lengths[slot])
		}
	}
	return other
}
