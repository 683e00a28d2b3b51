package learn

import (
	"fmt"
	"math"
)

// LabelledSample is a case that any number of labels may apply to.
type LabelledSample struct {
	Features []Feature
	Labels   uint64  // a bit for each
	Weight   float64 // how much it counts; 1 for most
}

// MultiLabel is one logistic regression for each of several labels, on the same
// features: the score of a label is the logarithm of the odds that it applies.
// It is safe for concurrent use.
type MultiLabel struct{ linear }

// Labels returns how many labels there are.
func (m *MultiLabel) Labels() int { return m.outputs }

// MultiLabelOptions are how a MultiLabel is fitted.
type MultiLabelOptions struct {
	Labels  int
	Inputs  int     // features have inputs below this
	Penalty float64 // of half the squared weights, against the mean loss of a sample; more than 0
	Steps   int     // at most, of the optimiser; 0 for 100
}

// FitMultiLabel finds the weights with the least penalised loss. The problem is
// convex, so that the result depends on nothing but samples and options.
func FitMultiLabel(samples []LabelledSample, o MultiLabelOptions) (*MultiLabel, error) {
	if len(samples) == 0 || o.Labels < 1 || o.Labels > 64 || o.Inputs < 1 || o.Penalty <= 0 {
		return nil, fmt.Errorf("%w: %d samples of %d labels and %d inputs, penalty %g", ErrSamples, len(samples), o.Labels, o.Inputs, o.Penalty)
	}
	p := newProblem(o.Labels, o.Inputs, o.Penalty, func(i int, scores []float64) float64 {
		return labelLoss(samples[i].Labels, scores)
	})
	for i, s := range samples {
		if s.Labels>>o.Labels != 0 {
			return nil, fmt.Errorf("%w: labels %b of sample %d", ErrSamples, s.Labels, i)
		}
		if err := p.add(s.Features, s.Weight); err != nil {
			return nil, err
		}
	}
	fitted, err := p.solve(o.Steps)
	if err != nil {
		return nil, err
	}
	return &MultiLabel{fitted}, nil
}

// labelLoss adds up the losses of the labels, and makes of scores their slopes.
func labelLoss(labels uint64, scores []float64) float64 {
	total := 0.0
	for label, score := range scores {
		sign := -1.0
		if labels>>label&1 != 0 {
			sign = 1
		}
		total += softplus(-sign * score)
		scores[label] = -sign * Sigmoid(-sign*score)
	}
	return total
}

// Sigmoid is the probability of what has these logarithmic odds.
func Sigmoid(odds float64) float64 {
	if odds < 0 {
		e := math.Exp(odds)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-odds))
}

// softplus is log(1 + e^x), without overflow.
func softplus(x float64) float64 {
	return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
}
