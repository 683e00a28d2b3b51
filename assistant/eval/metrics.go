package eval

import (
	"cmp"
	"math"
	"slices"
)

// Gains are the judgements of one query: the ids of documents that are worth
// finding, each with how much it is worth. What is not named is worth nothing.
type Gains map[string]float64

// Metric scores one ranked list, best first and without repeats, from 0 to 1.
type Metric func(ranked []string, gains Gains) float64

// AveragePrecision is the mean, over the relevant documents, of the precision
// at each one's place; those that are not in the list count 0. Its mean over
// queries is MAP.
func AveragePrecision(ranked []string, gains Gains) float64 {
	if len(gains) == 0 {
		return 0
	}
	found, sum := 0, 0.0
	for place, id := range ranked {
		if gains[id] > 0 {
			found++
			sum += float64(found) / float64(place+1)
		}
	}
	return sum / float64(len(gains))
}

// ReciprocalRank is one over the place of the first relevant document, 0
// without one. Its mean over queries is MRR.
func ReciprocalRank(ranked []string, gains Gains) float64 {
	for place, id := range ranked {
		if gains[id] > 0 {
			return 1 / float64(place+1)
		}
	}
	return 0
}

// NDCG returns the metric of the discounted gains of the first k places over
// those of the best possible order (Järvelin and Kekäläinen, TOIS 2002): the
// gain itself, not an exponential of it, over log2(1 + place).
func NDCG(k int) Metric {
	return func(ranked []string, gains Gains) float64 {
		best := make([]float64, 0, len(gains))
		for _, gain := range gains {
			best = append(best, gain)
		}
		slices.SortFunc(best, func(a, b float64) int { return cmp.Compare(b, a) })
		ideal := discounted(best[:min(k, len(best))])
		if ideal == 0 {
			return 0
		}
		found := make([]float64, min(k, len(ranked)))
		for place := range found {
			found[place] = gains[ranked[place]]
		}
		return discounted(found) / ideal
	}
}

func discounted(gains []float64) (sum float64) {
	for place, gain := range gains {
		sum += gain / math.Log2(float64(place+2))
	}
	return sum
}

// Mean is 0 for no values.
func Mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(len(values), 1))
}
