package shortlist_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/retrieval"
)

// bakers is a small market: a post and five people for it.
func bakers() []retrieval.Document {
	work := retrieval.JobPost{
		Title: "Shopify shop for a bakery", Description: "Move our bakery from paper orders to Shopify. You have built Shopify shops before and know Liquid. Must speak German.",
		Category: "web", Skills: []string{"Shopify", "Liquid"}, Level: "intermediate", PayType: "hourly", PayMin: 4000, PayMax: 6000, Currency: "EUR",
		HoursPerWeek: 20, Country: "DE", TimeZone: "Europe/Berlin", Language: "en",
	}
	person := func(id, headline, text string, rate int64, skills ...string) retrieval.Document {
		return profile(id, retrieval.Profile{
			Headline: headline, Overview: text, Category: "web", Skills: skills, Level: "intermediate", Rate: rate, Currency: "EUR", HoursPerWeek: 30, Country: "DE",
			TimeZone: "Europe/Berlin", Languages: []retrieval.Language{{Code: "de", Level: "native"}, {Code: "en", Level: "fluent"}},
			Experience: []retrieval.Experience{{Title: "Freelance developer", From: "2021-01", Text: text}}, TrackRecord: retrieval.TrackRecord{Jobs: 12, Rating: 4.8, Reviews: 9},
		})
	}
	return []retrieval.Document{
		post("post-1", work),
		person("c1", "Shopify developer for food shops", "I built eleven Shopify shops for bakeries and butchers, with Liquid themes of my own.", 5500, "Shopify", "Liquid"),
		person("c2", "Shop developer", "I built two Shopify shops last year.", 4500, "Shopify"),
		person("c3", "Web developer", "WordPress sites for restaurants, and one Shopify shop.", 4000, "WordPress", "Shopify"),
		person("c4", "Shopify expert", "Liquid themes and Shopify apps for fashion brands since 2019.", 9000, "Shopify", "Liquid"),
		person("c5", "Designer", "Logos and packaging for bakeries.", 3000, "Figma"),
	}
}

func recordOf(t *testing.T, a answer) rank.Record {
	t.Helper()
	r, ok := shortlist.RecordOf(a.outcome.Annotations)
	if !ok {
		t.Fatalf("no decision is recorded: %s", a.outcome.Annotations)
	}
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryListHasItsRecord(t *testing.T) {
	c := newTalk(t, bakers()...)
	first := c.say("Find me people for this post: post-1")
	r := recordOf(t, first)
	if c.list().Decision != r.ID || !strings.HasPrefix(r.ID, "s1-") {
		t.Errorf("the list names %q, the record is %q", c.list().Decision, r.ID)
	}
	if !slices.Equal(r.Order, c.ids()) {
		t.Errorf("recorded %v, shown %v", r.Order, c.ids())
	}
	if asked := c.say("Why is c2 not first?"); strings.Contains(string(asked.outcome.Annotations), `"decision"`) {
		t.Error("a question about the list made a record")
	}
	second := recordOf(t, c.say("only those at most 60 euros an hour"))
	if second.Previous != r.Hash || len(second.Dropped) == 0 || second.Dropped[0].Requirement == "" {
		t.Errorf("the second record does not follow, or says not who was left out: %+v", second)
	}
	if err := rank.VerifyChain([]rank.Record{r, second}); err != nil {
		t.Error(err)
	}
	if err := rank.VerifyChain([]rank.Record{second}); !errors.Is(err, rank.ErrChain) {
		t.Errorf("without its first link: %v", err)
	}
}

// TestPinsAndLimitsAreRecorded: an order that a person or a limit of the post has changed holds by
// what is recorded.
func TestPinsAndLimitsAreRecorded(t *testing.T) {
	c := newTalk(t, bakers()...)
	c.say("Find me people for this post: post-1")
	if err := c.revise(shortlist.Kind, `{"pinned": ["c5"]}`); err != nil {
		t.Fatal(err)
	}
	r := recordOf(t, c.say("price matters most"))
	if r.Order[0] != "c5" {
		t.Errorf("the pinned one is not first: %v", r.Order)
	}
	if v, _ := r.Candidate("c4"); !v.Past || r.Order[len(r.Order)-1] != "c4" {
		t.Errorf("who asks far more than is paid is not last: %v, %+v", r.Order, v)
	}
}

func TestNoTextIsRecorded(t *testing.T) {
	c := newTalk(t, bakers()...)
	c.say("Find me people for this post: post-1")
	r := recordOf(t, c.say("only people who have worked for bakeries"))
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"bakery", "bakeries", "Shopify", "Liquid", "developer", "German", "worked"} {
		if strings.Contains(string(text), word) {
			t.Errorf("%q stands in the record: %s", word, text)
		}
	}
	if len(text) > 8_000 {
		t.Errorf("%d bytes for five people", len(text))
	}
}

