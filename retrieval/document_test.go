package retrieval_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
)

func post(id, title, description string) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindJobPost, ID: id, Post: &retrieval.JobPost{Title: title, Description: description, Skills: []string{}}}
}

func TestDocumentRoundTrip(t *testing.T) {
	for name, line := range map[string]string{
		"post": `{"kind":"job_post","id":"p1","demo":true,"title":"Logo","description":"For a bakery","category":"design","skills":["Logo Design"],` +
			`"level":"entry","pay_type":"fixed","pay_min":10000,"pay_max":20000,"currency":"JPY","hours_per_week":5,"duration_days":9,"country":"DE",` +
			`"time_zone":"Europe/Berlin","language":"en","posted_on":"2025-02-28","outcome":{"proposals":3,"interviews":1,"hired":true,"days_to_hire":2}}`,
		"profile": `{"kind":"profile","id":"f1","headline":"Illustrator","overview":"Ink.","category":"design","experience":[{"title":"Studio","from":"2019-03","to":"","text":"Posters"}],` +
			`"skills":["Ink"],"level":"expert","rate":4500,"currency":"EUR","languages":[{"code":"en","level":"fluent"}],"country":"PT","time_zone":"Europe/Lisbon",` +
			`"hours_per_week":20,"available_from":"2026-01-01","track_record":{"jobs":2,"hours":30,"rating":4.5,"reviews":2},"credentials":["BA"]}`,
		"proposal": `{"kind":"proposal","id":"o1","job_post":"p1","profile":"f1","text":"Hello","bid":15000,"currency":"JPY","bid_type":"fixed","sent_on":"2025-03-01","outcome":"hired"}`,
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := retrieval.DecodeDocument([]byte(line), "")
			if err != nil {
				t.Fatal(err)
			}
			again, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(line, string(again)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeDocumentRefuses(t *testing.T) {
	for _, tt := range []struct{ name, line, want string }{
		{"no JSON", `{"id":`, "not valid JSON"},
		{"a list", `[1]`, "expected a JSON object, found array"},
		{"two values", `{"id":"a","title":"x"} {}`, "not valid JSON"},
		{"unknown field", `{"id":"a","title":"x","pay_mim":3}`, `unknown field "pay_mim"`},
		{"unknown kind", `{"kind":"advert","id":"a"}`, `kind "advert" is not one of`},
		{"text for a number", `{"id":"a","title":"x","pay_min":"300"}`, "pay_min: expected a whole number, found string"},
		{"fraction of a cent", `{"id":"a","title":"x","pay_min":3.5}`, "pay_min: expected a whole number"},
		{"number for a text", `{"id":"a","title":3}`, "title: expected a text, found number"},
		{"text for a list", `{"id":"a","title":"x","skills":"Go"}`, "skills: expected a list, found string"},
		{"no id", `{"title":"x"}`, "id: is missing"},
		{"no title", `{"id":"a"}`, "title: is missing"},
		{"long title", `{"id":"a","title":"` + strings.Repeat("é", 501) + `"}`, "title: is longer than 500 characters"},
		{"huge description", `{"id":"a","title":"x","description":"` + strings.Repeat("x", 10<<20) + `"}`, "description: is longer than 50000 characters"},
		{"level", `{"id":"a","title":"x","level":"senior"}`, `level: "senior" is not one of entry, intermediate, expert`},
		{"pay type", `{"id":"a","title":"x","pay_type":"weekly"}`, "pay_type"},
		{"negative pay", `{"id":"a","title":"x","pay_min":-1,"currency":"USD"}`, "pay_min: -1 is not between 0"},
		{"range upside down", `{"id":"a","title":"x","pay_min":5,"pay_max":3,"currency":"USD"}`, "pay_min: 5 is above pay_max 3"},
		{"no currency", `{"id":"a","title":"x","pay_min":5}`, "currency: is missing beside pay_min"},
		{"unknown currency", `{"id":"a","title":"x","currency":"ZZZ"}`, `currency: "ZZZ" is not an ISO 4217 code`},
		{"hours", `{"id":"a","title":"x","hours_per_week":169}`, "hours_per_week"},
		{"duration", `{"id":"a","title":"x","duration_days":-3}`, "duration_days"},
		{"date that is none", `{"id":"a","title":"x","posted_on":"2025-02-30"}`, "posted_on"},
		{"date of another form", `{"id":"a","title":"x","posted_on":"3/4/2025"}`, "form YYYY-MM-DD"},
		{"date long ago", `{"id":"a","title":"x","posted_on":"1969-12-31"}`, "year 1969"},
		{"country", `{"id":"a","title":"x","country":"Germany"}`, "country"},
		{"zone", `{"id":"a","title":"x","time_zone":"../../etc/passwd\u0000"}`, "time_zone"},
		{"rating", `{"kind":"profile","id":"a","headline":"x","track_record":{"rating":9}}`, "track_record.rating"},
		{"experience", `{"kind":"profile","id":"a","headline":"x","experience":[{"title":"x","from":"May"}]}`, "experience[0].from"},
		{"proposal for nothing", `{"kind":"proposal","id":"a","text":"x"}`, "job_post: is missing"},
		{"outcome", `{"kind":"proposal","id":"a","job_post":"p","text":"x","outcome":"maybe"}`, "outcome"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := retrieval.DecodeDocument([]byte(tt.line), retrieval.KindJobPost)
			if !errors.Is(err, retrieval.ErrInvalid) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
			if err != nil && (len(err.Error()) > 500 || strings.Contains(err.Error(), "retrieval.JobPost")) {
				t.Errorf("not fit to be shown: %v", err)
			}
		})
	}
}

func TestDecodeDocumentReportsEverything(t *testing.T) {
	_, err := retrieval.DecodeDocument([]byte(`{"id":"a","level":"guru","currency":"ZZZ"}`), retrieval.KindJobPost)
	for _, want := range []string{"title", "level", "currency"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %s", err, want)
		}
	}
}

func TestNormalise(t *testing.T) {
	doc, err := retrieval.DecodeDocument([]byte(`{"id":" a ","title":" Two\nlines \u0000","description":"one\r\ntwo\u0007 \u202etxt","skills":["Go"," go ","","C#"],`+
		`"level":"Entry","pay_type":"FIXED","currency":"usd","country":"de","language":"EN"}`), retrieval.KindJobPost)
	if err != nil {
		t.Fatal(err)
	}
	want := &retrieval.JobPost{
		Title: "Two lines", Description: "one\ntwo \u202etxt", Skills: []string{"Go", "C#"},
		Level: "entry", PayType: "fixed", Currency: "USD", Country: "DE", Language: "en",
	}
	if diff := cmp.Diff(want, doc.Post); diff != "" {
		t.Error(diff)
	}
	if doc.ID != "a" {
		t.Errorf("id %q", doc.ID)
	}
}

func TestNewerFieldsAreIgnored(t *testing.T) {
	var doc retrieval.Document
	if err := json.Unmarshal([]byte(`{"kind":"job_post","id":"a","title":"x","mood":"good"}`), &doc); err != nil || doc.Post.Title != "x" {
		t.Errorf("%+v, %v", doc, err)
	}
	if err := json.Unmarshal([]byte(`{"kind":"job_post","id":"a","title":7}`), &doc); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("wrong type: %v", err)
	}
}

