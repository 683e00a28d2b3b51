package embed

import "math"

// spread is on how many dimensions a feature lies.
const spread = 8

// sum is the hashed part of a vector in the making.
type sum [hashedDimensions]float64

// add puts a feature on its dimensions with its signs: a sparse signed random
// projection (Achlioptas 2003), by which inner products are kept on average.
func (s *sum) add(feature uint64, weight float64) {
	state := feature
	for range spread {
		state = mix(state)
		if state>>63 == 0 {
			s[state%hashedDimensions] += weight
		} else {
			s[state%hashedDimensions] -= weight
		}
	}
}

// mix adds a part, scaled so that its squares make up share; a part of nothing adds nothing.
func (s *sum) mix(part *sum, share float64) {
	length := part.length()
	if length == 0 {
		return
	}
	scale := math.Sqrt(share) / length
	for i, x := range part {
		s[i] += x * scale
	}
}

func (s *sum) length() float64 {
	square := 0.0
	for _, x := range s {
		square += x * x
	}
	return math.Sqrt(square)
}

// mix is the step of SplitMix64 (Steele, Lea and Flood 2014).
func mix(state uint64) uint64 {
	state += 0x9e3779b97f4a7c15
	z := state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// hash is 64-bit FNV-1a of a feature's kind and text.
func hash(kind byte, text string) uint64 {
	h := uint64(0xcbf29ce484222325)
	h = (h ^ uint64(kind)) * 0x100000001b3
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 0x100000001b3
	}
	return h
}

// tally adds up numbers by name and keeps the names in the order of their first
// mention: sums of floating-point numbers depend on the order.
type tally struct {
	at     map[string]int
	names  []string
	values []float64
}

func newTally(size int) *tally { return &tally{at: make(map[string]int, size)} }

func (t *tally) add(name string, value float64) {
	at, ok := t.at[name]
	if !ok {
		at = len(t.names)
		t.at[name] = at
		t.names, t.values = append(t.names, name), append(t.values, 0)
	}
	t.values[at] += value
}
