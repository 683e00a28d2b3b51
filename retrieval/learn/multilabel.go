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
type MultiLabel struct {
	labels, inputs int

	weights []float32 // by input, then label
	bias    []float64 // by label
}

// Labels returns how many labels there are.
func (m *MultiLabel) Labels() int { return m.labels }

// Inputs returns how many inputs there are.
func (m *MultiLabel) Inputs() int { return m.inputs }

// Weights returns the weights of an input, by label. Callers must not change them.
func (m *MultiLabel) Weights(input uint32) []float32 {
	return m.weights[int(input)*m.labels:][:m.labels]
}

// Bias returns what is added to the scores, by label. Callers must not change it.
func (m *MultiLabel) Bias() []float64 { return m.bias }

// Scores writes the scores of the labels into scores, which has room for them.
// Inputs that the model does not have count for nothing.
func (m *MultiLabel) Scores(features []Feature, scores []float64) {
	scores = scores[:m.labels]
	copy(scores, m.bias)
	for _, f := range features {
		if int(f.Input) >= m.inputs {
			continue
		}
		for label, weight := range m.Weights(f.Input) {
			scores[label] += float64(f.Value * weight)
		}
	}
}

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
	if o.Steps == 0 {
		o.Steps = 100
	}
	p, err := newLabelling(samples, o)
	if err != nil {
		return nil, err
	}
	x := make([]float64, (len(p.inputs)+1)*o.Labels)
	minimise(p.loss, x, o.Steps)
	return p.model(x), nil
}

// labelling is the loss of a MultiLabel by its weights, those of inputs that occur.
type labelling struct {
	samples []LabelledSample
	rows    [][]Feature // of the samples, with inputs counted through
	options MultiLabelOptions
	inputs  []uint32 // by number
	total   float64  // weight of all samples
	scores  []float64
}

func newLabelling(samples []LabelledSample, o MultiLabelOptions) (*labelling, error) {
	p := &labelling{samples: samples, options: o, scores: make([]float64, o.Labels)}
	numbers := make([]int32, o.Inputs)
	for i, s := range samples {
		if s.Labels>>o.Labels != 0 {
			return nil, fmt.Errorf("%w: labels %b of sample %d", ErrSamples, s.Labels, i)
		}
		row := make([]Feature, len(s.Features))
		for j, f := range s.Features {
			if int(f.Input) >= o.Inputs {
				return nil, fmt.Errorf("%w: input %d of %d", ErrSamples, f.Input, o.Inputs)
			}
			if numbers[f.Input] == 0 {
				p.inputs = append(p.inputs, f.Input)
				numbers[f.Input] = int32(len(p.inputs))
			}
			row[j] = Feature{uint32(numbers[f.Input] - 1), f.Value}
		}
		p.rows = append(p.rows, row)
		p.total += s.Weight
	}
	if p.total <= 0 {
		return nil, fmt.Errorf("%w: they weigh nothing", ErrSamples)
	}
	return p, nil
}

// loss returns the penalised mean loss at x, and its gradient.
func (p *labelling) loss(x, gradient []float64) float64 {
	labels := p.options.Labels
	weights := len(p.inputs) * labels
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
			for label, w := range x[int(f.Input)*labels:][:labels] {
				p.scores[label] += float64(f.Value) * w
			}
		}
		for label, score := range p.scores {
			sign := -1.0
			if s.Labels>>label&1 != 0 {
				sign = 1
			}
			total += share * softplus(-sign*score)
			slope := -share * sign * Sigmoid(-sign*score)
			p.scores[label] = slope
			gradient[weights+label] += slope
		}
		for _, f := range row {
			out := gradient[int(f.Input)*labels:][:labels]
			for label, slope := range p.scores {
				out[label] += float64(f.Value) * slope
			}
		}
	}
	return total
}

// model is that of the weights x.
func (p *labelling) model(x []float64) *MultiLabel {
	o := p.options
	m := &MultiLabel{labels: o.Labels, inputs: o.Inputs, weights: make([]float32, o.Inputs*o.Labels)}
	for number, input := range p.inputs {
		for label := range o.Labels {
			m.weights[int(input)*o.Labels+label] = float32(x[number*o.Labels+label])
		}
	}
	m.bias = append(m.bias, x[len(p.inputs)*o.Labels:]...)
	return m
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
