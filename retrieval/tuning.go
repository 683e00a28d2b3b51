package retrieval

// Tuning is how the two lists and the priors are weighed. The defaults were
// found by measurement on real posts: docs/retrieval.md.
type Tuning struct {
	Lexical float64 // what a place in the list by words counts
	Nearest float64 // what a place in the list by vectors counts
	K       float64 // constant of reciprocal rank fusion
	Titles  float64 // how much is added to the score of a document whose title has only words of the query, as a share

	Recency  float64 // how much of its score the oldest document loses at most
	Quality  float64 // how much of its score a document of no known quality loses at most
	Sameness float64 // what full likeness to a better hit costs on the first page, as a share of the best score

	NoAliases bool // look for the words of the query only, not for the skills they name: to measure what that gains
}

// DefaultTuning returns the weights in use.
func DefaultTuning() Tuning {
	return Tuning{Lexical: 1, Nearest: 2.5, K: 60, Titles: 0.05, Recency: 0.05, Quality: 0.1, Sameness: 0.08}
}
