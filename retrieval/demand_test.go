package retrieval_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func TestQuotedWordsMustStandTogether(t *testing.T) {
	docs := shopPosts()
	docs = append(docs,
		post("shift", "Guard for a depot", "You take the night shift from Monday to Friday."),
		post("apart", "Night guard", "Work at night. Each shift lasts eight hours; the night is long."),
		post("plural", "Nurses wanted", "Night shifts in a small hospital, well paid."),
	)
	for i := range 120 { // more than the lists are asked for at first
		docs = append(docs, post(fmt.Sprintf("noise-%d", i), "Shift work, night and day", fmt.Sprintf("Shift at night, night after shift, in hall %d", i)))
	}
	r, index := loaded(t, docs)
	for _, tt := range []struct {
		text string
		want string
	}{
		{`"night shift"`, "plural shift"},
		{`guard “night shift”`, "plural shift"},
		{`"night shift" "small hospital"`, "plural"},
		{`"shift night guard"`, ""},
		{`"to friday"`, "shift"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: tt.text, Phrases: true})
			if err != nil {
				t.Fatal(err)
			}
			list := found(hits)
			slices.Sort(list)
			if got := strings.Join(list, " "); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
	if hits := searched(t, r, retrieval.KindJobPost, `an open "quote about the night shift`); len(hits) < 10 {
		t.Errorf("a quote that is not closed demands: %v", found(hits))
	}
	index.lexicalErr = retrieval.ErrUnavailable
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: `guard "night shift"`, Phrases: true})
	if !errors.Is(err, retrieval.ErrPartial) {
		t.Errorf("error %v", err)
	}
	for _, hit := range hits {
		if hit.ID != "shift" && hit.ID != "plural" {
			t.Errorf("%s has no night shift", hit.ID)
		}
	}
}

// TestAPhraseInTooManyToRead says so instead of giving a short list.
func TestAPhraseInTooManyToRead(t *testing.T) {
	var docs []retrieval.Document
	for i := range 1_200 {
		docs = append(docs, post(fmt.Sprintf("p-%04d", i), fmt.Sprintf("Door %d", i), "Blue paint on a door that is blue, paint it."))
	}
	docs = append(docs, post("zz", strings.Repeat("A long title about something else ", 5), "The door paint blue."))
	r, _ := loaded(t, docs)
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: `"door paint"`, Phrases: true, Limit: 5})
	if !errors.Is(err, retrieval.ErrPartial) || len(hits) != 0 {
		t.Errorf("%v, %v", found(hits), err)
	}
}
