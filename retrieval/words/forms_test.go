package words_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parleyhq/parley/retrieval/words"
)

func formsOf(language words.Language, text string) []string {
	var list []string
	words.EachForm(language, text, func(form string) { list = append(list, form) })
	return list
}

func TestEachForm(t *testing.T) {
	tests := []struct {
		language words.Language
		text     string
		want     string
	}{
		{words.English, "", ""},
		{words.English, "The designers of a designed design", "design design design"},
		{words.English, "Node.js, C++ and .NET", "node js nodej c++ .net"},
		{words.English, "NAÏVE Café", "naiv cafe"},
		{words.German, "Webentwickler", strings.Join(words.Forms(words.German, "webentwickler"), " ")},
	}
	for _, test := range tests {
		if got := strings.Join(formsOf(test.language, test.text), " "); got != test.want {
			t.Errorf("%s %q: %q, want %q", test.language, test.text, got, test.want)
		}
	}
}

// TestManyWords: more words than are remembered, read by several at once, have
// the forms that each has alone.
func TestManyWords(t *testing.T) {
	const many = 40_000
	var text strings.Builder
	for n := range many {
		fmt.Fprintf(&text, "x%d designers%d ", n, n)
	}
	text.WriteString("designers")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			got := formsOf(words.English, text.String())
			if len(got) != 2*many+1 || got[0] != "x0" || got[2*many-1] != fmt.Sprint("designers", many-1) || got[2*many] != "design" {
				t.Errorf("%d forms, the last %q", len(got), got[max(0, len(got)-3):])
			}
		})
	}
	wg.Wait()
	if got := formsOf(words.English, "designers x0"); !slices.Equal(got, []string{"design", "x0"}) {
		t.Errorf("afterwards: %q", got)
	}
}
