package shortlist

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
)

// Figures are those of the board.
var Figures = []eval.Figure{
	eval.Broken,
	{Name: "ndcg5", Title: "Order of the first list, nDCG@5", Target: eval.AtLeast(0.90), Main: true},
	{Name: "refinements", Title: "Refinements, exactly the right people", Share: true, Target: eval.AtLeast(0.90), Main: true},
	{Name: "refinements_f1", Title: "Refinements, F1 of the people, mean"},
	{Name: "first", Title: "The first of the list is one of the best", Share: true},
	{Name: "left_out", Title: "Fitting people not on the first list", How: eval.Total},
	{Name: "clarified", Title: "Questions what a message was about", How: eval.Total},
}

// least is from how relevant somebody is that a list should not leave them out.
const least = 2

// Grade compares the lists of a case with the judgements.
func Grade(c Case, p Played) eval.Outcome {
	out := eval.Outcome{ID: c.ID, Hard: c.Hard}
	broken := 0.0
	if p.Broken != "" {
		broken = 1
		out.Fail("%s", p.Broken)
	}
	out.Add(eval.Broken.Name, eval.One(broken))
	out.Add("clarified", eval.One(float64(p.Clarified)))
	if len(c.Relevance) > 0 {
		c.order(p.First, &out)
	}
	for i, r := range c.Refinements {
		var got []string
		if i < len(p.Refined) {
			got = p.Refined[i]
		}
		f1 := sameSet(r.Expect, got)
		out.Add("refinements_f1", eval.One(f1))
		exact := 0.0
		if f1 == 1 {
			exact = 1
		} else {
			out.Fail("%q: %s", r.Text, difference(r.Expect, got))
		}
		out.Add("refinements", eval.One(exact))
	}
	return out
}

func (c Case) order(list []string, out *eval.Outcome) {
	score := NDCG(list, c.Relevance, 5)
	out.Add("ndcg5", eval.One(score))
	best, top := 0.0, 0.0
	for _, r := range c.Relevance {
		best = max(best, r)
	}
	if len(list) > 0 && c.Relevance[list[0]] == best {
		top = 1
	}
	out.Add("first", eval.One(top))
	var missing []string
	for id, r := range c.Relevance {
		if r >= least && !slices.Contains(list, id) {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	out.Add("left_out", eval.One(float64(len(missing))))
	if score < 0.90 {
		out.Fail("order %s, nDCG@5 %.3f", c.graded(list), score)
	}
	if len(missing) > 0 {
		out.Fail("not on the list, though they fit: %s", c.graded(missing))
	}
}

// graded writes ids with their relevance.
func (c Case) graded(ids []string) string {
	if len(ids) == 0 {
		return "nobody"
	}
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%s(%v)", id, c.Relevance[id])
	}
	return b.String()
}

// NDCG is the normalised discounted cumulative gain of the first k of a list,
// with gains of 2^relevance − 1 (Burges et al., ICML 2005). Somebody who is not on the
// list gains nothing, wherever a reader would have put them; an id that comes twice counts once.
func NDCG(list []string, relevance map[string]float64, k int) float64 {
	gain := func(r float64) float64 { return math.Exp2(r) - 1 }
	discount := func(rank int) float64 { return math.Log2(float64(rank) + 2) }
	got, seen, rank := 0.0, make(map[string]bool), 0
	for _, id := range list {
		if rank == k {
			break
		}
		if !seen[id] {
			got += gain(relevance[id]) / discount(rank)
		}
		seen[id] = true
		rank++
	}
	var ideal []float64
	for _, r := range relevance {
		ideal = append(ideal, r)
	}
	slices.Sort(ideal)
	slices.Reverse(ideal)
	best := 0.0
	for rank, r := range ideal[:min(k, len(ideal))] {
		best += gain(r) / discount(rank)
	}
	if best == 0 {
		return 1
	}
	return got / best
}

// sameSet is the F1 of a set: 1 where both are the same, also where both are empty.
func sameSet(want, got []string) float64 {
	w, g := distinct(want), distinct(got)
	if len(w)+len(g) == 0 {
		return 1
	}
	both := 0
	for id := range w {
		if g[id] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(w)+len(g))
}

func distinct(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

func difference(want, got []string) string {
	less := func(a, b []string) string {
		var only []string
		for _, id := range a {
			if !slices.Contains(b, id) {
				only = append(only, id)
			}
		}
		return strings.Join(only, " ")
	}
	var parts []string
	if missing := less(want, got); missing != "" {
		parts = append(parts, "lacks "+missing)
	}
	if extra := less(got, want); extra != "" {
		parts = append(parts, "should not have "+extra)
	}
	return strings.Join(parts, ", ")
}

// Run plays and grades all cases, a few at a time, each on a site of its own.
func Run(ctx context.Context, site func(i int) dialogue.Site, cases []Case, atOnce int, progress func(done int)) (eval.Board, error) {
	outcomes := make([]eval.Outcome, len(cases))
	err := dialogue.Each(ctx, len(cases), atOnce, progress, func(ctx context.Context, i int) error {
		played, err := Play(ctx, site(i), cases[i])
		if err != nil {
			played.Broken = err.Error() // one case more that failed, and no end of the others
		}
		outcomes[i] = Grade(cases[i], played)
		outcomes[i].Said = played.Said
		return ctx.Err()
	})
	board := eval.Board{Task: kind, Title: "Shortlists", Figures: Figures, Outcomes: outcomes}
	if err == nil {
		err = board.AllBroken()
	}
	return board, err
}
