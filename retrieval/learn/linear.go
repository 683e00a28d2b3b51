package learn

import "fmt"

// linear scores several outputs by weighted sums: the score of an output is its
// bias and the sum over features of value times weight.
type linear struct {
	outputs, inputs int

	weights []float32 // by input, then output
	bias    []float64 // by output
}

// Inputs returns how many inputs there are.
func (l *linear) Inputs() int { return l.inputs }

// Weights returns the weights of an input, by output. Callers must not change them.
func (l *linear) Weights(input uint32) []float32 {
	return l.weights[int(input)*l.outputs:][:l.outputs]
}

// Bias returns what is added to the scores, by output. Callers must not change it.
func (l *linear) Bias() []float64 { return l.bias }

// Scores writes the scores of the outputs into scores, which has room for them.
// Inputs that the model does not have count for nothing.
func (l *linear) Scores(features []Feature, scores []float64) {
	scores = scores[:l.outputs]
	copy(scores, l.bias)
	for _, f := range features {
		if int(f.Input) >= l.inputs {
			continue
		}
		for output, weight := range l.Weights(f.Input) {
			scores[output] += float64(f.Value * weight)
		}
	}
}

// problem is the penalised loss of a linear model by its weights. Only inputs
// that occur have weights in it: those of the others are 0 at the optimum.
type problem struct {
	outputs int
	penalty float64
	most    int         // inputs are below this
	rows    [][]Feature // of the samples, with inputs counted through
	shares  []float64   // of the samples in the mean loss
	inputs  []uint32    // by number
	numbers []int32     // by input, from 1
	scores  []float64

	// slope returns the loss of a sample with these scores, and makes of each score the loss's slope in it.
	slope func(sample int, scores []float64) (loss float64)
}

func newProblem(outputs, inputs int, penalty float64, slope func(int, []float64) float64) *problem {
	return &problem{outputs: outputs, penalty: penalty, most: inputs, numbers: make([]int32, inputs), scores: make([]float64, outputs), slope: slope}
}

// add puts a sample behind the others.
func (p *problem) add(features []Feature, weight float64) error {
	row := make([]Feature, len(features))
	for i, f := range features {
		if int(f.Input) >= p.most {
			return fmt.Errorf("%w: input %d of %d", ErrSamples, f.Input, p.most)
		}
		if p.numbers[f.Input] == 0 {
			p.inputs = append(p.inputs, f.Input)
			p.numbers[f.Input] = int32(len(p.inputs))
		}
		row[i] = Feature{uint32(p.numbers[f.Input] - 1), f.Value}
	}
	p.rows = append(p.rows, row)
	p.shares = append(p.shares, weight)
	return nil
}

// solve returns the model with the least penalised mean loss.
func (p *problem) solve(steps int) (linear, error) {
	total := 0.0
	for _, weight := range p.shares {
		total += weight
	}
	if total <= 0 {
		return linear{}, fmt.Errorf("%w: they weigh nothing", ErrSamples)
	}
	for i := range p.shares {
		p.shares[i] /= total
	}
	if steps == 0 {
		steps = 100
	}
	x := make([]float64, (len(p.inputs)+1)*p.outputs) // the weights and, behind them, the biases
	minimise(p.loss, x, steps)
	return p.model(x), nil
}

// loss returns the penalised mean loss at x, and its gradient.
func (p *problem) loss(x, gradient []float64) float64 {
	weights := len(p.inputs) * p.outputs
	total := 0.0
	for i, w := range x[:weights] {
		total += w * w
		gradient[i] = p.penalty * w
	}
	total *= p.penalty / 2
	clear(gradient[weights:])
	for i, row := range p.rows {
		copy(p.scores, x[weights:])
		for _, f := range row {
			for output, w := range x[int(f.Input)*p.outputs:][:p.outputs] {
				p.scores[output] += float64(f.Value) * w
			}
		}
		total += p.shares[i] * p.slope(i, p.scores)
		for output := range p.scores {
			p.scores[output] *= p.shares[i]
			gradient[weights+output] += p.scores[output]
		}
		for _, f := range row {
			out := gradient[int(f.Input)*p.outputs:][:p.outputs]
			for output, slope := range p.scores {
				out[output] += float64(f.Value) * slope
			}
		}
	}
	return total
}

// model is that of the weights x.
func (p *problem) model(x []float64) linear {
	l := linear{outputs: p.outputs, inputs: p.most, weights: make([]float32, p.most*p.outputs)}
	for number, input := range p.inputs {
		for output, w := range x[number*p.outputs:][:p.outputs] {
			l.weights[int(input)*p.outputs+output] = float32(w)
		}
	}
	l.bias = append(l.bias, x[len(p.inputs)*p.outputs:]...)
	return l
}
