package ingest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
)

func mapping(t *testing.T, text string) *ingest.Mapping {
	t.Helper()
	m, err := ingest.ReadMapping([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// exported is a mapping with most of what there is, and a table that it reads.
const exportedMapping = `
kind: job_post
fields:
  id: {from: Job UID, prefix: "shop-"}
  title: Job Title
  description: {from: [Summary, Details], join: "\n\n"}
  category: {from: Area, as: category}
  skills: {from: [Tags, Other tags]}
  level: {from: Tier, values: {Beginner: entry, Experienced: expert, "n/a": ""}, default: intermediate}
  pay_type: {from: Type, values: {"Fixed price": fixed, "*": hourly}}
  pay_min: {from: From, as: money, decimal: ","}
  pay_max: {from: To, as: money, decimal: ","}
  currency: {const: EUR}
  duration_days: {from: Length, as: days}
  hours_per_week: {from: Hours, as: number}
  country: {from: Client.country, as: country}
  time_zone: {from: TZ, as: zone}
  language: {from: Lang, as: language}
  posted_on: {from: Created, as: date, layouts: ["DD/MM/YYYY HH:mm Z"], zone: Europe/Berlin}
  outcome.hired: {from: State, values: {filled: true, "*": false}}
  outcome.proposals: {from: Bids, as: middle}
ignore: [Internal note]
`

const exportedTable = `Job UID;Job Title;Summary;Details;Area;Tags;Other tags;Tier;Type;From;To;Length;Hours;Client.country;TZ;Lang;Created;State;Bids;Internal note
7;Build a shop;Short.;"<p>Long &amp; wide.</p>";Web Dev;Go, SQL;Shopify;Experienced;Fixed price;1.200,50;€ 2.000;1-3 months;30+ hrs/week;Germany;UTC+2;Deutsch;31/12/2024 23:30 Z;Filled;20 to 50;secret
8;Draw a logo;;;Logo design;Figma;;n/a;Hourly;25;40;;;;;;;open;;
`

func TestMapping(t *testing.T) {
	var s shelf
	path := file(t, "export.csv", exportedTable)
	for _, changed := range []int{2, 0} {
		sum, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{path}, Mapping: mapping(t, exportedMapping)})
		if err != nil || sum.Changed != changed {
			t.Fatalf("%+v, %v\n%s", sum, err, rejects)
		}
	}
	want := &retrieval.JobPost{
		Title: "Build a shop", Description: "Short.\n\nLong & wide.", Category: "web", Skills: []string{"Go", "SQL", "Shopify"}, Level: "expert",
		PayType: "fixed", PayMin: 120050, PayMax: 200000, Currency: "EUR", HoursPerWeek: 30, DurationDays: 60,
		Country: "DE", TimeZone: "Etc/GMT-2", Language: "de", PostedOn: "2025-01-01",
	}
	got := s.post(t, "shop-7")
	if got.Outcome == nil || got.Outcome.Proposals != 35 {
		t.Errorf("outcome %+v", got.Outcome)
	}
	got.Outcome = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if p := s.post(t, "shop-8"); p.Level != "intermediate" || p.PayType != "hourly" || p.PayMin != 2500 || p.Description != "" || p.PostedOn != "" {
		t.Errorf("%+v", p)
	}
}

// TestMappingToCollected: a mapping may leave the work to the form of collected posts.
func TestMappingToCollected(t *testing.T) {
	var s shelf
	m := mapping(t, "kind: job_post\nfields: {id: uid, title: name, budget: price, currency: cur, duration: how_long, level: tier}\nignore: '*'")
	path := file(t, "e.jsonl", `{"uid": 7, "name": "Shop", "price": "1,200.50", "cur": "usd", "how_long": "1-3 months", "tier": "Expert ($$$)", "more": {"a": [1]}}`)
	if _, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{path}, Mapping: m}); err != nil {
		t.Fatalf("%v %s", err, rejects)
	}
	if p := s.post(t, "7"); p.PayMin != 120050 || p.PayType != "fixed" || p.DurationDays != 60 || p.Level != "expert" {
		t.Errorf("%+v", p)
	}
}

