package retrieval

import (
	"context"
	"fmt"
)

// converted returns posts with the pay of other currencies in the given one, as
// far as the table has rates for them. The posts are copies.
func (r *Retriever) converted(posts []counted, currency string) []counted {
	list := make([]counted, len(posts))
	for i, post := range posts {
		list[i] = post
		if post.Currency == currency || middle(post.Facets) == 0 {
			continue
		}
		low, ok := r.rates.Convert(post.PayMin, post.Currency, currency)
		high, _ := r.rates.Convert(post.PayMax, post.Currency, currency)
		if ok {
			list[i].paidIn, list[i].Currency, list[i].PayMin, list[i].PayMax = post.Currency, currency, low, high
		}
	}
	return list
}

// convert returns the evidence with all pay in the currency that is asked for.
// What figures widen to is computed anew each time: few ask for it, and most
// would be kept for nothing.
func (r *Retriever) convert(ctx context.Context, e evidence) (evidence, error) {
	if r.rates == nil {
		return e, fmt.Errorf("%w: convert: this installation has no table of exchange rates", ErrInvalid)
	}
	currency := e.currency()
	if currency != "" && r.rates.Units[currency] == 0 {
		return e, fmt.Errorf("%w: convert: the table of exchange rates of %s has no %s", ErrInvalid, r.rates.On, currency)
	}
	facets, err := r.index.Facets(ctx, Filter{Tenant: e.q.Tenant, Kind: KindJobPost, Category: e.q.Category}, nil, historyPosts)
	if err != nil {
		return e, err
	}
	e.similar = r.converted(e.similar, currency)
	e.history = newHistory(r.converted(evenly(facets), currency), r.vocabulary, r.rates)
	return e, nil
}

// evenly are posts that all count the same.
func evenly(facets []Facets) []counted {
	posts := make([]counted, len(facets))
	for i, f := range facets {
		posts[i] = counted{Facets: f, weight: 1}
	}
	return posts
}