// again makes the newest decision again, on the market as it is now.
func (c *talk) again(then rank.Record, now retrieval.JobPost) rank.Comparison {
	c.t.Helper()
	record, err := c.workflow.DecideAgain(c.t.Context(), c.session.Tenant, then, c.list(), now)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := record.Verify(); err != nil {
		c.t.Fatal(err)
	}
	return rank.Compare(then, record, rank.Default().Identity())
}

func TestDecideAgain(t *testing.T) {
	docs := bakers()
	c := newTalk(t, docs...)
	c.say("Find me people for this post: post-1")
	then := recordOf(t, c.say("only those at most 60 euros an hour"))
	work := c.list().Memory.Post
	if got := c.again(then, work); !got.Same || len(got.Causes)+len(got.Changes) > 0 {
		t.Errorf("nothing has changed, and it says %+v", got)
	}

	dearer := *docs[1].Profile
	dearer.Rate = 8000
	load(t, c, profile("c1", dearer))
	got := c.again(then, work)
	if got.Same {
		t.Errorf("c1 asks too much now and stays: %+v", got)
	}
	at := slices.IndexFunc(got.Changes, func(x rank.Change) bool { return x.ID == "c1" })
	if at < 0 || !got.Changes[at].Profile || got.Changes[at].Fails == "" || got.Changes[at].After != 0 {
		t.Errorf("it does not say what became of c1: %+v", got.Changes)
	}

	load(t, c, docs[1])
	cheaper := *docs[3].Profile
	cheaper.HoursPerWeek = 16
	load(t, c, profile("c3", cheaper))
	got = c.again(then, work)
	if at = slices.IndexFunc(got.Changes, func(x rank.Change) bool { return x.ID == "c3" }); at < 0 {
		t.Fatalf("no word of c3: %+v", got)
	}
	want := []rank.Shift{{Feature: rank.Availability, Before: value(then, "c3", rank.Availability), After: 0.65}}
	if diff := cmp.Diff(want, got.Changes[at].Features); diff != "" {
		t.Errorf("c3 (-want +got):\n%s", diff)
	}

	if _, err := library().Delete(t.Context(), c.session.Tenant, retrieval.KindProfile, []string{"c2"}); err != nil {
		t.Fatal(err)
	}
	got = c.again(then, work)
	if at = slices.IndexFunc(got.Changes, func(x rank.Change) bool { return x.ID == "c2" }); at < 0 || !got.Changes[at].Gone {
		t.Errorf("c2 is gone, and it says %+v", got.Changes)
	}

	work.Skills = []string{"WordPress"}
	got = c.again(then, work)
	if len(got.Causes) != 2 || got.Causes[0].What != "post" || got.Causes[1].What != "requirements" {
		t.Errorf("the post has changed, and it says %+v", got.Causes)
	}
}

func value(r rank.Record, id string, feature rank.Feature) float64 {
	c, _ := r.Candidate(id)
	return c.Values[slices.Index(r.Features, feature)]
}

// load replaces documents of a conversation's market.
func load(t *testing.T, c *talk, docs ...retrieval.Document) {
	t.Helper()
	for i := range docs {
		docs[i].Normalise()
	}
	if _, err := library().Load(t.Context(), c.session.Tenant, docs); err != nil {
		t.Fatal(err)
	}
}
