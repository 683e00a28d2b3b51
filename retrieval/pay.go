package retrieval

import (
	"cmp"
	"slices"
)

// fewSimilar is below how many similar posts of a level all of the category and
// level say more. Chosen on real posts: docs/retrieval.md.
const fewSimilar = 12

// evidence is what figures are computed from: the similar posts, and those
// that a figure is widened to.
type evidence struct {
	q       MarketQuery
	similar []counted
	history *history
	rates   *Rates // where posts may have been converted
}

// payFigures computes a figure for each way of paying that similar posts have
// and for the asked ones. The asked come first, then the least widened, then
// those of most posts.
func (e evidence) payFigures() []PayFigure {
	asked := e.askedPay()
	keys := slices.Clone(asked)
	for _, post := range e.similar {
		if key := payKeyOf(post.Facets); key.known() && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	var figures []PayFigure
	for _, key := range keys {
		if figure, ok := e.pay(key, e.q.Level, slices.Contains(asked, key)); ok {
			figures = append(figures, figure)
		}
	}
	rank := func(f PayFigure) int {
		if slices.Contains(asked, payKey{f.PayType, f.Currency}) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(figures, func(a, b PayFigure) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(breadth(a.Scope), breadth(b.Scope)),
			cmp.Compare(b.Posts, a.Posts), cmp.Compare(a.ID, b.ID))
	})
	return figures
}

func breadth(scope string) int {
	return slices.Index([]string{ScopeSimilar, ScopeLevel, ScopeCategory}, scope)
}

// pay is the figure of one way of paying. Level says more about pay than
// likeness does (docs/retrieval.md), so that posts of the level come first,
// then similar ones of any level.
func (e evidence) pay(key payKey, level string, widen bool) (PayFigure, bool) {
	if level != "" {
		if figure, ok := e.payOfLevel(key, level, widen); ok {
			return figure, true
		}
	}
	if figure, ok := payFigure(paidBy(e.similar, key), key, e.rates); ok {
		figure.Scope = ScopeSimilar
		return figure, true
	}
	if !widen {
		return PayFigure{}, false
	}
	return e.history.pay(groupKey{e.q.Category, ""}, key)
}

// payOfLevel is the figure of similar posts of a level, or of all of the
// category's, where those are more and the similar ones few.
func (e evidence) payOfLevel(key payKey, level string, widen bool) (PayFigure, bool) {
	posts := paidBy(slices.DeleteFunc(slices.Clone(e.similar), func(post counted) bool { return post.Level != level }), key)
	if widen && len(posts) < fewSimilar {
		if wide, ok := e.history.pay(groupKey{e.q.Category, level}, key); ok && wide.Posts > len(posts) {
			return wide, true
		}
	}
	figure, ok := payFigure(posts, key, e.rates)
	figure.Scope, figure.Level = ScopeSimilar, level
	return figure, ok
}

// levelFigures are the figures of each level for the way of paying that comes first.
func (e evidence) levelFigures(pay []PayFigure) []PayFigure {
	if len(pay) == 0 {
		return nil
	}
	var figures []PayFigure
	for _, level := range levels[1:] {
		figure, ok := pay[0], true
		if figure.Level != level { // else it has been computed
			figure, ok = e.payOfLevel(payKey{pay[0].PayType, pay[0].Currency}, level, true)
		}
		if ok {
			figures = append(figures, figure)
		}
	}
	return figures
}

// pay is the figure of a group of posts.
func (h *history) pay(of groupKey, key payKey) (PayFigure, bool) {
	g := h.groups[of]
	if g == nil {
		return PayFigure{}, false
	}
	figure, ok := g.pay[key]
	figure.Sample, figure.Weights = slices.Clone(figure.Sample), slices.Clone(figure.Weights)
	return figure, ok
}

// askedPay are the ways of paying that a figure is wanted for.
func (e evidence) askedPay() []payKey {
	currency := e.currency()
	if currency == "" {
		return nil
	}
	if e.q.PayType != "" {
		return []payKey{{e.q.PayType, currency}}
	}
	return []payKey{{PayFixed, currency}, {PayHourly, currency}}
}

// currency is the asked one, or that of most similar posts, or that of most of
// the category's.
func (e evidence) currency() string {
	return cmp.Or(e.q.Currency, usualCurrency(e.similar), e.history.usualCurrency(e.q.Category))
}

// usualCurrency is the most frequent currency of posts that pay something.
func usualCurrency(posts []counted) string {
	counts := make(map[string]int)
	for _, post := range posts {
		if middle(post.Facets) > 0 && post.Currency != "" {
			counts[post.Currency]++
		}
	}
	return most(counts)
}

// most is the key of the highest count, the first by name of equal ones.
func most(counts map[string]int) string {
	best := ""
	for key, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && key < best {
			best = key
		}
	}
	return best
}

// usualCurrency is the currency of most posts of a category that gave a figure.
func (h *history) usualCurrency(category string) string {
	counts := make(map[string]int)
	if g := h.groups[groupKey{category, ""}]; g != nil {
		for key, figure := range g.pay {
			counts[key.currency] += figure.Posts
		}
	}
	return most(counts)
}
