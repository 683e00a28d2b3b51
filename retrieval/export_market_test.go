package retrieval

import (
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval/skills"
)

// The skills of the posts of PayWithout, which are always the same.
var (
	realNames   = newNamer(skills.Default(), nil)
	realOnce    sync.Once
	realParents map[string][]string
)

func realBroader(posts []Facets) map[string][]string {
	realOnce.Do(func() {
		for _, post := range posts {
			realNames.of(post.Skills)
		}
		realParents = realNames.broader()
	})
	return realParents
}

// PayWithout is the first pay figure that Market gives when some posts are not
// there; ok is false when it gives none. q names a category, a pay type and a currency.
func PayWithout(posts []Facets, q MarketQuery, without map[string]bool) (PayFigure, bool) {
	key := payKey{q.PayType, q.Currency}
	h := &history{groups: make(map[groupKey]*group)}
	for of, scope := range map[groupKey]string{{q.Category, ""}: ScopeCategory, {q.Category, q.Level}: ScopeLevel} {
		if of.level == "" {
			scope = ScopeCategory
		}
		var members []counted
		for _, post := range posts {
			if post.Category == q.Category && (of.level == "" || post.Level == of.level) && !without[post.ID] {
				members = append(members, counted{Facets: post, weight: 1})
			}
		}
		g := &group{pay: make(map[payKey]PayFigure)}
		if figure, ok := payFigure(paidBy(members, key), key, nil); ok {
			figure.Scope, figure.Level = scope, of.level
			g.pay[key] = figure
		}
		h.groups[of] = g
	}
	names := newNamer(skills.Default(), realNames.found)
	h.broader = realBroader(posts)
	near := similar(q.Hits, h.kinOf(q, names))
	return evidence{q: q, similar: ofCategory(near, q.Category), history: h}.pay(key, q.Level, true)
}

// At returns a Retriever for which it is that time.
func (r *Retriever) At(now time.Time) *Retriever {
	changed, kept := *r, newHistories(r.index, r.vocabulary)
	kept.now = func() time.Time { return now }
	changed.histories = kept
	return &changed
}

// MedianInterval is the weighted quartiles of sorted values, and the interval of their median.
func MedianInterval(values, weights []float64, seed uint64) (p25, p50, p75, low, high float64) {
	s := weighted{values, weights}
	low, high = s.medianInterval(seed)
	return s.quantile(0.25), s.quantile(0.5), s.quantile(0.75), low, high
}

// Effective is Kish's effective sample size.
var Effective = effective

// GrowthOf compares the last n months with the n before.
var GrowthOf = growth
