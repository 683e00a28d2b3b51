package pgindex_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/pgindex"
)

// The recall tests look vectors up in HNSW indexes where an installation would
// compare them all, by a lowered threshold.
const (
	recallVectors    = 5_000
	recallDimensions = 32
	recallClusters   = 40
	recallExact      = 100
)

type corpus struct {
	random  *rand.Rand
	centres [][]float32
}

func newCorpus(seed uint64) *corpus {
	c := &corpus{random: rand.New(rand.NewPCG(seed, 3))}
	for range recallClusters {
		centre := make([]float32, recallDimensions)
		for k := range centre {
			centre[k] = float32(c.random.NormFloat64())
		}
		c.centres = append(c.centres, centre)
	}
	return c
}

func (c *corpus) vector(cluster int) []float32 {
	v := make([]float32, recallDimensions)
	for k := range v {
		v[k] = c.centres[cluster][k] + float32(c.random.NormFloat64())*0.6
	}
	return v
}

// posts have skills that keep 10%, 1% and 0.1% of them by chance, and the same shares by their cluster.
func (c *corpus) posts(n int) []retrieval.Stored {
	docs := make([]retrieval.Stored, n)
	for i := range docs {
		cluster := c.random.IntN(recallClusters)
		var skills []string
		for skill, holds := range map[string]bool{
			"any10": i%10 == 0, "any1": i%100 == 1, "any01": i%1000 == 2,
			"topic10": cluster < recallClusters/10, "topic1": cluster == 7 && i%5 < 2, "topic01": cluster == 8 && i%25 == 0,
		} {
			if holds {
				skills = append(skills, skill)
			}
		}
		docs[i] = retrieval.Stored{Skills: skills, Vector: c.vector(cluster), Document: retrieval.Document{
			Kind: retrieval.KindJobPost, ID: fmt.Sprintf("p%05d", i), Post: &retrieval.JobPost{Title: "Post", Skills: skills},
		}}
	}
	return docs
}

// load stores documents and then has the HNSW index of their scope made.
func load(t *testing.T, index *pgindex.Index, tenant string, docs []retrieval.Stored) {
	t.Helper()
	index.SetExactUpTo(recallExact)
	if _, err := (settling{index}).Upsert(t.Context(), tenant, "test/1", docs); err != nil {
		t.Fatal(err)
	}
}

// recall returns how many of the ten nearest are found, of all that there are.
func recall(t *testing.T, index *pgindex.Index, filter retrieval.Filter, docs []retrieval.Stored, queries [][]float32) float64 {
	t.Helper()
	const limit = 10
	found, there := 0, 0
	for _, query := range queries {
		list, err := index.Nearest(t.Context(), filter, "test/1", query, limit)
		if err != nil {
			t.Fatal(err)
		}
		nearest := nearestOf(docs, filter.AllSkills, query, limit)
		if len(list) != len(nearest) {
			t.Errorf("%v: %d found where %d should be", filter.AllSkills, len(list), len(nearest))
		}
		for _, r := range list {
			if slices.Contains(nearest, r.ID) {
				found++
			}
		}
		there += len(nearest)
	}
	return float64(found) / float64(there)
}

func nearestOf(docs []retrieval.Stored, skills []string, query []float32, limit int) (ids []string) {
	type scored struct {
		id     string
		cosine float64
	}
	var all []scored
	for _, d := range docs {
		if len(skills) > 0 && !slices.Contains(d.Skills, skills[0]) {
			continue
		}
		var product, square float64
		for k, v := range d.Vector {
			product += float64(v) * float64(query[k])
			square += float64(v) * float64(v)
		}
		all = append(all, scored{d.Document.ID, product * product / square * sign(product)})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(b.cosine, a.cosine) })
	for _, s := range all[:min(limit, len(all))] {
		ids = append(ids, s.id)
	}
	return ids
}

func sign(x float64) float64 {
	if x < 0 {
		return -1
	}
	return 1
}

// TestRecallOfFilters: filters that go with the topic of the query, with
// another one, and with none.
func TestRecallOfFilters(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	corpus := newCorpus(1)
	docs := corpus.posts(recallVectors)
	load(t, index, "acme", docs)
	if _, err := pool.Exec(t.Context(), "analyze document_vectors"); err != nil {
		t.Fatal(err)
	}
	var queries [][]float32
	for cluster := range recallClusters {
		queries = append(queries, corpus.vector(cluster))
	}
	for _, skill := range []string{"", "any10", "any1", "any01", "topic10", "topic1", "topic01"} {
		filter := all
		if skill != "" {
			filter.AllSkills = []string{skill}
		}
		plan, err := index.PlanNearest(t.Context(), filter, "test/1", queries[0], 50)
		if err != nil || !strings.Contains(plan, "Index Scan using document_vectors_hnsw_") {
			t.Errorf("%q: a walk does not use the HNSW index: %v\n%s", skill, err, plan)
		}
		got := recall(t, index, filter, docs, queries)
		t.Logf("filter %q: recall@10 %.3f", skill, got)
		if got < 0.98 {
			t.Errorf("filter %q: recall@10 is %.3f, want 0.98", skill, got)
		}
	}
}

// TestRecallOfTenants: fifty tenants, the largest with fifty times the documents of the smallest.
func TestRecallOfTenants(t *testing.T) {
	t.Parallel()
	index, _ := open(t)
	for i := range 50 {
		corpus := newCorpus(uint64(i))
		tenant, docs := fmt.Sprint("tenant", i), corpus.posts(600/(i+1)+12)
		load(t, index, tenant, docs)
		queries := [][]float32{corpus.vector(i % recallClusters), corpus.vector((i + 7) % recallClusters), corpus.vector(0)}
		if got := recall(t, index, retrieval.Filter{Tenant: tenant, Kind: all.Kind}, docs, queries); got < 0.98 {
			t.Errorf("tenant with %d documents: recall@10 is %.3f, want 0.98", len(docs), got)
		}
	}
}
