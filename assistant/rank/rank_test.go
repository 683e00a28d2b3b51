package rank_test

import (
	"math"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval"
)

var today = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// bakery is the work that candidates of these tests are ranked for.
func bakery() rank.Work {
	return rank.Work{
		Post: retrieval.JobPost{Title: "Bookkeeping for a bakery", Description: "Monthly bookkeeping for a bakery with three branches, invoices of flour mills, payroll of nine people and the yearly statement.",
			Level: "intermediate", PayType: retrieval.PayHourly, PayMin: 2500, PayMax: 4000, Currency: "EUR", HoursPerWeek: 10, TimeZone: "Europe/Vienna"},
		Requirements: []fit.Requirement{
			{ID: "r1", Kind: fit.Skill, Skills: []string{"Bookkeeping"}, Must: true},
			{ID: "r2", Kind: fit.Skill, Skills: []string{"Payroll"}, Must: true},
			{ID: "r3", Kind: fit.Experience, Terms: []string{"bakeri"}},
		},
		Today: today,
	}
}

// clerk is somebody of whom everything is known and good.
func clerk(id string) rank.Candidate {
	return rank.Candidate{ID: id,
		Profile: retrieval.Profile{Headline: "Bookkeeper", Overview: "I keep the books of two bakeries and a mill, with payroll and the yearly statement.", Level: "intermediate", Rate: 3000, Currency: "EUR",
			TimeZone: "Europe/Berlin", HoursPerWeek: 20, AvailableFrom: "2026-03-01", TrackRecord: retrieval.TrackRecord{Jobs: 12, Rating: 4.8, Reviews: 11},
			Experience: []retrieval.Experience{{Title: "Bookkeeper", From: "2019-01"}}},
		Findings: []fit.Finding{met("r1"), met("r2"), met("r3")},
	}
}

func met(id string) fit.Finding {
	return fit.Finding{Requirement: id, Status: fit.Met, Degree: 1, Proofs: []fit.Proof{{Field: "/experience/0/text", Quote: "Kept the books of two bakeries."}}}
}

// part returns what a feature is worth for a candidate.
func part(t *testing.T, c rank.Candidate, feature rank.Feature) rank.Part {
	t.Helper()
	for _, p := range rank.Default().Rank(bakery(), []rank.Candidate{c}, nil)[0].Parts {
		if p.Feature == feature {
			return p
		}
	}
	t.Fatalf("no part %s", feature)
	return rank.Part{}
}

// TestFeatures compares what a change of the profile makes of one feature.
func TestFeatures(t *testing.T) {
	tests := []struct {
		name    string
		feature rank.Feature
		change  func(*rank.Candidate)
		low     float64
		high    float64
	}{
		{"all musts met", rank.Must, func(c *rank.Candidate) {}, 1, 1},
		{"the one that the title names counts double", rank.Must, func(c *rank.Candidate) { c.Findings[0] = fit.Finding{Requirement: "r1", Status: fit.Missing} }, 0.33, 0.34},
		{"the other one counts once", rank.Must, func(c *rank.Candidate) { c.Findings[1] = fit.Finding{Requirement: "r2", Status: fit.Missing} }, 0.66, 0.67},
		{"a word of a list proves half", rank.Must, func(c *rank.Candidate) {
			for i := range c.Findings {
				c.Findings[i].Proofs = []fit.Proof{{Field: "/overview", Quote: "Bookkeeping, payroll, bakery, invoices, tax"}}
			}
		}, 0.5, 0.5},
		{"nice to have missing", rank.Nice, func(c *rank.Candidate) { c.Findings[2] = fit.Finding{Requirement: "r3", Status: fit.Missing} }, 0, 0},
		{"no word in common", rank.Fit, func(c *rank.Candidate) {
			c.Profile.Overview, c.Profile.Headline, c.Profile.Experience = "I tune pianos and repair organs.", "Piano tuner", nil
		}, 0, 0.05},
		{"a level below", rank.Level, func(c *rank.Candidate) { c.Profile.Level = "entry" }, 0.35, 0.35},
		{"a level above", rank.Level, func(c *rank.Candidate) { c.Profile.Level = "expert" }, 0.85, 0.85},
		{"no level", rank.Level, func(c *rank.Candidate) { c.Profile.Level = "" }, rank.Unsaid, rank.Unsaid},
		{"at the ceiling", rank.Pay, func(c *rank.Candidate) { c.Profile.Rate = 4000 }, 0.8, 0.8},
		{"a little above", rank.Pay, func(c *rank.Candidate) { c.Profile.Rate = 4400 }, 0.4, 0.7},
		{"far above", rank.Pay, func(c *rank.Candidate) { c.Profile.Rate = 6000 }, 0, 0},
		{"no rate", rank.Pay, func(c *rank.Candidate) { c.Profile.Rate = 0 }, rank.Unsaid, rank.Unsaid},
		{"another currency", rank.Pay, func(c *rank.Candidate) { c.Profile.Currency = "USD" }, rank.Unsaid, rank.Unsaid},
		{"the same clock", rank.Zone, func(c *rank.Candidate) {}, 1, 1},
		{"six hours away", rank.Zone, func(c *rank.Candidate) { c.Profile.TimeZone = "America/New_York" }, 0.5, 0.5},
		{"the other side of the world", rank.Zone, func(c *rank.Candidate) { c.Profile.TimeZone = "Pacific/Auckland" }, 0, 0},
		{"no zone", rank.Zone, func(c *rank.Candidate) { c.Profile.TimeZone = "Nowhere/Land" }, rank.Unsaid, rank.Unsaid},
		{"half the hours", rank.Availability, func(c *rank.Candidate) { c.Profile.HoursPerWeek = 5 }, 0.75, 0.75},
		{"free in summer", rank.Availability, func(c *rank.Candidate) { c.Profile.AvailableFrom = "2026-07-01" }, 0.5, 0.5},
		{"no jobs yet", rank.TrackRecord, func(c *rank.Candidate) { c.Profile.TrackRecord = retrieval.TrackRecord{} }, rank.Unsaid, rank.Unsaid},
		{"stopped years ago", rank.Recency, func(c *rank.Candidate) { c.Profile.Experience[0].To = "2019-06" }, 0, 0},
		{"broken dates", rank.Recency, func(c *rank.Candidate) { c.Profile.Experience[0].To = "soon" }, rank.Unsaid, rank.Unsaid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := clerk("x")
			test.change(&c)
			p := part(t, c, test.feature)
			if p.Value < test.low || p.Value > test.high {
				t.Errorf("%s is %.3f, want %.2f to %.2f (%s)", test.feature, p.Value, test.low, test.high, p.Why)
			}
			if p.Why == "" || !strings.HasSuffix(p.Why, ".") {
				t.Errorf("why %q", p.Why)
			}
		})
	}
}