func TestMappingOfProfiles(t *testing.T) {
	var s shelf
	m := mapping(t, `
kind: profile
fields:
  id: user.id
  headline: user.title
  overview: bio
  rate: {from: price, as: money}
  currency: {from: price_currency, default: USD}
  languages: {from: speaks, as: languages}
  experience: {from: jobs, as: json}
  credentials: {from: certs, split: " / "}
  available_from: {from: free, as: date, layouts: [unix]}
  time_zone: {from: tz, as: zone}
ignore: [user]
`)
	row := `{"user": {"id": 9, "title": "Builds shops"}, "bio": "Ten years.", "price": "$40.5/hr", "speaks": ["English (native)", "German: B2", "pt-BR"], ` +
		`"jobs": [{"title": "Lead", "from": "2020-01", "to": "", "text": "A &lt; B"}], "certs": "AWS / GCP", "free": 1735689600, "tz": "(GMT-05:00) Eastern Time"}`
	path := file(t, "p.jsonl", row)
	if _, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{path}, Mapping: m}); err != nil {
		t.Fatalf("%v %s", err, rejects)
	}
	want := &retrieval.Profile{
		Headline: "Builds shops", Overview: "Ten years.", Skills: []string{}, Rate: 4050, Currency: "USD", AvailableFrom: "2025-01-01", TimeZone: "Etc/GMT+5",
		Languages:   []retrieval.Language{{Code: "en", Level: "native"}, {Code: "de", Level: "conversational"}, {Code: "pt"}},
		Experience:  []retrieval.Experience{{Title: "Lead", From: "2020-01", Text: "A < B"}},
		Credentials: []string{"AWS", "GCP"},
	}
	if diff := cmp.Diff(want, s.documents["acme/profile/9"].Profile); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestConversions: one rule for one field, and what a value becomes.
func TestConversions(t *testing.T) {
	for _, tt := range []struct{ field, rule, value, want string }{
		{"pay_min", "as: money", "1,200.50", "120050"},
		{"pay_min", "as: money", "1.200,50 €", "120050"},
		{"pay_min", "as: money", "1,200", "120000"},
		{"pay_min", "as: money", "1,5", "150"},
		{"pay_min", "as: money", "US$ 15k", "1500000"},
		{"pay_min", "as: money", "1 200 500", "120050000"},
		{"pay_min", "as: money", "12'500.00 CHF", "1250000"},
		{"pay_min", "{as: money, decimal: ','}", "1.200", "120000"},
		{"pay_min", "as: money", "10 - 20", "!amount"},
		{"pay_min", "as: money", "a lot", "!amount"},
		{"pay_min", "as: money", "-5", "!pay_min"},
		{"pay_min", "as: money", "1e300", "!amount"},
		{"posted_on", "as: date", "2024-05-30", `"2024-05-30"`},
		{"posted_on", "as: date", "2024-05-30T22:30:00Z", `"2024-05-30"`},
		{"posted_on", "{as: date, zone: Asia/Tokyo}", "2024-05-30T22:30:00Z", `"2024-05-31"`},
		{"posted_on", "{as: date, layouts: [MM/DD/YYYY]}", "05/30/2024", `"2024-05-30"`},
		{"posted_on", "{as: date, layouts: [D.M.YY, 'D MMM YYYY']}", "3 May 2024", `"2024-05-03"`},
		{"posted_on", "{as: date, layouts: [\"YYYY-MM-DD'T'HH:mm:ss\"]}", "2024-05-30T10:00:00", `"2024-05-30"`},
		{"posted_on", "{as: date, layouts: [unix_ms]}", "1735689600000", `"2025-01-01"`},
		{"posted_on", "{as: date, layouts: [MM/DD/YYYY]}", "30/05/2024", "!not a date of the form"},
		{"posted_on", "as: date", "0000-01-01", "!year 0"},
		{"posted_on", "as: date", "soon", "!layouts"},
		{"country", "as: country", "Viet Nam", `"VN"`},
		{"country", "as: country", "Atlantis", "!not a country"},
		{"country", "{as: country, values: {Atlantis: GR, '*': US}}", "atlantis ", `"GR"`},
		{"time_zone", "as: zone", "Europe/Berlin", `"Europe/Berlin"`},
		{"time_zone", "as: zone", "GMT+5:30", `"Asia/Kolkata"`},
		{"time_zone", "as: zone", "-03:00", `"Etc/GMT+3"`},
		{"time_zone", "as: zone", "PST", `"America/Los_Angeles"`},
		{"time_zone", "as: zone", "UTC", `"UTC"`},
		{"time_zone", "as: zone", "UTC+25", "!offset"},
		{"time_zone", "as: zone", "Moon/Crater", "!not a time zone"},
		{"language", "as: language", "Español", `"es"`},
		{"language", "as: language", "en_GB", `"en"`},
		{"language", "as: language", "Klingon", "!language"},
		{"level", "as: level", "Senior / Lead", `"expert"`},
		{"level", "as: level", "Mid-level", `"intermediate"`},
		{"level", "as: level", "wizard", "!level"},
		{"level", "{values: {a: entry}}", "b", "!not among the values"},
		{"duration_days", "as: days", "6+ months", "180"},
		{"duration_days", "as: days", "ongoing", "0"},
		{"duration_days", "as: days", "45", "45"},
		{"hours_per_week", "as: number", "less than 30 hrs", "30"},
		{"hours_per_week", "{values: {Full: 40, Part: 20}}", "part", "20"},
		{"skills", "{split: '/'}", "Go / C++ / R", `["Go","C++","R"]`},
		{"skills", "{split: '/', values: {x: y}, default: [a]}", "", `["a"]`},
		{"category", "as: category", "IT & Programming / Web", `"web"`},
		{"title", "{default: Untitled}", "", `"Untitled"`},
		{"title", "prefix: 'A '", "b", `"A b"`},
		{"demo", "{}", "TRUE", "true"},
		{"demo", "{}", "maybe", "!true or false"},
	} {
		if !strings.HasPrefix(tt.rule, "{") {
			tt.rule = "{" + tt.rule + "}"
		}
		fields := map[string]string{"id": "{const: x}", "title": "{const: T}", "currency": "{const: USD}"}
		rule := strings.Replace(tt.rule, "{", "{from: v, ", 1)
		fields[tt.field] = rule
		text := "kind: job_post\nfields:\n"
		for name, rule := range fields {
			text += fmt.Sprintf("  %s: %s\n", name, strings.Replace(rule, ", }", "}", 1))
		}
		var s shelf
		row, err := json.Marshal(map[string]string{"v": tt.value})
		if err != nil {
			t.Fatal(err)
		}
		_, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{file(t, "row", string(row))}, Mapping: mapping(t, text)})
		if reason, refused := strings.CutPrefix(tt.want, "!"); refused {
			if !errors.Is(err, ingest.ErrRejected) || !strings.Contains(rejects, reason) || !strings.Contains(rejects, tt.field) {
				t.Errorf("%s %q: %v, report %q, want %q", tt.rule, tt.value, err, rejects, reason)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s %q: %v %s", tt.rule, tt.value, err, rejects)
			continue
		}
		data, err := json.Marshal(s.documents["acme/job_post/x"])
		if err != nil {
			t.Fatal(err)
		}
		var fieldsOf map[string]json.RawMessage
		if err := json.Unmarshal(data, &fieldsOf); err != nil {
			t.Fatal(err)
		}
		got := string(fieldsOf[tt.field])
		if got == "" && tt.want == "true" {
			got = "absent"
		}
		if got != tt.want {
			t.Errorf("%s %q: %s, want %s", tt.rule, tt.value, got, tt.want)
		}
	}
}

