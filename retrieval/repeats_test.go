package retrieval_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/words"
)

// TestRealRepeats looks at all pairs of the real posts: those that count as
// the same work share most of their text, and almost none that does is missed.
func TestRealRepeats(t *testing.T) {
	if underRace {
		t.Skip("figures do not depend on the race detector, which makes this very slow")
	}
	posts, _ := realPosts(t)
	facets := make([]retrieval.Facets, len(posts))
	for i, post := range posts {
		facets[i] = post.Facets()
	}
	same, slight := 0, 0
	for i := range posts {
		for j := range i {
			if !retrieval.Repeats(facets[i], facets[j]) {
				continue
			}
			same++
			if share := sharedPairs(posts[i], posts[j]); share < 0.5 {
				slight++
				t.Logf("%.2f of %s | %s", share, posts[i].Title(), posts[j].Title())
			}
		}
	}
	t.Logf("%d posts, %d pairs are the same work, %d of them share less than half of their pairs of words", len(posts), same, slight)
	if same < 100 || slight > same/50 {
		t.Errorf("%d pairs, %d of them with little in common", same, slight)
	}
}

// sharedPairs is the overlap of two texts' pairs of neighbouring words, found without any sign.
func sharedPairs(a, b retrieval.Document) float64 {
	x, y := pairsOf(a), pairsOf(b)
	shared := 0
	for pair := range x {
		if y[pair] {
			shared++
		}
	}
	return float64(shared) / float64(max(1, len(x)+len(y)-shared))
}

func pairsOf(d retrieval.Document) map[string]bool {
	pairs := make(map[string]bool)
	split := words.Split(d.Title() + "\n" + d.Text())
	for i := 1; i < len(split); i++ {
		pairs[strings.Join(split[i-1:i+1], " ")] = true
	}
	return pairs
}
