package rank

import "math"

const (
	// spread is the standard deviation of the prior on a weight, of a sum of one:
	// before any outcome is seen, a weight is thought to be within five points of
	// the table's, of a hundred, with a probability of two thirds.
	spread = 0.05
	// Decisiveness is looked for between these: at 1 the better of two people who
	// are ten points apart is chosen 52 times of 100, at 60 nearly always.
	leastDecisive = 1.0
	mostDecisive  = 60.0
)

// pair is how much higher the features of somebody chosen are than those of
// somebody not, with what the pair counts.
type pair struct {
	difference []float64
	weight     float64
}

func pairsOf(contests []Contest) []pair {
	var pairs []pair
	for _, c := range contests {
		share := 1 / float64(len(c.Chosen)*len(c.Others))
		for _, a := range c.Chosen {
			for _, b := range c.Others {
				p := pair{make([]float64, len(a)), share}
				for i := range a {
					p.difference[i] = a[i] - b[i]
				}
				pairs = append(pairs, p)
			}
		}
	}
	return pairs
}

// fitWeights returns weights with a sum of one, by Features, and how decisive
// the score was: the latter first, under the weights of the table, since weights
// alone cannot tell indifferent outcomes from a wrong table.
func fitWeights(contests []Contest) (weights []float64, decisiveness float64) {
	pairs := pairsOf(contests)
	decisiveness = decisive(pairs, table())
	weights = table()
	descend(pairs, weights, table(), decisiveness)
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		return table(), decisiveness
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights, decisiveness
}

// decisive is the decisiveness under which the outcomes are likeliest, by
// golden section: the loss has one valley.
func decisive(pairs []pair, weights []float64) float64 {
	margins := make([]float64, len(pairs))
	for i, p := range pairs {
		margins[i] = inner(weights, p.difference)
	}
	loss := func(k float64) (sum float64) {
		for i, p := range pairs {
			sum += p.weight * softplus(-k*margins[i])
		}
		return sum
	}
	const ratio = 0.6180339887498949
	low, high := leastDecisive, mostDecisive
	for high-low > 1e-3 {
		left, right := high-ratio*(high-low), low+ratio*(high-low)
		if loss(left) < loss(right) {
			high = right
		} else {
			low = left
		}
	}
	return (low + high) / 2
}

// descend moves weights to where the loss of the pairs plus that of leaving the
// prior is least, one weight at a time and none below zero. A step minimises a
// parabola that lies above the loss (the logistic function bends by a quarter
// at most), so that none leads uphill.
func descend(pairs []pair, weights, prior []float64, k float64) {
	const precision = 1 / (spread * spread)
	margins := make([]float64, len(pairs))
	bend := make([]float64, len(weights))
	for i, p := range pairs {
		margins[i] = inner(weights, p.difference)
		for j, d := range p.difference {
			bend[j] += p.weight * k * k * d * d / 4
		}
	}
	for range 1_000 {
		moved := 0.0
		for j := range weights {
			slope := precision * (weights[j] - prior[j])
			for i, p := range pairs {
				slope -= p.weight * k * p.difference[j] / (1 + math.Exp(k*margins[i]))
			}
			next := max(0, weights[j]-slope/(bend[j]+precision))
			step := next - weights[j]
			weights[j] = next
			for i, p := range pairs {
				margins[i] += step * p.difference[j]
			}
			moved = max(moved, math.Abs(step))
		}
		if moved < 1e-7 {
			return
		}
	}
}

// table are the default weights with a sum of one, by Features.
func table() []float64 {
	weights, sum := DefaultWeights(), 0.0
	for _, w := range weights {
		sum += w
	}
	list := make([]float64, 0, len(weights))
	for _, feature := range Features() {
		list = append(list, weights[feature]/sum)
	}
	return list
}

// toWeights gives weights the sum of those of the table.
func toWeights(list []float64) Weights {
	weights := make(Weights, len(list))
	for i, feature := range Features() {
		weights[feature] = round(100*list[i], 2)
	}
	return weights
}

// softplus is log(1+exp(x)) without overflow.
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

func inner(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func mean(list []float64) (sum float64) {
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}
