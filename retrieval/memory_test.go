package retrieval_test

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// memory is an Index that scans everything, for tests.
type memory struct {
	mu   sync.Mutex
	docs map[memoryKey]*memoryDoc

	lexicalErr, nearestErr error // what the lists fail with
	coverageErr            error
	coverage               func() // called before Coverage, when not nil
	stale                  func() // called after Stale, when not nil
	upserts                int
	asked                  int // how often Lexical and Nearest were asked
}

type memoryKey struct {
	tenant string
	kind   retrieval.Kind
	id     string
}

type memoryDoc struct {
	json     []byte
	facets   retrieval.Facets
	skills   []string
	analysis string
	stems    map[string]float64
	length   float64
	vector   map[string][]float32
}

func newMemory() *memory { return &memory{docs: make(map[memoryKey]*memoryDoc)} }

func (m *memory) Upsert(ctx context.Context, tenant, embedding string, docs []retrieval.Stored) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	changed := 0
	for _, s := range docs {
		if err := s.Document.Validate(); err != nil {
			return changed, err
		}
		content, err := json.Marshal(s.Document)
		if err != nil {
			return changed, err
		}
		key := memoryKey{tenant, s.Document.Kind, s.Document.ID}
		if old := m.docs[key]; s.Known && (old == nil || string(old.json) != string(content)) {
			continue
		}
		doc := &memoryDoc{json: content, facets: s.Document.Facets(), skills: s.Skills, analysis: s.Analysis, stems: make(map[string]float64), vector: make(map[string][]float32)}
		if old := m.docs[key]; old == nil || string(old.json) != string(content) {
			changed++
		} else {
			doc.vector = old.vector
		}
		for _, term := range s.Terms {
			doc.stems[term] = 1
		}
		for _, stem := range stemsOf(s.Document.SearchText()) {
			doc.stems[stem]++
			doc.length++
		}
		if s.Vector != nil {
			doc.vector[embedding] = s.Vector
		}
		m.docs[key] = doc
		m.upserts++
	}
	return changed, ctx.Err()
}

func (m *memory) Delete(_ context.Context, tenant string, kind retrieval.Kind, ids []string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := len(m.docs)
	for _, id := range ids {
		delete(m.docs, memoryKey{tenant, kind, id})
	}
	return before - len(m.docs), nil
}

func (m *memory) Get(_ context.Context, tenant string, kind retrieval.Kind, ids []string) ([]retrieval.Document, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []retrieval.Document
	for _, id := range ids {
		if doc := m.docs[memoryKey{tenant, kind, id}]; doc != nil {
			var d retrieval.Document
			if err := json.Unmarshal(doc.json, &d); err != nil {
				return nil, err
			}
			found = append(found, d)
		}
	}
	return found, nil
}

func (m *memory) passing(f retrieval.Filter) map[string]*memoryDoc {
	found := make(map[string]*memoryDoc)
	for key, doc := range m.docs {
		if key.tenant == f.Tenant && key.kind == f.Kind && !slices.Contains(f.Exclude, key.id) && doc.passes(f) {
			found[key.id] = doc
		}
	}
	return found
}

// passes knows the conditions that tests of this package use.
func (d *memoryDoc) passes(f retrieval.Filter) bool {
	x := d.facets
	is := func(want, have string) bool { return want == "" || want == have }
	lists := func(skill string) bool { return slices.Contains(d.skills, skill) }
	pays := func(p retrieval.PayRange) bool {
		return p.Currency == x.Currency && max(x.PayMin, x.PayMax) >= p.Min && (p.Max == 0 || x.PayMin <= p.Max)
	}
	return is(f.Category, x.Category) && is(f.Level, x.Level) && is(f.PayType, x.PayType) && is(f.Currency, x.Currency) &&
		!slices.ContainsFunc(f.AllSkills, func(s string) bool { return !lists(s) }) &&
		(f.AnySkills == nil || slices.ContainsFunc(f.AnySkills, lists)) &&
		(f.Pay == nil || slices.ContainsFunc(f.Pay, pays)) &&
		(f.Countries == nil || slices.Contains(f.Countries, x.Country)) &&
		(f.From == "" || f.From <= x.PostedOn) && (f.To == "" || x.PostedOn != "" && x.PostedOn <= f.To)
}

func (m *memory) Facets(ctx context.Context, f retrieval.Filter, ids []string, limit int) ([]retrieval.Facets, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	passing := m.passing(f)
	found := []retrieval.Facets{}
	for _, id := range ids {
		if doc := passing[id]; doc != nil {
			found = append(found, doc.facets)
		}
	}
	if ids == nil {
		for _, doc := range passing {
			found = append(found, doc.facets)
		}
		slices.SortFunc(found, func(a, b retrieval.Facets) int {
			return cmp.Or(cmp.Compare(b.PostedOn, a.PostedOn), cmp.Compare(a.ID, b.ID))
		})
		found = found[:min(limit, len(found))]
	}
	return found, ctx.Err()
}

