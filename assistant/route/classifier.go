package route

import (
	"fmt"
	"math"
	"sync"

	"github.com/parleyhq/parley/retrieval/learn"
)

// Chosen by cross-validation on the utterances.
const (
	penalty = 1e-4
	steps   = 40

	hidden  = 20
	rounds  = 12
	rate    = 0.05
	decay   = 1e-5
	leftOut = 0.5
	netSeed = 1

	// rarity is how much rarer people are out of scope than the utterances: those have
	// more of it, since it is the widest field, and a good request that is refused is the worse mistake.
	rarity = 0.65
)

// classifier is two models that see the same features. Their mistakes differ: the linear one
// weighs single signs, the network learns what signs mean together. The mean of
// both is right more often than either.
type classifier struct {
	linear  *learn.Logistic
	network *learn.Network
}

func fit(examples []example) (c classifier, err error) {
	samples := make([]learn.Sample, len(examples))
	for i, e := range examples {
		samples[i] = e.Sample
	}
	const inputs = 1 << hashBits
	c.linear, err = learn.FitLogistic(samples, learn.LogisticOptions{Classes: len(routes), Inputs: inputs, Penalty: penalty, Steps: steps})
	if err != nil {
		return c, err
	}
	c.network, err = learn.FitNetwork(samples, learn.NetworkOptions{
		Classes: len(routes), Inputs: inputs, Hidden: hidden, Rounds: rounds, Rate: rate, Decay: decay, Left: leftOut, Seed: netSeed,
	})
	return c, err
}

// room is what scoring needs for a moment.
type room struct {
	units [hidden]float32
	other [len(routes)]float64
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// scores writes the logarithm of the mean probability of each route, but for a constant.
func (c classifier) scores(features []learn.Feature, scores []float64) {
	r := rooms.Get().(*room)
	defer rooms.Put(r)
	c.linear.Scores(features, scores)
	learn.Softmax(scores, 1)
	c.network.Scores(features, r.units[:], r.other[:])
	learn.Softmax(r.other[:], 1)
	for i, p := range r.other {
		scores[i] = math.Log(max((scores[i]+p)/2, 1e-12))
	}
	scores[len(scores)-1] += math.Log(rarity) // out of scope is the last
}

func (c classifier) appendBinary(b []byte) ([]byte, error) {
	b, err := c.network.AppendBinary(b)
	if err != nil {
		return b, err
	}
	return c.linear.AppendBinary(b)
}

func parseClassifier(b []byte) (c classifier, err error) {
	if c.network, b, err = learn.ParseNetwork(b); err != nil {
		return c, err
	}
	if c.linear, err = learn.ParseLogistic(b); err != nil {
		return c, err
	}
	if c.linear.Classes() != len(routes) || c.network.Classes() != len(routes) || c.network.Hidden() != hidden {
		return c, fmt.Errorf("%w: %d and %d classes, %d units", learn.ErrDamaged, c.linear.Classes(), c.network.Classes(), c.network.Hidden())
	}
	return c, nil
}
