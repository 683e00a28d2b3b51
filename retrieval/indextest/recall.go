package indextest

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// Recall is how large a collection RunRecall measures on. The zero value is usual.
type Recall struct {
	Documents  int // 20,000 of one tenant
	Tenants    int // 50 more tenants,
	Shared     int // with 5,000 documents together, by Zipf's law
	Dimensions int // 32
	// Settled is called when all is loaded, for an index that builds something
	// aside. It may be nil.
	Settled func(*testing.T, retrieval.Index)
}

// leastRecall is the share of the ten nearest, by brute force, that every search is to find.
const leastRecall = 0.98

// RunRecall measures which share of the ten nearest an index finds, in vectors
// that lie in clusters as those of texts do: without a filter, with filters
// that keep a tenth, a hundredth and a thousandth, whether what they keep has
// to do with the topic or not, and in each of many tenants. A list is never
// short while more documents match.
func RunRecall(t *testing.T, open Open, r Recall) {
	r.Documents, r.Tenants, r.Shared = cmp.Or(r.Documents, 20_000), cmp.Or(r.Tenants, 50), cmp.Or(r.Shared, 5_000)
	r.Dimensions = cmp.Or(r.Dimensions, 32)
	x, topics := open(t), newTopics(r.Dimensions)
	loaded := map[string][]placed{tenant: topics.documents(r.Documents)}
	for i, n := range zipf(r.Tenants, r.Shared) {
		loaded[number("tenant", i)] = topics.documents(n)
	}
	for name, docs := range loaded {
		load(t, x, name, docs)
	}
	if r.Settled != nil {
		r.Settled(t, x)
	}
	for _, tt := range recallFilters {
		t.Run(tt.name, func(t *testing.T) {
			m := measured{x: x, docs: loaded[tenant], filter: tt.filter, keeps: tt.keeps}
			m.filter.Tenant, m.filter.Kind = tenant, retrieval.KindJobPost
			m.run(t, append(topics.queries(20, -1), topics.queries(10, tt.topic)...))
		})
	}
	t.Run("each tenant", func(t *testing.T) {
		for name, docs := range loaded {
			m := measured{x: x, docs: docs, keeps: func(placed) bool { return true }}
			m.filter = retrieval.Filter{Tenant: name, Kind: retrieval.KindJobPost}
			m.run(t, topics.queries(10, -1))
		}
	})
}

// recallFilters: level, country and pay type are drawn, category, currency and
// language go with the topic.
var recallFilters = []struct {
	name   string
	filter retrieval.Filter
	keeps  func(placed) bool
	topic  int // that some of the queries are about
}{
	{"all", retrieval.Filter{}, func(placed) bool { return true }, 7},
	{"a tenth", retrieval.Filter{Level: "expert"}, func(d placed) bool { return d.tenth }, 7},
	{"a hundredth", retrieval.Filter{Countries: []string{"IS"}}, func(d placed) bool { return d.hundredth }, 7},
	{"a thousandth", retrieval.Filter{PayType: retrieval.PayHourly}, func(d placed) bool { return d.thousandth }, 7},
	{"ten topics of a hundred", retrieval.Filter{Category: "arts"}, func(d placed) bool { return d.topic < 10 }, 7},
	{"one topic of a hundred", retrieval.Filter{AllSkills: []string{"Topic 7"}}, func(d placed) bool { return d.topic == 7 }, 7},
	{"a tenth of one topic", retrieval.Filter{AllSkills: []string{"Topic 7"}, Level: "expert"}, func(d placed) bool { return d.topic == 7 && d.tenth }, 7},
	{"all but one topic", retrieval.Filter{AnySkills: []string{"Other"}}, func(d placed) bool { return d.topic != 7 }, 7},
	{"a tenth, far from the topic", retrieval.Filter{Category: "arts"}, func(d placed) bool { return d.topic < 10 }, 77},
	{"a hundredth, far from the topic", retrieval.Filter{AllSkills: []string{"Topic 7"}}, func(d placed) bool { return d.topic == 7 }, 77},
}

// placed is a document, where it is, and what filters ask about it.
type placed struct {
	id                           string
	vector                       []float32
	topic                        int
	tenth, hundredth, thousandth bool
}

func (d placed) stored() retrieval.Stored {
	document := post(d.id, "Post", "")
	p := document.Post
	p.Level, p.Country, p.PayType, p.Category = "", "", "", "other"
	if d.tenth {
		p.Level = "expert"
	}
	if d.hundredth {
		p.Country = "IS"
	}
	if d.thousandth {
		p.PayType = retrieval.PayHourly
	}
	if d.topic < 10 {
		p.Category = "arts"
	}
	skills := []string{fmt.Sprint("Topic ", d.topic)}
	if d.topic != 7 {
		skills = append(skills, "Other")
	}
	return retrieval.Stored{Document: document, Vector: d.vector, Skills: skills, Analysis: "v1"}
}

