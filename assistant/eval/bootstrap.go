package eval

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
)

// ErrUnpaired is returned for scores that are not of the same queries.
var ErrUnpaired = errors.New("eval: scores are not paired")

// Interval is an interval of confidence.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Comparison is how much better one system does than another on the same
// queries. Relative is the difference over the mean of the other; it and its
// intervals are 0 where that mean is 0.
type Comparison struct {
	Difference   float64  `json:"difference"`
	Difference90 Interval `json:"difference_90"`
	Difference95 Interval `json:"difference_95"`
	Relative     float64  `json:"relative"`
	Relative90   Interval `json:"relative_90"`
	Relative95   Interval `json:"relative_95"`
	Resamples    int      `json:"resamples"`
}

// Compare compares scores with those of a baseline, query by query. Intervals
// are percentiles of a paired bootstrap over queries (Efron and Tibshirani
// 1993; Sakai, SIGIR 2006): each resample draws as many queries with
// replacement and takes both systems' scores of them. The same seed gives the
// same intervals.
func Compare(scores, baseline []float64, resamples int, seed uint64) (Comparison, error) {
	if len(scores) != len(baseline) || len(scores) == 0 || resamples < 1 {
		return Comparison{}, fmt.Errorf("%w: %d and %d scores, %d resamples", ErrUnpaired, len(scores), len(baseline), resamples)
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(scores))))
	differences, relatives := make([]float64, resamples), make([]float64, resamples)
	for r := range resamples {
		ours, theirs := 0.0, 0.0
		for range scores {
			at := random.IntN(len(scores))
			ours += scores[at]
			theirs += baseline[at]
		}
		differences[r] = (ours - theirs) / float64(len(scores))
		relatives[r] = relative(ours, theirs)
	}
	slices.Sort(differences)
	slices.Sort(relatives)
	ours, theirs := Mean(scores), Mean(baseline)
	return Comparison{
		Difference: ours - theirs, Difference90: Middle(differences, 0.90), Difference95: Middle(differences, 0.95),
		Relative: relative(ours, theirs), Relative90: Middle(relatives, 0.90), Relative95: Middle(relatives, 0.95),
		Resamples: resamples,
	}, nil
}

func relative(ours, theirs float64) float64 {
	if theirs == 0 {
		return 0
	}
	return ours/theirs - 1
}

// Middle is the middle share of sorted values, its ends interpolated.
func Middle(sorted []float64, share float64) Interval {
	return Interval{quantile(sorted, (1-share)/2), quantile(sorted, (1+share)/2)}
}

func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}
