package retrieval

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrPartial is wrapped by the error that stands beside hits when only a part
// of the index was looked at: one of the two lists did not answer, or too many
// documents would have to be read for a quoted phrase. The hits are good, but
// there may be better ones.
var ErrPartial = errors.New("retrieval: only part of the index answered")

const (
	leastDepth = 100   // of each list, first
	mostDepth  = 1_000 // of each list, when hits are collapsed or lack a phrase
)

// Search finds documents by words and by nearness at once, best first. Job
// posts that repeat another are named by it and not shown, and the first page
// does not repeat itself more than it must. A query without text and skills
// gives the newest documents. There are fewer hits than Query.Limit only when
// no more documents pass, or none among the first 1,000 of each list. When
// a list fails, the hits of the other are returned beside an error that wraps
// ErrPartial. A condition that cannot be meant is an error that wraps
// ErrInvalid and names it.
func (r *Retriever) Search(ctx context.Context, q Query) ([]Hit, error) {
	q, err := r.resolve(q)
	if err != nil {
		return nil, fmt.Errorf("retrieval: search: %w", err)
	}
	s := r.newSearch(q)
	hits, err := s.find(ctx)
	if err != nil {
		return nil, fmt.Errorf("retrieval: search: %w", err)
	}
	if err := s.carry(ctx, hits); err != nil {
		return nil, fmt.Errorf("retrieval: search: %w", err)
	}
	r.explain(hits, s.wanted)
	if s.partial != nil {
		return hits, fmt.Errorf("retrieval: search: %w: %w", ErrPartial, s.partial)
	}
	return hits, nil
}

// search is one search on its way.
type search struct {
	*Retriever
	q        Query
	text     string // of the query, without quotation marks
	wanted   *wanted
	phrases  []phrase
	embedded string // what the nearest list is asked for
	terms    []string
	demanded []string // words of the phrases

	embedder Embedder
	vector   []float32           // of embedded, once it is there
	failed   error               // why there is no nearest list
	read     map[string]Document // documents that were read on the way
	partial  error               // why not all of the index was looked at
}

func (r *Retriever) newSearch(q Query) *search {
	s := &search{Retriever: r, q: q}
	s.text = q.Text
	if q.Phrases {
		s.text, s.phrases = phrases(q.Text)
	}
	named := r.namedSkills(q.Skills, s.text)
	s.wanted = newWanted(s.text, named)
	s.embedded = embeddingText(s.text, r.namedSkills(q.Skills, ""))
	s.terms = searchTerms(s.text, q.Language, named, !r.tuning.NoAliases)
	s.demanded = demandedTerms(s.phrases)
	return s
}

// find asks the lists, deeper each time, until there are hits enough or the
// lists end.
func (s *search) find(ctx context.Context) ([]Hit, error) {
	depth, want := max(leastDepth, 2*s.q.Limit), s.q.Limit*3/2+12
	for {
		found, err := s.ask(ctx, depth)
		if err != nil {
			return nil, err
		}
		kept, all, err := s.keepPhrases(ctx, found, want)
		if err != nil {
			return nil, err
		}
		hits, err := s.hits(ctx, kept[:min(len(kept), want)])
		if err != nil {
			return nil, err
		}
		hits = s.arrange(hits)
		ended := found.ended && all && want >= len(kept)
		if len(hits) >= s.q.Limit || ended || depth >= mostDepth {
			if len(hits) < s.q.Limit && !ended && len(s.phrases) > 0 {
				s.partial = errors.Join(s.partial, fmt.Errorf("the quoted words were looked for in the first %d documents that have them", depth))
			}
			return hits[:min(len(hits), s.q.Limit)], nil
		}
		depth, want = min(4*depth, mostDepth), 4*want
	}
}

// arrange favours titles that say no more than the query, weighs the priors, collapses repeats and varies the first page.
func (s *search) arrange(hits []Hit) []Hit {
	if s.embedded == "" { // the newest, in that order
		return collapse(hits, s.q.Kind)
	}
	s.tuning.favour(hits, s.wanted)
	s.tuning.weigh(hits, s.q.Kind, time.Now())
	return diversify(collapse(hits, s.q.Kind), s.tuning.Sameness)
}

// hits reads the facets of candidates. Documents deleted meanwhile are left out.
func (s *search) hits(ctx context.Context, candidates []candidate) ([]Hit, error) {
	if len(candidates) == 0 {
		return nil, nil
	}
	ids := make([]string, len(candidates))
	for i, c := range candidates {
		ids[i] = c.id
	}
	facets, err := s.index.Facets(ctx, Filter{Tenant: s.q.Tenant, Kind: s.q.Kind}, ids, len(ids))
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, len(facets))
	at := 0
	for i, f := range facets {
		for candidates[at].id != f.ID { // facets come in the order of ids
			at++
		}
		c := candidates[at]
		hits[i] = Hit{ID: f.ID, Score: c.fused, Similarity: c.scores[byVector], lexical: c.scores[byWords], Facets: f, Why: Reasons{
			LexicalPlace: c.places[byWords], NearestPlace: c.places[byVector], Fused: c.fused, Recency: 1, Quality: 1,
		}}
	}
	return hits, nil
}

// carry gives the first hits their documents.
func (s *search) carry(ctx context.Context, hits []Hit) error {
	hits = hits[:min(len(hits), max(s.q.Documents, 0))]
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.ID
	}
	if err := s.readDocuments(ctx, ids); err != nil {
		return err
	}
	for i := range hits {
		if d, ok := s.read[hits[i].ID]; ok {
			hits[i].Document = &d
		}
	}
	return nil
}

// readDocuments reads those documents that were not read before.
func (s *search) readDocuments(ctx context.Context, ids []string) error {
	var missing []string
	for _, id := range ids {
		if _, ok := s.read[id]; !ok {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	docs, err := s.index.Get(ctx, s.q.Tenant, s.q.Kind, missing)
	if err != nil {
		return err
	}
	if s.read == nil {
		s.read = make(map[string]Document, len(docs))
	}
	for _, d := range docs {
		s.read[d.ID] = d
	}
	return nil
}
