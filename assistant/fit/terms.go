package fit

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/words"
)

// maxTerms bounds how many telling words a requirement has.
const maxTerms = 12

// terms are the stems of the telling words of tokens [from, to), each once.
// Two words that are one thing together ("law firm") are one term.
func (x *reading) terms(from, to int) []string {
	var stems []string
	for i := from; i < to; i++ {
		if !x.Word(i) || plain(x.Low(i)) {
			continue
		}
		for k, w := range words.Split(strings.TrimSuffix(x.Low(i), "'s")) {
			if k == 0 && !plain(w) {
				stems = append(stems, words.Stem(w))
			}
		}
	}
	return joinPairs(stems)
}

// joinPairs joins stems that are an entry of the thesaurus together.
func joinPairs(stems []string) []string {
	t := concepts()
	var terms []string
	for i := 0; i < len(stems) && len(terms) < maxTerms; i++ {
		term := stems[i]
		if i+1 < len(stems) && t.pairs[term] {
			if pair := term + " " + stems[i+1]; len(t.shows[pair]) > 0 {
				term = pair
				i++
			}
		}
		if !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	}
	return terms
}
