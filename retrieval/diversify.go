package retrieval

import (
	"strings"

	"github.com/parleyhq/parley/retrieval/words"
)

const (
	firstPage = 12   // places that are chosen with an eye on each other
	choosePer = 2    // from so many candidates for each place
	sameness  = 0.12 // what full likeness to a better hit costs, as a share of the best score

	// Two posts of one title whose cosines to a query differ by less have, as a
	// rule, the same text.
	sameSimilarity = 0.004
)

// collapse leaves out posts that repeat a better-placed one: work that was
// posted again under the same title.
func collapse(hits []Hit) []Hit {
	kept := hits[:0]
	byTitle := make(map[string][]int)
	for _, hit := range hits {
		title := strings.Join(words.Split(hit.Facets.Title), " ")
		repeated := false
		for _, at := range byTitle[title] {
			repeated = repeated || repost(kept[at], hit)
		}
		if repeated {
			continue
		}
		byTitle[title] = append(byTitle[title], len(kept))
		kept = append(kept, hit)
	}
	return kept
}

// repost reports whether two posts of one title are the same work.
func repost(a, b Hit) bool {
	if a.Similarity != 0 && b.Similarity != 0 {
		return abs(a.Similarity-b.Similarity) < sameSimilarity
	}
	x, y := a.Facets, b.Facets
	return x.PayType == y.PayType && x.PayMin == y.PayMin && x.PayMax == y.PayMax && jaccard(foldAll(x.Skills), foldAll(y.Skills)) > 0.8
}

// diversify chooses the first page by maximal marginal relevance (Carbonell and
// Goldstein, SIGIR 1998): at each place the hit of the best score less what it
// repeats of those before it. The rest keep their order.
func diversify(hits []Hit) []Hit {
	if len(hits) <= 2 {
		return hits
	}
	pool := hits[:min(len(hits), firstPage*choosePer)]
	traits := make([]map[string]bool, len(pool))
	for i, hit := range pool {
		traits[i] = traitsOf(hit.Facets)
	}
	best := hits[0].Score
	likeness := make([]float64, len(pool)) // to the nearest of those chosen
	taken := make([]bool, len(pool))
	chosen := make([]Hit, 0, len(hits))
	for len(chosen) < min(firstPage, len(pool)) {
		next, value := -1, 0.0
		for i, hit := range pool {
			v := hit.Score - sameness*best*likeness[i]
			if !taken[i] && (next < 0 || v > value) {
				next, value = i, v
			}
		}
		taken[next] = true
		chosen = append(chosen, pool[next])
		for i := range pool {
			if !taken[i] {
				likeness[i] = max(likeness[i], jaccard(traits[next], traits[i]))
			}
		}
	}
	for i, hit := range hits {
		if i >= len(pool) || !taken[i] {
			chosen = append(chosen, hit)
		}
	}
	return chosen
}

// traitsOf are the title's words and the skills of a document.
func traitsOf(f Facets) map[string]bool {
	traits := foldAll(f.Skills)
	for _, word := range words.Split(f.Title) {
		if !words.Stop(word) {
			traits[word] = true
		}
	}
	return traits
}

func foldAll(list []string) map[string]bool {
	folded := make(map[string]bool, len(list))
	for _, s := range list {
		folded[strings.ToLower(s)] = true
	}
	return folded
}

// jaccard is the size of the intersection over that of the union, 0 for two empty sets.
func jaccard(a, b map[string]bool) float64 {
	if len(a) == 0 && len(b) == 0 {
		return 0
	}
	shared := 0
	for key := range a {
		if b[key] {
			shared++
		}
	}
	return float64(shared) / float64(len(a)+len(b)-shared)
}

func abs(x float64) float64 { return max(x, -x) }
