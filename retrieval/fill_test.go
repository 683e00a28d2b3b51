package retrieval_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

// model is an embedder of a name of its own that counts what it is given, and
// fails for some texts.
type model struct {
	retrieval.Embedder
	name   string
	texts  atomic.Int64
	before func(texts []string)              // called first
	answer func(text string) (bad []float32) // nil for the real one
	refuse string                            // a word that makes the whole call fail
}

func newModel(name string) *model { return &model{Embedder: embed.Default(), name: name} }

func (m *model) Name() string { return m.name }

func (m *model) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if m.before != nil {
		m.before(texts)
	}
	if m.refuse != "" && strings.Contains(strings.Join(texts, " "), m.refuse) {
		return nil, errors.New("the server refuses " + m.refuse)
	}
	m.texts.Add(int64(len(texts)))
	vectors, err := m.Embedder.Embed(ctx, texts)
	for i, text := range texts {
		if m.answer == nil {
			break
		}
		if bad := m.answer(text); bad != nil {
			vectors[i] = bad
		}
	}
	return vectors, err
}

func manyPosts(n int) []retrieval.Document {
	docs := make([]retrieval.Document, n)
	for i := range docs {
		docs[i] = post(fmt.Sprintf("p-%04d", i), fmt.Sprintf("Paint house number %d", i), "All walls, in white.")
	}
	return docs
}