func TestMappingsThatAreWrong(t *testing.T) {
	for _, tt := range []struct{ name, text, reason string }{
		{"empty", "", "kind"},
		{"no YAML", "kind: [", "line 1"},
		{"unknown kind", "kind: cat\nfields: {title: a}", "cat"},
		{"no fields", "kind: job_post", "fields"},
		{"title missing", "kind: job_post\nfields: {id: a}", "title is missing"},
		{"unknown field", "kind: job_post\nfields: {title: a, colour: b}", "colour"},
		{"unknown key of a rule", "kind: job_post\nfields:\n  title: {from: a, trim: true}", "trim"},
		{"unknown key", "kind: job_post\nfields: {title: a}\nfeilds: {}", "feilds"},
		{"unknown conversion", "kind: job_post\nfields: {title: a, pay_min: {from: b, as: cents}}", "cents"},
		{"neither from nor const", "kind: job_post\nfields: {title: {as: date}}", "from"},
		{"both", "kind: job_post\nfields: {title: {from: a, const: b}}", "both"},
		{"bad layout", "kind: job_post\nfields: {title: a, posted_on: {from: b, as: date, layouts: [jj.mm]}}", "not a part of a date"},
		{"layout without date", "kind: job_post\nfields: {title: {from: a, layouts: [YYYY]}}", "as: date"},
		{"bad zone", "kind: job_post\nfields: {title: a, posted_on: {from: b, as: date, zone: Mars}}", "Mars"},
		{"bad decimal", "kind: job_post\nfields: {title: a, pay_min: {from: b, as: money, decimal: x}}", "decimal"},
	} {
		_, err := ingest.ReadMapping([]byte(tt.text))
		if !errors.Is(err, retrieval.ErrInvalid) || !strings.Contains(err.Error(), tt.reason) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.reason)
		}
	}
}

// TestMappingAndFileDiffer: nothing is guessed.
func TestMappingAndFileDiffer(t *testing.T) {
	m := "kind: job_post\nfields: {id: uid, title: name}\n"
	for _, tt := range []struct{ name, mapping, content, reason string }{
		{"a column is missing", m, "uid,nam\n1,a\n", `"name"`},
		{"a column is left", m, "uid,name,price\n1,a,5\n", `"price"`},
		{"a column is there twice", m, "uid,name,name\n1,a,5\n", "twice"},
	} {
		var s shelf
		_, _, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{file(t, "e.csv", tt.content)}, Mapping: mapping(t, tt.mapping)})
		if !errors.Is(err, ingest.ErrUnreadable) || !strings.Contains(err.Error(), tt.reason) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	var s shelf
	_, rejects, err := loadWith(t, ingest.Options{Loader: &s, Files: []string{file(t, "e", `{"uid":1,"name":"a","price":5}`)}, Mapping: mapping(t, m)})
	if !errors.Is(err, ingest.ErrRejected) || !strings.Contains(rejects, `"price" is neither mapped nor ignored`) {
		t.Errorf("a field is left: %v %s", err, rejects)
	}
}
