package embed

import "math"

// levelStep is how far levels are apart, in root mean squares of a row.
const levelStep = 0.4

// graduate makes a lexicon of what a student has learned. A stem's row takes in
// its grams and its weight, so that a known word costs one row.
func graduate(s *student) *lexicon {
	l := &lexicon{stems: s.stems, grams: s.grams, skills: s.skills, weight: s.weight}
	l.scale, l.values = make([]float32, l.rows()), make([]int8, l.rows()*learnedDimensions)
	vector, scratch := make([]float32, learnedDimensions), make([]float32, learnedDimensions)
	for i, stem := range s.stems.names {
		sum := newFeatures(32)
		sum.add(int32(i), s.weight[i])
		s.addGrams(sum, stem, s.weight[i])
		s.encode(vector, scratch, sum.list)
		l.set(i, vector)
	}
	for i := len(s.stems.names); i < l.rows(); i++ {
		l.set(i, s.row(int32(i)))
	}
	return l
}

// set rounds a row to few levels: in a sum of many rows the errors cancel out.
func (l *lexicon) set(row int, vector []float32) {
	scale := levelStep * float32(math.Sqrt(float64(dot(vector, vector))/float64(len(vector))))
	if scale == 0 {
		return
	}
	l.scale[row] = scale
	values := l.values[row*learnedDimensions:]
	for i, x := range vector {
		values[i] = int8(max(-mostLevel, min(mostLevel, math.Round(float64(x/scale)))))
	}
}