func vectorsOf(t *testing.T, index *memory, tenant string) map[string]int {
	t.Helper()
	coverage, err := index.Coverage(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	return coverage.Vectors
}

func TestSearchingByTheOlderModelUntilTheNewOneIsComplete(t *testing.T) {
	index, before, after := newMemory(), newModel("before"), newModel("after")
	if _, err := retrieval.New(index, before, skills.Default()).Load(t.Context(), "t", shopPosts()); err != nil {
		t.Fatal(err)
	}
	r := retrieval.New(index, after, skills.Default()).With(retrieval.Options{Older: []retrieval.Embedder{before}})
	nearest := func() (found int) {
		for _, hit := range searched(t, r, retrieval.KindJobPost, "online shop for pet food") {
			if hit.Why.NearestPlace > 0 {
				found++
			}
		}
		return found
	}
	asked := before.texts.Load()
	if found := nearest(); found != 6 || before.texts.Load() != asked+1 || after.texts.Load() != 0 {
		t.Errorf("before the switch %d hits by nearness, %d and %d texts embedded", found, before.texts.Load()-asked, after.texts.Load())
	}

	if _, err := r.Load(t.Context(), "t", []retrieval.Document{post("new", "Online shop for fish food", "For fish.")}); err != nil {
		t.Fatal(err)
	}
	if vectors := vectorsOf(t, index, "t"); vectors["before"] != 7 || vectors["after"] != 1 {
		t.Errorf("vectors %v, want the new document's of both models", vectors)
	}
	if found := nearest(); found != 7 {
		t.Errorf("during the switch %d hits by nearness, want all 7", found)
	}
	if _, err := r.Prune(t.Context(), []string{"t"}); !errors.Is(err, retrieval.ErrNotEmbedded) || vectorsOf(t, index, "t")["before"] != 7 {
		t.Errorf("vectors in use could be dropped: %v", err)
	}

	var told []string
	if n, err := r.Fill(t.Context(), "t", func(done, total int) { told = append(told, fmt.Sprint(done, "/", total)) }); err != nil || n != 6 {
		t.Fatalf("filled %d, %v", n, err)
	}
	if !slices.Equal(told, []string{"6/6"}) {
		t.Errorf("told %v", told)
	}
	asked = after.texts.Load()
	if found := nearest(); found != 7 || after.texts.Load() != asked+1 {
		t.Errorf("after the switch %d hits by nearness, %d texts embedded by the new model", found, after.texts.Load()-asked)
	}
	if n, err := r.Prune(t.Context(), []string{"t"}); err != nil || n != 7 || !maps.Equal(vectorsOf(t, index, "t"), map[string]int{"after": 7}) {
		t.Errorf("%d dropped, %v, left %v", n, err, vectorsOf(t, index, "t"))
	}
}

func TestSearchBearsThatCoverageIsUnknown(t *testing.T) {
	index, before := newMemory(), newModel("before")
	if _, err := retrieval.New(index, before, skills.Default()).Load(t.Context(), "t", shopPosts()); err != nil {
		t.Fatal(err)
	}
	index.coverageErr = retrieval.ErrUnavailable
	r := retrieval.New(index, newModel("after"), skills.Default()).With(retrieval.Options{Older: []retrieval.Embedder{before}})
	if hits := searched(t, r, retrieval.KindJobPost, "online shop"); len(hits) == 0 {
		t.Error("nothing found")
	}
}

func TestFillGoesOnWhereItWasStopped(t *testing.T) {
	index := newMemory()
	if _, err := retrieval.New(index, newModel("before"), skills.Default()).Load(t.Context(), "t", manyPosts(700)); err != nil {
		t.Fatal(err)
	}
	after := newModel("after")
	r := retrieval.New(index, after, skills.Default())
	ctx, stop := context.WithCancel(t.Context())
	n, err := r.Fill(ctx, "t", func(done, total int) {
		if total != 700 {
			t.Errorf("%d of %d", done, total)
		}
		stop()
	})
	if !errors.Is(err, context.Canceled) || n == 0 || n == 700 {
		t.Fatalf("stopped after %d, %v", n, err)
	}
	again, err := r.Fill(t.Context(), "t", nil)
	if err != nil || n+again != 700 || after.texts.Load() != 700 {
		t.Errorf("%d and then %d embedded with %d texts, %v", n, again, after.texts.Load(), err)
	}
}

func TestFillPassesOverWhatCannotBeEmbedded(t *testing.T) {
	nan := float32(math.NaN())
	for _, tt := range []struct {
		name string
		make func(*model)
		says string
	}{
		{"no number", func(m *model) { m.answer = only("number 77\n", slices.Repeat([]float32{nan}, 384)) }, "not finite"},
		{"zero", func(m *model) { m.answer = only("number 77\n", make([]float32, 384)) }, "zero"},
		{"too short", func(m *model) { m.answer = only("number 77\n", []float32{1, 0}) }, "2 dimensions instead of 384"},
		{"refused", func(m *model) { m.refuse = "number 77\n" }, "refuses"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			index, bad := newMemory(), newModel("after")
			tt.make(bad)
			r := retrieval.New(index, bad, skills.Default())
			if n, err := r.Load(t.Context(), "t", manyPosts(300)); n != 300 || !errors.Is(err, retrieval.ErrNotEmbedded) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("loaded %d, error %v", n, err)
			}
			if got := vectorsOf(t, index, "t")["after"]; got != 299 {
				t.Errorf("%d vectors after Load, want all but one", got)
			}
			if _, err := index.Forget(t.Context(), "after"); err != nil {
				t.Fatal(err)
			}
			n, err := r.Fill(t.Context(), "t", nil)
			if n != 299 || err == nil || !strings.Contains(err.Error(), "1 documents have no vector") || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("filled %d, error %v", n, err)
			}
			bad.answer, bad.refuse = nil, ""
			if n, err := r.Fill(t.Context(), "t", nil); n != 1 || err != nil {
				t.Errorf("when the model is mended: filled %d, %v", n, err)
			}
		})
	}
}

// only answers wrongly for texts with a word.
func only(word string, bad []float32) func(string) []float32 {
	return func(text string) []float32 {
		if strings.Contains(text, word) {
			return bad
		}
		return nil
	}
}

func TestFillGivesUpWhenEverythingFails(t *testing.T) {
	index, bad := newMemory(), newModel("after")
	if _, err := retrieval.New(index, newModel("before"), skills.Default()).Load(t.Context(), "t", manyPosts(300)); err != nil {
		t.Fatal(err)
	}
	calls := 0
	bad.refuse, bad.before = "house", func([]string) { calls++ }
	if n, err := retrieval.New(index, bad, skills.Default()).Fill(t.Context(), "t", nil); n != 0 || err == nil || calls > 20 {
		t.Errorf("filled %d in %d calls, %v", n, calls, err)
	}
}

