package retrieval

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	resamples = 500

	// Above so many values of equal weight the interval of the median is read
	// from their order: resampling would only come near the same.
	mostResampled = 200

	z90 = 1.6449 // normal quantile of a two-sided interval of 90%
)

// weighted are values, sorted, with what each counts.
type weighted struct {
	values, weights []float64
}

// effective is Kish's effective sample size (Survey Sampling, 1965): how many
// values of equal weight would tell as much.
func effective(weights []float64) float64 {
	sum, squares := 0.0, 0.0
	for _, w := range weights {
		sum, squares = sum+w, squares+w*w
	}
	if squares == 0 {
		return 0
	}
	return sum * sum / squares
}

// quantile is the weighted form of type 7 of Hyndman and Fan (1996) that
// Akinshin gives ("Weighted quantile estimators", 2023, arXiv:2304.07265): the
// mean of the values over a window of the cumulated weights, as wide as one
// value of an effective sample. With equal weights it is what spreadsheets and
// R compute by default: linear interpolation between the two nearest values.
func (s weighted) quantile(p float64) float64 {
	total := 0.0
	for _, w := range s.weights {
		total += w
	}
	return windowMean(s.values, s.weights, total, effective(s.weights), p)
}

// windowMean is the quantile of values whose weights sum up to total and make
// an effective sample of that size.
func windowMean(values, weights []float64, total, size, p float64) float64 {
	width := total / size
	low := p * (size - 1) * width
	high := low + width
	sum, passed := 0.0, 0.0
	for i, w := range weights {
		if w == 0 {
			continue
		}
		if share := min(passed+w, high) - max(passed, low); share > 0 {
			sum += share * values[i]
		}
		if passed += w; passed >= high {
			break
		}
	}
	return sum / width
}

// medianInterval is the 90% percentile bootstrap interval of the weighted median (Efron
// and Tibshirani 1993, chapter 13): as many values are drawn as there are, with
// their weights. The same seed gives the same interval.
func (s weighted) medianInterval(seed uint64) (low, high float64) {
	n := len(s.values)
	if n > mostResampled {
		// Its limit for many values: the ranks that a binomial count of values below the median reaches.
		spread := z90 * math.Sqrt(0.25*float64(n)) * math.Sqrt(float64(n)/effective(s.weights)) / float64(n)
		return s.quantile(max(0, 0.5-spread)), s.quantile(min(1, 0.5+spread))
	}
	source := rand.NewPCG(seed, uint64(n))
	medians, weights := make([]float64, resamples), make([]float64, n)
	for r := range medians {
		clear(weights)
		total, squares := 0.0, 0.0
		var bits uint64
		for drawn := range n {
			if drawn%2 == 0 {
				bits = source.Uint64() // good for two draws
			}
			at := bits & math.MaxUint32 * uint64(n) >> 32
			bits >>= 32
			w := s.weights[at]
			weights[at] += w
			total, squares = total+w, squares+w*w
		}
		medians[r] = windowMean(s.values, weights, total, total*total/squares, 0.5)
	}
	slices.Sort(medians)
	return quantile(medians, 0.05), quantile(medians, 0.95)
}

// seedOf makes a seed of ids, so that the same posts give the same interval.
func seedOf(posts []counted) uint64 {
	h := fnv.New64a()
	for _, post := range posts {
		_, _ = h.Write([]byte(post.ID + "\n")) // it never fails
	}
	return h.Sum64()
}
