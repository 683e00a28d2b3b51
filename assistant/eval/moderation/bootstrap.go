package moderation

import (
	"math/rand/v2"
	"slices"

	"github.com/parleyhq/parley/assistant/eval"
)

// Value is a figure with the middle 95 % of its bootstrap.
type Value struct {
	Value    float64       `json:"value"`
	Interval eval.Interval `json:"interval_95"`
}

// figure computes a number of cases that weigh differently.
type figure func(weights []float64) float64

// bootstrap computes figures and their intervals: each resample draws as many
// families as there are, with replacement, and all cases of each. Variants of a
// message are right or wrong together, so that drawing them one by one would give
// intervals that are too narrow. The same seed gives the same intervals.
func bootstrap(families [][]int, figures []figure, resamples int, seed uint64) []Value {
	n := 0
	for _, f := range families {
		n += len(f)
	}
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = 1
	}
	values, drawn := make([]Value, len(figures)), make([][]float64, len(figures))
	for i, f := range figures {
		values[i].Value = f(weights)
		drawn[i] = make([]float64, resamples)
	}
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	for r := range resamples {
		clear(weights)
		for range families {
			for _, i := range families[random.IntN(len(families))] {
				weights[i]++
			}
		}
		for i, f := range figures {
			drawn[i][r] = f(weights)
		}
	}
	for i := range values {
		slices.Sort(drawn[i])
		values[i].Interval = eval.Middle(drawn[i], 0.95)
	}
	return values
}
