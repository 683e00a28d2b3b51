package retrieval_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// places are where ids stand among hits, -1 when they do not.
func place(hits []retrieval.Hit, id string) int {
	return slices.IndexFunc(hits, func(h retrieval.Hit) bool { return h.ID == id })
}

func searched(t *testing.T, r *retrieval.Retriever, kind retrieval.Kind, text string) []retrieval.Hit {
	t.Helper()
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: kind}, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

func TestNewerOfTwoAlikeComesFirst(t *testing.T) {
	old, recent := post("a-old", "Translate a menu of 31 dishes", "Into French."), post("b-new", "Translate a menu of 32 dishes", "Into French.")
	old.Post.PostedOn, recent.Post.PostedOn = "2021-03-01", "2026-03-01"
	r, _ := loaded(t, []retrieval.Document{old, recent, post("c-undated", "Translate a menu of 33 dishes", "Into French.")})
	hits := searched(t, r, retrieval.KindJobPost, "translate our menu")
	if place(hits, "b-new") != 0 || place(hits, "a-old") != 2 {
		t.Errorf("found %v, want the newest first and the oldest last", found(hits))
	}
	for _, hit := range hits {
		if why := hit.Why; why.Recency <= 0 || why.Recency > 1 || hit.Score != why.Fused*why.Recency*why.Quality {
			t.Errorf("%s: score %v of %+v", hit.ID, hit.Score, why)
		}
	}
	if hits[0].Why.Recency != 1 {
		t.Errorf("the newest loses by its age: %+v", hits[0].Why)
	}
}

func TestPostsFromTheFutureDoNotAgeTheOthers(t *testing.T) {
	a, b := post("a", "Translate a menu to French", "Thirty dishes."), post("b", "Translate a menu to Greek", "Thirty dishes.")
	a.Post.PostedOn, b.Post.PostedOn = "2020-01-01", "2099-01-01"
	r, _ := loaded(t, []retrieval.Document{a, b})
	for _, hit := range searched(t, r, retrieval.KindJobPost, "translate our menu") {
		if hit.Why.Recency != 1 {
			t.Errorf("%s: %+v", hit.ID, hit.Why)
		}
	}
}

func freelancer(id string, rating float64, reviews, jobs int) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindProfile, ID: id, Profile: &retrieval.Profile{
		Headline: "Bookkeeper for restaurants", Overview: "I keep the books of restaurants, and have for years.",
		TrackRecord: retrieval.TrackRecord{Rating: rating, Reviews: reviews, Jobs: jobs},
	}}
}

func TestTriedFreelancersBeforeOthersAlike(t *testing.T) {
	r, _ := loaded(t, []retrieval.Document{
		freelancer("a-poor", 2.9, 20, 25), freelancer("b-new", 0, 0, 0), freelancer("c-one-five", 5, 1, 1), freelancer("d-many", 4.9, 60, 70),
	})
	hits := searched(t, r, retrieval.KindProfile, "bookkeeper restaurants")
	if want := []string{"d-many", "c-one-five", "b-new", "a-poor"}; !slices.Equal(found(hits), want) {
		t.Errorf("found %v, want %v", found(hits), want)
	}
}

// TestPriorsNeverBeatRelevance puts everything that can speak for a document
// on the side of those that are about other work.
func TestPriorsNeverBeatRelevance(t *testing.T) {
	var docs []retrieval.Document
	for i := range 5 {
		d := post(fmt.Sprintf("related-%d", i), fmt.Sprintf("Beekeeping course for %d beginners", i+4), "Honey, hives and a course on keeping bees in a garden.")
		d.Post.PostedOn = "2015-01-01"
		docs = append(docs, d)
	}
	for i := range 40 {
		d := post(fmt.Sprintf("other-%d", i), fmt.Sprintf("Invoices of branch %d", i), "Type invoices into our till, in a garden centre.")
		d.Post.PostedOn, d.Post.Level, d.Post.PayMax, d.Post.Currency, d.Post.DurationDays = "2026-11-01", "expert", 100_000, "EUR", 30
		d.Post.Skills, d.Post.Outcome = []string{"Data Entry"}, &retrieval.Outcome{Hired: new(true), Proposals: 20}
		docs = append(docs, d)
	}
	r, _ := loaded(t, docs)
	hits := searched(t, r, retrieval.KindJobPost, "a course on beekeeping in the garden")
	for i := range 5 {
		if at := place(hits, fmt.Sprintf("related-%d", i)); at < 0 || at > 4 {
			t.Errorf("related-%d stands at place %d of %v", i, at+1, found(hits))
		}
	}
}
