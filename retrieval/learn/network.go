package learn

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Network is a classifier with one layer of hidden units: a unit is the sum
// over features of value times weight, or 0 where that is negative, and the classes have scores
// by their units as in a [Logistic] by its features. It learns what features say
// together, which a Logistic cannot. It is safe for concurrent use.
type Network struct {
	classes, inputs, hidden int

	first  []float32 // weights by input, then unit
	second []float32 // weights by unit, then class
	bias   []float32 // by class
}

// Classes returns how many classes there are.
func (n *Network) Classes() int { return n.classes }

// Hidden returns how many hidden units there are.
func (n *Network) Hidden() int { return n.hidden }

// Scores adds up the scores of the classes into scores, which has room for
// them; units has room for the hidden units. Inputs that the network does not have count for nothing.
func (n *Network) Scores(features []Feature, units []float32, scores []float64) {
	units, scores = units[:n.hidden], scores[:n.classes]
	clear(units)
	for _, f := range features {
		if int(f.Input) >= n.inputs {
			continue
		}
		for k, weight := range n.first[int(f.Input)*n.hidden:][:n.hidden] {
			units[k] += f.Value * weight
		}
	}
	for class, bias := range n.bias {
		scores[class] = float64(bias)
	}
	for k, unit := range units {
		if unit <= 0 {
			units[k] = 0
			continue
		}
		for class, weight := range n.second[k*n.classes:][:n.classes] {
			scores[class] += float64(unit * weight)
		}
	}
}

// NetworkOptions are how a Network is fitted.
type NetworkOptions struct {
	Classes int
	Inputs  int     // features have inputs below this
	Hidden  int     // units
	Rounds  int     // times that all samples are gone through
	Rate    float64 // of learning, at the beginning; it falls to 0
	Decay   float64 // of weights at each sample
	Left    float64 // share of the features of a sample that are left out by chance, less than 1, so that none is relied on alone
	Seed    uint64  // of that chance, of the order of samples and of the first weights
}

// FitNetwork fits a network by stochastic gradient descent with a rate of its own for each
// weight (Duchi et al. 2011) and features left out at random (Srivastava et al. 2014).
// The same samples and options give the same network.
func FitNetwork(samples []Sample, o NetworkOptions) (*Network, error) {
	if len(samples) == 0 || o.Classes < 2 || o.Inputs < 1 || o.Hidden < 1 || o.Rounds < 1 || !(o.Left >= 0 && o.Left < 1) {
		return nil, fmt.Errorf("%w: %d samples for a network, %+v", ErrSamples, len(samples), o)
	}
	if err := checkSamples(samples, o.Classes, o.Inputs); err != nil {
		return nil, err
	}
	f := newFitting(samples, o)
	for round := range o.Rounds {
		f.rate = float32(o.Rate * (1 - float64(round)/float64(o.Rounds)))
		for _, at := range f.random.Perm(len(samples)) {
			f.learn(samples[at])
		}
	}
	return f.network, nil
}

// checkSamples tells of samples whose class or inputs are none.
func checkSamples(samples []Sample, classes, inputs int) error {
	for i, s := range samples {
		if s.Class < 0 || s.Class >= classes {
			return fmt.Errorf("%w: class %d of sample %d", ErrSamples, s.Class, i)
		}
		for _, f := range s.Features {
			if int(f.Input) >= inputs {
				return fmt.Errorf("%w: input %d of %d", ErrSamples, f.Input, inputs)
			}
		}
	}
	return nil
}

// fitting is a network that is being fitted.
type fitting struct {
	options NetworkOptions
	random  *rand.Rand
	network *Network
	rate    float32

	// Sums of the squared slopes of each weight so far.
	firstPast, secondPast []float32

	kept   []Feature
	units  []float32
	back   []float32 // slope of the loss by unit
	scores []float64
}

func newFitting(samples []Sample, o NetworkOptions) *fitting {
	n := &Network{
		classes: o.Classes, inputs: o.Inputs, hidden: o.Hidden,
		first: make([]float32, o.Inputs*o.Hidden), second: make([]float32, o.Hidden*o.Classes), bias: make([]float32, o.Classes),
	}
	f := &fitting{
		options: o, network: n, random: rand.New(rand.NewPCG(o.Seed, uint64(o.Hidden))),
		firstPast: make([]float32, len(n.first)), secondPast: make([]float32, len(n.second)),
		units: make([]float32, o.Hidden), back: make([]float32, o.Hidden), scores: make([]float64, o.Classes),
	}
	// Inputs that no sample has stay at 0, so that they say nothing later.
	occurs := make([]bool, o.Inputs)
	for _, s := range samples {
		for _, x := range s.Features {
			occurs[x.Input] = true
		}
	}
	const small = 0.05
	for i := range n.first {
		if occurs[i/o.Hidden] {
			n.first[i] = float32(f.random.NormFloat64() * small)
		}
	}
	for i := range n.second {
		n.second[i] = float32(f.random.NormFloat64() / math.Sqrt(float64(o.Hidden)))
	}
	return f
}

// learn takes one step down the slope of a sample's loss.
func (f *fitting) learn(s Sample) {
	f.kept = f.kept[:0]
	for _, x := range s.Features {
		if f.random.Float64() >= f.options.Left {
			f.kept = append(f.kept, Feature{x.Input, x.Value / float32(1-f.options.Left)})
		}
	}
	n := f.network
	n.Scores(f.kept, f.units, f.scores)
	Softmax(f.scores, 1)
	f.scores[s.Class]--
	clear(f.back)
	for k, unit := range f.units {
		if unit == 0 {
			continue
		}
		for class, slope := range f.scores {
			at := k*n.classes + class
			f.back[k] += float32(slope*s.Weight) * n.second[at]
			f.step(n.second, f.secondPast, at, float32(slope*s.Weight)*unit)
		}
	}
	const slower = 0.02 // every sample moves the biases
	for class, slope := range f.scores {
		n.bias[class] -= slower * f.rate * float32(slope*s.Weight)
	}
	for _, x := range f.kept {
		for k, slope := range f.back {
			if f.units[k] != 0 {
				f.step(n.first, f.firstPast, int(x.Input)*n.hidden+k, slope*x.Value)
			}
		}
	}
}

// step moves one weight against its slope.
func (f *fitting) step(weights, past []float32, at int, slope float32) {
	slope += float32(f.options.Decay) * weights[at]
	past[at] += slope * slope
	weights[at] -= f.rate * slope / (float32(math.Sqrt(float64(past[at]))) + 1e-4)
}
