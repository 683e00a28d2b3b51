package sqliteindex

import "math"

// A vector is kept as 16-bit numbers in two halves of 8 bits: the high ones tell
// nearly how near it is and are what a scan reads, the low ones are looked at
// for those that may be among the best. A number is step × (256·high + low).
const (
	highUnit = 256
	most     = 127 * highUnit
	rounding = 1 << 16 // makes numbers positive, for which a conversion rounds down
)

// quantised says how to read a row of numbers as a vector.
type quantised struct {
	step  float32
	error float32 // how far, at most, the high halves alone are from the vector
}

// quantise writes a vector to the halves of a row, whose length is at least the vector's.
func quantise(high, low []int8, vector []float32) quantised {
	clear(high)
	clear(low)
	peak := float32(0)
	for _, v := range vector {
		peak = max(peak, v, -v)
	}
	if peak == 0 {
		return quantised{}
	}
	var lows int64
	inverse := most / peak
	for i, v := range vector {
		n := int32(v*inverse+(rounding+0.5)) - rounding
		h := (n + highUnit/2) >> 8
		l := n - h*highUnit
		high[i], low[i] = int8(h), int8(l)
		lows += int64(l) * int64(l)
	}
	step := peak / most
	return quantised{step: step, error: step * float32(math.Sqrt(float64(lows))+0.5*math.Sqrt(float64(len(vector))))}
}

// query is a vector of unit length in the form that rows are multiplied with.
type query struct {
	numbers []int16
	step    float64
}

// newQuery makes numbers as fine as they can be without the inner product with
// a row overflowing 32 bits: by Cauchy and Schwarz it is at most the product
// of the two lengths.
func newQuery(unit []float32, stride int) query {
	peak := 0.0
	for _, v := range unit {
		peak = max(peak, math.Abs(float64(v)))
	}
	scale := min(math.MaxInt16/peak, math.MaxInt32/(130*math.Sqrt(float64(stride)))-math.Sqrt(float64(stride)))
	q := query{numbers: make([]int16, stride), step: 1 / scale}
	for i, v := range unit {
		q.numbers[i] = int16(math.Round(float64(v) * scale))
	}
	return q
}
