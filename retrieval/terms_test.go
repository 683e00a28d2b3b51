package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

func namedIn(text string) []skills.Skill {
	var named []skills.Skill
	for _, match := range skills.Default().Match(text) {
		named = append(named, *match.Skill)
	}
	return named
}

func TestTermsOfLanguages(t *testing.T) {
	for _, tt := range []struct{ text, language, want, without string }{
		{"k8s expert for our cluster", "", "~kubernetes k8s cluster", ""},
		{"busco un diseñador de páginas", "", "=disen =pagin disenador", "busco un =busc"},
		{"diseño", "", "=disen diseno", ""},
		{"logo", "", "logo", "=log"},
		{"die cutting", "", "cutting", ""},
		{"Webentwickler", "de", "webentwickler =web =entwickl", ""},
		{"Entwickler", "en", "entwickler", "=entwickl"},
		{"sviluppatore", "it", "sviluppatore", "=sviluppator"},
		{"logo designer for a bakery", "", "logo design bakery", "=log =design for"},
	} {
		got := retrieval.TermsIn(tt.text, tt.language, namedIn(tt.text), true)
		for _, term := range strings.Fields(tt.want) {
			if !slices.Contains(got, term) {
				t.Errorf("%q: %v lacks %q", tt.text, got, term)
			}
		}
		for _, term := range strings.Fields(tt.without) {
			if slices.Contains(got, term) {
				t.Errorf("%q: %v has %q", tt.text, got, term)
			}
		}
	}
}

func TestTermsWithoutAliases(t *testing.T) {
	got := retrieval.TermsIn("k8s and terraform", "", namedIn("k8s and terraform"), false)
	if slices.ContainsFunc(got, func(term string) bool { return strings.HasPrefix(term, "~") }) {
		t.Errorf("terms of skills in %v", got)
	}
}

func TestTermsAreFew(t *testing.T) {
	for _, text := range []string{
		"React, Vue.js, Angular, Svelte, Docker, Kubernetes, Terraform, PostgreSQL, Redis and RabbitMQ for a shop, an app, a site, an invoice, a calendar and a chat",
		strings.Repeat("zxqv wvut qzrt plmk ", 3),
		"Suche Webentwickler Softwareentwickler Grafikdesigner Steuerberater Produktmanager Datenanalyse",
	} {
		if got := retrieval.TermsIn(text, "", namedIn(text), true); len(got) > 32 {
			t.Errorf("%d terms for %q", len(got), text)
		}
	}
}

func TestAnalyse(t *testing.T) {
	r := retrieval.New(newMemory(), embed.Default(), skills.Default())
	post := retrieval.Document{Kind: retrieval.KindJobPost, ID: "1", Post: &retrieval.JobPost{
		Title: "Deploy to k8s", Description: "We use Docker. Go ahead and write. Kubernetes is on AWS.", Skills: []string{"ReactJS", "react.js", "Kite Flying"},
	}}
	listed, terms, analysis := r.Analyse(post)
	if want := []string{"React", "kite flying"}; !slices.Equal(listed, want) {
		t.Errorf("listed %v, want %v", listed, want)
	}
	counts := make(map[string]int)
	for _, term := range terms {
		counts[term]++
	}
	for term, want := range map[string]int{"~kubernetes": 3, "~react": 2, "~docker": 1, "~amazon web services": 1, "~go": 0, "~kite flying": 0} {
		if counts[term] != want {
			t.Errorf("%s counts %d, want %d", term, counts[term], want)
		}
	}
	if analysis == "" {
		t.Error("the rules have no name")
	}
	proposal := retrieval.Document{Kind: retrieval.KindProposal, ID: "2", Proposal: &retrieval.Proposal{JobPost: "docker", Text: "I know SQL."}}
	if _, terms, _ := r.Analyse(proposal); !slices.Equal(terms, []string{"~sql"}) {
		t.Errorf("a proposal has %v", terms)
	}
}

// TestSearchInLanguages: whatever form of a word, with or without accents, each
// language's post is found by words alone.
func TestSearchInLanguages(t *testing.T) {
	texts := map[string][2]string{
		"es": {"Diseñadora para tienda de ropa", "Necesitamos una diseñadora que prepare los folletos de nuestra tienda antes del verano."},
		"pt": {"Tradutora de contratos", "Precisamos de uma tradutora para três contratos, do inglês para o português."},
		"fr": {"Rédactrice pour un blog", "Nous cherchons une rédactrice qui écrit deux articles de cuisine par semaine."},
		"de": {"Webentwickler für Verein", "Wir suchen einen Webentwickler, der unsere Seite mit einem Kalender ausstattet."},
		"en": {"Accountant for a farm", "We are looking for somebody who files our taxes and knows about grain."},
	}
	var docs []retrieval.Document
	for id, text := range texts {
		docs = append(docs, retrieval.Document{Kind: retrieval.KindJobPost, ID: id, Post: &retrieval.JobPost{Title: text[0], Description: text[1]}})
	}
	r, _ := onSQLite(t, docs)
	for query, want := range map[string]string{
		`"diseñadores para tiendas"`: "es", "diseño": "es", "diseno folleto": "es", "busco diseñador": "es",
		"tradução": "pt", "tradutores de contrato": "pt", "traducao": "pt",
		"rédacteur": "fr", "redaction article": "fr",
		"Entwickler": "de", "Webentwicklerin gesucht": "de", "Kalender": "de", "Entwicklung": "de",
		"accountants": "en", "taxes": "en",
	} {
		hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: query})
		if err != nil {
			t.Fatal(err)
		}
		first := ""
		for _, hit := range hits {
			if hit.Why.LexicalPlace == 1 {
				first = hit.ID
			}
		}
		if first != want {
			t.Errorf("%q finds %q by words, want %q", query, first, want)
		}
	}
}

// TestBeginningsOfTitles: when words find too little, titles that begin alike follow.
func TestBeginningsOfTitles(t *testing.T) {
	var docs []retrieval.Document
	for i, title := range []string{"Bookkeeper", "Tax adviser", "Bookkeeping for a bakery"} {
		docs = append(docs, retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprint(i), Post: &retrieval.JobPost{Title: title}})
	}
	r, _ := onSQLite(t, docs)
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "bookish baker"})
	if err != nil {
		t.Fatal(err)
	}
	places := make(map[string]int)
	for _, hit := range hits {
		places[hit.ID] = hit.Why.LexicalPlace
	}
	if places["0"] == 0 || places["2"] != 1 || places["1"] != 0 {
		t.Errorf("places %v", places)
	}
}
