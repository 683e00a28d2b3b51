package moderation

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold returns a text in the form in which a Queue searches it: without the
// differences of letters' case, of composed and wide characters (Unicode's NFKC
// and case folding), and of white space.
func Fold(text string) string {
	folded := cases.Fold().String(norm.NFKC.String(storableText(text)))
	return strings.Join(strings.Fields(folded), " ")
}

// Words returns what the words of a filter's text are searched as, the first 20.
func (f Filter) Words() []string {
	const most = 20
	words := strings.Fields(Fold(f.Text))
	return words[:min(len(words), most)]
}

// PageSize is the filter's limit, or the one that holds instead.
func (f Filter) PageSize() int {
	switch {
	case f.Limit <= 0:
		return 50
	case f.Limit > 200:
		return 200
	}
	return f.Limit
}

// ReviewsLimit is the limit of Queue.Reviewed that holds.
func ReviewsLimit(limit int) int {
	const usual, most = 1000, 10_000
	if limit <= 0 {
		return usual
	}
	return min(limit, most)
}
