package retrieval_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func ones(n int) []float64 { return slices.Repeat([]float64{1}, n) }

func TestWeightedQuartiles(t *testing.T) {
	for _, tt := range []struct {
		name            string
		values, weights []float64
		p25, p50, p75   float64
	}{
		{"equal weights are type 7", []float64{1, 2, 3, 4}, ones(4), 1.75, 2.5, 3.25},
		{"the scale of weights is nothing", []float64{1, 2, 3, 4}, []float64{7, 7, 7, 7}, 1.75, 2.5, 3.25},
		{"no weight, no part", []float64{1, 2, 3, 4, 999}, []float64{1, 1, 1, 1, 0}, 1.75, 2.5, 3.25},
		{"a heavy value draws", []float64{1, 2, 3}, []float64{1, 1, 98}, 2.97, 2.99, 3},
		{"one value", []float64{5}, ones(1), 5, 5, 5},
	} {
		p25, p50, p75, low, high := retrieval.MedianInterval(tt.values, tt.weights, 1)
		for i, pair := range [][2]float64{{p25, tt.p25}, {p50, tt.p50}, {p75, tt.p75}} {
			if math.Abs(pair[0]-pair[1]) > 0.02 {
				t.Errorf("%s: quartile %d is %v, want %v", tt.name, i+1, pair[0], pair[1])
			}
		}
		if low > high || low < tt.values[0] || high > tt.values[len(tt.values)-1] {
			t.Errorf("%s: interval %v to %v", tt.name, low, high)
		}
	}
	if n := retrieval.Effective([]float64{1, 1, 1, 1}); n != 4 {
		t.Errorf("effective size %v of four", n)
	}
	if n := retrieval.Effective([]float64{3, 1}); math.Abs(n-1.6) > 1e-9 { // 4² / (9 + 1)
		t.Errorf("effective size %v of weights 3 and 1", n)
	}
}

// TestIntervalCoversTheMedian draws samples of pay whose median is known: the
// 90% interval holds it about nine times of ten, for few posts and for many,
// with equal weights and unequal ones.
func TestIntervalCoversTheMedian(t *testing.T) {
	for _, tt := range []struct {
		n       int
		unequal bool
		least   float64
	}{{8, false, 0.80}, {30, false, 0.85}, {30, true, 0.83}, {201, false, 0.85}, {400, true, 0.85}} {
		random := rand.New(rand.NewPCG(uint64(tt.n), 3))
		const rounds = 400
		held := 0
		for round := range rounds {
			values, weights := make([]float64, tt.n), ones(tt.n)
			for i := range values {
				values[i] = math.Exp(5 + random.NormFloat64())
				if tt.unequal {
					weights[i] = 0.2 + random.Float64()
				}
			}
			slices.Sort(values) // weights were drawn without regard to values
			_, _, _, low, high := retrieval.MedianInterval(values, weights, uint64(round))
			if median := math.Exp(5); low <= median && median <= high {
				held++
			}
		}
		if share := float64(held) / rounds; share < tt.least || share > 0.97 {
			t.Errorf("%d posts, unequal %v: the interval holds the median %.3f of the time", tt.n, tt.unequal, share)
		}
	}
}

func BenchmarkMedianInterval(b *testing.B) {
	values := make([]float64, 60)
	for i := range values {
		values[i] = float64(i)
	}
	for b.Loop() {
		retrieval.MedianInterval(values, ones(60), 1)
	}
}
