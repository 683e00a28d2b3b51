package learn

import (
	"cmp"
	"slices"
)

// AreaUnderROC is how probable it is that a case that is right has a higher
// score than one that is not; equal scores count half. 0.5 when either kind is missing.
func AreaUnderROC(scores []float64, right []bool) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	ranks, yes := 0.0, 0.0
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && scores[order[to]] == scores[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			if right[i] {
				ranks += float64(from+to+1) / 2 // the mean of the ranks from+1 … to
				yes++
			}
		}
		from = to
	}
	no := float64(len(order)) - yes
	if yes == 0 || no == 0 {
		return 0.5
	}
	return (ranks - yes*(yes+1)/2) / (yes * no)
}
