package embed

import (
	"math"
	"slices"
)

// The learned part of a vector is a weighted sum of the rows of a lexicon: one
// for each known stem and skill. A stem that is not known is the sum of its
// grams, the pieces of 3 to 5 characters, as in fastText (Bojanowski et al. 2017).
const (
	shortestGram = 3
	longestGram  = 5
	gramWeight   = 0.5 // of all grams of a stem together, beside a known stem
	skillWeight  = 0.7 // of a skill that is named once, beside a rare stem
)

// lexicon has the learned rows. It is read-only once made.
type lexicon struct {
	stems  index
	grams  index
	skills index
	weight []float32 // by stem, how much it counts; rare unknown stems count 1
	scale  []float32 // by row, what a unit of its numbers stands for
	values []int8    // by row, learnedDimensions numbers; rows of stems first, then grams, then skills
}

// index tells the place of a name in a sorted list.
type index struct {
	names []string
	at    map[string]int32
}

func newIndex(names []string) index {
	slices.Sort(names)
	at := make(map[string]int32, len(names))
	for i, name := range names {
		at[name] = int32(i)
	}
	return index{names, at}
}

func (l *lexicon) rows() int { return len(l.stems.names) + len(l.grams.names) + len(l.skills.names) }

// add adds a row to a vector.
func (l *lexicon) add(vector []float32, row int, weight float32) {
	weight *= l.scale[row]
	values := l.values[row*learnedDimensions : (row+1)*learnedDimensions]
	vector = vector[:len(values)]
	for i, x := range values {
		vector[i] += weight * float32(x)
	}
}

// sum returns the learned part of a text's vector, not of unit length yet.
func (l *lexicon) sum(r reading) []float32 {
	vector := make([]float32, learnedDimensions)
	for i, stem := range r.stems.names {
		count := float32(math.Sqrt(r.stems.values[i]))
		if row, ok := l.stems.at[stem]; ok {
			l.add(vector, int(row), count)
			continue
		}
		l.addGrams(vector, stem, count)
	}
	for i, name := range r.skills.names {
		if row, ok := l.skills.at[name]; ok {
			row += int32(len(l.stems.names) + len(l.grams.names))
			l.add(vector, int(row), mentions(r.skills.values[i]))
		}
	}
	return vector
}

func (l *lexicon) addGrams(vector []float32, stem string, weight float32) {
	var room [64]int32
	found := l.knownGrams(room[:0], stem)
	weight *= gramShare(len(found))
	for _, gram := range found {
		l.add(vector, len(l.stems.names)+int(gram), weight)
	}
}

func (l *lexicon) knownGrams(found []int32, stem string) []int32 {
	for gram := range grams(stem) {
		if at, ok := l.grams.at[gram]; ok {
			found = append(found, at)
		}
	}
	return found
}

// gramShare is the weight of each of n grams.
func gramShare(n int) float32 { return float32(gramWeight / math.Sqrt(float64(max(1, n)))) }

// mentions is the weight of a skill that is named n times.
func mentions(n float64) float32 { return float32(skillWeight * math.Log2(1+n)) }

// grams yields the pieces of a stem between marks of its ends.
func grams(stem string) func(yield func(string) bool) {
	marked := "<" + stem + ">"
	return func(yield func(string) bool) {
		for size := shortestGram; size <= longestGram; size++ {
			for at := 0; at+size <= len(marked); at++ {
				if !yield(marked[at : at+size]) {
					return
				}
			}
		}
	}
}
