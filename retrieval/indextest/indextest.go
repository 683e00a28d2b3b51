// Package indextest is what every [retrieval.Index] promises, as a test suite.
// Each implementation runs it with [Run], against its real database.
package indextest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
)

// Open returns an empty index that is closed when the test ends.
type Open func(t *testing.T) retrieval.Index

// Run tests an implementation; [RunRecall] how well it finds what is near.
func Run(t *testing.T, open Open) {
	run(t, open, map[string]test{
		"Upsert":           testUpsert,
		"UpsertTwiceInOne": testUpsertTwiceInOne,
		"UpsertInvalid":    testUpsertInvalid,
		"Get":              testGet,
		"BigDocument":      testBigDocument,
		"Scopes":           testScopes,
		"FilterIncomplete": testFilterIncomplete,
		"Facets":           testFacets,
		"Months":           testMonths,
		"VectorsInvalid":   testVectorsInvalid,
		"Unembedded":       testUnembedded,
		"LexicalWords":     testLexicalWords,
		"LexicalOrder":     testLexicalOrder,
		"LexicalMany":      testLexicalMany,
		"LexicalHostile":   testLexicalHostile,
		"LexicalFollows":   testLexicalFollows,
		"Concurrent":       testConcurrent,
		"Cancelled":        testCancelled,
		"Stale":            testStale,
		"Known":            testKnown,
		"SkillsFollow":     testSkillsFollow,
		"Terms":            testTerms,
	})
	RunVectors(t, open)
}

// RunVectors tests only how vectors are found, for an implementation that has
// another way of finding them: by the named tests, or all.
func RunVectors(t *testing.T, open Open, only ...string) {
	tests := map[string]test{
		"Delete":       testDelete,
		"Filters":      testFilters,
		"Conditions":   testConditions,
		"Agreement":    testAgreement,
		"Coverage":     testCoverage,
		"Forget":       testForget,
		"Nearest":      testNearest,
		"Vectors":      testVectors,
		"StaleVectors": testStaleVectors,
		"Churn":        testChurn,
	}
	if len(only) == 0 {
		run(t, open, tests)
		return
	}
	some := make(map[string]test, len(only))
	for _, name := range only {
		if some[name] = tests[name]; some[name] == nil {
			t.Fatalf("there is no test %q of vectors", name)
		}
	}
	run(t, open, some)
}

type test func(*testing.T, retrieval.Index)

func run(t *testing.T, open Open, tests map[string]test) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

const (
	tenant     = "acme"
	embedding  = "test/1"
	dimensions = 8
)

var posts = retrieval.Filter{Tenant: tenant, Kind: retrieval.KindJobPost}

// post returns a valid job post.
func post(id, title, description string, skills ...string) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindJobPost, ID: id, Post: &retrieval.JobPost{
		Title: title, Description: description, Category: "web", Skills: append([]string{}, skills...),
		Level: "intermediate", PayType: retrieval.PayFixed, PayMin: 100_00, PayMax: 200_00, Currency: "USD", PostedOn: "2025-01-02",
	}}
}

func profile(id, headline string) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindProfile, ID: id, Profile: &retrieval.Profile{Headline: headline, Category: "web", Skills: []string{}}}
}

// stored wraps documents without vectors.
func stored(docs ...retrieval.Document) []retrieval.Stored {
	list := make([]retrieval.Stored, len(docs))
	for i, d := range docs {
		list[i].Document = d
	}
	return list
}

// upsert stores documents and checks how many changed.
func upsert(t *testing.T, x retrieval.Index, docs []retrieval.Stored, want int) {
	t.Helper()
	changed, err := x.Upsert(t.Context(), tenant, embedding, docs)
	if err != nil {
		t.Fatalf("Upsert: %v", err)
	}
	if changed != want {
		t.Errorf("Upsert: %d changed, want %d", changed, want)
	}
}

// direction returns a unit vector from a seed.
func direction(random *rand.Rand, length int) []float32 {
	vector := make([]float32, length)
	for i := range vector {
		vector[i] = float32(random.NormFloat64())
	}
	return normalise(vector)
}

func normalise(vector []float32) []float32 {
	sum := 0.0
	for _, v := range vector {
		sum += float64(v) * float64(v)
	}
	for i := range vector {
		vector[i] = float32(float64(vector[i]) / math.Sqrt(sum))
	}
	return vector
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 2)) }

func ids(list []retrieval.Ranked) []string {
	var found []string
	for _, r := range list {
		found = append(found, r.ID)
	}
	return found
}

func lexical(t *testing.T, x retrieval.Index, filter retrieval.Filter, terms ...string) []string {
	t.Helper()
	list, err := x.Lexical(t.Context(), filter, terms, 10)
	if err != nil {
		t.Fatalf("Lexical(%q): %v", terms, err)
	}
	checkOrder(t, list)
	return ids(list)
}

// checkOrder: best first, and no document twice.
func checkOrder(t *testing.T, list []retrieval.Ranked) {
	t.Helper()
	seen := make(map[string]bool)
	for i, r := range list {
		if seen[r.ID] {
			t.Errorf("%s is listed twice", r.ID)
		}
		seen[r.ID] = true
		if math.IsNaN(r.Score) || i > 0 && r.Score > list[i-1].Score {
			t.Errorf("score %v of %s is not below the one before it", r.Score, r.ID)
		}
	}
}

func sameSet(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	got = slices.Sorted(slices.Values(got))
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q in any order", what, got, want)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func get(t *testing.T, x retrieval.Index, kind retrieval.Kind, ids ...string) []retrieval.Document {
	t.Helper()
	docs, err := x.Get(t.Context(), tenant, kind, ids)
	if err != nil {
		t.Fatalf("Get: %v", err)
	}
	return docs
}

func count(t *testing.T, x retrieval.Index, filter retrieval.Filter) int {
	t.Helper()
	n, err := x.Count(t.Context(), filter)
	if err != nil {
		t.Fatalf("Count: %v", err)
	}
	return n
}

func number(prefix string, i int) string { return fmt.Sprintf("%s-%05d", prefix, i) }