func TestDocumentWithoutItsContent(t *testing.T) {
	doc := retrieval.Document{Kind: retrieval.KindProfile, ID: "a", Post: &retrieval.JobPost{Title: "x"}}
	if _, err := json.Marshal(doc); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("marshal: %v", err)
	}
	if err := doc.Validate(); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("validate: %v", err)
	}
}

func TestMinorUnits(t *testing.T) {
	for code, want := range map[string]int64{"USD": 100, "JPY": 1, "KWD": 1000, "???": 100} {
		if got := retrieval.MinorUnits(code); got != want {
			t.Errorf("MinorUnits(%s) = %d, want %d", code, got, want)
		}
	}
}

func TestFacetsOfEachKind(t *testing.T) {
	profile := retrieval.Document{Kind: retrieval.KindProfile, ID: "f", Profile: &retrieval.Profile{Headline: "Ink", Rate: 4500, Currency: "EUR", Level: "expert"}}
	if f := profile.Facets(); f.Title != "Ink" || f.PayType != "hourly" || f.PayMin != 4500 || f.Currency != "EUR" || f.Level != "expert" {
		t.Errorf("profile: %+v", f)
	}
	proposal := retrieval.Document{Kind: retrieval.KindProposal, ID: "o", Proposal: &retrieval.Proposal{JobPost: "p", Bid: 7, BidType: "fixed", Currency: "USD", Outcome: "hired", SentOn: "2025-01-01"}}
	if f := proposal.Facets(); f.PayMax != 7 || !f.Hired || f.PostedOn != "2025-01-01" || f.Title != "Proposal for p" {
		t.Errorf("proposal: %+v", f)
	}
	if got := (retrieval.Document{Kind: retrieval.KindJobPost, Post: &retrieval.JobPost{Title: "A", Description: "B", Skills: []string{"C", "D"}}}).SearchText(); got != "A\nB\nC, D" {
		t.Errorf("search text %q", got)
	}
}