// TestRecordIsSmoothed shows that one perfect review does not beat many very good ones.
func TestRecordIsSmoothed(t *testing.T) {
	value := func(jobs, reviews int, rating float64) float64 {
		c := clerk("x")
		c.Profile.TrackRecord = retrieval.TrackRecord{Jobs: jobs, Reviews: reviews, Rating: rating}
		return part(t, c, rank.TrackRecord).Value
	}
	if one, forty := value(1, 1, 5), value(42, 40, 4.8); one >= forty {
		t.Errorf("one review of 5 gives %.3f, forty of 4.8 give %.3f", one, forty)
	}
	if poor, none := value(20, 20, 3.2), value(0, 0, 0); poor >= none+0.1 {
		t.Errorf("a poor record gives %.3f, none at all %.3f", poor, none)
	}
}

func TestOrderDoesNotDependOnTheInput(t *testing.T) {
	var people []rank.Candidate
	for i := range 30 {
		c := clerk(string(rune('a' + i)))
		c.Profile.Rate = int64(2500 + 100*(i%7))
		people = append(people, c)
	}
	want := rank.Default().Rank(bakery(), people, nil)
	for seed := range 5 {
		mixed := slices.Clone(people)
		rand.New(rand.NewSource(int64(seed))).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		got := rank.Default().Rank(bakery(), mixed, nil)
		for i := range want {
			if got[i].ProfileID != want[i].ProfileID || got[i].Score != want[i].Score {
				t.Fatalf("place %d: %s %.3f, want %s %.3f", i, got[i].ProfileID, got[i].Score, want[i].ProfileID, want[i].Score)
			}
		}
	}
	for i := 1; i < len(want); i++ {
		if want[i].Score == want[i-1].Score && want[i].ProfileID < want[i-1].ProfileID {
			t.Errorf("a tie is not broken by id: %s before %s", want[i-1].ProfileID, want[i].ProfileID)
		}
	}
}

func TestWeights(t *testing.T) {
	for name, weights := range map[string]rank.Weights{
		"unknown": {"beauty": 1}, "negative": {rank.Must: -1}, "not finite": {rank.Must: math.Inf(1)}, "no number": {rank.Must: math.NaN()}, "all zero": {rank.Must: 0}, "none": {},
	} {
		if _, err := rank.New(weights); err == nil {
			t.Errorf("%s weights were taken", name)
		}
	}
	sum := 0.0
	for _, w := range rank.DefaultWeights() {
		sum += w
	}
	if sum != 100 || len(rank.DefaultWeights()) != len(rank.Features()) {
		t.Errorf("the default weights sum to %v", sum)
	}
	cheap, proven := clerk("cheap"), clerk("proven")
	cheap.Profile.Rate, cheap.Findings[1] = 1500, fit.Finding{Requirement: "r2", Status: fit.Partly, Degree: 0.8}
	proven.Profile.Rate = 4000
	people := []rank.Candidate{cheap, proven}
	if got := rank.Default().Rank(bakery(), people, nil)[0].ProfileID; got != "proven" {
		t.Errorf("first is %s", got)
	}
	if got := rank.Default().Rank(bakery(), people, rank.DefaultWeights().Times(map[rank.Feature]float64{rank.Pay: 4}))[0].ProfileID; got != "cheap" {
		t.Errorf("with pay counting four times, first is %s", got)
	}
}

// TestNoText ranks people and work of whom nothing is known.
func TestNoText(t *testing.T) {
	ranked := rank.Default().Rank(rank.Work{}, []rank.Candidate{{ID: "b"}, {ID: "a"}}, nil)
	if ranked[0].ProfileID != "a" || ranked[0].Score != ranked[1].Score || math.IsNaN(ranked[0].Score) {
		t.Errorf("%+v", ranked)
	}
	for _, p := range ranked[0].Parts {
		if p.Value != rank.Unsaid {
			t.Errorf("%s is %.2f of nothing", p.Feature, p.Value)
		}
	}
}
