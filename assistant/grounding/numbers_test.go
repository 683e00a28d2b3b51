package grounding

import (
	"fmt"
	"strings"
	"testing"
)

func TestQuantities(t *testing.T) {
	tests := []struct{ text, want string }{
		{"4,000", "4000"},
		{"4k and 2.5k", "4000 2500"},
		{"4 000 pages", "4000"},
		{"1.500 EUR", "1500EUR"},
		{"12.5 percent, 30%", "12.5% 30%"},
		{"$2,800–4,500", "2800$ 4500$"},
		{"€40-60 an hour", "40EUR 60EUR"},
		{"US$ 90", "90USD"},
		{"C$90 or A$80", "90CAD 80AUD"},
		{"3000 dollars", "3000$"},
		{"90 GBP", "90GBP"},
		{"4–6 weeks", "4week 6week"},
		{"two and a half months", "2.5month"},
		{"twenty-five hours a week", "25hour"},
		{"four thousand two hundred", "4200"},
		{"a dozen pages", "12"},
		{"a couple of weeks", "2week"},
		{"a hundred products", "100"},
		{"3 thousand", "3000"},
		{"one question, one more", ""},
		{"one week", "1week"},
		{"a 6-week project", "6week"},
		{"$4,500 and eight weeks", "4500$ 8week"},
		{"up to 15,000 and 4 months", "15000 4month"},
		{"between 4 and 6 weeks", "4week 6week"},
		{"between $30 and 45", "30$ 45$"},
		{"React 18 and k8s", "18"},
		{"４０ pages", "40"},
		{"٣ pages", "3"},
		{"½ day", "1 2day"},
		{"Rs 5 lakh", "500000"},
	}
	for _, test := range tests {
		var got []string
		for _, q := range quantities(tokenise(prepare(test.text, false).text)) {
			got = append(got, fmt.Sprintf("%v%s%s", q.value, q.currency, q.unit))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q: got %q, want %q", test.text, s, test.want)
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct{ text, want string }{
		{"before Christmas", "christmas"},
		{"by 24 December 2026", "dec"},
		{"You may march on", ""},
		{"in May or on March 3", "may mar"},
		{"next week, on Friday", "next week friday"},
		{"due 2026-12-24", "dec"},
	}
	for _, test := range tests {
		var keys []string
		for _, d := range dates(tokenise(prepare(test.text, false).text)) {
			keys = append(keys, d.key)
		}
		if got := strings.Join(keys, " "); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
