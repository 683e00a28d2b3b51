package learn

import "math"

// Bounds of a temperature: beyond them a model says nothing, or is never in doubt.
const (
	coldest = 0.05
	hottest = 20
)

// Temperature returns by what scores are to be divided so that the
// probabilities of [Softmax] are as often right as they say: the one under
// which the classes that were right are likeliest (Guo et al. 2017). scores and
// classes are of cases that the model was not fitted on.
func Temperature(scores [][]float64, classes []int) float64 {
	var probabilities []float64
	surprise := func(logarithm float64) float64 {
		total := 0.0
		for i, s := range scores {
			probabilities = append(probabilities[:0], s...)
			Softmax(probabilities, math.Exp(logarithm))
			total -= math.Log(max(probabilities[classes[i]], 1e-300))
		}
		return total
	}
	// Golden section: the loss has one valley in the inverse temperature.
	const ratio = 0.6180339887498949
	low, high := math.Log(coldest), math.Log(hottest)
	for high-low > 1e-4 {
		left, right := high-ratio*(high-low), low+ratio*(high-low)
		if surprise(left) < surprise(right) {
			high = right
		} else {
			low = left
		}
	}
	return math.Exp((low + high) / 2)
}

// CalibrationError is how far probabilities are from how often what they were
// given to was right, on average over cases, in ten bands of equal width (the
// expected calibration error). 0 is the best.
func CalibrationError(probabilities []float64, right []bool) float64 {
	const bands = 10
	var gap [bands]float64
	for i, p := range probabilities {
		band := min(bands-1, int(p*bands))
		gap[band] += p
		if right[i] {
			gap[band]--
		}
	}
	total := 0.0
	for _, g := range gap {
		total += math.Abs(g)
	}
	return total / float64(max(1, len(probabilities)))
}
