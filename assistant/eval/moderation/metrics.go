package moderation

import (
	"cmp"
	"slices"
)

// ranking is a set of scores in order, ready to be measured again and again
// with other weights of its cases.
type ranking struct {
	order []int // of cases, the highest score first
	ends  []int // of each group of equal scores: one past its last place in order
	yes   []bool
}

func newRanking(scores []float64, yes []bool) ranking {
	r := ranking{order: make([]int, len(scores)), yes: yes}
	for i := range r.order {
		r.order[i] = i
	}
	slices.SortFunc(r.order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	for i := range r.order {
		if i+1 == len(r.order) || scores[r.order[i]] != scores[r.order[i+1]] {
			r.ends = append(r.ends, i+1)
		}
	}
	return r
}

// groups calls do with how much weighs right and wrong at each score, from the highest on.
func (r ranking) groups(weights []float64, do func(right, wrong float64)) {
	from := 0
	for _, to := range r.ends {
		right, wrong := 0.0, 0.0
		for _, i := range r.order[from:to] {
			if r.yes[i] {
				right += weights[i]
			} else {
				wrong += weights[i]
			}
		}
		do(right, wrong)
		from = to
	}
}

// roc is the area under the ROC curve: how probable it is that a violation
// scores higher than a clean message, equal scores counting half. 0.5 where
// either kind is missing.
func (r ranking) roc(weights []float64) float64 {
	right, wrong, area := 0.0, 0.0, 0.0
	r.groups(weights, func(yes, no float64) {
		area += no * (right + yes/2)
		right, wrong = right+yes, wrong+no
	})
	if right == 0 || wrong == 0 {
		return 0.5
	}
	return area / (right * wrong)
}

// precisionRecall is the area under the curve of precision over recall, as
// average precision: steps, not straight lines between points, which would
// flatter (Davis and Goadrich, ICML 2006). 0 without violations.
func (r ranking) precisionRecall(weights []float64) float64 {
	right, all, sum := 0.0, 0.0, 0.0
	r.groups(weights, func(yes, no float64) {
		right, all = right+yes, all+yes+no
		if yes > 0 {
			sum += yes * right / all
		}
	})
	if right == 0 {
		return 0
	}
	return sum / right
}

// share is how much of the cases of a kind weighs in another: 0 where there are none.
func share(of, among []bool, weights []float64) float64 {
	part, whole := 0.0, 0.0
	for i, w := range weights {
		if !among[i] {
			continue
		}
		whole += w
		if of[i] {
			part += w
		}
	}
	return ratio(part, whole)
}

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// Band is a band of a reliability table: messages whose scores lie from From
// on, up to the next band.
type Band struct {
	From     float64 `json:"from"`
	N        int     `json:"n"`
	Score    float64 `json:"score"`    // their mean
	Violates float64 `json:"violates"` // share of them that break a policy
}

const bands = 10

// reliability puts scores into ten bands of equal width.
func reliability(scores []float64, yes []bool) []Band {
	table := make([]Band, bands)
	for i := range table {
		table[i].From = float64(i) / bands
	}
	for i, s := range scores {
		b := &table[min(bands-1, int(s*bands))]
		b.N++
		b.Score += s
		if yes[i] {
			b.Violates++
		}
	}
	for i := range table {
		b := &table[i]
		b.Score, b.Violates = ratio(b.Score, float64(b.N)), ratio(b.Violates, float64(b.N))
	}
	return table
}
