package brief

import "strings"

// words makes a set of single words.
func words(list string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// lexicon finds phrases that mean something, longest first. A hyphen may stand
// between two words of a phrase wherever a space may.
type lexicon[T any] struct {
	byWord map[string][]phrase[T] // by the first word
	first  *[256]bool             // the first bytes of these, to reject quickly
}

func newLexicon[T any]() lexicon[T] {
	return lexicon[T]{byWord: make(map[string][]phrase[T]), first: new([256]bool)}
}

type phrase[T any] struct {
	words []string
	means T
}

func (l lexicon[T]) add(means T, phrases ...string) {
	for _, text := range phrases {
		parts := strings.Fields(text)
		l.byWord[parts[0]] = append(l.byWord[parts[0]], phrase[T]{parts, means})
		l.first[parts[0][0]] = true
	}
}

// phrases makes a lexicon of phrases, parted by commas, that all mean the same.
func phrases(list string) lexicon[bool] {
	l := newLexicon[bool]()
	for text := range strings.SplitSeq(list, ",") {
		l.add(true, strings.TrimSpace(text))
	}
	return l
}

// match returns what the longest phrase at token i means and where it ends.
func (l lexicon[T]) match(v *view, i int) (means T, end int, ok bool) {
	if i < 0 || i >= len(v.tokens) || !l.first[v.tokens[i].low[0]] {
		return means, i, false
	}
	for _, p := range l.byWord[v.tokens[i].low] {
		if j := v.sequence(i, p.words); j > end {
			means, end, ok = p.means, j, true
		}
	}
	if !ok {
		return means, i, false
	}
	return means, end, true
}

// find returns the first phrase within the tokens [from, to).
func (l lexicon[T]) find(v *view, from, to int) (means T, start, end int, ok bool) {
	for i := max(from, 0); i < to && i < len(v.tokens); i++ {
		if m, j, found := l.match(v, i); found && j <= to {
			return m, i, j, true
		}
	}
	return means, 0, 0, false
}

// has reports whether a phrase stands within the tokens [from, to).
func (l lexicon[T]) has(v *view, from, to int) bool {
	_, _, _, ok := l.find(v, from, to)
	return ok
}
