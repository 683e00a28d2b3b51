package jobpost

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/sessions"
)

func TestInvented(t *testing.T) {
	const said = "I need a shop in Shopify for 1.5k euros with 40 products. No WordPress please."
	claim := func(path, text, quote string) sessions.Claim {
		return sessions.Claim{Path: path, Text: text, Sources: []sessions.Source{{Kind: "message", Quote: quote}}}
	}
	for name, c := range map[string]struct {
		post   string
		claims claims
		wants  []string
	}{
		"all of it said": {`{"title":"Shop in Shopify","description":"It has 40 products. The budget is €1,500. No WordPress please.","pay":{"min":150000,"max":150000,"currency":"EUR"}}`, claims{
			claim("/title", "Shop in Shopify", "shop in Shopify"), claim("/description", "It has 40 products.", "40 products"), claim("/description", "The budget is €1,500.", "1.5k euros"),
			claim("/description", "No WordPress please.", "No WordPress please."), claim("/pay", "€1,500", "1.5k euros")}, nil},
		"no claim":            {`{"title":"Shop"}`, nil, []string{"/title has no source"}},
		"a made-up quotation": {`{"title":"Shop"}`, claims{claim("/title", "Shop", "a big shop")}, []string{"/title has no source"}},
		"a value":             {`{"level":"expert"}`, nil, []string{"/level has no source"}},
		"a number":            {`{"title":"Shop with 50 products"}`, claims{claim("/title", "Shop with 50 products", "shop")}, []string{"nobody said 50"}},
		"a skill":             {`{"title":"Shop in Magento"}`, claims{claim("/title", "Shop in Magento", "shop")}, []string{"nobody named Magento"}},
		"what must not":       {`{"title":"Shop in WordPress"}`, claims{claim("/title", "Shop in WordPress", "shop")}, []string{`must not appear: "WordPress"`}},
	} {
		_, p := read(t, `{}`, c.post)
		got := invented(Case{MustNotAppear: texts{"WordPress"}}, p, c.claims, said)
		if len(got) != len(c.wants) {
			t.Errorf("%s: %q", name, got)
			continue
		}
		for i, want := range c.wants {
			if !strings.Contains(got[i], want) {
				t.Errorf("%s: %q", name, got[i])
			}
		}
	}
}

func TestStated(t *testing.T) {
	for text, want := range map[string]bool{
		"Built in WordPress.": true, "No WordPress.": false, "Anything but not WordPress": false, "No agencies. WordPress it is.": true, "wordpressing": false, "Use Shopify rather than WordPress": false,
	} {
		if got := stated(text, "WordPress"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestForm(t *testing.T) {
	f, p := read(t, `{"title_words":["shop"],"category":"web","must_skills":["Go"],"pay":{"type":"fixed","min":150000,"max":150000,"currency":"EUR"},"deadline":"2026-04-30","conditions":["no agencies"]}`, `{"title":"A shop","description":"Forty products."}`)
	// Typed: the title 6, the description 15, Go 2, no agencies 11, 1500 4; chosen: category, deadline, type, currency.
	if e := form(f, p); e.characters != 38 || e.steps != 9 {
		t.Errorf("the form costs %+v", e)
	}
}

func TestReadCases(t *testing.T) {
	cases, err := ReadCases(strings.NewReader(`{"opening":"x","facts":{"duration_days":30,"languages":"de","pay":{"type":"fixed","max":5,"min":null,"currency":"EUR"},"new":1},"answers":{"level":["a","b"],"hours_per_week":20},"changes":[{"text":"y"}],"more":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	c := cases[0]
	if c.ID != "line 1" || c.Facts.Duration.Max != 30 || c.Facts.Languages[0] != "de" || c.Answers["hours_per_week"][0] != "20" || len(c.Answers["level"]) != 2 {
		t.Errorf("read %+v", c)
	}
	for _, bad := range []string{`{"id":"a"}`, `{"opening":"x","facts":7}`, `{"opening":"x","answers":{"level":{"a":1}}}`} {
		if _, err := ReadCases(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}