func TestFillKeepsAnalysisUpToDateAndVectorsToo(t *testing.T) {
	embedder := newModel("m")
	index := newMemory()
	r := retrieval.New(index, embedder, skills.Default())
	docs := shopPosts()
	if _, err := r.Load(t.Context(), "t", docs); err != nil {
		t.Fatal(err)
	}
	for _, doc := range index.docs {
		doc.analysis, doc.skills, doc.facets.Sign = "older rules", nil, 0
	}
	embedded := embedder.texts.Load()
	if n, err := r.Fill(t.Context(), "t", nil); n != 0 || err != nil || embedder.texts.Load() != embedded {
		t.Errorf("filled %d with %d texts embedded, %v", n, embedder.texts.Load()-embedded, err)
	}
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, AllSkills: []string{"k8s"}}, Text: "cluster"})
	if err != nil || len(hits) != 1 || hits[0].Similarity == 0 || hits[0].Facets.Sign == 0 {
		t.Errorf("found %+v, %v", hits, err)
	}
}

// TestFillDoesNotTouchWhatChangedMeanwhile edits one document and deletes
// another while both are being embedded.
func TestFillDoesNotTouchWhatChangedMeanwhile(t *testing.T) {
	index := newMemory()
	before := retrieval.New(index, newModel("before"), skills.Default())
	if _, err := before.Load(t.Context(), "t", manyPosts(3)); err != nil {
		t.Fatal(err)
	}
	after := newModel("after")
	r := retrieval.New(index, after, skills.Default())
	edited := post("p-0001", "Tune a grand piano", "Twice a year.")
	after.before = func([]string) {
		after.before = nil
		if _, err := r.Load(t.Context(), "t", []retrieval.Document{edited}); err != nil {
			t.Error(err)
		}
		if _, err := r.Delete(t.Context(), "t", retrieval.KindJobPost, []string{"p-0002"}); err != nil {
			t.Error(err)
		}
	}
	if _, err := r.Fill(t.Context(), "t", nil); err != nil {
		t.Fatal(err)
	}
	want, err := embed.Default().Embed(t.Context(), []string{edited.SearchText()})
	if err != nil {
		t.Fatal(err)
	}
	ranked, err := index.Nearest(t.Context(), retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, "after", want[0], 10)
	if err != nil || len(ranked) != 2 || ranked[0].ID != "p-0001" || ranked[0].Score < 0.999 {
		t.Errorf("nearest to the edited text: %v, %v", ranked, err)
	}
}

// older makes all documents of an index ones of other rules.
func older(index *memory) {
	for _, doc := range index.docs {
		doc.analysis = "older rules"
	}
}

// TestFillDoesNotUndoWhatOthersDo deletes one document and edits another, as a
// second process does, between the reading and the writing of an analysis.
func TestFillDoesNotUndoWhatOthersDo(t *testing.T) {
	r, index := loaded(t, manyPosts(3))
	other := retrieval.New(index, embed.Default(), skills.Default())
	older(index)
	edited := post("p-0001", "Tune a grand piano", "Twice a year.")
	index.stale = func() {
		index.stale = nil
		if _, err := other.Delete(t.Context(), "t", retrieval.KindJobPost, []string{"p-0002"}); err != nil {
			t.Error(err)
		}
		if _, err := other.Load(t.Context(), "t", []retrieval.Document{edited}); err != nil {
			t.Error(err)
		}
	}
	if _, err := r.Fill(t.Context(), "t", nil); err != nil {
		t.Fatal(err)
	}
	docs, err := r.Documents(t.Context(), "t", retrieval.KindJobPost, []string{"p-0000", "p-0001", "p-0002"})
	if err != nil || len(docs) != 2 || docs[1].Post.Title != edited.Post.Title {
		t.Errorf("kept %+v, %v", docs, err)
	}
}

