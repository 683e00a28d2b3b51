package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Ids of the figures that stand alone.
const (
	durationFigure   = "figure:duration"
	timeToHireFigure = "figure:time_to_hire"
)

const (
	similarPosts = 60 // hits that may count as similar

	// A hit is similar when its cosine is at least this share of the mean of the
	// three best: cosines of different embedding models have different scales.
	similarShare = 0.5
)

// MarketQuery asks what such work pays, takes and calls for.
type MarketQuery struct {
	Tenant   string   // required
	Category string   // to widen to; "" takes that of most similar posts
	Level    string   // figures of this level are preferred
	PayType  string   // with Currency, which pay figure is given even when it has to be widened;
	Currency string   // "" stands for both pay types and the usual currency
	Skills   []string // already named: not given as companions
	Hits     []Hit    // job posts by Search with a Limit of 60, best first
}

// Market computes figures from the most similar of the hits. A pay figure
// stands on similar posts of the asked level if there are MinPosts of them, else
// on similar posts of any level, else on all posts of the category and level,
// else on all of the category; its Scope and Level say which. Posts of other
// categories than the asked one are never counted, and neither are sums of
// different currencies or pay types together.
func (r *Retriever) Market(ctx context.Context, q MarketQuery) (Market, error) {
	if q.Tenant == "" {
		return Market{}, fmt.Errorf("retrieval: market: %w: no tenant", ErrInvalid)
	}
	h, err := r.histories.of(ctx, q.Tenant)
	if err != nil {
		return Market{}, fmt.Errorf("retrieval: market: %w", err)
	}
	similar := nearEnough(q.Hits)
	if h.categories[q.Category] == 0 { // a category that this tenant does not sort by
		q.Category = usualCategory(similar)
	}
	similar = ofCategory(similar, q.Category)
	m := Market{Posts: len(similar), Pay: payFigures(q, similar, h)}
	m.From, m.To = span(similar)
	m.Duration = h.days(q, scoped(durationFigure, similar, durationOf, ScopeSimilar), (*group).durationFigure)
	m.TimeToHire = h.days(q, scoped(timeToHireFigure, similar, daysToHire, ScopeSimilar), (*group).hireFigure)
	m.Companions = companions(similar, h, q.Skills, r.vocabulary)
	m.Demo = anyDemo(similar) || m.widened() && h.demo(q.Category)
	return m, nil
}

// nearEnough are the facets of the hits that count as similar. Hits of a search
// without the nearest list have no cosines; then all count.
func nearEnough(hits []Hit) []Facets {
	hits = hits[:min(len(hits), similarPosts)]
	cosines := make([]float64, len(hits))
	for i, hit := range hits {
		cosines[i] = hit.Similarity
	}
	slices.SortFunc(cosines, func(a, b float64) int { return cmp.Compare(b, a) })
	sum := 0.0
	for _, cosine := range cosines[:min(3, len(cosines))] {
		sum += cosine
	}
	floor := similarShare * sum / 3
	similar := make([]Facets, 0, len(hits))
	for _, hit := range hits {
		if hit.Similarity >= floor {
			similar = append(similar, hit.Facets)
		}
	}
	return similar
}

// usualCategory is the category of more than half of the posts, or "".
func usualCategory(posts []Facets) string {
	counts := make(map[string]int)
	for _, post := range posts {
		counts[post.Category]++
		if 2*counts[post.Category] > len(posts) {
			return post.Category
		}
	}
	return ""
}

func ofCategory(posts []Facets, category string) []Facets {
	if category == "" {
		return posts
	}
	return slices.DeleteFunc(posts, func(post Facets) bool { return post.Category != category })
}

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

// widening are the groups that a figure may be widened to, narrowest first.
func (h *history) widening(q MarketQuery) []*group {
	var groups []*group
	for _, key := range []groupKey{{q.Category, q.Level}, {q.Category, ""}} {
		if g := h.groups[key]; g != nil && (len(groups) == 0 || groups[0] != g) {
			groups = append(groups, g)
		}
	}
	return groups
}

// days returns the figure of similar posts, or the one it widens to, or nil.
func (h *history) days(q MarketQuery, similar *DaysFigure, of func(*group) *DaysFigure) *DaysFigure {
	if similar != nil {
		return similar
	}
	for _, g := range h.widening(q) {
		if figure := of(g); figure != nil {
			widened := *figure
			return &widened
		}
	}
	return nil
}

func (g *group) durationFigure() *DaysFigure { return g.duration }
func (g *group) hireFigure() *DaysFigure     { return g.timeToHire }

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

func (h *history) demo(category string) bool {
	g := h.groups[groupKey{category, ""}]
	return g != nil && g.demo
}

// widened reports whether any figure stands on more than similar posts.
func (m Market) widened() bool {
	wider := slices.ContainsFunc(m.Pay, func(f PayFigure) bool { return f.Scope != ScopeSimilar })
	return wider || m.Duration != nil && m.Duration.Scope != ScopeSimilar || m.TimeToHire != nil && m.TimeToHire.Scope != ScopeSimilar
}
