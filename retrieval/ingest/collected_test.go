package ingest_test

import (
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
)

// collected is a row in the form of collected posts, with some fields changed.
func collected(t *testing.T, changes map[string]any) string {
	t.Helper()
	row := map[string]any{
		"id": "c1", "platform": "some", "title": "Bread &amp; butter shop", "description": "<p>Sell <b>bread</b>.</p><ul><li>List<String></li></ul>",
		"skills": []string{"Go", "C&#43;&#43;"}, "category": "Technology & Programming / Website Development", "pay_type": "fixed",
		"rate_min": nil, "rate_max": nil, "budget": 1200.5, "currency": "GBP", "level": "Expert ($$$)", "duration": "1-3 months",
		"country": "United Kingdom", "posted_on": "2025-03", "proposals": "20 to 50",
	}
	maps.Copy(row, changes)
	text, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

func TestCollectedPost(t *testing.T) {
	var s shelf
	if _, rejects, err := load(t, &s, file(t, "posts", collected(t, nil))); err != nil {
		t.Fatalf("%v %s", err, rejects)
	}
	want := &retrieval.JobPost{
		Title: "Bread & butter shop", Description: "Sell bread.\n\nList<String>", Category: "web", Skills: []string{"Go", "C++"},
		Level: "expert", PayType: "fixed", PayMin: 120050, PayMax: 120050, Currency: "GBP", DurationDays: 60,
		Country: "GB", PostedOn: "2025-03-01", Outcome: &retrieval.Outcome{Proposals: 35},
	}
	if diff := cmp.Diff(want, s.post(t, "c1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCollectedFields(t *testing.T) {
	pay := func(p *retrieval.JobPost) any { return []any{p.PayType, p.PayMin, p.PayMax, p.Currency} }
	level := func(p *retrieval.JobPost) any { return p.Level }
	days := func(p *retrieval.JobPost) any { return p.DurationDays }
	country := func(p *retrieval.JobPost) any { return p.Country }
	date := func(p *retrieval.JobPost) any { return p.PostedOn }
	category := func(p *retrieval.JobPost) any { return p.Category }
	proposals := func(p *retrieval.JobPost) any {
		if p.Outcome == nil {
			return nil
		}
		return p.Outcome.Proposals
	}
	for _, tt := range []struct {
		changes map[string]any
		read    func(*retrieval.JobPost) any
		want    any
	}{
		{map[string]any{"pay_type": "hourly", "budget": nil, "rate_min": 15, "rate_max": 30.25}, pay, []any{"hourly", int64(1500), int64(3025), "GBP"}},
		{map[string]any{"pay_type": "hourly", "budget": 86.875}, pay, []any{"hourly", int64(8688), int64(8688), "GBP"}},
		{map[string]any{"pay_type": "hourly", "budget": nil, "rate_min": 15}, pay, []any{"hourly", int64(1500), int64(1500), "GBP"}},
		{map[string]any{"pay_type": "", "budget": nil}, pay, []any{"", int64(0), int64(0), ""}},
		{map[string]any{"pay_type": ""}, pay, []any{"fixed", int64(120050), int64(120050), "GBP"}},
		{map[string]any{"pay_type": "", "budget": nil, "rate_max": 20}, pay, []any{"hourly", int64(2000), int64(2000), "GBP"}},
		{map[string]any{"budget": "1,500", "currency": "jpy"}, pay, []any{"fixed", int64(1500), int64(1500), "JPY"}},
		{map[string]any{"level": "Entry level"}, level, "entry"},
		{map[string]any{"level": "Intermediate ($$)"}, level, "intermediate"},
		{map[string]any{"level": ""}, level, ""},
		{map[string]any{"duration": "less than 1 week"}, days, 4},
		{map[string]any{"duration": "< 1 month"}, days, 15},
		{map[string]any{"duration": "6+ months"}, days, 180},
		{map[string]any{"duration": "1 - 2 weeks"}, days, 11},
		{map[string]any{"duration": "6 to 8 weeks"}, days, 49},
		{map[string]any{"duration": "1 day or less"}, days, 1},
		{map[string]any{"duration": "10min"}, days, 1},
		{map[string]any{"duration": "Ongoing"}, days, 0},
		{map[string]any{"duration": "9999999999999 years"}, days, 3650},
		{map[string]any{"country": "Viet Nam"}, country, "VN"},
		{map[string]any{"country": "usa"}, country, "US"},
		{map[string]any{"country": "de"}, country, "DE"},
		{map[string]any{"country": "Atlantis"}, country, ""},
		{map[string]any{"posted_on": "2024-05-30"}, date, "2024-05-30"},
		{map[string]any{"posted_on": "May 30, 2024 09:25 UTC"}, date, "2024-05-30"},
		{map[string]any{"posted_on": "July 05, 2024 08:54 UTC"}, date, "2024-07-05"},
		{map[string]any{"posted_on": ""}, date, ""},
		{map[string]any{"category": "javascript_developer"}, category, "web"},
		{map[string]any{"category": "Writing & Translation / Translation"}, category, "translation"},
		{map[string]any{"category": "Writing & Translation / Copywriting"}, category, "writing"},
		{map[string]any{"category": "Design / Computer-Aided Design (CAD)"}, category, "engineering"},
		{map[string]any{"category": "Astrology"}, category, "astrology"},
		{map[string]any{"category": ""}, category, ""},
		{map[string]any{"proposals": "Less than 5"}, proposals, 3},
		{map[string]any{"proposals": "50+"}, proposals, 50},
		{map[string]any{"proposals": 12}, proposals, 12},
		{map[string]any{"proposals": ""}, proposals, nil},
	} {
		var s shelf
		if _, rejects, err := load(t, &s, file(t, "posts", collected(t, tt.changes))); err != nil {
			t.Errorf("%v: %v %s", tt.changes, err, rejects)
			continue
		}
		if got := tt.read(s.post(t, "c1")); !cmp.Equal(got, tt.want) {
			t.Errorf("%v: %v, want %v", tt.changes, got, tt.want)
		}
	}
}

func TestCollectedRejects(t *testing.T) {
	for reason, changes := range map[string]map[string]any{
		"budget: -5 is negative":              {"budget": -5},
		"not an amount":                       {"budget": "a lot"},
		"more than any post pays":             {"budget": 1e300},
		"XYZ":                                 {"currency": "XYZ"},
		"posted_on":                           {"posted_on": "yesterday"},
		"level":                               {"level": "Guru"},
		"pay_min":                             {"pay_type": "hourly", "budget": nil, "rate_min": 30, "rate_max": 15},
		"colour":                              {"colour": "red"},
		"title":                               {"title": "<p></p>"},
		"currency":                            {"currency": ""},
		"expected a text, a number or a list": {"skills": map[string]any{}},
	} {
		var s shelf
		_, rejects, err := load(t, &s, file(t, "posts", collected(t, changes)))
		if !errors.Is(err, ingest.ErrRejected) || !strings.Contains(rejects, reason) {
			t.Errorf("%v: %v, report %q, want %q", changes, err, rejects, reason)
		}
	}
}

func TestCollectedTable(t *testing.T) {
	var s shelf
	content := "id,title,description,skills,category,budget,currency,posted_on\n" +
		"c1,\"Shop, small\",\"Two\nlines\",\"Go, SQL\",Web Development,100,USD,2025-03\n"
	if _, rejects, err := load(t, &s, file(t, "posts.csv", content)); err != nil {
		t.Fatalf("%v %s", err, rejects)
	}
	p := s.post(t, "c1")
	if p.PayMin != 10000 || p.PayType != "fixed" || p.Description != "Two\nlines" || len(p.Skills) != 2 {
		t.Errorf("%+v", p)
	}
}
