package retrieval

import (
	"cmp"
	"slices"
)

// payFigures computes a figure for each way of paying that similar posts have
// and for the asked ones. The asked come first, then the least widened, then
// those of most posts.
func payFigures(q MarketQuery, similar []Facets, h *history) []PayFigure {
	asked := askedPay(q, similar, h)
	keys := slices.Clone(asked)
	for _, post := range similar {
		if key := payKeyOf(post); key.known() && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	var figures []PayFigure
	for _, key := range keys {
		figure, ok := similarPay(q, similar, key)
		if !ok && slices.Contains(asked, key) {
			figure, ok = h.widenedPay(q, key)
		}
		if ok {
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

// askedPay are the ways of paying that a figure is wanted for.
func askedPay(q MarketQuery, similar []Facets, h *history) []payKey {
	currency := q.Currency
	if currency == "" {
		currency = usualCurrency(similar)
	}
	if currency == "" {
		currency = h.usualCurrency(q.Category)
	}
	if currency == "" {
		return nil
	}
	if q.PayType != "" {
		return []payKey{{q.PayType, currency}}
	}
	return []payKey{{PayFixed, currency}, {PayHourly, currency}}
}

// usualCurrency is the most frequent currency of posts that pay something.
func usualCurrency(posts []Facets) string {
	counts := make(map[string]int)
	for _, post := range posts {
		if middle(post) > 0 && post.Currency != "" {
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

// similarPay is the figure of similar posts, of the asked level if possible.
func similarPay(q MarketQuery, similar []Facets, key payKey) (PayFigure, bool) {
	if q.Level != "" {
		level := slices.DeleteFunc(slices.Clone(similar), func(post Facets) bool { return post.Level != q.Level })
		if figure, ok := payFigure(level, key); ok {
			figure.Scope, figure.Level = ScopeSimilar, q.Level
			return figure, true
		}
	}
	figure, ok := payFigure(similar, key)
	figure.Scope = ScopeSimilar
	return figure, ok
}

// widenedPay is the figure of the category's posts, of the asked level if possible.
func (h *history) widenedPay(q MarketQuery, key payKey) (PayFigure, bool) {
	for _, g := range h.widening(q) {
		if figure, ok := g.pay[key]; ok {
			figure.Sample = slices.Clone(figure.Sample)
			return figure, true
		}
	}
	return PayFigure{}, false
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
