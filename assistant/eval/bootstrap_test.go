package eval_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
)

func compare(t *testing.T, a, b []float64, seed uint64) eval.Comparison {
	t.Helper()
	c, err := eval.Compare(a, b, 2000, seed)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompareOfAConstantLead(t *testing.T) {
	c := compare(t, []float64{0.3, 0.5, 0.7}, []float64{0.2, 0.4, 0.6}, 1)
	near(t, "the difference", c.Difference, 0.1)
	near(t, "the relative gain", c.Relative, 0.25)
	// Whichever queries are drawn, the lead is the same.
	near(t, "the lower end", c.Difference95.Low, 0.1)
	near(t, "the upper end", c.Difference95.High, 0.1)
	// The relative one is least when only the best query is drawn, most when only the worst is.
	near(t, "the lower relative end", c.Relative95.Low, 0.1/0.6)
	near(t, "the upper relative end", c.Relative95.High, 0.1/0.2)
}

func TestCompareRepeatsItself(t *testing.T) {
	a, b := []float64{1, 0, 0.5, 0.2}, []float64{0, 0.1, 0.5, 0.9}
	if one, again := compare(t, a, b, 7), compare(t, a, b, 7); one != again {
		t.Errorf("the same seed gives %v and %v", one, again)
	}
}

// TestIntervalsCover draws many experiments whose true difference is known: an
// interval of 90% holds it about nine times in ten.
func TestIntervalsCover(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	const experiments, queries, truth = 400, 60, 0.05
	held90, held95 := 0, 0
	for range experiments {
		a, b := make([]float64, queries), make([]float64, queries)
		for i := range a {
			b[i] = random.Float64()
			a[i] = b[i] + truth + 0.2*random.NormFloat64()
		}
		c, err := eval.Compare(a, b, 400, random.Uint64())
		if err != nil {
			t.Fatal(err)
		}
		if c.Difference90.Low <= truth && truth <= c.Difference90.High {
			held90++
		}
		if c.Difference95.Low <= truth && truth <= c.Difference95.High {
			held95++
		}
	}
	share90, share95 := float64(held90)/experiments, float64(held95)/experiments
	if share90 < 0.85 || share90 > 0.95 || share95 < 0.91 || share95 > 0.99 {
		t.Errorf("intervals of 90%% and 95%% hold the truth in %.2f and %.2f of experiments", share90, share95)
	}
}

func TestCompareRefuses(t *testing.T) {
	for name, try := range map[string]func() (eval.Comparison, error){
		"other queries": func() (eval.Comparison, error) { return eval.Compare([]float64{1, 2}, []float64{1}, 100, 1) },
		"no queries":    func() (eval.Comparison, error) { return eval.Compare(nil, nil, 100, 1) },
		"no resamples":  func() (eval.Comparison, error) { return eval.Compare([]float64{1}, []float64{1}, 0, 1) },
	} {
		if _, err := try(); !errors.Is(err, eval.ErrUnpaired) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCompareWithABaselineOfZero(t *testing.T) {
	if c := compare(t, []float64{0.5, 0.5}, []float64{0, 0}, 1); c.Relative != 0 || c.Difference != 0.5 {
		t.Errorf("%+v", c)
	}
}
