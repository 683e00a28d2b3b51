package retrieval

import (
	"math"
	"slices"

	"github.com/parleyhq/parley/retrieval/words"
)

const (
	// SimilarPosts is how many hits may count as similar: the Limit of a search
	// whose hits Market is given.
	SimilarPosts = 60

	// A hit is near when its cosine is at least this share of the mean of the
	// three best: cosines of different embedding models have different scales.
	nearShare = 0.6

	// A near hit is similar when it lists a skill of the query too, or one above or
	// below, or when its title and skills have so many telling words of it. Nearness
	// alone finds something for any query, also where a marketplace has no such work.
	// Chosen on real posts: docs/retrieval.md.
	sharedWords   = 3
	tellingWeight = 0.9 // of a word; below it a word stands in posts of every kind
)

// counted is a post that figures are computed from.
type counted struct {
	Facets
	weight float64 // what it counts beside others
	paidIn string  // its own currency, where its pay was converted
}

// similar are the hits that are about the same work, best first, each with the
// square of its cosine over the best one as its weight: a post half as near
// counts a quarter. Hits of a search without the nearest list have no cosines,
// and those of one without text share no words; then all count, and the same.
func similar(hits []Hit, family kin) []counted {
	hits = hits[:min(len(hits), SimilarPosts)]
	cosines := make([]float64, len(hits))
	for i, hit := range hits {
		cosines[i] = hit.Similarity
	}
	slices.Sort(cosines)
	best, sum := 0.0, 0.0
	for i, n := len(cosines)-1, 0; i >= 0 && n < 3; i, n = i-1, n+1 {
		best, sum = max(best, cosines[i]), sum+cosines[i]
	}
	posts := make([]counted, 0, len(hits))
	asked := askedWords(hits)
	for _, hit := range hits {
		switch {
		case best <= 0:
			posts = append(posts, counted{Facets: hit.Facets, weight: 1})
		case hit.Similarity >= nearShare*sum/3 && (family.has(hit) || sharesWords(hit, asked)):
			share := hit.Similarity / best
			posts = append(posts, counted{Facets: hit.Facets, weight: math.Round(share*share*1e4) / 1e4})
		}
	}
	return posts
}

// askedWords are the stems of the query's telling words, as far as any hit has
// them: what no hit has cannot tell hits apart. Words that tell little count
// where there are no others.
func askedWords(hits []Hit) map[string]bool {
	asked, telling := make(map[string]bool), make(map[string]bool)
	seen := make(map[string]bool)
	for _, hit := range hits {
		for _, word := range hit.Words {
			if seen[word] {
				continue
			}
			seen[word] = true
			stem := words.Stem(word)
			asked[stem] = true
			if words.Weight(stem) >= tellingWeight {
				telling[stem] = true
			}
		}
	}
	if len(telling) > 0 {
		return telling
	}
	return asked
}

// sharesWords tells whether a hit has enough of the query's words, all of them
// where there are few.
func sharesWords(hit Hit, asked map[string]bool) bool {
	found := make(map[string]bool, sharedWords)
	need := min(sharedWords, len(asked))
	has := func(text string) bool {
		for _, word := range words.Split(text) {
			if len(found) >= need {
				break
			}
			if stem := words.Stem(word); asked[stem] {
				found[stem] = true
			}
		}
		return need > 0 && len(found) >= need
	}
	return len(hit.Words) > 0 && (has(hit.Facets.Title) || slices.ContainsFunc(hit.Facets.Skills, has))
}

// kin are the skills of a query with those above them, and what is above the
// skills that posts list.
type kin struct {
	asked   map[string]bool // by vocabulary name
	above   map[string]bool // what is above those
	names   namer
	broader map[string][]string // vocabulary names above a vocabulary name
}

// kinOf finds what is akin to the skills of a query: those that its hits list,
// those that they lack, and those that are named beside it.
func (h *history) kinOf(q MarketQuery, names namer) kin {
	k := kin{make(map[string]bool), make(map[string]bool), names, h.broader}
	add := func(listed []string) {
		for name := range names.of(listed) {
			if !k.asked[name] {
				k.asked[name] = true
				for _, skill := range names.vocabulary.Ancestors(name) {
					k.above[skill.Name] = true
				}
			}
		}
	}
	add(q.Skills)
	for _, hit := range q.Hits {
		add(hit.Skills)
		add(hit.Missing)
	}
	return k
}

func (k kin) has(hit Hit) bool {
	if len(hit.Skills) > 0 {
		return true
	}
	isAsked := func(name string) bool { return k.asked[name] }
	listed := hit.Facets.Skills
	if len(listed) == 0 { // a title that names a skill stands in for a list that was never made
		for _, match := range k.names.vocabulary.Match(hit.Facets.Title) {
			listed = append(listed, match.Skill.Name)
		}
	}
	for name := range k.names.of(listed) {
		if k.asked[name] || k.above[name] || slices.ContainsFunc(k.broader[name], isAsked) {
			return true
		}
	}
	return false
}
