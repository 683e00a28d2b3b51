package rank_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval"
)

var made = time.Date(2026, 3, 2, 10, 0, 0, 123456789, time.FixedZone("", 3600))

// decision ranks n people who differ in rate, hours and record.
func decision(n int, previous string) rank.Decision {
	work := rank.Work{
		Post:         retrieval.JobPost{Title: "Repair a clock", PayType: "hourly", PayMax: 5000, Currency: "EUR", HoursPerWeek: 20, TimeZone: "Europe/Berlin"},
		Requirements: []fit.Requirement{{ID: "r1", Kind: fit.Skill, Must: true}}, Today: made,
	}
	profiles := make(map[string]retrieval.Profile)
	var candidates []rank.Candidate
	for i := range n {
		id := fmt.Sprintf("c%03d", i)
		profiles[id] = retrieval.Profile{
			Headline: "Clockmaker", Rate: int64(4000 + 37*i), Currency: "EUR", HoursPerWeek: 1 + i%30, TimeZone: "Europe/Berlin",
			TrackRecord: retrieval.TrackRecord{Jobs: i % 7, Rating: 4.1 + float64(i%9)/10, Reviews: i % 5},
		}
		candidates = append(candidates, rank.Candidate{ID: id, Profile: profiles[id], Findings: []fit.Finding{{Requirement: "r1", Status: fit.Partly, Degree: float64(i%11) / 11}}})
	}
	d := rank.Decision{
		Session: "0f0f", Previous: previous, Created: made, Post: work.Post, Requirements: work.Requirements, Ranker: rank.Default(),
		Weights: rank.DefaultWeights().Times(map[rank.Feature]float64{rank.Pay: 2}), Considered: n + 1,
		Models:  []rank.Identity{{Kind: "router", Name: "router-1", Hash: "11"}},
		Dropped: []rank.Dropped{{ID: "d1", Profile: profiles["c001"], Requirement: "k1"}},
	}
	for _, r := range rank.Default().Rank(work, candidates, d.Weights) {
		d.Ranked = append(d.Ranked, rank.Standing{Ranked: r, Profile: profiles[r.ProfileID]})
	}
	return d
}

