package shortlist_test

import (
	"cmp"
	"math"
	"slices"
	"testing"
)

// TestDevelopmentCases plays the development cases through Respond and logs
// how well the first list is ordered and how many refinements leave exactly
// the right people, by half. Weights are chosen on the first half only. Run with
// -v to see each mistake.
func TestDevelopmentCases(t *testing.T) {
	type sum struct{ ndcg, cases, exact, refinements float64 }
	var halves [2]sum
	for i, c := range devCases(t) {
		h := &halves[i%2]
		talk := newTalk(t, c.documents(t)...)
		talk.say("Find me people for this post: post-1")
		score := ndcg(talk.ids(), c.Relevance, 5)
		h.ndcg += score
		h.cases++
		if score < 0.9 {
			var list []float64
			for _, x := range talk.list().Candidates {
				list = append(list, c.Relevance[x.ProfileID])
			}
			t.Logf("%s nDCG@5 %.3f: %v %v", c.ID, score, talk.ids(), list)
		}
		for _, r := range c.Refinements {
			a := talk.say(r.Text)
			got := slices.Sorted(slices.Values(talk.ids()))
			want := slices.Sorted(slices.Values(r.Expect))
			h.refinements++
			if slices.Equal(got, want) {
				h.exact++
			} else {
				t.Logf("%s %q: got %v want %v (%v)", c.ID, r.Text, got, want, conditions(talk))
			}
			if d := dropped(t, a); len(d) > 0 {
				t.Errorf("%s %q: dropped %v", c.ID, r.Text, d)
			}
		}
	}
	for i, h := range halves {
		t.Logf("half %d: nDCG@5 %.3f over %.0f cases, refinements exact %.0f of %.0f", i+1, h.ndcg/h.cases, h.cases, h.exact, h.refinements)
		if mean := h.ndcg / h.cases; mean < 0.85 {
			t.Errorf("half %d: nDCG@5 %.3f, want at least 0.85", i+1, mean)
		}
	}
}

func conditions(c *talk) []string {
	var out []string
	for _, k := range c.list().Conditions {
		out = append(out, k.Text)
	}
	return out
}

// ndcg is the normalised discounted cumulative gain of the first n, with gain
// 2^relevance-1.
func ndcg(order []string, relevance map[string]float64, n int) float64 {
	gain := func(r float64, place int) float64 { return (math.Exp2(r) - 1) / math.Log2(float64(place)+2) }
	var got, best float64
	for i, id := range order[:min(n, len(order))] {
		got += gain(relevance[id], i)
	}
	var ideal []float64
	for _, r := range relevance {
		ideal = append(ideal, r)
	}
	slices.SortFunc(ideal, func(a, b float64) int { return cmp.Compare(b, a) })
	for i, r := range ideal[:min(n, len(ideal))] {
		best += gain(r, i)
	}
	if best == 0 {
		return 1
	}
	return got / best
}
