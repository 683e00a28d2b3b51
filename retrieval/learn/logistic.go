package learn

import (
	"errors"
	"fmt"
	"math"
)

// ErrSamples means that nothing can be learned from what was given.
var ErrSamples = errors.New("learn: unusable samples")

// Sample is a case whose class is known.
type Sample struct {
	Features []Feature
	Class    int
	Weight   float64 // how much it counts; 1 for most
}

// Logistic is multinomial logistic regression: the score of a class is its
// bias and the sum over features of value times weight, and [Softmax] of the
// scores is how probable the classes are. It is safe for concurrent use.
type Logistic struct{ linear }

// Classes returns how many classes there are.
func (l *Logistic) Classes() int { return l.outputs }

// Softmax turns scores into probabilities, in place. The higher the
// temperature, the more alike they are.
func Softmax(scores []float64, temperature float64) {
	best := math.Inf(-1)
	for _, score := range scores {
		best = max(best, score)
	}
	total := 0.0
	for i, score := range scores {
		scores[i] = math.Exp((score - best) / temperature)
		total += scores[i]
	}
	for i := range scores {
		scores[i] /= total
	}
}

// LogisticOptions are how a Logistic is fitted.
type LogisticOptions struct {
	Classes int
	Inputs  int     // features have inputs below this
	Penalty float64 // of half the squared weights, against the mean loss of a sample; more than 0
	Steps   int     // at most, of the optimiser; 0 for 100
}

// FitLogistic finds the weights with the least penalised loss. The problem is
// convex, so that the result depends on nothing but samples and options.
func FitLogistic(samples []Sample, o LogisticOptions) (*Logistic, error) {
	if len(samples) == 0 || o.Classes < 2 || o.Inputs < 1 || o.Penalty <= 0 {
		return nil, fmt.Errorf("%w: %d samples of %d classes and %d inputs, penalty %g", ErrSamples, len(samples), o.Classes, o.Inputs, o.Penalty)
	}
	for i, s := range samples {
		if s.Class < 0 || s.Class >= o.Classes {
			return nil, fmt.Errorf("%w: class %d of sample %d", ErrSamples, s.Class, i)
		}
	}
	p := newProblem(o.Classes, o.Inputs, o.Penalty, func(i int, scores []float64) float64 {
		class := samples[i].Class
		Softmax(scores, 1)
		loss := -math.Log(max(scores[class], 1e-300))
		scores[class]--
		return loss
	})
	for _, s := range samples {
		if err := p.add(s.Features, s.Weight); err != nil {
			return nil, err
		}
	}
	fitted, err := p.solve(o.Steps)
	if err != nil {
		return nil, err
	}
	return &Logistic{fitted}, nil
}
