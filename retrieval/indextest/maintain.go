package indextest

import (
	"errors"
	"math"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func testCoverage(t *testing.T, x retrieval.Index) {
	coverage := func(tenant string) retrieval.Coverage {
		t.Helper()
		c, err := x.Coverage(t.Context(), tenant)
		if err != nil {
			t.Fatalf("Coverage: %v", err)
		}
		return c
	}
	check := func(what, tenant string, documents int, vectors map[string]int) {
		t.Helper()
		c := coverage(tenant)
		if c.Documents != documents {
			t.Errorf("%s: %d documents, want %d", what, c.Documents, documents)
		}
		for name, want := range vectors {
			if c.Vectors[name] != want {
				t.Errorf("%s: %d vectors of %s, want %d", what, c.Vectors[name], name, want)
			}
		}
		for name, n := range c.Vectors {
			if n != vectors[name] {
				t.Errorf("%s: %d vectors of %s, want %d", what, n, name, vectors[name])
			}
		}
	}
	check("nothing stored", tenant, 0, nil)
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}, {Document: post("b", "Bread", "")}, {Document: profile("a", "Cook"), Vector: first}}, 3)
	if _, err := x.Upsert(t.Context(), "other", embedding, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}}); err != nil {
		t.Fatal(err)
	}
	if err := x.PutVectors(t.Context(), tenant, "two/1", retrieval.KindJobPost, map[string][]float32{"b": {1, 0}, "missing": {1, 0}}); err != nil {
		t.Fatal(err)
	}
	check("two embeddings", tenant, 3, map[string]int{embedding: 2, "two/1": 1})
	check("another tenant", "other", 1, map[string]int{embedding: 1})
	check("nobody", "nobody", 0, nil)
	upsert(t, x, stored(post("a", "Changed", "")), 1)
	check("a changed document has lost its vector", tenant, 3, map[string]int{embedding: 1, "two/1": 1})
	if _, err := x.Delete(t.Context(), tenant, retrieval.KindProfile, []string{"a"}); err != nil {
		t.Fatal(err)
	}
	check("after a deletion", tenant, 2, map[string]int{embedding: 0, "two/1": 1})
}

func testForget(t *testing.T, x retrieval.Index) {
	for _, name := range []string{tenant, "other"} {
		docs := []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}, {Document: post("b", "Bread", ""), Vector: first}}
		if _, err := x.Upsert(t.Context(), name, embedding, docs); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.PutVectors(t.Context(), tenant, "two/1", retrieval.KindJobPost, map[string][]float32{"a": {1, 0}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{4, 0} { // of every tenant, and then there are none
		if n, err := x.Forget(t.Context(), embedding); n != want || err != nil {
			t.Fatalf("Forget: %d, %v, want %d", n, err, want)
		}
	}
	if n, err := x.Forget(t.Context(), "unheard/1"); n != 0 || err != nil {
		t.Errorf("an embedding nobody has: %d, %v", n, err)
	}
	if list := nearest(t, x, posts, first, 5); len(list) != 0 {
		t.Errorf("forgotten vectors are found: %v", list)
	}
	if list, err := x.Nearest(t.Context(), posts, "two/1", []float32{1, 0}, 5); len(list) != 1 || err != nil {
		t.Errorf("vectors of another embedding: %v, %v", list, err)
	}
	if docs, err := x.Unembedded(t.Context(), tenant, embedding, 5); len(docs) != 2 || err != nil {
		t.Errorf("%d documents to embed, %v, want 2", len(docs), err)
	}
	sameSet(t, "documents", lexical(t, x, posts, "apple"), "a")
	// The name is free again, for vectors of any length.
	three := []float32{0, 0, 1}
	if err := x.PutVectors(t.Context(), tenant, embedding, retrieval.KindJobPost, map[string][]float32{"b": three}); err != nil {
		t.Fatalf("PutVectors: %v", err)
	}
	if list := nearest(t, x, posts, three, 5); len(list) != 1 || list[0].ID != "b" {
		t.Errorf("new vectors under the name: %v", list)
	}
	if _, err := x.Nearest(t.Context(), posts, embedding, first, 5); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("a vector of the old length: %v, want ErrInvalid", err)
	}
}

