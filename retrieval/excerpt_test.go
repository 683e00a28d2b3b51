package retrieval_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval"
)

func TestExcerpt(t *testing.T) {
	filler := strings.Repeat("We sell garden tools and have done so for twenty years. ", 12)
	hit := func(text string, words ...string) retrieval.Hit {
		return retrieval.Hit{Words: words, Document: &retrieval.Document{Post: &retrieval.JobPost{Description: text}}}
	}
	for _, tt := range []struct {
		name string
		hit  retrieval.Hit
		want []string // parts that it holds
		cut  string   // how it begins
	}{
		{"a short text is given whole", hit("Logo\n for  a bakery."), []string{"Logo for a bakery."}, "Logo"},
		{"the place with most of the words", hit(filler+"The shop needs card payments by invoice. "+filler, "payment", "invoices"), []string{"card payments by invoice"}, "… "},
		{"the beginning where no word stands in it", hit("Hello. "+filler, "zebra"), []string{"Hello."}, "Hello"},
		{"other scripts are not cut in mid-letter", hit(strings.Repeat("Разработка сайта для магазина. ", 40), "сайта"), []string{"сайта"}, "Разработка"},
		{"no document", retrieval.Hit{Words: []string{"x"}}, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.hit.Excerpt(160)
			if len(got) > 170 || !utf8.ValidString(got) || !strings.HasPrefix(got, tt.cut) {
				t.Errorf("%d bytes: %q", len(got), got)
			}
			for _, part := range tt.want {
				if !strings.Contains(got, part) {
					t.Errorf("%q lacks %q", got, part)
				}
			}
		})
	}
}