// topics are the centres of clusters.
type topics struct {
	*rand.Rand
	centres [][]float32
}

func newTopics(dimensions int) *topics {
	t := &topics{Rand: seeded(4)}
	for range 100 {
		t.centres = append(t.centres, direction(t.Rand, dimensions))
	}
	return t
}

// around draws a vector of a topic.
func (t *topics) around(topic int) []float32 {
	vector := slices.Clone(t.centres[topic])
	spread := 0.64 / math.Sqrt(float64(len(vector)))
	for i := range vector {
		vector[i] += float32(t.NormFloat64() * spread)
	}
	return normalise(vector)
}

func (t *topics) documents(n int) []placed {
	docs := make([]placed, n)
	for i := range docs {
		topic := t.IntN(len(t.centres))
		docs[i] = placed{
			id: number("d", i), topic: topic, vector: t.around(topic),
			tenth: t.IntN(10) == 0, hundredth: t.IntN(100) == 0, thousandth: t.IntN(1000) == 0,
		}
	}
	return docs
}

// queries draws vectors of a topic, of any with -1.
func (t *topics) queries(n, topic int) [][]float32 {
	list := make([][]float32, n)
	for i := range list {
		about := topic
		if about < 0 {
			about = t.IntN(len(t.centres))
		}
		list[i] = t.around(about)
	}
	return list
}

// zipf shares n documents among tenants: the second has half of what the first
// has, the third a third, and each at least one.
func zipf(tenants, n int) []int {
	total := 0.0
	for i := range tenants {
		total += 1 / float64(i+1)
	}
	sizes := make([]int, tenants)
	for i := range sizes {
		sizes[i] = max(1, int(float64(n)/float64(i+1)/total))
	}
	return sizes
}

func load(t *testing.T, x retrieval.Index, name string, docs []placed) {
	t.Helper()
	for part := range slices.Chunk(docs, 1000) {
		list := make([]retrieval.Stored, len(part))
		for i, d := range part {
			list[i] = d.stored()
		}
		if _, err := x.Upsert(t.Context(), name, embedding, list); err != nil {
			t.Fatalf("Upsert: %v", err)
		}
	}
}

// measured is one filter and the documents that it is asked of.
type measured struct {
	x      retrieval.Index
	docs   []placed
	filter retrieval.Filter
	keeps  func(placed) bool
}

func (m measured) run(t *testing.T, queries [][]float32) {
	t.Helper()
	const limit = 10
	right, wanted := 0, 0
	for _, query := range queries {
		exact := m.exact(query)
		list, err := m.x.Nearest(t.Context(), m.filter, embedding, query, limit)
		if err != nil {
			t.Fatalf("Nearest: %v", err)
		}
		checkOrder(t, list)
		if want := min(limit, len(exact)); len(list) != want {
			t.Fatalf("%s: %d found of %d that match, want %d", m.filter.Tenant, len(list), len(exact), want)
		}
		wanted += len(list)
		right += m.right(t, list, exact)
	}
	if share := float64(right) / float64(max(wanted, 1)); wanted > 0 && share < leastRecall {
		t.Errorf("%s: recall@%d is %.3f, want %.2f", m.filter.Tenant, limit, share, leastRecall)
	}
	// Many are asked for: all that match, or as many.
	for _, many := range []int{100, 1000} {
		exact := m.exact(queries[0])
		list, err := m.x.Nearest(t.Context(), m.filter, embedding, queries[0], many)
		if want := min(many, len(exact)); err != nil || len(list) != want {
			t.Errorf("%s: %d found of %d that match, %v, want %d", m.filter.Tenant, len(list), len(exact), err, want)
		}
	}
}

// right counts what is among the nearest by brute force, or as near as the last
// of them but for the precision of a stored vector.
func (m measured) right(t *testing.T, list []retrieval.Ranked, exact []scored) int {
	t.Helper()
	const precision = 0.0005
	scores := make(map[string]float64, len(exact))
	for _, s := range exact {
		scores[s.id] = s.score
	}
	n := 0
	for _, r := range list {
		score, matches := scores[r.ID]
		if !matches {
			t.Errorf("%s does not pass the filter", r.ID)
		}
		if matches && score >= exact[len(list)-1].score-precision {
			n++
		}
	}
	return n
}

type scored struct {
	id    string
	score float64
}

// exact ranks all documents that the filter keeps.
func (m measured) exact(query []float32) []scored {
	var list []scored
	for _, d := range m.docs {
		if m.keeps(d) {
			list = append(list, scored{d.id, dot(query, d.vector)})
		}
	}
	slices.SortFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	return list
}
