package learn_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parleyhq/parley/retrieval/learn"
)

// clouds are points around three centres, told apart by two inputs of four.
func clouds(n int, seed uint64) []learn.Sample {
	rng := rand.New(rand.NewPCG(seed, 0))
	centres := [][2]float64{{0, 1}, {1, -1}, {-1, -1}}
	samples := make([]learn.Sample, n)
	for i := range samples {
		class := i % len(centres)
		list := make([]learn.Feature, 4)
		for j := range list {
			list[j] = learn.Feature{Input: uint32(j), Value: float32(rng.NormFloat64())}
		}
		for j, at := range centres[class] {
			list[j].Value = list[j].Value/3 + float32(at)
		}
		samples[i] = learn.Sample{Features: list, Class: class, Weight: 1}
	}
	return samples
}

func fitted(t testing.TB, samples []learn.Sample) *learn.Logistic {
	t.Helper()
	model, err := learn.FitLogistic(samples, learn.LogisticOptions{Classes: 3, Inputs: 4, Penalty: 1e-3})
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func likeliest(model *learn.Logistic, features []learn.Feature) int {
	scores := make([]float64, model.Classes())
	model.Scores(features, scores)
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

func TestLogisticTellsClassesApart(t *testing.T) {
	model := fitted(t, clouds(600, 1))
	right := 0
	unseen := clouds(300, 2)
	for _, s := range unseen {
		if likeliest(model, s.Features) == s.Class {
			right++
		}
	}
	if right < 285 {
		t.Errorf("%d of %d points told apart", right, len(unseen))
	}
}

// At the optimum the mean probability of each class is its share: the biases
// are not penalised.
func TestLogisticIsAtItsOptimum(t *testing.T) {
	samples := clouds(601, 3)
	model := fitted(t, samples)
	var mean, share [3]float64
	for _, s := range samples {
		scores := make([]float64, 3)
		model.Scores(s.Features, scores)
		learn.Softmax(scores, 1)
		for class, p := range scores {
			mean[class] += p / float64(len(samples))
		}
		share[s.Class] += 1 / float64(len(samples))
	}
	for class := range mean {
		if math.Abs(mean[class]-share[class]) > 1e-3 {
			t.Errorf("class %d has a mean probability of %.5f and a share of %.5f", class, mean[class], share[class])
		}
	}
}

func TestLogisticWeighsSamples(t *testing.T) {
	one := []learn.Feature{{Input: 0, Value: 1}}
	samples := []learn.Sample{{Features: one, Class: 0, Weight: 3}, {Features: one, Class: 1, Weight: 1}}
	model, err := learn.FitLogistic(samples, learn.LogisticOptions{Classes: 2, Inputs: 1, Penalty: 1e-6})
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]float64, 2)
	model.Scores(one, scores)
	if learn.Softmax(scores, 1); math.Abs(scores[0]-0.75) > 1e-2 {
		t.Errorf("probability %.3f, wanted 3 of 4", scores[0])
	}
}

func TestFitLogisticRefuses(t *testing.T) {
	good := learn.LogisticOptions{Classes: 3, Inputs: 4, Penalty: 1}
	sample := func(input uint32, class int, weight float64) []learn.Sample {
		return []learn.Sample{{Features: []learn.Feature{{Input: input, Value: 1}}, Class: class, Weight: weight}}
	}
	for _, tt := range []struct {
		name    string
		samples []learn.Sample
		options learn.LogisticOptions
	}{
		{"nothing", nil, good},
		{"an input too high", sample(4, 0, 1), good},
		{"a class too high", sample(0, 3, 1), good},
		{"a class below zero", sample(0, -1, 1), good},
		{"no weight", sample(0, 0, 0), good},
		{"no penalty", sample(0, 0, 1), learn.LogisticOptions{Classes: 3, Inputs: 4}},
		{"one class", sample(0, 0, 1), learn.LogisticOptions{Classes: 1, Inputs: 4, Penalty: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := learn.FitLogistic(tt.samples, tt.options); !errors.Is(err, learn.ErrSamples) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLogisticRoundTrip(t *testing.T) {
	model := fitted(t, clouds(300, 4))
	file, err := model.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	read, err := learn.ParseLogistic(file)
	if err != nil {
		t.Fatal(err)
	}
	a, b := make([]float64, 3), make([]float64, 3)
	for _, s := range clouds(30, 5) {
		model.Scores(s.Features, a)
		read.Scores(s.Features, b)
		for class := range a {
			if math.Abs(a[class]-b[class]) > 1e-3 {
				t.Fatalf("score %g was read back as %g", a[class], b[class])
			}
		}
	}
	read.Scores([]learn.Feature{{Input: 1 << 30, Value: 1}}, b) // unknown inputs count for nothing
	for _, damaged := range [][]byte{nil, file[:11], file[:len(file)-1], append(file, 0)} {
		if _, err := learn.ParseLogistic(damaged); !errors.Is(err, learn.ErrDamaged) {
			t.Errorf("%d of %d bytes: %v", len(damaged), len(file), err)
		}
	}
}

func TestTemperature(t *testing.T) {
	// Scores that claim 95% and are right four times of five.
	var scores [][]float64
	var classes []int
	for i := range 100 {
		scores = append(scores, []float64{3, 0})
		classes = append(classes, min(1, i%5/4))
	}
	temperature := learn.Temperature(scores, classes)
	calibrated := []float64{3, 0}
	if learn.Softmax(calibrated, temperature); math.Abs(calibrated[0]-0.8) > 1e-3 {
		t.Errorf("at temperature %.3f the probability is %.3f, wanted 0.8", temperature, calibrated[0])
	}
	probabilities, right := make([]float64, 100), make([]bool, 100)
	for i := range right {
		probabilities[i], right[i] = 0.95, classes[i] == 0
	}
	if got := learn.CalibrationError(probabilities, right); math.Abs(got-0.15) > 1e-9 {
		t.Errorf("calibration error %.3f, wanted 0.15", got)
	}
}

func TestFeatures(t *testing.T) {
	f := learn.NewFeatures(10)
	word := func(w string) learn.Name { return learn.NewName("w").And(w) }
	f.Add(word("a"))
	f.Add(word("b"))
	f.Add(word("a"))
	f.Scale(2)
	f.Dense([]float32{1, 3}, 0.5)
	list := f.List()
	if len(list) != 4 {
		t.Fatalf("%d features: %v", len(list), list)
	}
	square := 0.0
	for _, x := range list[:2] {
		square += float64(x.Value) * float64(x.Value)
	}
	if math.Abs(square-4) > 1e-5 {
		t.Errorf("the group has length %.4f, wanted 2", math.Sqrt(square))
	}
	if list[3] != (learn.Feature{Input: 1025, Value: 1.5}) {
		t.Errorf("second number of the vector: %v", list[3])
	}
	if learn.NewName("w").And("ab").And("c") == learn.NewName("w").And("a").And("bc") {
		t.Error("parts of names run into each other")
	}
	if f.Reset(); len(f.List()) != 0 {
		t.Error("not empty after Reset")
	}
	if f.Scale(1); len(f.List()) != 0 {
		t.Error("an empty group has features")
	}
}
