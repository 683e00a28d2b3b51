package retrieval

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/words"
)

const (
	firstPage = 12 // places that are chosen with an eye on each other
	choosePer = 2  // from so many candidates for each place
)

// diversify chooses the first page by maximal marginal relevance (Carbonell and
// Goldstein, SIGIR 1998): at each place the hit of the best score less what it
// repeats of those before it, among hits that are roughly as good as the best
// one left. The rest keep their order.
func diversify(hits []Hit, sameness float64) []Hit {
	if len(hits) <= 2 || sameness <= 0 {
		return hits
	}
	pool := hits[:min(len(hits), firstPage*choosePer)]
	traits := make([][]string, len(pool))
	for i := range pool {
		traits[i] = traitsOf(&pool[i].Facets)
	}
	best := hits[0].standing
	likeness := make([]float64, len(pool)) // to the nearest of those chosen
	taken := make([]bool, len(pool))
	chosen := make([]Hit, 0, len(hits))
	for len(chosen) < min(firstPage, len(pool)) {
		first := slices.Index(taken, false)
		next, value := first, pool[first].standing-sameness*best*likeness[first]
		for i := first + 1; i < len(pool); i++ {
			v := pool[i].standing - sameness*best*likeness[i]
			if !taken[i] && v > value && pool[i].asGoodAs(&pool[first], roughly) {
				next, value = i, v
			}
		}
		taken[next] = true
		chosen = append(chosen, pool[next])
		for i := range pool {
			if !taken[i] {
				likeness[i] = max(likeness[i], shareOf(traits[next], traits[i]))
			}
		}
	}
	for i := range hits {
		if i >= len(pool) || !taken[i] {
			chosen = append(chosen, hits[i])
		}
	}
	return chosen
}

// traitsOf are the title's words and the skills of a document, sorted.
func traitsOf(f *Facets) []string {
	traits := foldedSkills(f)
	for _, word := range words.Split(f.Title) {
		if !words.Stop(word) {
			traits = append(traits, word)
		}
	}
	slices.Sort(traits)
	return slices.Compact(traits)
}

// foldedSkills are the skills of a document in lower case, sorted.
func foldedSkills(f *Facets) []string {
	folded := make([]string, 0, len(f.Skills)+8)
	for _, skill := range f.Skills {
		folded = append(folded, strings.ToLower(skill))
	}
	slices.Sort(folded)
	return folded
}
