package learn

import (
	"errors"
	"math"
	"testing"
)

// Two inputs, each the sign of one label, and one that is in every sample.
func twoLabels() []LabelledSample {
	var samples []LabelledSample
	for i := range 40 {
		s := LabelledSample{Features: []Feature{{2, 1}}, Weight: 1}
		if i%2 == 0 {
			s.Features = append(s.Features, Feature{0, 1})
			s.Labels |= 1
		}
		if i%4 < 2 {
			s.Features = append(s.Features, Feature{1, 1})
			s.Labels |= 2
		}
		samples = append(samples, s)
	}
	return samples
}

func TestMultiLabelLearnsEachLabel(t *testing.T) {
	m, err := FitMultiLabel(twoLabels(), MultiLabelOptions{Labels: 2, Inputs: 4, Penalty: 1e-3})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		features []Feature
		want     [2]bool
	}{
		"neither":       {[]Feature{{2, 1}}, [2]bool{false, false}},
		"first":         {[]Feature{{0, 1}, {2, 1}}, [2]bool{true, false}},
		"second":        {[]Feature{{1, 1}, {2, 1}}, [2]bool{false, true}},
		"both":          {[]Feature{{0, 1}, {1, 1}, {2, 1}}, [2]bool{true, true}},
		"unknown input": {[]Feature{{0, 1}, {99, 5}}, [2]bool{true, false}},
	} {
		var scores [2]float64
		m.Scores(c.features, scores[:])
		for label, want := range c.want {
			if (scores[label] > 0) != want {
				t.Errorf("%s: label %d has the score %.2f", name, label, scores[label])
			}
		}
	}
}

func TestMultiLabelSlopeIsTheLoss(t *testing.T) {
	samples := twoLabels()
	p := newProblem(2, 4, 0.1, func(i int, scores []float64) float64 { return labelLoss(samples[i].Labels, scores) })
	for _, s := range samples {
		if err := p.add(s.Features, s.Weight/float64(len(samples))); err != nil {
			t.Fatal(err)
		}
	}
	x := []float64{0.3, -0.2, 0.5, 0.1, -0.4, 0.2, 0.05, -0.1}
	gradient, unused := make([]float64, len(x)), make([]float64, len(x))
	p.loss(x, gradient)
	const h = 1e-5
	for i := range x {
		kept := x[i]
		x[i] = kept + h
		up := p.loss(x, unused)
		x[i] = kept - h
		down := p.loss(x, unused)
		x[i] = kept
		if got := (up - down) / (2 * h); math.Abs(got-gradient[i]) > 1e-6 {
			t.Errorf("slope %d: %.8f, measured %.8f", i, gradient[i], got)
		}
	}
}

func TestMultiLabelKeepsItsScoresInAFile(t *testing.T) {
	m, err := FitMultiLabel(twoLabels(), MultiLabelOptions{Labels: 2, Inputs: 4, Penalty: 1e-3})
	if err != nil {
		t.Fatal(err)
	}
	b, err := m.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ParseMultiLabel(b)
	if err != nil {
		t.Fatal(err)
	}
	var before, after [2]float64
	features := []Feature{{0, 0.5}, {1, 0.25}, {2, 1}}
	m.Scores(features, before[:])
	read.Scores(features, after[:])
	for i := range before {
		if math.Abs(before[i]-after[i]) > 0.1 {
			t.Errorf("label %d: %.3f before, %.3f after", i, before[i], after[i])
		}
	}
	for n := range b {
		if _, err := ParseMultiLabel(b[:n]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(b), err)
		}
	}
	if _, err := ParseMultiLabel(append(b, 0)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte too many: %v", err)
	}
}

func TestMultiLabelRescaled(t *testing.T) {
	m, err := FitMultiLabel(twoLabels(), MultiLabelOptions{Labels: 2, Inputs: 4, Penalty: 1e-3})
	if err != nil {
		t.Fatal(err)
	}
	was := m.Weights(1)[1]
	m.Rescale([]float32{1, 3, 1, 1})
	if got := m.Weights(1)[1]; got != 3*was {
		t.Errorf("weight %v, wanted %v", got, 3*was)
	}
}

func TestMultiLabelRefuses(t *testing.T) {
	good := MultiLabelOptions{Labels: 2, Inputs: 4, Penalty: 1}
	for name, c := range map[string]struct {
		samples []LabelledSample
		o       MultiLabelOptions
	}{
		"no samples":      {nil, good},
		"no penalty":      {twoLabels(), MultiLabelOptions{Labels: 2, Inputs: 4}},
		"too many labels": {twoLabels(), MultiLabelOptions{Labels: 65, Inputs: 4, Penalty: 1}},
		"label over":      {[]LabelledSample{{Labels: 4, Weight: 1}}, good},
		"input over":      {[]LabelledSample{{Features: []Feature{{4, 1}}, Weight: 1}}, good},
		"no weight":       {[]LabelledSample{{Labels: 1}}, good},
	} {
		if _, err := FitMultiLabel(c.samples, c.o); !errors.Is(err, ErrSamples) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
