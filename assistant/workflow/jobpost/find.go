package jobpost

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

const (
	hitsForFigures = 60 // what Market asks for
	hitsForAspects = 20 // similar posts whose texts are read
	hitsShown      = 6
	snippetLength  = 180 // characters
	leastSimilar   = 0.2 // a post less like the work than this is not called similar
)

// find brings a document's evidence up to date: the similar posts, figures and
// counts. It does nothing when what they depend on has not changed. Without
// evidence (none there, or the index gone) the document goes on without.
func (w *Workflow) find(ctx context.Context, tenant string, doc *Document) (searched bool, err error) {
	query := queryOf(tenant, doc.Brief.Brief)
	key := keyOf(query, doc.Brief.Brief)
	if query.Text == "" || key == doc.Brief.Memory.Key {
		return false, nil
	}
	hits, err := w.library.Search(ctx, query)
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return true, fmt.Errorf("jobpost: find: %w", err)
	}
	market, err := w.library.Market(ctx, marketQuery(tenant, doc.Brief.Brief, ofKind(hits, doc.Category)))
	if err != nil {
		return true, fmt.Errorf("jobpost: find: %w", err)
	}
	if doc.Category == "" && mixed(hits) {
		market.Pay = nil // posts of all sorts, whose sums say nothing of this work
	}
	similar := closest(hits, doc.Category)
	ids := make([]string, len(similar))
	for i, hit := range similar {
		ids[i] = hit.ID
	}
	read, err := w.gists.of(ctx, w.library, tenant, ids)
	if err != nil {
		return true, fmt.Errorf("jobpost: find: %w", err)
	}
	apply(doc, similar, read, market)
	doc.Brief.Memory.Key = key
	return true, nil
}

func queryOf(tenant string, b brief.Brief) retrieval.Query {
	var text strings.Builder
	text.WriteString(b.Title.Value)
	for _, list := range [][]brief.Item{b.Summary, b.Deliverables} {
		for _, item := range list {
			if text.Len() < 4000 {
				text.WriteString("\n" + item.Text)
			}
		}
	}
	query := retrieval.Query{Filter: retrieval.Filter{Tenant: tenant, Kind: retrieval.KindJobPost}, Text: strings.TrimSpace(text.String()), Limit: hitsForFigures}
	for _, skill := range b.Must {
		query.Skills = append(query.Skills, skill.Text)
	}
	if query.Text == "" {
		query.Text = strings.Join(query.Skills, " ")
	}
	return query
}

func marketQuery(tenant string, b brief.Brief, hits []retrieval.Hit) retrieval.MarketQuery {
	q := retrieval.MarketQuery{Tenant: tenant, Category: b.Category.Value, Level: b.Level.Value, Hits: hits}
	if b.Pay.Known() && b.Pay.Value.Currency != "" {
		q.PayType, q.Currency = payType(b.Pay.Value), b.Pay.Value.Currency
	}
	for _, list := range [][]brief.Item{b.Must, b.Nice, b.Without} {
		for _, skill := range list {
			q.Skills = append(q.Skills, skill.Text)
		}
	}
	return q
}

// payType is fixed or hourly, as said or, for a sum without a type, as its
// size has it; "" for a rate that is neither.
func payType(p brief.Pay) string {
	switch {
	case p.Type != "" || p.Per != "" || !p.Amount():
		return p.Type
	case max(p.Min, p.Max) >= 200*retrieval.MinorUnits(p.Currency):
		return "fixed"
	}
	return ""
}

// keyOf tells whether a search would be the same again.
func keyOf(q retrieval.Query, b brief.Brief) string {
	h := fnv.New64a()
	fmt.Fprintln(h, q.Text, q.Skills, b.Category.Value, b.Level.Value, payType(b.Pay.Value), b.Pay.Value.Currency, len(b.Nice), len(b.Without))
	return fmt.Sprintf("%x", h.Sum64())
}

// apply puts evidence into a document.
func apply(doc *Document, similar []retrieval.Hit, read map[string]gist, market retrieval.Market) {
	market.Companions = market.Companions[:min(12, len(market.Companions))]
	doc.Market = &market
	if market.Posts == 0 && len(market.Pay) == 0 {
		doc.Market = nil
	}
	doc.Similar = make([]sessions.Evidence, 0, hitsShown)
	facets := make([]retrieval.Facets, len(similar))
	aspects := make(map[string]int)
	for i, hit := range similar {
		facets[i] = hit.Facets
		for _, id := range read[hit.ID].aspects {
			aspects[id]++
		}
		if len(doc.Similar) < hitsShown {
			doc.Similar = append(doc.Similar, evidence(hit, read[hit.ID].snippet))
		}
	}
	doc.Brief.Memory.Spread = spreadOf(facets)
	doc.Brief.Memory.Aspects = aspects
	doc.Brief.Memory.Posts = len(read)
}

// price answers "what does a logo cost?" when there is no post yet: figures for
// the words of the question, which become no part of anything.
func (w *Workflow) price(ctx context.Context, in sessions.Turn) (*retrieval.Market, error) {
	hits, err := w.library.Search(ctx, retrieval.Query{Filter: retrieval.Filter{Tenant: in.Session.Tenant, Kind: retrieval.KindJobPost}, Text: in.Message.Text, Limit: hitsForFigures})
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return nil, fmt.Errorf("jobpost: price: %w", err)
	}
	market, err := w.library.Market(ctx, retrieval.MarketQuery{Tenant: in.Session.Tenant, Hits: hits})
	if err != nil {
		return nil, fmt.Errorf("jobpost: price: %w", err)
	}
	if mixed(hits) {
		market.Pay = nil
	}
	return &market, nil
}

// closest keeps the best of the hits that are of the same kind of work.
func closest(hits []retrieval.Hit, category string) []retrieval.Hit {
	return ofKind(hits[:min(hitsForAspects, len(hits))], category)
}

// ofKind keeps the hits that are near enough to be called similar, and of the
// same category when that is known.
func ofKind(hits []retrieval.Hit, category string) []retrieval.Hit {
	var kept []retrieval.Hit
	for _, hit := range hits {
		if (category == "" || hit.Facets.Category == category) && near(hit) {
			kept = append(kept, hit)
		}
	}
	return kept
}

func near(hit retrieval.Hit) bool {
	return hit.Similarity >= leastSimilar || len(hit.Skills) > 0 || len(hit.Words) > 1
}

// mixed reports whether no category holds most of the nearest hits.
func mixed(hits []retrieval.Hit) bool {
	nearest := closest(hits, "")
	counts := make(map[string]int)
	for _, hit := range nearest {
		counts[hit.Facets.Category]++
		if 2*counts[hit.Facets.Category] > len(nearest) {
			return false
		}
	}
	return true
}
