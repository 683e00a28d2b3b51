package retrieval

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval/skills"
)

// ErrPartial is wrapped by the error that stands beside hits when only one of
// the two lists answered: the hits are good, but there may be better ones.
var ErrPartial = errors.New("retrieval: only part of the index answered")

const (
	defaultLimit = 20
	maxLimit     = 200

	nearestTimeout = 5 * time.Second

	// What a place in each list counts. Measured on real posts: docs/retrieval.md.
	lexicalWeight = 1.0
	nearestWeight = 1.5
)

// Query asks for documents of one tenant and kind.
type Query struct {
	Tenant string // required
	Kind   Kind   // required
	// Text is what is looked for, in anybody's words, the first 4,000 bytes of it.
	// To the built-in embedder the first line is a title and counts double.
	Text   string
	Skills []string

	// Only documents of these values, where they are set.
	Category string
	Level    string
	PayType  string
	Currency string
	Exclude  []string // ids

	Limit     int // hits wanted; 0 for 20, at most 200
	Documents int // so many of the first hits carry their document
}

func (q Query) filter() Filter {
	return Filter{
		Tenant: q.Tenant, Kind: q.Kind, Category: q.Category, Level: q.Level,
		PayType: q.PayType, Currency: q.Currency, Exclude: q.Exclude,
	}
}

// Hit is a document that was found, and why.
type Hit struct {
	ID         string
	Score      float64  // fused from places in the lists; comparable within one search only
	Similarity float64  // cosine to the query, 0 when it is not among the nearest
	Words      []string // words of the query that the title, a skill, or the text of a carried document has
	Skills     []string // skills of the query that the document lists, under whatever alias, by their vocabulary names
	Facets     Facets
	Document   *Document // for the first Query.Documents hits
}

// Search finds documents by words and by nearness at once, best first.
// Reposts of the same work appear once, and the first page does not repeat
// itself more than it must. A query without text and skills gives the newest
// documents. When one of the two lists fails, the hits of the other are
// returned beside an error that wraps ErrPartial.
func (r *Retriever) Search(ctx context.Context, q Query) ([]Hit, error) {
	if q.Tenant == "" || q.Kind == "" {
		return nil, fmt.Errorf("retrieval: search: %w: tenant and kind are required", ErrInvalid)
	}
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	q.Limit = min(q.Limit, maxLimit)
	q.Text = cutQuery(q.Text)
	named := r.namedSkills(q)
	ranked, near, partial, err := r.rank(ctx, q, named)
	if err != nil {
		return nil, fmt.Errorf("retrieval: search: %w", err)
	}
	hits, err := r.hits(ctx, q, ranked, near)
	if err != nil {
		return nil, fmt.Errorf("retrieval: search: %w", err)
	}
	if q.Kind == KindJobPost {
		hits = collapse(hits)
	}
	hits = diversify(hits)
	hits = hits[:min(len(hits), q.Limit)]
	if err := r.carry(ctx, q, hits); err != nil {
		return nil, fmt.Errorf("retrieval: search: %w", err)
	}
	r.explain(hits, q.Text, named)
	if partial != nil {
		return hits, fmt.Errorf("retrieval: search: %w: %w", ErrPartial, partial)
	}
	return hits, nil
}

// rank asks both lists at once and fuses them. near holds the cosines of the
// nearest list. partial is why one of the lists is missing.
func (r *Retriever) rank(ctx context.Context, q Query, named []skills.Skill) (ranked []Ranked, near map[string]float64, partial, err error) {
	filter, fetch := q.filter(), min(maxLimit, max(50, 2*q.Limit))
	text, terms := embeddingText(q.Text, named), searchTerms(q.Text, named)
	if text == "" {
		ranked, err = r.newest(ctx, filter, q.Limit)
		return ranked, nil, nil, err
	}
	var lexical, nearest []Ranked
	var lexicalErr, nearestErr error
	var lists sync.WaitGroup
	if len(terms) > 0 {
		lists.Go(func() { lexical, lexicalErr = r.index.Lexical(ctx, filter, terms, fetch) })
	}
	nearest, nearestErr = r.nearest(ctx, filter, text, fetch)
	lists.Wait()
	partial = errors.Join(wrap("lexical", lexicalErr), wrap("nearest", nearestErr))
	if ctx.Err() != nil || nearestErr != nil && (lexicalErr != nil || len(terms) == 0) {
		return nil, nil, nil, errors.Join(partial, ctx.Err())
	}
	near = make(map[string]float64, len(nearest))
	for _, n := range nearest {
		near[n.ID] = n.Score
	}
	ranked = fuse(fusionK, weightedList{lexical, lexicalWeight}, weightedList{nearest, nearestWeight})
	return ranked, near, partial, nil
}