func stale(t *testing.T, x retrieval.Index, analysis string, limit int) []string {
	t.Helper()
	docs, err := x.Stale(t.Context(), tenant, analysis, limit)
	if err != nil {
		t.Fatalf("Stale: %v", err)
	}
	var found []string
	for _, d := range docs {
		found = append(found, string(d.Kind)+" "+d.ID)
	}
	return found
}

func testStale(t *testing.T, x retrieval.Index) {
	a, b, c := post("a", "Apple", ""), post("b", "Bread", ""), profile("c", "Cook")
	upsert(t, x, []retrieval.Stored{{Document: a, Analysis: "v1", Vector: first}, {Document: b, Vector: first}, {Document: c, Analysis: "v1"}}, 3)
	if _, err := x.Upsert(t.Context(), "other", embedding, stored(post("d", "Date", ""))); err != nil {
		t.Fatal(err)
	}
	sameSet(t, "stored without an analysis", stale(t, x, "v1", 10), "job_post b")
	sameSet(t, "under older rules", stale(t, x, "v2", 10), "job_post a", "job_post b", "profile c")
	if list := stale(t, x, "v2", 2); len(list) != 2 {
		t.Errorf("limit 2: %q", list)
	}
	if list := stale(t, x, "v2", 0); len(list) != 0 {
		t.Errorf("limit 0: %q", list)
	}
	// The documents are the same: nothing changes but how they are found.
	again := []retrieval.Stored{{Document: a, Analysis: "v2", Terms: []string{"~fruit"}}, {Document: b, Analysis: "v2"}, {Document: c, Analysis: "v2"}}
	if _, err := x.Upsert(t.Context(), tenant, embedding, again); err != nil {
		t.Fatal(err)
	}
	sameSet(t, "brought up to date", stale(t, x, "v2", 10))
	sameSet(t, "under the new rules", stale(t, x, "v3", 10), "job_post a", "job_post b", "profile c")
	same(t, "document", get(t, x, retrieval.KindJobPost, "a"), []retrieval.Document{a})
	sameSet(t, "a term of the new rules", lexical(t, x, posts, "~fruit"), "a")
	list := nearest(t, x, posts, first, 5)
	sameSet(t, "vectors are kept", ids(list), "a", "b")
	for _, r := range list {
		if math.Abs(r.Score-1) > 0.002 {
			t.Errorf("the kept vector of %s has a cosine of %v, want 1", r.ID, r.Score)
		}
	}
	if n := count(t, x, posts); n != 2 {
		t.Errorf("%d posts, want 2", n)
	}
	upsert(t, x, again, 0)
	// A document that changes under the same rules loses its vector as ever.
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Pear", ""), Analysis: "v2"}}, 1)
	sameSet(t, "after a change", ids(nearest(t, x, posts, first, 5)), "b")
}

// testKnown: what brings an analysis up to date neither brings a document back
// nor undoes what another has written meanwhile.
func testKnown(t *testing.T, x retrieval.Index) {
	a, b, c := post("a", "Apple", ""), post("b", "Bread", ""), post("c", "Cherry", "")
	upsert(t, x, []retrieval.Stored{{Document: a, Analysis: "v1", Vector: first}, {Document: b, Analysis: "v1", Vector: first}, {Document: c, Analysis: "v1", Vector: first}}, 3)
	if _, err := x.Delete(t.Context(), tenant, retrieval.KindJobPost, []string{"b"}); err != nil {
		t.Fatal(err)
	}
	newer := post("c", "Cranberry", "")
	upsert(t, x, []retrieval.Stored{{Document: newer, Analysis: "v1", Skills: []string{"Kubernetes"}, Vector: []float32{0, 1, 0, 0, 0, 0, 0, 0}}}, 1)

	known := func(d retrieval.Document) retrieval.Stored {
		return retrieval.Stored{Document: d, Skills: []string{"Fruit"}, Terms: []string{"~fruit"}, Analysis: "v2", Vector: first, Known: true}
	}
	again := known(a)
	again.Vector = nil
	upsert(t, x, []retrieval.Stored{again, known(b), known(c)}, 0)

	same(t, "documents", get(t, x, retrieval.KindJobPost, "a", "b", "c"), []retrieval.Document{a, newer})
	sameSet(t, "a term of the new rules", lexical(t, x, posts, "~fruit"), "a")
	sameSet(t, "the deleted text", lexical(t, x, posts, "bread"))
	sameSet(t, "the older text", lexical(t, x, posts, "cherry"))
	sameSet(t, "the newer text", lexical(t, x, posts, "cranberry"), "c")
	sameSet(t, "under older rules", stale(t, x, "v2", 10), "job_post c")
	for skill, want := range map[string]string{"Fruit": "a", "Kubernetes": "c"} {
		filter := posts
		filter.AllSkills = []string{skill}
		same(t, "those that list "+skill+", by their vectors", ids(nearest(t, x, filter, first, 5)), []string{want})
	}
	for _, r := range nearest(t, x, posts, first, 5) {
		if want := map[string]float64{"a": 1, "c": 0}[r.ID]; math.Abs(r.Score-want) > 0.002 {
			t.Errorf("the vector of %s has a cosine of %v, want %v", r.ID, r.Score, want)
		}
	}
	// With nothing stored at all.
	if n, err := x.Upsert(t.Context(), "other", embedding, []retrieval.Stored{known(a)}); n != 0 || err != nil {
		t.Errorf("a document that another tenant has: %d, %v", n, err)
	}
	if docs, err := x.Get(t.Context(), "other", retrieval.KindJobPost, []string{"a"}); len(docs) != 0 || err != nil {
		t.Errorf("it is stored: %v, %v", docs, err)
	}
}

