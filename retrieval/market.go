package retrieval

import (
	"context"
	"fmt"
	"slices"
)

// Ids of the figures that stand alone.
const (
	durationFigure   = "figure:duration"
	timeToHireFigure = "figure:time_to_hire"
)

// MarketQuery asks what such work pays, takes and calls for.
type MarketQuery struct {
	Tenant   string // required
	Category string // to widen to; "" takes that of most similar posts
	Level    string // figures of this level are preferred
	PayType  string // with Currency, which pay figure is given even when it has to be widened;
	Currency string // "" stands for both pay types and the usual currency
	// Convert lets posts of other currencies count too, converted by the table of
	// rates; the figures say how many were. Without a table it is an error.
	Convert bool
	Skills  []string // already named: not given as companions
	Hits    []Hit    // job posts by Search with a Limit of SimilarPosts, best first
}

// Market computes figures from the most similar of the hits, the more similar
// ones counting more. A pay figure stands on similar posts of the asked level
// if there are at least twelve, else on all posts of the category and level,
// else on similar posts of any level, else on all of the category, and never on fewer than
// MinPosts; its Scope and Level say which. Posts of other categories than the asked one are never
// counted, and neither are sums of different pay types together, nor those of
// different currencies unless Convert asks for it. Errors wrap ErrInvalid for
// what is wrong with the query, or come from the Index.
func (r *Retriever) Market(ctx context.Context, q MarketQuery) (Market, error) {
	if err := q.check(); err != nil {
		return Market{}, fmt.Errorf("retrieval: market: %w", err)
	}
	h, err := r.histories.of(ctx, q.Tenant)
	if err != nil {
		return Market{}, fmt.Errorf("retrieval: market: %w", err)
	}
	names := newNamer(r.vocabulary, h.names)
	posts := similar(q.Hits, h.kinOf(q, names))
	if h.groups[groupKey{q.Category, ""}] == nil { // a category that this tenant does not sort by
		q.Category = usualCategory(posts)
	}
	e := evidence{q: q, similar: ofCategory(posts, q.Category), history: h, rates: r.rates}
	m := Market{Category: e.q.Category, Posts: len(e.similar)}
	m.From, m.To = span(e.similar)
	m.Duration = h.days(q, scoped(durationFigure, e.similar, durationOf, ScopeSimilar), (*group).durationFigure)
	m.TimeToHire = h.days(q, scoped(timeToHireFigure, e.similar, daysToHire, ScopeSimilar), (*group).hireFigure)
	m.Companions = companions(e.similar, h.background(q.Category), said(q), names)
	if q.Convert {
		if e, err = r.convert(ctx, e); err != nil {
			return Market{}, fmt.Errorf("retrieval: market: %w", err)
		}
	}
	m.Pay = e.payFigures()
	m.Levels = e.levelFigures(m.Pay)
	m.Demo = anyDemo(e.similar) || m.widened() && h.demo(q.Category)
	return m, nil
}

func (q MarketQuery) check() error {
	var c checks
	if q.Tenant == "" {
		c.failf("tenant", "is missing")
	}
	c.choice("level", q.Level, levels)
	c.choice("pay_type", q.PayType, payTypes)
	c.currency(q.Currency)
	if len(c) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrInvalid, c[0])
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

// usualCategory is the category of more than half of the posts, or "".
func usualCategory(posts []counted) string {
	counts := make(map[string]int)
	for _, post := range posts {
		counts[post.Category]++
		if 2*counts[post.Category] > len(posts) {
			return post.Category
		}
	}
	return ""
}

func ofCategory(posts []counted, category string) []counted {
	if category == "" {
		return posts
	}
	return slices.DeleteFunc(posts, func(post counted) bool { return post.Category != category })
}

// days returns the figure of similar posts, or the one it widens to, or nil.
func (h *history) days(q MarketQuery, similar *DaysFigure, of func(*group) *DaysFigure) *DaysFigure {
	if similar != nil {
		return similar
	}
	for _, key := range []groupKey{{q.Category, q.Level}, {q.Category, ""}} {
		if g := h.groups[key]; g != nil && of(g) != nil {
			widened := *of(g)
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
	wider := func(f PayFigure) bool { return f.Scope != ScopeSimilar }
	return slices.ContainsFunc(m.Pay, wider) || slices.ContainsFunc(m.Levels, wider) ||
		m.Duration != nil && m.Duration.Scope != ScopeSimilar || m.TimeToHire != nil && m.TimeToHire.Scope != ScopeSimilar
}
