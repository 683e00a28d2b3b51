package proposal_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/retrieval"
)

// kiln is a post with demands that the potter's profile meets in part.
func kiln() retrieval.JobPost {
	return retrieval.JobPost{
		Title: "Stream processing for our kiln sensors", Category: "data", Level: "expert", PayType: "hourly", PayMin: 5000, PayMax: 8000, Currency: "EUR", HoursPerWeek: 20, DurationDays: 90,
		Country: "DE", TimeZone: "Europe/Berlin", Language: "en", PostedOn: "2026-02-25", Skills: []string{"Apache Kafka", "Python", "Grafana"},
		Description: "We make bricks. 40,000 events a second come from the sensors of nine kilns and nobody sees them before the bricks are cold. We want them in Kafka, with alerts that the night shift trusts. " +
			"You need: five years of Kafka in production, Python, Grafana dashboards. Flink would be nice. About 20 hours a week. Please tell us about an alert that woke somebody for nothing.",
	}
}

func streamer() retrieval.Profile {
	return retrieval.Profile{
		Headline: "Data engineer, streams and sensors", Category: "data", Level: "expert", Rate: 7000, Currency: "EUR", Country: "PT", TimeZone: "Europe/Lisbon", HoursPerWeek: 25, AvailableFrom: "2026-03-16",
		Overview: "I move measurements from machines to people. I have run Kafka in production for two years, first at a dairy and now on my own. I write Python every day and keep Grafana dashboards small enough to read at night. I have never used Flink.",
		Experience: []retrieval.Experience{
			{Title: "Data engineer, dairy company", From: "2023-02", To: "2025-06", Text: "Built a Kafka pipeline for 1,200 milking robots, cut the delay from 9 minutes to 20 seconds. Grafana boards for two night shifts."},
			{Title: "Python developer, bus operator", From: "2019-01", To: "2023-01", Text: "Wrote Python services that match bus positions with timetables."},
		},
		Skills: []string{"Apache Kafka", "Python", "Grafana", "PostgreSQL"}, Languages: []retrieval.Language{{Code: "pt", Level: "native"}, {Code: "en", Level: "fluent"}},
	}
}

const alarm = "At the dairy a cow sensor with a dying battery rang every night for a week; since then an alert needs two sensors that agree."

func post(id string, p retrieval.JobPost) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindJobPost, ID: id, Post: &p}
}

func person(id string, p retrieval.Profile) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindProfile, ID: id, Profile: &p}
}

// drafted is a conversation that has come to its draft.
func drafted(t *testing.T, w *proposal.Workflow) (*talk, answer) {
	t.Helper()
	c := newTalk(t, w, "prof-streamer")
	c.say("Help me apply for post-kiln please")
	c.say(alarm)
	a := c.say("skip")
	if a.doc.Text == "" {
		t.Fatalf("no draft after two answers: %q", a.text)
	}
	return c, a
}

func loadKiln(t *testing.T) {
	t.Helper()
	load(t, small(), post("post-kiln", kiln()), person("prof-streamer", streamer()))
}

// checkClaims holds a draft to what every draft promises: each sentence of its
// text is a claim at its place, with sources whose quotes are there letter by
// letter.
func checkClaims(t *testing.T, c *talk, post retrieval.JobPost, profile retrieval.Profile) {
	t.Helper()
	doc := c.document()
	known := post.Title + "\n" + post.Description + "\n" + strings.Join(post.Skills, "\n") + "\n" + itoa(int(post.PayMin)) + "\n" + itoa(int(post.PayMax)) + "\n" + everything(profile)
	for _, x := range c.history {
		known += "\n" + x.Message.Text
	}
	at := 0
	for _, claim := range c.draft.Claims {
		if claim.Path != "/text" {
			continue
		}
		if got, ok := brief.UTF16Slice(doc.Text, claim.Start, claim.End); !ok || got != claim.Text {
			t.Errorf("claim %q points at %q", claim.Text, got)
		}
		if between, _ := brief.UTF16Slice(doc.Text, at, claim.Start); strings.TrimSpace(between) != "" {
			t.Errorf("%q has no claim", between)
		}
		at = claim.End
		if len(claim.Sources) == 0 {
			t.Errorf("%q has no source", claim.Text)
		}
		for _, s := range claim.Sources {
			if s.Kind == "wording" && claim.Kind != string(grounding.Wording) {
				t.Errorf("%q of kind %s rests on nothing", claim.Text, claim.Kind)
			}
			if (s.Kind == "document" || s.Kind == "message") && !strings.Contains(known, s.Quote) {
				t.Errorf("%q quotes %q, which is nowhere", claim.Text, s.Quote)
			}
		}
	}
	if rest, _ := brief.UTF16Slice(doc.Text, at, grounding.UTF16(doc.Text)); strings.TrimSpace(rest) != "" {
		t.Errorf("%q has no claim", rest)
	}
}

func everything(p retrieval.Profile) string {
	parts := []string{p.Headline, p.Overview, p.AvailableFrom, p.TimeZone, p.Country, itoa(p.HoursPerWeek), itoa(int(p.Rate))}
	for _, e := range p.Experience {
		parts = append(parts, e.Title, e.From, e.To, e.Text)
	}
	for _, l := range p.Languages {
		parts = append(parts, l.Code)
	}
	return strings.Join(append(append(parts, p.Skills...), p.Credentials...), "\n")
}

func kinds(list []proposal.Advice) (names []string) {
	for _, a := range list {
		if !slices.Contains(names, a.Kind) {
			names = append(names, a.Kind)
		}
	}
	return names
}
