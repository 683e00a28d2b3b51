package retrieval_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func paidPosts() []retrieval.Document {
	var docs []retrieval.Document
	for _, p := range []struct {
		id, currency string
		min, max     int64
	}{{"eur", "EUR", 5000, 6000}, {"usd", "USD", 5000, 6000}, {"usd-high", "USD", 9000, 9500}, {"jpy", "JPY", 8000, 8000}, {"none", "", 0, 0}} {
		d := post(p.id, "Online shop "+p.id, "An online shop.")
		d.Post.PayType, d.Post.Currency, d.Post.PayMin, d.Post.PayMax = "hourly", p.currency, p.min, p.max
		docs = append(docs, d)
	}
	return docs
}

func TestPayIsConvertedOnlyWhenAsked(t *testing.T) {
	r, _ := loaded(t, paidPosts())
	rates := &retrieval.Rates{On: "2026-11-01", Units: map[string]float64{"USD": 1, "EUR": 0.9, "JPY": 150}}
	upTo60 := []retrieval.PayRange{{Currency: "eur", Max: 6000}}
	for _, tt := range []struct {
		name    string
		rates   *retrieval.Rates
		pay     []retrieval.PayRange
		convert bool
		want    string
		wrong   string
	}{
		{"in its own currency", rates, upTo60, false, "eur", ""},
		{"in all of the table", rates, upTo60, true, "eur jpy usd", ""},
		{"a currency with a range of its own keeps that", rates, []retrieval.PayRange{{Currency: "EUR", Max: 6000}, {Currency: "USD", Min: 9000}}, true, "eur jpy usd-high", ""},
		{"no table", nil, upTo60, true, "", "no table of exchange rates"},
		{"not in the table", rates, []retrieval.PayRange{{Currency: "GBP", Max: 6000}}, true, "", "none for GBP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			hits, err := r.With(retrieval.Options{Rates: tt.rates}).Search(t.Context(), retrieval.Query{
				Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Pay: tt.pay}, Text: "online shop", Convert: tt.convert,
			})
			if tt.wrong != "" {
				if !errors.Is(err, retrieval.ErrInvalid) || !strings.Contains(err.Error(), tt.wrong) {
					t.Errorf("error %v, want one that says %q", err, tt.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			list := found(hits)
			slices.Sort(list)
			if got := strings.Join(list, " "); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
			for _, hit := range hits {
				if want, _, _ := strings.Cut(hit.ID, "-"); strings.ToLower(hit.Facets.Currency) != want {
					t.Errorf("%s is shown in %s", hit.ID, hit.Facets.Currency)
				}
			}
		})
	}
}

func TestFilterBySkillsInAnySpelling(t *testing.T) {
	docs := shopPosts()
	docs[0].Post.Skills = []string{"ReactJS", "Sewing Machines"}
	docs[1].Post.Skills = []string{"Kubernetes", "React"}
	r, _ := loaded(t, docs[:3])
	for _, tt := range []struct {
		all, any []string
		want     string
	}{
		{[]string{"react.js"}, nil, "shop-1 shop-2"},
		{[]string{"React JS", "k8s"}, nil, "shop-2"},
		{nil, []string{"k8s", "nonexistent skill"}, "k8s shop-2"},
		{[]string{"  sewing   machines "}, nil, "shop-1"},
		{[]string{"nonexistent skill"}, nil, ""},
	} {
		hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, AllSkills: tt.all, AnySkills: tt.any}})
		if err != nil {
			t.Fatal(err)
		}
		list := found(hits)
		slices.Sort(list)
		if got := strings.Join(list, " "); got != tt.want {
			t.Errorf("all of %q, any of %q: found %q, want %q", tt.all, tt.any, got, tt.want)
		}
	}
}