func TestFillPassesOverWhatIsNotValidAnyMore(t *testing.T) {
	r, index := loaded(t, manyPosts(200))
	older(index)
	guru := index.docs[memoryKey{"t", retrieval.KindJobPost, "p-0001"}]
	guru.json = []byte(strings.Replace(string(guru.json), `"level":"`, `"level":"guru`, 1))
	unembedded := index.docs[memoryKey{"t", retrieval.KindJobPost, "p-0002"}]
	clear(unembedded.vector)
	n, err := r.Fill(t.Context(), "t", nil)
	if n != 1 || !errors.Is(err, retrieval.ErrInvalid) || !strings.Contains(err.Error(), "1 documents are not analysed anew") || !strings.Contains(err.Error(), "guru") {
		t.Errorf("filled %d, error %v", n, err)
	}
	for key, doc := range index.docs {
		if old := doc.analysis == "older rules"; old != (doc == guru) {
			t.Errorf("%s: old analysis is %v", key.id, old)
		}
	}
}

// TestWhoAsksForCoverage has many searches of a tenant that nothing is known
// of yet, of which the first is cancelled while the index thinks.
func TestWhoAsksForCoverage(t *testing.T) {
	index, before := newMemory(), newModel("before")
	if _, err := retrieval.New(index, before, skills.Default()).Load(t.Context(), "t", shopPosts()); err != nil {
		t.Fatal(err)
	}
	r := retrieval.New(index, newModel("after"), skills.Default()).With(retrieval.Options{Older: []retrieval.Embedder{before}})
	asked, answer := make(chan struct{}, 20), make(chan struct{})
	index.coverage = func() { asked <- struct{}{}; <-answer }
	search := func(ctx context.Context) ([]retrieval.Hit, error) {
		return r.Search(ctx, retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "online shop for pet food"})
	}
	ctx, cancel := context.WithCancel(t.Context())
	var searches sync.WaitGroup
	searches.Go(func() {
		if _, err := search(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
	<-asked
	cancel()
	for range 8 {
		searches.Go(func() {
			hits, err := search(t.Context())
			if err != nil || len(hits) == 0 || hits[0].Similarity == 0 {
				t.Errorf("not searched by the model that has vectors: %+v, %v", found(hits), err)
			}
		})
	}
	close(answer)
	searches.Wait()
}

// TestCoverageIsAskedAgainAfterAnError has a first search that the index does
// not tell how far the embeddings are.
func TestCoverageIsAskedAgainAfterAnError(t *testing.T) {
	index, before := newMemory(), newModel("before")
	if _, err := retrieval.New(index, before, skills.Default()).Load(t.Context(), "t", shopPosts()); err != nil {
		t.Fatal(err)
	}
	r := retrieval.New(index, newModel("after"), skills.Default()).With(retrieval.Options{Older: []retrieval.Embedder{before}})
	index.coverageErr = retrieval.ErrUnavailable
	if hits := searched(t, r, retrieval.KindJobPost, "online shop"); len(hits) == 0 || hits[0].Similarity != 0 {
		t.Errorf("found %v", found(hits))
	}
	index.coverageErr = nil
	if hits := searched(t, r, retrieval.KindJobPost, "online shop"); len(hits) == 0 || hits[0].Similarity == 0 {
		t.Errorf("the second search does not know the older model's vectors: %v", found(hits))
	}
}

// TestFillStoresAnotherFormAnew has a document as a version wrote it that knew
// a field more.
func TestFillStoresAnotherFormAnew(t *testing.T) {
	r, index := loaded(t, manyPosts(3))
	older(index)
	former := index.docs[memoryKey{"t", retrieval.KindJobPost, "p-0001"}]
	former.json = []byte(strings.Replace(string(former.json), `{`, `{"former":1,`, 1))
	if _, err := r.Fill(t.Context(), "t", nil); err != nil {
		t.Fatal(err)
	}
	for key, doc := range index.docs {
		if doc.analysis == "older rules" || strings.Contains(string(doc.json), "former") || len(doc.vector) != 1 {
			t.Errorf("%s: %s of %s", key.id, doc.json, doc.analysis)
		}
	}
}
