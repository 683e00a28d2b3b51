package retrieval

import (
	"math"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/words"
)

// Two posts are the same work when their signs differ in few bits: 6 of 64 is
// an overlap of about 0.8 of their pairs of words. Of posts with about the same
// title a little more may differ. Chosen by reading pairs of real posts:
// docs/retrieval.md.
const (
	sameSign   = 6
	nearSign   = 10
	sameTitles = 0.6 // overlap of the titles' words

	// Posts without a sign, that were stored by an earlier version, are the same
	// when they have one title and their cosines to a query hardly differ.
	sameSimilarity = 0.004
)

// collapse leaves out posts that repeat a better-placed one and names them in
// its Repeats. People are never collapsed.
func collapse(hits []Hit, kind Kind) []Hit {
	if kind != KindJobPost {
		return hits
	}
	kept := make([]Hit, 0, len(hits))
	titles := make([][]string, 0, len(hits))
	for _, hit := range hits {
		title := titleWords(hit.Facets.Title)
		original := -1
		for i := range kept {
			if repeats(&kept[i], &hit, titles[i], title) {
				original = i
				break
			}
		}
		if original >= 0 {
			kept[original].Repeats = append(kept[original].Repeats, hit.ID)
			continue
		}
		kept, titles = append(kept, hit), append(titles, title)
	}
	return kept
}

// repeats reports whether two posts are the same work.
func repeats(a, b *Hit, titleA, titleB []string) bool {
	if a.Facets.Sign != 0 && b.Facets.Sign != 0 {
		bits := differ(a.Facets.Sign, b.Facets.Sign)
		return bits <= sameSign || bits <= nearSign && shareOf(titleA, titleB) >= sameTitles
	}
	return slices.Equal(titleA, titleB) && sameOffer(a, b)
}

// sameOffer tells posts of one title apart by what else is known of them.
func sameOffer(a, b *Hit) bool {
	if a.Similarity != 0 && b.Similarity != 0 {
		return math.Abs(a.Similarity-b.Similarity) < sameSimilarity
	}
	x, y := a.Facets, b.Facets
	return x.PayType == y.PayType && x.PayMin == y.PayMin && x.PayMax == y.PayMax && shareOf(foldedSkills(&x), foldedSkills(&y)) > 0.8
}

// titleWords are the different words of a title, sorted.
func titleWords(title string) []string {
	list := words.Split(title)
	slices.Sort(list)
	return slices.Compact(list)
}

// shareOf is the number of words in both of two sorted lists over that in either.
func shareOf(a, b []string) float64 {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch order := strings.Compare(a[i], b[j]); {
		case order == 0:
			shared, i, j = shared+1, i+1, j+1
		case order < 0:
			i++
		default:
			j++
		}
	}
	if shared == 0 {
		return 0
	}
	return float64(shared) / float64(len(a)+len(b)-shared)
}