func TestConditionsThatCannotBeMeant(t *testing.T) {
	r, index := loaded(t, shopPosts())
	for _, tt := range []struct {
		name   string
		filter retrieval.Filter
		says   string
	}{
		{"kind", retrieval.Filter{Kind: "guide"}, `kind: "guide" is not one of job_post, profile, proposal`},
		{"level", retrieval.Filter{Level: "guru"}, `level: "guru"`},
		{"pay type", retrieval.Filter{PayType: "barter"}, `pay_type: "barter"`},
		{"currency", retrieval.Filter{Currency: "XYZ"}, `currency: "XYZ"`},
		{"a range without currency", retrieval.Filter{Pay: []retrieval.PayRange{{Max: 10}}}, "names no currency"},
		{"an unknown currency in a range", retrieval.Filter{Pay: []retrieval.PayRange{{Currency: "EURO", Max: 10}}}, `"EURO"`},
		{"least above most", retrieval.Filter{Pay: []retrieval.PayRange{{Currency: "EUR", Min: 11, Max: 10}}}, "min 11 is above max 10"},
		{"negative pay", retrieval.Filter{Pay: []retrieval.PayRange{{Currency: "EUR", Min: -1}}}, "pay.min: -1"},
		{"a date that is none", retrieval.Filter{From: "2026-02-30"}, `from: "2026-02-30"`},
		{"the year 0", retrieval.Filter{To: "0000-01-01"}, "to: "},
		{"an end before the start", retrieval.Filter{From: "2026-02-02", To: "2026-02-01"}, "from: 2026-02-02 is after to 2026-02-01"},
		{"availability", retrieval.Filter{AvailableBy: "soon"}, `available_by: "soon"`},
		{"hours", retrieval.Filter{MinHours: 200}, "min_hours: 200"},
		{"zone", retrieval.Filter{Zone: &retrieval.ZoneWindow{Offset: 1000}}, "zone: +1000"},
		{"a window of less than nothing", retrieval.Filter{Zone: &retrieval.ZoneWindow{Within: -1}}, "zone: "},
		{"country", retrieval.Filter{Countries: []string{"DE", "Germany"}}, `country: "GERMANY"`},
		{"language", retrieval.Filter{Languages: []string{"english, please"}}, "languages: "},
		{"a blank skill", retrieval.Filter{AllSkills: []string{"React", " \n"}}, "all_skills: has a blank entry"},
		{"a blank credential", retrieval.Filter{Credentials: []string{""}}, "credentials: has a blank entry"},
		{"very many skills", retrieval.Filter{AnySkills: slices.Repeat([]string{"x"}, 101)}, "any_skills: has more than 100"},
		{"very many ids", retrieval.Filter{Exclude: slices.Repeat([]string{"x"}, 1001)}, "exclude: has more than 1000"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.filter.Tenant = "t"
			if tt.filter.Kind == "" {
				tt.filter.Kind = retrieval.KindJobPost
			}
			hits, err := r.Search(t.Context(), retrieval.Query{Filter: tt.filter, Text: "online shop"})
			if !errors.Is(err, retrieval.ErrInvalid) || !strings.Contains(err.Error(), tt.says) || hits != nil {
				t.Errorf("%d hits, error %v, want one that says %q", len(hits), err, tt.says)
			}
		})
	}
	if index.asked != 0 {
		t.Errorf("the index was asked %d times for what cannot be meant", index.asked)
	}
}

func TestCodesInAnyCase(t *testing.T) {
	docs := shopPosts()
	docs[0].Post.Country, docs[0].Post.Level, docs[0].Post.Category, docs[0].Post.PostedOn = "DE", "expert", "web", "2026-02-01"
	r, _ := loaded(t, docs)
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{
		Tenant: "t", Kind: retrieval.KindJobPost, Countries: []string{" de"}, Level: "Expert", Category: "Web", From: "2026-02-01", To: "2026-02-01",
	}, Text: "shop"})
	if err != nil || !slices.Equal(found(hits), []string{"shop-1"}) {
		t.Errorf("found %v, %v", found(hits), err)
	}
}
