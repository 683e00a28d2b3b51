package retrieval

// What tests of this package look at beside its exported names.
var (
	SearchTerms = searchTerms
	Quantile    = quantile
)

// Fuse is fuse with weights beside the lists.
func Fuse(k float64, weights []float64, lists ...[]Ranked) []Ranked {
	weighted := make([]weightedList, len(lists))
	for i, list := range lists {
		weighted[i] = weightedList{list, weights[i]}
	}
	return fuse(k, weighted...)
}
