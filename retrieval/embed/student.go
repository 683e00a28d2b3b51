package embed

import (
	"math"
	"math/rand/v2"

	"github.com/viterin/vek/vek32"
)

// student is a lexicon in the making: rows of floating-point numbers, each with
// the state of its learning rate.
type student struct {
	stems, grams, skills index
	weight               []float32 // by stem
	rows                 []float32 // stems, then grams, then skills; learnedDimensions each
	steps                []float32 // by row, sum of squared gradients (AdaGrad, Duchi et al. 2011)
}

// feature is a row with its weight in a text.
type feature struct {
	row    int32
	weight float32
}

func (s *student) row(i int32) []float32 {
	return s.rows[int(i)*learnedDimensions : int(i+1)*learnedDimensions]
}

func (s *student) gramRow(i int32) int32 { return int32(len(s.stems.names)) + i }

func (s *student) skillRow(i int32) int32 {
	return int32(len(s.stems.names)+len(s.grams.names)) + i
}

// features are the rows that make up a text. They sum up to what a lexicon
// made of this student gives, see lexicon.sum.
func (s *student) features(r reading) []feature {
	sum := newFeatures(8 * len(r.stems.names))
	for i, stem := range r.stems.names {
		weight := float32(math.Sqrt(r.stems.values[i]))
		if at, ok := s.stems.at[stem]; ok {
			weight *= s.weight[at]
			sum.add(at, weight)
		}
		s.addGrams(sum, stem, weight)
	}
	for i, name := range r.skills.names {
		if at, ok := s.skills.at[name]; ok {
			sum.add(s.skillRow(at), mentions(r.skills.values[i]))
		}
	}
	return sum.list
}

func (s *student) addGrams(sum *features, stem string, weight float32) {
	var room [64]int32
	found := room[:0]
	for gram := range grams(stem) {
		if at, ok := s.grams.at[gram]; ok {
			found = append(found, at)
		}
	}
	weight *= gramShare(len(found))
	for _, gram := range found {
		sum.add(s.gramRow(gram), weight)
	}
}

// features adds up weights by row.
type features struct {
	at   map[int32]int
	list []feature
}

func newFeatures(size int) *features { return &features{at: make(map[int32]int, size)} }

func (f *features) add(row int32, weight float32) {
	if at, ok := f.at[row]; ok {
		f.list[at].weight += weight
		return
	}
	f.at[row] = len(f.list)
	f.list = append(f.list, feature{row, weight})
}

// encode writes the weighted sum of a text's rows to vector; scratch is room of its length.
func (s *student) encode(vector, scratch []float32, text []feature) {
	clear(vector)
	for _, f := range text {
		vek32.Add_Inplace(vector, vek32.MulNumber_Into(scratch, s.row(f.row), f.weight))
	}
}

// scatter makes rows in random directions, of about length 1.
func (s *student) scatter(rng *rand.Rand) {
	n := len(s.stems.names) + len(s.grams.names) + len(s.skills.names)
	s.rows, s.steps = make([]float32, n*learnedDimensions), make([]float32, n)
	for i := range s.rows {
		s.rows[i] = float32(rng.NormFloat64() / math.Sqrt(learnedDimensions))
	}
}
