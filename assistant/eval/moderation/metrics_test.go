package moderation

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parleyhq/parley/retrieval/learn"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, wanted %v", what, got, want)
	}
}

func ones(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}

func TestAreasByHand(t *testing.T) {
	for name, c := range map[string]struct {
		scores  []float64
		yes     []bool
		roc, pr float64
	}{
		"all right":  {[]float64{.9, .8, .1}, []bool{true, true, false}, 1, 1},
		"all wrong":  {[]float64{.1, .9}, []bool{true, false}, 0, .5},
		"between":    {[]float64{.9, .8, .7, .6}, []bool{true, false, true, false}, .75, (1 + 2./3) / 2},
		"all equal":  {[]float64{.5, .5, .5, .5}, []bool{true, false, false, false}, .5, .25},
		"none is so": {[]float64{.9, .8}, []bool{false, false}, .5, 0},
		"all are so": {[]float64{.9, .8}, []bool{true, true}, .5, 1},
	} {
		r := newRanking(c.scores, c.yes)
		near(t, name+": ROC AUC", r.roc(ones(len(c.scores))), c.roc)
		near(t, name+": PR AUC", r.precisionRecall(ones(len(c.scores))), c.pr)
	}
}

// TestAreasAgainstLearn compares with the other way of counting, on scores
// of which many are equal, and weights with cases that are there several times.
func TestAreasAgainstLearn(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var scores, weights, longScores []float64
	var yes, longYes []bool
	for range 200 {
		s, is, n := float64(random.IntN(20))/20, random.IntN(3) == 0, random.IntN(4)
		scores, yes, weights = append(scores, s), append(yes, is), append(weights, float64(n))
		for range n {
			longScores, longYes = append(longScores, s), append(longYes, is)
		}
	}
	r, long := newRanking(scores, yes), newRanking(longScores, longYes)
	near(t, "ROC AUC", r.roc(ones(200)), learn.AreaUnderROC(scores, yes))
	near(t, "weighted ROC AUC", r.roc(weights), learn.AreaUnderROC(longScores, longYes))
	near(t, "weighted PR AUC", r.precisionRecall(weights), long.precisionRecall(ones(len(longYes))))

	s := newStage("s", "S", make([]Case, 200), judgementsOf(scores, yes), true, Bootstrap{1, 1})
	none := make([]bool, 200) // the empty cases are all clean
	near(t, "calibration error", s.Calibration.Error, learn.CalibrationError(scores, none))
}

func judgementsOf(scores []float64, flagged []bool) []judgement {
	list := make([]judgement, len(scores))
	for i, s := range scores {
		list[i] = judgement{score: s, action: "deliver"}
		if flagged[i] {
			list[i].action = "hold"
		}
	}
	return list
}

func TestReliability(t *testing.T) {
	table := reliability([]float64{0, .05, .95, 1}, []bool{false, true, true, true})
	if len(table) != bands || table[0].N != 2 || table[9].N != 2 {
		t.Fatalf("bands %v", table)
	}
	near(t, "lowest mean", table[0].Score, .025)
	near(t, "lowest share", table[0].Violates, .5)
	near(t, "highest share", table[9].Violates, 1)
	near(t, "share of an empty band", table[5].Violates, 0)
}

// TestFamiliesAreDrawnTogether shows that a hundred copies of ten messages are
// no more certain than the ten.
func TestFamiliesAreDrawnTogether(t *testing.T) {
	var alone, together [][]int
	right := make([]bool, 1000)
	for f := range 10 {
		var family []int
		for i := range 100 {
			alone, family = append(alone, []int{100*f + i}), append(family, 100*f+i)
			right[100*f+i] = f < 5
		}
		together = append(together, family)
	}
	all := make([]bool, 1000)
	for i := range all {
		all[i] = true
	}
	of := []figure{func(w []float64) float64 { return share(right, all, w) }}
	narrow, wide := bootstrap(alone, of, 500, 1)[0], bootstrap(together, of, 500, 1)[0]
	near(t, "share", wide.Value, .5)
	if n, w := narrow.Interval.High-narrow.Interval.Low, wide.Interval.High-wide.Interval.Low; w < 5*n {
		t.Errorf("intervals are %.3f and %.3f wide", n, w)
	}
	if again := bootstrap(together, of, 500, 1)[0]; again != wide {
		t.Errorf("the same seed gave %v and %v", wide, again)
	}
}