// testSkillsFollow: filters compare the skills that a document has now.
func testSkillsFollow(t *testing.T, x retrieval.Index) {
	d := post("a", "Apple", "", "k8s")
	with := func(analysis string, skills ...string) {
		t.Helper()
		if _, err := x.Upsert(t.Context(), tenant, embedding, []retrieval.Stored{{Document: d, Skills: skills, Analysis: analysis}}); err != nil {
			t.Fatal(err)
		}
	}
	check := func(skill string, want int) {
		t.Helper()
		filter := posts
		filter.AllSkills = []string{skill}
		if n := count(t, x, filter); n != want {
			t.Errorf("%d documents list %s, want %d", n, skill, want)
		}
	}
	with("v1", "Kubernetes")
	check("Kubernetes", 1)
	check("k8s", 0)
	with("v2", "Container Orchestration")
	check("Kubernetes", 0)
	check("Container Orchestration", 1)
	with("v3")
	check("Container Orchestration", 0)
}

// testTerms: terms are found beside the words of the text, as they are.
func testTerms(t *testing.T, x retrieval.Index) {
	plain := retrieval.Stored{Document: post("plain", "Kubernetes", "go and see")}
	tagged := retrieval.Stored{Document: post("tagged", "Cluster", "runs it all"), Terms: []string{
		"~kubernetes", "~go", "~machine learning", "~c++", "~it's \"odd\" \\ :*&|!() %_", "~größe 茶", "~kubernetes",
	}}
	upsert(t, x, []retrieval.Stored{plain, tagged}, 2)
	for _, term := range tagged.Terms {
		sameSet(t, term, lexical(t, x, posts, term), "tagged")
	}
	sameSet(t, "a word is no term", lexical(t, x, posts, "kubernetes"), "plain")
	sameSet(t, "both", lexical(t, x, posts, "kubernetes", "~kubernetes"), "plain", "tagged")
	for _, term := range []string{"~", "~machine", "~learning", "~Kubernetes", "~kubernete", "~c", "~kubernetes'", "~go | ~c++", "~:*", "~'", `~\`} {
		sameSet(t, term, lexical(t, x, posts, term))
	}
	tagged.Terms = []string{"~docker"}
	tagged.Document = post("tagged", "Cluster", "runs it still")
	upsert(t, x, []retrieval.Stored{tagged}, 1)
	sameSet(t, "an old term", lexical(t, x, posts, "~kubernetes"))
	sameSet(t, "a new term", lexical(t, x, posts, "~docker"), "tagged")
	upsert(t, x, []retrieval.Stored{{Document: post("rare", "Rare", ""), Terms: []string{"~docker", "~rare"}}}, 1)
	if got := lexical(t, x, posts, "~docker", "~rare"); len(got) != 2 || got[0] != "rare" {
		t.Errorf("two terms count more than one: %q", got)
	}
}