// nearest embeds the query's text and ranks by it. A server that embeds too
// slowly for a conversation is not waited for: the other list answers.
func (r *Retriever) nearest(ctx context.Context, filter Filter, text string, limit int) ([]Ranked, error) {
	ctx, cancel := context.WithTimeout(ctx, nearestTimeout)
	defer cancel()
	vectors, err := r.vectors(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return r.index.Nearest(ctx, filter, r.embedder.Name(), vectors[0], limit)
}

func (r *Retriever) newest(ctx context.Context, filter Filter, limit int) ([]Ranked, error) {
	facets, err := r.index.Facets(ctx, filter, nil, limit)
	if err != nil {
		return nil, err
	}
	ranked := make([]Ranked, len(facets))
	for place, f := range facets {
		ranked[place] = Ranked{f.ID, 1 / float64(fusionK+place+1)}
	}
	return ranked, nil
}

// hits reads the facets of the best documents, with some to spare for what is
// collapsed later. Documents deleted meanwhile are left out.
func (r *Retriever) hits(ctx context.Context, q Query, ranked []Ranked, near map[string]float64) ([]Hit, error) {
	ranked = ranked[:min(len(ranked), q.Limit+q.Limit/4+12)]
	if len(ranked) == 0 {
		return nil, nil
	}
	ids := make([]string, len(ranked))
	scores := make(map[string]float64, len(ranked))
	for i, doc := range ranked {
		ids[i], scores[doc.ID] = doc.ID, doc.Score
	}
	facets, err := r.index.Facets(ctx, Filter{Tenant: q.Tenant, Kind: q.Kind}, ids, len(ids))
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, len(facets))
	for i, f := range facets {
		hits[i] = Hit{ID: f.ID, Score: scores[f.ID], Similarity: near[f.ID], Facets: f}
	}
	return hits, nil
}

// carry reads the documents of the first hits.
func (r *Retriever) carry(ctx context.Context, q Query, hits []Hit) error {
	hits = hits[:min(len(hits), max(q.Documents, 0))]
	if len(hits) == 0 {
		return nil
	}
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.ID
	}
	docs, err := r.index.Get(ctx, q.Tenant, q.Kind, ids)
	if err != nil {
		return err
	}
	byID := make(map[string]*Document, len(docs))
	for i := range docs {
		byID[docs[i].ID] = &docs[i]
	}
	for i := range hits {
		hits[i].Document = byID[hits[i].ID]
	}
	return nil
}

// namedSkills are the skills a query lists and those its text names, each once.
func (r *Retriever) namedSkills(q Query) []skills.Skill {
	var named []skills.Skill
	seen := make(map[string]bool)
	add := func(skill skills.Skill) {
		if !seen[skill.Name] {
			seen[skill.Name] = true
			named = append(named, skill)
		}
	}
	for _, name := range q.Skills[:min(len(q.Skills), maxNameable)] {
		if skill, ok := r.vocabulary.Lookup(name); ok {
			add(skill)
		} else if name = cleanLine(name); name != "" {
			add(skills.Skill{Name: name}) // not in the vocabulary, but said
		}
	}
	for _, match := range r.vocabulary.Match(q.Text) {
		add(*match.Skill)
	}
	return named
}

// embeddingText is the query's text with the skills that it does not spell out.
func embeddingText(text string, named []skills.Skill) string {
	low := strings.ToLower(text)
	var missing []string
	for _, skill := range named {
		if !strings.Contains(low, strings.ToLower(skill.Name)) {
			missing = append(missing, skill.Name)
		}
	}
	return strings.TrimSpace(strings.TrimSpace(text) + "\n" + strings.Join(missing, ", "))
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
