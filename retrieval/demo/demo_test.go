package demo_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
)

func documents(t *testing.T) []retrieval.Document {
	t.Helper()
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestDocumentsAreValid(t *testing.T) {
	seen := make(map[string]bool)
	for _, doc := range documents(t) {
		if err := doc.Validate(); err != nil {
			t.Error(err)
		}
		if !doc.Demo {
			t.Errorf("%s is not marked as demo", doc.ID)
		}
		if seen[doc.ID] {
			t.Errorf("%s is there twice", doc.ID)
		}
		seen[doc.ID] = true
	}
}

// TestCategoriesAreComplete wants enough of everything for figures to exist.
func TestCategoriesAreComplete(t *testing.T) {
	posts, profiles, proposals := make(map[string]int), make(map[string]int), make(map[string]int)
	paid := make(map[string]map[string]int)
	categoryOf := make(map[string]string)
	docs := documents(t)
	for _, doc := range docs {
		category := doc.Facets().Category
		categoryOf[doc.ID] = category
		switch doc.Kind {
		case retrieval.KindJobPost:
			posts[category]++
			if paid[category] == nil {
				paid[category] = make(map[string]int)
			}
			paid[category][doc.Post.PayType+" "+doc.Post.Currency]++
		case retrieval.KindProfile:
			profiles[category]++
		}
	}
	for _, doc := range docs {
		if doc.Kind == retrieval.KindProposal {
			proposals[categoryOf[doc.Proposal.JobPost]]++
		}
	}
	if len(posts) != len(demo.Categories) {
		t.Errorf("posts of %d categories, want %d", len(posts), len(demo.Categories))
	}
	for _, category := range demo.Categories {
		for name, least := range map[string][2]int{
			"posts": {posts[category], 20}, "profiles": {profiles[category], 10}, "proposals": {proposals[category], 6},
			"hourly posts in USD": {paid[category]["hourly USD"], 8}, "fixed-price posts in USD": {paid[category]["fixed USD"], 8},
		} {
			if least[0] < least[1] {
				t.Errorf("%s has %d %s, want %d", category, least[0], name, least[1])
			}
		}
	}
}

func TestProposalsAnswerPostsOfTheirCategory(t *testing.T) {
	byID := make(map[string]retrieval.Document)
	docs := documents(t)
	for _, doc := range docs {
		byID[doc.ID] = doc
	}
	for _, doc := range docs {
		if doc.Kind != retrieval.KindProposal {
			continue
		}
		p := doc.Proposal
		post, profile := byID[p.JobPost], byID[p.Profile]
		if post.Post == nil || profile.Profile == nil {
			t.Errorf("%s refers to post %q and profile %q", doc.ID, p.JobPost, p.Profile)
			continue
		}
		if post.Post.PayType != "" && (p.Currency != post.Post.Currency || p.BidType != post.Post.PayType) {
			t.Errorf("%s bids %s %s on %s %s", doc.ID, p.BidType, p.Currency, post.Post.PayType, post.Post.Currency)
		}
		if p.SentOn < post.Post.PostedOn {
			t.Errorf("%s was sent before its post", doc.ID)
		}
	}
}

var contact = regexp.MustCompile(`(?i)[\w.+-]+@[\w-]+\.\w|https?://|www\.|\+?\d[\d ().-]{8,}\d`)

func TestNoContactsAndNoPromises(t *testing.T) {
	for _, doc := range documents(t) {
		if found := contact.FindString(doc.SearchText()); found != "" && !onlyFigures(found) {
			t.Errorf("%s has a contact: %q", doc.ID, found)
		}
	}
}

// onlyFigures tells a range or a list of numbers from a telephone number.
func onlyFigures(text string) bool {
	digits := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits < 9 && !strings.ContainsAny(text, "@:w")
}

func TestDatesAreSane(t *testing.T) {
	months := make(map[string]int)
	for _, doc := range documents(t) {
		if doc.Kind != retrieval.KindJobPost {
			continue
		}
		day := doc.Post.PostedOn
		if day < "2024-11-01" || day > "2026-11-30" {
			t.Errorf("%s was posted on %q", doc.ID, day)
			continue
		}
		months[day[:7]]++
		if o := doc.Post.Outcome; o != nil && (o.Interviews > o.Proposals || (o.Hired == nil || !*o.Hired) && o.DaysToHire > 0) {
			t.Errorf("%s: %+v", doc.ID, *o)
		}
	}
	if len(months) < 20 {
		t.Errorf("posts of %d months only", len(months))
	}
}
