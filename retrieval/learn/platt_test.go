package learn

import (
	"math"
	"testing"
)

// With scores of 0 and 1 only there is a sigmoid through both shares, so that the
// probabilities can be reckoned by hand: of 10 cases with score 0 one is right, of 10 with
// score 1 seven. Platt's targets are 9/10 and 1/14.
func TestPlattByHand(t *testing.T) {
	var scores []float64
	var right []bool
	for i := range 10 {
		scores, right = append(scores, 0, 1), append(right, i < 1, i < 7)
	}
	yes, no := 9.0/10, 1.0/14
	p := FitPlatt(scores, right)
	for score, want := range map[float64]float64{0: (1*yes + 9*no) / 10, 1: (7*yes + 3*no) / 10} {
		if got := p.Probability(score); math.Abs(got-want) > 1e-4 {
			t.Errorf("score %g: %.4f, wanted %.4f", score, got, want)
		}
	}
}

func TestPlattOfOddsThatAreRight(t *testing.T) {
	var scores []float64
	var right []bool
	for _, odds := range []float64{-3, -1, 0, 1, 3} {
		n := 2000
		for i := range n {
			scores, right = append(scores, odds), append(right, float64(i) < Sigmoid(odds)*float64(n))
		}
	}
	if p := FitPlatt(scores, right); math.Abs(p.Slope-1) > 0.02 || math.Abs(p.Shift) > 0.02 {
		t.Errorf("%+v, wanted slope 1 and shift 0", p)
	}
}

// Scores that separate right from wrong give no infinite slope, nor does one sort alone.
func TestPlattStaysFinite(t *testing.T) {
	for name, c := range map[string]struct {
		scores []float64
		right  []bool
	}{
		"separated": {[]float64{-2, -1, 1, 2}, []bool{false, false, true, true}},
		"all right": {[]float64{-2, -1, 1, 2}, []bool{true, true, true, true}},
		"all alike": {[]float64{1, 1, 1, 1}, []bool{true, false, true, false}},
		"none":      {nil, nil},
	} {
		p := FitPlatt(c.scores, c.right)
		if math.IsNaN(p.Slope) || math.IsNaN(p.Shift) || math.Abs(p.Slope) > 100 || math.Abs(p.Shift) > 100 {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestAreaUnderROC(t *testing.T) {
	for name, c := range map[string]struct {
		scores []float64
		right  []bool
		want   float64
	}{
		"in order":        {[]float64{1, 2, 3, 4}, []bool{false, false, true, true}, 1},
		"the other way":   {[]float64{4, 3, 2, 1}, []bool{false, false, true, true}, 0},
		"one pair wrong":  {[]float64{1, 3, 2, 4}, []bool{false, false, true, true}, 0.75},
		"equal":           {[]float64{1, 1, 1}, []bool{false, true, true}, 0.5},
		"one equal":       {[]float64{1, 2, 2, 3}, []bool{false, false, true, true}, 0.875},
		"one sort":        {[]float64{1, 2}, []bool{true, true}, 0.5},
		"nothing at all":  {nil, nil, 0.5},
		"negative scores": {[]float64{-5, -1}, []bool{false, true}, 1},
	} {
		if got := AreaUnderROC(c.scores, c.right); got != c.want {
			t.Errorf("%s: %g, wanted %g", name, got, c.want)
		}
	}
}
