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
	similarShare = 0.6
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
	if h.groups[groupKey{q.Category, ""}] == nil { // a category that this tenant does not sort by
		q.Category = usualCategory(similar)
	}
	similar = ofCategory(similar, q.Category)
	m := Market{Posts: len(similar), Pay: payFigures(q, similar, h)}
	m.From, m.To = span(similar)
	m.Duration = h.days(q, scoped(durationFigure, similar, durationOf, ScopeSimilar), (*group).durationFigure)
	m.TimeToHire = h.days(q, scoped(timeToHireFigure, similar, daysToHire, ScopeSimilar), (*group).hireFigure)
	m.Companions = companions(similar, h.background(q.Category), said(q), r.vocabulary)
	m.Demo = anyDemo(similar) || m.widened() && h.demo(q.Category)
	return m, nil
}

// said are the skills that are named already, in the query or by the text that
// the hits were found by.
func said(q MarketQuery) []string {
	named := slices.Clone(q.Skills)
	for _, hit := range q.Hits {
		for _, skill := range hit.Skills {
			if !slices.Contains(named, skill) {
				named = append(named, skill)
			}
		}
	}
	return named
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

func (h *history) demo(category string) bool {
	g := h.groups[groupKey{category, ""}]
	return g != nil && g.demo
}

// widened reports whether any figure stands on more than similar posts.
func (m Market) widened() bool {
	wider := slices.ContainsFunc(m.Pay, func(f PayFigure) bool { return f.Scope != ScopeSimilar })
	return wider || m.Duration != nil && m.Duration.Scope != ScopeSimilar || m.TimeToHire != nil && m.TimeToHire.Scope != ScopeSimilar
}
