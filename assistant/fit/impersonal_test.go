package fit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
)

// squeezed is a text with each run of white space as one space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestImpersonal(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Hi, I'm Oluwaseun Adebayo. I restore pianos.", "I restore pianos."},
		{"My name is Ana-Lucía de la Cruz and I restore pianos.", "and I restore pianos."},
		{"I am José, a piano tuner. Please call me Pepe.", "a piano tuner."},
		{"I restore pianos.\n\nKind regards,\nWiebke v. Aalst", "I restore pianos."},
		{"I restore pianos. – Thuy", "I restore pianos."},
		{"Piano tuner (she/her)", "Piano tuner"},
		{"Pronouns: they/them. I restore pianos.", "I restore pianos."},
		{"I am a 52-year-old mother of two. I restore pianos.", "I restore pianos."},
		{"I'm a deaf Muslim woman, 34, and restore pianos.", "I'm a , , and restore pianos."},
		{"As a Jewish grandfather I restore pianos.", "As a I restore pianos."},
		{"I was born in 1969. My wife and I restore pianos.", "I restore pianos."},
		{"I have two small children and restore pianos.", "restore pianos."},
		{"I turn 60 this year. I restore pianos.", "I restore pianos."},
		{"Date of birth: 4 May 1971\nI restore pianos.", "I restore pianos."},
	} {
		got := fit.Impersonal(retrieval.Profile{Overview: tt.text}).Overview
		if squeezed(got) != tt.want {
			t.Errorf("%q\ngot  %q\nwant %q", tt.text, squeezed(got), tt.want)
		}
		if len(got) != len(tt.text) || !utf8.ValidString(got) {
			t.Errorf("%q: positions have moved: %q", tt.text, got)
		}
	}
}

// TestImpersonalLeavesWork: what somebody has worked on stays, whatever words it needs.
func TestImpersonalLeavesWork(t *testing.T) {
	for _, text := range []string{
		"Wrote for a Muslim women's magazine and for a charity of single mothers.",
		"I am a React developer. As a nurse I worked on a children's ward.",
		"I'm AWS, Azure and GCP certified.",
		"Migrated a 15-year-old Perl system; agreement went from 0.41 to 0.72.",
		"Pupils aged 10 to 60. German is my mother tongue.",
		"Black and white photography, male and female portraits.",
		"I am responsible for 34 shops. I have taught children for six years.",
		"Deaf interpreter. I am 20 minutes from the airport.",
		"Born in the USA: a campaign for a record label.",
		"Tools: Photoshop, Illustrator, InDesign – Figma",
	} {
		if got := fit.Impersonal(retrieval.Profile{Overview: text}).Overview; got != text {
			t.Errorf("%q became %q", text, squeezed(got))
		}
	}
	for _, headline := range []string{"Kubernetes – platform engineer", "Luthier | guitars", "Translator – Spanish", "CVs, cover letters, LinkedIn", "Illustrator, children's books", "Android: ODK, CHT"} {
		if got := fit.Impersonal(retrieval.Profile{Headline: headline}).Headline; got != headline {
			t.Errorf("%q became %q", headline, got)
		}
	}
	for headline, want := range map[string]string{"Siobhan Kealy – luthier": "luthier", "Luthier | Rosalind": "Luthier", "Grace – copywriter": "copywriter", "Copywriter, Tyrone": "Copywriter"} {
		if got := squeezed(fit.Impersonal(retrieval.Profile{Headline: headline}).Headline); got != want {
			t.Errorf("%q became %q, want %q", headline, got, want)
		}
	}
}

// TestProofsStayVerbatim: a proof is a phrase of the profile as it is, at its place.
func TestProofsStayVerbatim(t *testing.T) {
	reader := fit.New(skills.Default(), nil)
	overview := "Hi, I’m Zoë. As a mother of two I built nine shops in Shopify – all still open."
	person := reader.Person("c1", retrieval.Profile{Overview: overview})
	finding := person.Check(fit.Requirement{ID: "r1", Kind: fit.Skill, Skills: []string{"Shopify"}}, today)
	if len(finding.Proofs) != 1 {
		t.Fatalf("finding %+v", finding)
	}
	p := finding.Proofs[0]
	at := strings.Index(overview, p.Quote)
	if at < 0 || p.Start != len([]rune(overview[:at])) || strings.Contains(p.Quote, "Zoë") {
		t.Errorf("proof %+v", p)
	}
}