func newRecord(t *testing.T, d rank.Decision) rank.Record {
	t.Helper()
	r, err := rank.NewRecord(d)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// stored is a record as it comes back from a database.
func stored(t *testing.T, r rank.Record) rank.Record {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back rank.Record
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func TestRecordHolds(t *testing.T) {
	r := stored(t, newRecord(t, decision(40, "")))
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	if r.ID != "0f0f-"+r.Hash[:8] || len(r.Order) != 40 || r.Passed != 40 || r.Ranker.Name != "table" {
		t.Errorf("record %+v", r)
	}
	same := newRecord(t, decision(40, ""))
	if same.Hash != r.Hash {
		t.Error("the same decision has another hash")
	}
	// The scores are those that the ranker gave.
	for _, s := range decision(40, "").Ranked {
		c, ok := r.Candidate(s.ProfileID)
		if !ok || r.Score(c) != s.Score {
			t.Errorf("%s: score %g, ranked with %g", s.ProfileID, r.Score(c), s.Score)
		}
	}
	if _, ok := r.Candidate("nobody"); ok {
		t.Error("nobody is a candidate")
	}
}

func TestRecordIsBounded(t *testing.T) {
	d := decision(900, "")
	for i := range 500 {
		d.Dropped = append(d.Dropped, rank.Dropped{ID: fmt.Sprint("x", i)})
	}
	r := newRecord(t, d)
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Candidates) != rank.MostRecorded || len(r.Dropped) != rank.MostRecorded || r.Passed != 900 || len(text) > 80_000 {
		t.Errorf("%d candidates, %d dropped, %d passed, %d bytes", len(r.Candidates), len(r.Dropped), r.Passed, len(text))
	}
	if err := r.Verify(); err != nil {
		t.Error(err)
	}
}

// TestPinsAndLimits: whom a person put first comes first in their order, who is past a limit last.
func TestPinsAndLimits(t *testing.T) {
	d := decision(5, "")
	first, last := d.Ranked[0], d.Ranked[4]
	first.Past, last.Pin = true, 1
	d.Ranked = []rank.Standing{last, d.Ranked[1], d.Ranked[2], d.Ranked[3], first}
	if err := newRecord(t, d).Verify(); err != nil {
		t.Error(err)
	}
}

// TestAlteredRecords: whatever is changed in a record after it was made, it no longer holds.
func TestAlteredRecords(t *testing.T) {
	changes := map[string]func(*rank.Record){
		"id":           func(r *rank.Record) { r.ID = r.Session + "-00000000" },
		"session":      func(r *rank.Record) { r.Session = "1f1f" },
		"previous":     func(r *rank.Record) { r.Previous = strings.Repeat("0", 64) },
		"created":      func(r *rank.Record) { r.Created = r.Created.Add(time.Second) },
		"post":         func(r *rank.Record) { r.Post = r.Requirements },
		"requirements": func(r *rank.Record) { r.Requirements = r.Post },
		"ranker":       func(r *rank.Record) { r.Ranker.Name = "another" },
		"rules":        func(r *rank.Record) { r.Rules = "" },
		"models":       func(r *rank.Record) { r.Models = nil },
		"weight":       func(r *rank.Record) { r.Weights[0]++ },
		"weights":      func(r *rank.Record) { r.Weights = r.Weights[1:] },
		"value":        func(r *rank.Record) { r.Candidates[3].Values[2] += 0.0001 },
		"values":       func(r *rank.Record) { r.Candidates[3].Values = nil },
		"profile":      func(r *rank.Record) { r.Candidates[3].Profile = r.Candidates[2].Profile },
		"order":        func(r *rank.Record) { slices.Reverse(r.Order) },
		"left out":     func(r *rank.Record) { r.Dropped[0].Requirement = "k2" },
		"considered":   func(r *rank.Record) { r.Considered-- },
		"version":      func(r *rank.Record) { r.Version++ },
	}
	for name, change := range changes {
		r := stored(t, newRecord(t, decision(6, "")))
		if change(&r); !errors.Is(r.Verify(), rank.ErrRecord) {
			t.Errorf("%s changed: %v", name, r.Verify())
		}
	}
}

// TestVerifyNamesWhoMoved: an order that its own values do not give is told apart from one that was altered.
func TestVerifyNamesWhoMoved(t *testing.T) {
	d := decision(3, "")
	d.Ranked[0], d.Ranked[1] = d.Ranked[1], d.Ranked[0]
	r := newRecord(t, d)
	if err := r.Verify(); !errors.Is(err, rank.ErrRecord) || !strings.Contains(err.Error(), d.Ranked[1].ProfileID+" before "+d.Ranked[0].ProfileID) {
		t.Errorf("a wrong order: %v", err)
	}
}

func TestVerifyChain(t *testing.T) {
	one := newRecord(t, decision(3, ""))
	two := newRecord(t, decision(4, one.Hash))
	three := newRecord(t, decision(5, two.Hash))
	branch := newRecord(t, decision(6, one.Hash)) // the second message was edited
	altered := stored(t, two)
	altered.Candidates[0].Values[0] = 1
	foreign := decision(2, "")
	foreign.Session = "1f1f"

	for name, tt := range map[string]struct {
		records []rank.Record
		want    error
		says    string
	}{
		"none":                {nil, nil, ""},
		"a chain":             {[]rank.Record{one, two, three}, nil, ""},
		"a branch":            {[]rank.Record{one, two, branch, three}, nil, ""},
		"one was taken out":   {[]rank.Record{one, three}, rank.ErrChain, "link 2 of 2"},
		"the first is gone":   {[]rank.Record{two, three}, rank.ErrChain, "link 1 of 2"},
		"in another order":    {[]rank.Record{one, three, two}, rank.ErrChain, "link 2 of 3"},
		"one was altered":     {[]rank.Record{one, altered, three}, rank.ErrRecord, "link 2 of 3"},
		"one is there twice":  {[]rank.Record{one, one}, rank.ErrChain, "twice"},
		"of another session":  {[]rank.Record{one, newRecord(t, foreign)}, rank.ErrChain, "another session"},
		"only a later record": {[]rank.Record{three}, rank.ErrChain, three.ID},
	} {
		err := rank.VerifyChain(tt.records)
		if !errors.Is(err, tt.want) || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	trail := rank.Trail([]rank.Record{one, two, branch, three}, three.ID)
	if len(trail) != 3 || trail[0].ID != one.ID || trail[2].ID != three.ID {
		t.Errorf("the trail to the third has %d records", len(trail))
	}
	if trail = rank.Trail([]rank.Record{one}, "0f0f-00000000"); len(trail) != 0 {
		t.Errorf("a trail to nowhere: %v", trail)
	}
}

func TestCompare(t *testing.T) {
	then := newRecord(t, decision(4, ""))
	own := rank.Default().Identity()
	if c := rank.Compare(then, then, own); !c.Same || len(c.Causes)+len(c.Changes) > 0 {
		t.Errorf("with itself: %+v", c)
	}

	d := decision(4, "")
	d.Post.Level = "expert"
	d.Models = []rank.Identity{{Kind: "router", Name: "router-2", Hash: "22"}}
	gone := d.Ranked[0].ProfileID
	d.Ranked = d.Ranked[1:]
	now := newRecord(t, d)
	other, err := rank.New(rank.Weights{rank.Pay: 1})
	if err != nil {
		t.Fatal(err)
	}
	c := rank.Compare(then, now, other.Identity())
	var causes []string
	for _, cause := range c.Causes {
		causes = append(causes, cause.What)
	}
	if c.Same || !slices.Equal(causes, []string{"post", "ranker", "router"}) {
		t.Errorf("%v: %+v", causes, c)
	}
	if c.Changes[0].ID != gone || !c.Changes[0].Gone || c.Changes[1].After != 1 || c.Changes[1].Before != 2 {
		t.Errorf("changes %+v", c.Changes)
	}
}

// TestCanonicalHash: what means the same has the same hash, however it was written down.
func TestCanonicalHash(t *testing.T) {
	hash := func(v any) string {
		h, err := rank.HashOf(v)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	type forth struct {
		B string  `json:"b"`
		A float64 `json:"a"`
	}
	var back any
	if err := json.Unmarshal([]byte(` { "a" : 0.5, "b" : "\u003c\u00e9\u003e" } `), &back); err != nil {
		t.Fatal(err)
	}
	if hash(forth{"<é>", 0.5}) != hash(back) || hash(map[string]any{"a": 0.5, "b": "<é>"}) != hash(back) {
		t.Error("the same object has several hashes")
	}
	if hash(forth{"<é>", 0.25}) == hash(back) {
		t.Error("another object has the same hash")
	}
	if _, err := rank.HashOf(make(chan int)); err == nil {
		t.Error("a channel has a hash")
	}
}