func (m *memory) Lexical(ctx context.Context, f retrieval.Filter, terms []string, limit int) ([]retrieval.Ranked, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked++
	if m.lexicalErr != nil {
		return nil, m.lexicalErr
	}
	passing, total := m.passing(f), 0.0
	for _, doc := range passing {
		total += doc.length
	}
	mean := total / float64(max(1, len(passing)))
	scores := make(map[string]float64)
	seen := make(map[string]bool)
	for _, term := range terms {
		stems := []string{term}
		if !strings.HasPrefix(term, "~") {
			stems = stemsOf(term)
		}
		for _, stem := range stems {
			if seen[stem] {
				continue
			}
			seen[stem] = true
			in := 0.0
			for _, doc := range passing {
				if doc.stems[stem] > 0 {
					in++
				}
			}
			idf := math.Log(1 + (float64(len(passing))-in+0.5)/(in+0.5))
			for id, doc := range passing {
				if tf := doc.stems[stem]; tf > 0 {
					scores[id] += idf * tf * 2.2 / (tf + 1.2*(0.25+0.75*doc.length/mean))
				}
			}
		}
	}
	return top(scores, limit), ctx.Err()
}

func (m *memory) Nearest(ctx context.Context, f retrieval.Filter, embedding string, vector []float32, limit int) ([]retrieval.Ranked, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked++
	if m.nearestErr != nil {
		return nil, m.nearestErr
	}
	scores := make(map[string]float64)
	for id, doc := range m.passing(f) {
		if v := doc.vector[embedding]; v != nil {
			scores[id] = dot(v, vector)
		}
	}
	return top(scores, limit), ctx.Err()
}

func stemsOf(text string) []string {
	stems := words.Split(text)
	for i, word := range stems {
		stems[i] = words.Stem(word)
	}
	return stems
}

func dot(a, b []float32) float64 {
	var sum float32
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}

func top(scores map[string]float64, limit int) []retrieval.Ranked {
	var ranked []retrieval.Ranked
	for id, score := range scores {
		ranked = append(ranked, retrieval.Ranked{ID: id, Score: score})
	}
	slices.SortFunc(ranked, func(a, b retrieval.Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return ranked[:min(limit, len(ranked))]
}

func (m *memory) Unembedded(ctx context.Context, tenant, embedding string, limit int) ([]retrieval.Document, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []retrieval.Document
	for key, doc := range m.docs {
		if key.tenant == tenant && doc.vector[embedding] == nil && len(found) < limit {
			var d retrieval.Document
			if err := json.Unmarshal(doc.json, &d); err != nil {
				return nil, err
			}
			found = append(found, d)
		}
	}
	return found, ctx.Err()
}

func (m *memory) PutVectors(ctx context.Context, tenant, embedding string, kind retrieval.Kind, vectors map[string][]float32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, vector := range vectors {
		if doc := m.docs[memoryKey{tenant, kind, id}]; doc != nil {
			doc.vector[embedding] = vector
		}
	}
	return ctx.Err()
}

func (m *memory) Coverage(ctx context.Context, tenant string) (retrieval.Coverage, error) {
	if m.coverage != nil {
		m.coverage()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c := retrieval.Coverage{Vectors: make(map[string]int)}
	for key, doc := range m.docs {
		if key.tenant == tenant {
			c.Documents++
			for name := range doc.vector {
				c.Vectors[name]++
			}
		}
	}
	return c, cmp.Or(m.coverageErr, ctx.Err())
}

func (m *memory) Forget(ctx context.Context, embedding string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	forgotten := 0
	for _, doc := range m.docs {
		if doc.vector[embedding] != nil {
			forgotten++
			delete(doc.vector, embedding)
		}
	}
	return forgotten, ctx.Err()
}

func (m *memory) Settle(ctx context.Context, _ string) error { return ctx.Err() }

func (m *memory) Stale(ctx context.Context, tenant, analysis string, limit int) ([]retrieval.Document, error) {
	if m.stale != nil {
		defer m.stale()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []retrieval.Document
	for key, doc := range m.docs {
		if key.tenant == tenant && doc.analysis != analysis && len(found) < limit {
			var d retrieval.Document
			if err := json.Unmarshal(doc.json, &d); err != nil {
				return nil, err
			}
			found = append(found, d)
		}
	}
	return found, ctx.Err()
}

func (m *memory) Months(ctx context.Context, f retrieval.Filter) (map[string]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	months := make(map[string]int)
	for _, doc := range m.passing(f) {
		months[retrieval.MonthOf(doc.facets.PostedOn)]++
	}
	return months, ctx.Err()
}

func (m *memory) Count(ctx context.Context, f retrieval.Filter) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.passing(f)), ctx.Err()
}

// loaded returns a Retriever on an index in memory, with documents.
func loaded(t testing.TB, docs []retrieval.Document) (*retrieval.Retriever, *memory) {
	t.Helper()
	index := newMemory()
	r := retrieval.New(index, embed.Default(), skills.Default())
	if _, err := r.Load(t.Context(), "t", docs); err != nil {
		t.Fatal(err)
	}
	return r, index
}
