package indextest

import (
	"errors"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func testUpsert(t *testing.T, x retrieval.Index) {
	a, b := post("a", "Bakery shop", "Sell bread online"), post("b", "Logo", "For a bakery")
	upsert(t, x, stored(a, b), 2)
	upsert(t, x, stored(a, b), 0)

	edited := post("b", "Logo and cards", "For a bakery")
	c := post("c", "Translation", "Menu to French")
	upsert(t, x, stored(a, edited, c), 2)
	same(t, "documents", get(t, x, retrieval.KindJobPost, "a", "b", "c"), []retrieval.Document{a, edited, c})

	// Every part of a document counts, not only its text.
	hired := post("a", "Bakery shop", "Sell bread online")
	hired.Post.Outcome = &retrieval.Outcome{Proposals: 3, Hired: new(true), DaysToHire: 2}
	upsert(t, x, stored(hired), 1)
	same(t, "outcome", get(t, x, retrieval.KindJobPost, "a"), []retrieval.Document{hired})
	upsert(t, x, nil, 0)
}

func testUpsertTwiceInOne(t *testing.T, x retrieval.Index) {
	upsert(t, x, stored(post("a", "First", ""), post("b", "Other", ""), post("a", "Last", "")), 2)
	if docs := get(t, x, retrieval.KindJobPost, "a"); len(docs) != 1 || docs[0].Title() != "Last" {
		t.Errorf("of two documents with one id %+v is kept, want the last", docs)
	}
}

func testUpsertInvalid(t *testing.T, x retrieval.Index) {
	good := post("good", "Good", "")
	noTitle := post("bad", "", "")
	noContent := retrieval.Document{Kind: retrieval.KindJobPost, ID: "empty"}
	nul := post("nul", "With \x00 inside", "")
	for name, d := range map[string]retrieval.Document{"no title": noTitle, "no content": noContent, "NUL": nul, "no id": post("", "Title", "")} {
		if _, err := x.Upsert(t.Context(), tenant, embedding, stored(good, d)); !errors.Is(err, retrieval.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
	if _, err := x.Upsert(t.Context(), "", embedding, stored(good)); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("no tenant: %v, want ErrInvalid", err)
	}
	if n := count(t, x, posts); n != 0 {
		t.Errorf("%d documents of refused calls are stored", n)
	}
}

func testDelete(t *testing.T, x retrieval.Index) {
	one := []float32{1, 0, 0, 0, 0, 0, 0, 0}
	docs := []retrieval.Stored{
		{Document: post("a", "Apple", ""), Vector: one}, {Document: post("b", "Apple", ""), Vector: one}, {Document: post("c", "Apple", ""), Vector: one},
	}
	upsert(t, x, docs, 3)
	n, err := x.Delete(t.Context(), tenant, retrieval.KindJobPost, []string{"a", "c", "missing", "a"})
	if err != nil || n != 2 {
		t.Fatalf("Delete: %d, %v, want 2", n, err)
	}
	sameSet(t, "lexical", lexical(t, x, posts, "apple"), "b")
	sameSet(t, "nearest", ids(nearest(t, x, posts, one, 10)), "b")
	if n := count(t, x, posts); n != 1 {
		t.Errorf("count %d, want 1", n)
	}
	if n, err := x.Delete(t.Context(), tenant, retrieval.KindJobPost, nil); n != 0 || err != nil {
		t.Errorf("deleting nothing: %d, %v", n, err)
	}
	// It may come back, without the vector it had.
	upsert(t, x, stored(post("a", "Apple", "")), 1)
	sameSet(t, "nearest after it came back", ids(nearest(t, x, posts, one, 10)), "b")
}

func testGet(t *testing.T, x retrieval.Index) {
	post := post("p1", "Tea “shop” 茶 🍵", "Line one\nLine two\twith a tab, quotes ' \" and \\", "C++", "Größe")
	post.Demo = true
	profile := profile("p1", "Builds shops")
	profile.Profile.Languages = []retrieval.Language{{Code: "en", Level: "native"}}
	proposal := retrieval.Document{Kind: retrieval.KindProposal, ID: "p1", Proposal: &retrieval.Proposal{
		JobPost: "p1", Profile: "p1", Text: "I have done this", Bid: 150_00, Currency: "EUR", BidType: "fixed", SentOn: "2025-02-03", Outcome: "hired",
	}}
	upsert(t, x, stored(post, profile, proposal), 3)
	for _, d := range []retrieval.Document{post, profile, proposal} {
		same(t, string(d.Kind), get(t, x, d.Kind, "p1"), []retrieval.Document{d})
	}
	if docs := get(t, x, retrieval.KindJobPost, "x", "p1", "y"); len(docs) != 1 {
		t.Errorf("%d documents, want the one that exists", len(docs))
	}
	if docs := get(t, x, retrieval.KindJobPost); len(docs) != 0 {
		t.Errorf("%d documents for no ids", len(docs))
	}
}

func testBigDocument(t *testing.T, x retrieval.Index) {
	var text strings.Builder
	for i := 0; text.Len() < retrieval.MaxText-20; i++ {
		text.WriteString(number("word", i) + " ")
	}
	big := post("big", "A very long one", text.String()+"needle")
	upsert(t, x, stored(big, post("small", "A short one", "hay")), 2)
	sameSet(t, "last word of a long text", lexical(t, x, posts, "needle"), "big")
	same(t, "document", get(t, x, retrieval.KindJobPost, "big"), []retrieval.Document{big})
	one := post("unbroken", strings.Repeat("x", retrieval.MaxTitle), strings.Repeat("日", retrieval.MaxText))
	upsert(t, x, stored(one), 1)
}
