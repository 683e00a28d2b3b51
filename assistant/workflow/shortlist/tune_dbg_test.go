package shortlist_test

import (
	"cmp"
	"math"
	"math/rand"
	"os"
	"slices"
	"testing"

	"github.com/parleyhq/parley/assistant/rank"
)

type tc struct {
	id   string
	rel  map[string]float64
	vals map[string][]float64
	past map[string]bool
}

func TestTune(t *testing.T) {
	if os.Getenv("TUNE") == "" {
		t.Skip()
	}
	var all []tc
	for _, x := range devCases(t) {
		c := newTalk(t, x.documents(t)...)
		c.say("Find me people for this post: post-1")
		k := tc{x.ID, x.Relevance, map[string][]float64{}, map[string]bool{}}
		for _, y := range c.list().Candidates {
			var v []float64
			for _, p := range y.Parts {
				v = append(v, p.Value)
			}
			k.vals[y.ProfileID] = v
			k.past[y.ProfileID] = len(y.Limits) > 0
			if len(y.Limits) > 0 && x.Relevance[y.ProfileID] > 0 {
				t.Logf("%s %s rel=%v past %v", x.ID, y.ProfileID, x.Relevance[y.ProfileID], y.Limits)
			}
			if len(y.Limits) == 0 && x.Relevance[y.ProfileID] == 0 && y.Score > 60 {
				t.Logf("%s %s rel=0 score %.0f", x.ID, y.ProfileID, y.Score)
			}
		}
		all = append(all, k)
	}
	eval := func(w []float64, pastCost float64, half int) float64 {
		s, n := 0.0, 0.0
		for i, k := range all {
			if half >= 0 && i%2 != half {
				continue
			}
			score := map[string]float64{}
			var ids []string
			for id, v := range k.vals {
				for j := range v {
					score[id] += w[j] * v[j]
				}
				if k.past[id] {
					score[id] -= pastCost
				}
				ids = append(ids, id)
			}
			slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
			s += ndcg(ids, k.rel, 5)
			n++
		}
		return s / n
	}
	base := make([]float64, 9)
	for i, f := range rank.Features() {
		base[i] = rank.DefaultWeights()[f]
	}
	t.Logf("base: %.3f %.3f, without limits %.3f %.3f", eval(base, 1e3, 0), eval(base, 1e3, 1), eval(base, 0, 0), eval(base, 0, 1))
	for i, f := range rank.Features() {
		w := slices.Clone(base)
		w[i] = 0
		t.Logf("  without %s: %.3f %.3f", f, eval(w, 1e3, 0), eval(w, 1e3, 1))
	}
	for half := 0; half < 2; half++ {
		best, w := eval(base, 1e3, half), slices.Clone(base)
		rng := rand.New(rand.NewSource(1))
		for n := 0; n < 4000; n++ {
			x := slices.Clone(w)
			for k := 0; k < 2; k++ {
				j := rng.Intn(9)
				x[j] = math.Max(0, x[j]*math.Exp(rng.NormFloat64()*0.5)+rng.NormFloat64())
			}
			if s := eval(x, 1e3, half); s > best {
				best, w = s, x
			}
		}
		sum := 0.0
		for _, x := range w {
			sum += x
		}
		for i := range w {
			w[i] = math.Round(1000*w[i]/sum) / 10
		}
		t.Logf("tuned on %d: %.3f, other %.3f: %v %v", half, best, eval(w, 1e3, 1-half), rank.Features(), w)
	}
}
