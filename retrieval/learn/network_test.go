package learn_test

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/parleyhq/parley/retrieval/learn"
)

var netOptions = learn.NetworkOptions{Classes: 2, Inputs: 6, Hidden: 8, Rounds: 60, Rate: 0.1, Left: 0.1, Seed: 1}

// exclusive are samples whose class no sum of weights tells: one of the first
// two features, but not both or none. The fourth is 1 always.
func exclusive() []learn.Sample {
	var samples []learn.Sample
	for i := range 400 {
		a, b := i&1, i>>1&1
		samples = append(samples, learn.Sample{Class: a ^ b, Weight: 1, Features: []learn.Feature{
			{Input: 0, Value: float32(a)*2 - 1}, {Input: 1, Value: float32(b)*2 - 1}, {Input: 2, Value: float32(i%7) / 7}, {Input: 3, Value: 1},
		}})
	}
	return samples
}

func network(t testing.TB, o learn.NetworkOptions) *learn.Network {
	t.Helper()
	n, err := learn.FitNetwork(exclusive(), o)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func file(t testing.TB, n *learn.Network) []byte {
	t.Helper()
	b, err := n.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func scored(n *learn.Network, features []learn.Feature) []float64 {
	scores := make([]float64, n.Classes())
	n.Scores(features, make([]float32, n.Hidden()), scores)
	return scores
}

func TestNetworkLearnsWhatFeaturesSayTogether(t *testing.T) {
	n := network(t, netOptions)
	for _, s := range exclusive() {
		if scores := scored(n, s.Features); (scores[1] > scores[0]) != (s.Class == 1) {
			t.Fatalf("%v has scores %v", s, scores)
		}
	}
}

func TestNetworkIsDeterministic(t *testing.T) {
	a := file(t, network(t, netOptions))
	if !bytes.Equal(a, file(t, network(t, netOptions))) {
		t.Error("two fittings gave two networks")
	}
	other := netOptions
	other.Seed++
	if bytes.Equal(a, file(t, network(t, other))) {
		t.Error("another seed gave the same network")
	}
}

func TestNetworkRoundTrip(t *testing.T) {
	n := network(t, netOptions)
	b := file(t, n)
	read, rest, err := learn.ParseNetwork(append(bytes.Clone(b), "rest"...))
	if err != nil || string(rest) != "rest" {
		t.Fatalf("%q, %v", rest, err)
	}
	if !bytes.Equal(file(t, read), b) {
		t.Error("written again, it is another file")
	}
	for _, s := range exclusive()[:20] {
		was, is := scored(n, s.Features), scored(read, s.Features)
		for class := range was {
			if math.Abs(was[class]-is[class]) > 0.05*(1+math.Abs(was[class])) {
				t.Errorf("scores %v, read %v", was, is)
			}
		}
	}
	// Inputs that no sample had, or that it does not have, count for nothing.
	plain := scored(read, nil)
	for _, input := range []uint32{5, 6, 1 << 30} {
		if got := scored(read, []learn.Feature{{Input: input, Value: 9}}); got[0] != plain[0] || got[1] != plain[1] {
			t.Errorf("input %d: %v, without it %v", input, got, plain)
		}
	}
}

func TestNetworkRefuses(t *testing.T) {
	samples := exclusive()[:4]
	for name, edit := range map[string]func(*learn.NetworkOptions){
		"no units": func(o *learn.NetworkOptions) { o.Hidden = 0 }, "one class": func(o *learn.NetworkOptions) { o.Classes = 1 },
		"everything left out": func(o *learn.NetworkOptions) { o.Left = 1 }, "no rounds": func(o *learn.NetworkOptions) { o.Rounds = 0 },
		"too few inputs": func(o *learn.NetworkOptions) { o.Inputs = 2 },
	} {
		o := netOptions
		edit(&o)
		if _, err := learn.FitNetwork(samples, o); !errors.Is(err, learn.ErrSamples) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := learn.FitNetwork(nil, netOptions); !errors.Is(err, learn.ErrSamples) {
		t.Errorf("no samples: %v", err)
	}
	b := file(t, network(t, netOptions))
	for _, bad := range [][]byte{nil, b[:11], b[:len(b)-1], append([]byte{255, 255, 255, 255}, b[4:]...), append([]byte{1, 0, 0, 0}, b[4:]...), append([]byte{0, 0, 0, 0}, b[4:]...)} {
		if _, _, err := learn.ParseNetwork(bad); !errors.Is(err, learn.ErrDamaged) {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
}
