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
type Logistic struct {
	classes int
	inputs  int
	weights []float32 // by input, then class
	bias    []float64 // by class
}

// Classes returns how many classes there are.
func (l *Logistic) Classes() int { return l.classes }

// Scores adds up the scores of the classes into scores, which has room for them. Inputs that the model
// does not have count for nothing.
func (l *Logistic) Scores(features []Feature, scores []float64) {
	scores = scores[:l.classes]
	copy(scores, l.bias)
	for _, f := range features {
		if int(f.Input) >= l.inputs {
			continue
		}
		row := l.weights[int(f.Input)*l.classes:][:l.classes]
		for class, weight := range row {
			scores[class] += float64(f.Value) * float64(weight)
		}
	}
}

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
	if o.Steps == 0 {
		o.Steps = 100
	}
	p, err := newProblem(samples, o)
	if err != nil {
		return nil, err
	}
	x := make([]float64, p.size())
	minimise(p.loss, x, o.Steps)
	return p.model(x), nil
}

// problem is the loss of a Logistic by its weights. Only inputs that occur have weights in
// it: those of the others are 0 at the optimum.
type problem struct {
	samples []Sample
	rows    [][]Feature // of the samples, with inputs counted through
	options LogisticOptions
	inputs  []uint32 // by number
	total   float64  // weight of all samples
	scores  []float64
}

func newProblem(samples []Sample, o LogisticOptions) (*problem, error) {
	p := &problem{samples: samples, options: o, scores: make([]float64, o.Classes)}
	numbers := make([]int32, o.Inputs)
	for _, s := range samples {
		row := make([]Feature, len(s.Features))
		for i, f := range s.Features {
			if int(f.Input) >= o.Inputs {
				return nil, fmt.Errorf("%w: input %d of %d", ErrSamples, f.Input, o.Inputs)
			}
			if numbers[f.Input] == 0 {
				p.inputs = append(p.inputs, f.Input)
				numbers[f.Input] = int32(len(p.inputs))
			}
			row[i] = Feature{uint32(numbers[f.Input] - 1), f.Value}
		}
		p.rows = append(p.rows, row)
		p.total += s.Weight
	}
	if p.total <= 0 {
		return nil, fmt.Errorf("%w: they weigh nothing", ErrSamples)
	}
	return p, nil
}

// size is that of the weights and, behind them, the biases.
func (p *problem) size() int { return (len(p.inputs) + 1) * p.options.Classes }

// loss returns the penalised mean loss at x, and its gradient.
func (p *problem) loss(x, gradient []float64) float64 {
	classes := p.options.Classes
	weights := len(p.inputs) * classes
	total := 0.0
	for i, w := range x[:weights] {
		total += w * w
		gradient[i] = p.options.Penalty * w
	}
	total *= p.options.Penalty / 2
	clear(gradient[weights:])
	for i, row := range p.rows {
		s := p.samples[i]
		share := s.Weight / p.total
		copy(p.scores, x[weights:])
		for _, f := range row {
			for class, w := range x[int(f.Input)*classes:][:classes] {
				p.scores[class] += float64(f.Value) * w
			}
		}
		Softmax(p.scores, 1)
		total -= share * math.Log(max(p.scores[s.Class], 1e-300))
		p.scores[s.Class]--
		for class, slope := range p.scores {
			p.scores[class] = share * slope
			gradient[weights+class] += share * slope
		}
		for _, f := range row {
			out := gradient[int(f.Input)*classes:][:classes]
			for class, slope := range p.scores {
				out[class] += float64(f.Value) * slope
			}
		}
	}
	return total
}

// model is that of the weights x.
func (p *problem) model(x []float64) *Logistic {
	o := p.options
	l := &Logistic{classes: o.Classes, inputs: o.Inputs, weights: make([]float32, o.Inputs*o.Classes)}
	for number, input := range p.inputs {
		for class := range o.Classes {
			l.weights[int(input)*o.Classes+class] = float32(x[number*o.Classes+class])
		}
	}
	l.bias = append(l.bias, x[len(p.inputs)*o.Classes:]...)
	return l
}
