package grounding

import (
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"plain", "One shop. Two shops! Three?", []string{"One shop.", " Two shops!", " Three?"}},
		{"abbreviations", "Use e.g. Stripe or Adyen, etc. for cards. Approx. 5 pages.", []string{"Use e.g. Stripe or Adyen, etc. for cards.", " Approx. 5 pages."}},
		{"decimals and versions", "It costs $12.50 an hour. Node 18.2 is fine.", []string{"It costs $12.50 an hour.", " Node 18.2 is fine."}},
		{"addresses", "See shop.example.com/a.html for it. Then call.", []string{"See shop.example.com/a.html for it.", " Then call."}},
		{"initials", "Ask J. Doe about it. Thanks.", []string{"Ask J. Doe about it.", " Thanks."}},
		{"list numbers", "1. A logo\n2. A flyer", []string{"1. A logo", "\n2. A flyer"}},
		{"bullets", "Wanted:\n- a logo\n- a flyer", []string{"Wanted:", "\n- a logo", "\n- a flyer"}},
		{"paragraphs", "One.\n\nTwo.", []string{"One.", "\n\nTwo."}},
		{"quotation marks", "He said “Go.” Then left.", []string{"He said “Go.”", " Then left."}},
		{"marks before the stop", "A shop [f1]. A logo [f2].", []string{"A shop [f1].", " A logo [f2]."}},
		{"marks after the stop", "A shop. [f1] A logo. [f2][f3]", []string{"A shop. [f1]", " A logo. [f2][f3]"}},
		{"ellipsis", "Well... yes. No…", []string{"Well...", " yes.", " No…"}},
		{"wide stops", "これは店です。次です。", []string{"これは店です。", "次です。"}},
		{"no end", "just words", []string{"just words"}},
		{"only space", " \n ", []string{" \n "}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Sentences(test.text); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestSentencesOfAnEndlessText(t *testing.T) {
	text := strings.Repeat("word ", 10_000)
	parts := Sentences(text)
	if strings.Join(parts, "") != text {
		t.Error("the parts do not join to the text")
	}
	for _, p := range parts {
		if len(p) > longest+8 {
			t.Fatalf("a sentence of %d bytes was held back", len(p))
		}
	}
}
