package eval_test

import (
	"math"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The expected values are worked out by hand.
func TestMetrics(t *testing.T) {
	two := eval.Gains{"a": 1, "b": 1}
	graded := eval.Gains{"a": 1, "b": 0.5, "c": 0.25}
	for _, tt := range []struct {
		name   string
		metric eval.Metric
		ranked []string
		gains  eval.Gains
		want   float64
	}{
		{"AP, both at the front", eval.AveragePrecision, []string{"b", "a", "x"}, two, 1},
		{"AP, second and fourth", eval.AveragePrecision, []string{"x", "a", "y", "b"}, two, (1.0/2 + 2.0/4) / 2},
		{"AP, one not found", eval.AveragePrecision, []string{"a", "x"}, two, 0.5},
		{"AP, nothing found", eval.AveragePrecision, nil, two, 0},
		{"AP, nothing to find", eval.AveragePrecision, []string{"a"}, nil, 0},

		{"RR, third", eval.ReciprocalRank, []string{"x", "y", "b", "a"}, two, 1.0 / 3},
		{"RR, not found", eval.ReciprocalRank, []string{"x"}, two, 0},

		{"nDCG, best order", eval.NDCG(10), []string{"a", "b", "c"}, graded, 1},
		{"nDCG@2, reversed", eval.NDCG(2), []string{"c", "b", "a"}, graded, (0.25 + 0.5/math.Log2(3)) / (1 + 0.5/math.Log2(3))},
		{"nDCG@1, first of a long list", eval.NDCG(1), []string{"b", "a"}, graded, 0.5},
		{"nDCG, third place alone", eval.NDCG(10), []string{"x", "y", "a"}, eval.Gains{"a": 0.7}, 0.5},
		{"nDCG, nothing to find", eval.NDCG(10), []string{"x"}, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) { near(t, "the score", tt.metric(tt.ranked, tt.gains), tt.want) })
	}
}
