package record_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
	"github.com/parleyhq/parley/retrieval/words"
)

// TestTerms: what a search looks for are the words that documents are indexed under.
func TestTerms(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
	}{
		{"nothing", " \n\t…", ""},
		{"English is stemmed, stop words go, each word once", "The designers are designing a logo", "design logo"},
		{"accents fold", "Café MÜNCHEN naïve", "cafe munchen naiv"},
		{"signs belong to languages", "C, C++, C# or F#; J++", "c c++ c# f# j++"},
		{"signs elsewhere do not", "React+Node, item #4, 1++, C+D", "react node item 4 1 c d"},
		{".NET is a word, the net another", ".NET asp.net, the net. Networks", ".net asp net network"},
		{"compounds are found whole and in parts", "Node.js e-commerce", "node js nodej e commerc ecommerc"},
		{"addresses and numbers are not joined", "www.example.com 3.5", "www exampl com 3 5"},
		{"apostrophes", "what's the client’s idea", "client idea"},
		{"other scripts", "Разработка مطور", "разработка مطور"},
		{"no spaces between words", "日本語 サ", "日本 本語 サ"},
		{"invalid UTF-8 parts words", "ab\xffcd", "ab cd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := record.Terms([]string{tt.text})
			if diff := cmp.Diff(strings.Fields(tt.want), got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestTermsAreBounded(t *testing.T) {
	for _, text := range []string{strings.Repeat("x", 1<<20), strings.Repeat("é", 100), strings.Repeat("ש", 100)} {
		for _, word := range record.Terms([]string{text}) {
			if len(word) > 64 || !utf8.ValidString(word) {
				t.Errorf("a word of %d bytes, valid %v", len(word), utf8.ValidString(word))
			}
		}
	}
	many := make([]string, 1000)
	for i := range many {
		many[i] = fmt.Sprint("word", i)
	}
	if n := len(record.Terms(many)); n != record.MaxTerms {
		t.Errorf("%d terms, want %d", n, record.MaxTerms)
	}
}

func TestCount(t *testing.T) {
	got := record.Count(words.English, record.Field{Text: "Logo design", Weight: 3}, record.Field{Text: "a logo for " + strings.Repeat("bread ", 300), Weight: 1})
	want := []record.Counted{{Word: "bread", Count: 255}, {Word: "design", Count: 3}, {Word: "logo", Count: 4}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnit(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, tt := range []struct {
		name    string
		vector  []float32
		want    []float32
		invalid bool
	}{
		{"scaled", []float32{0, 3, 4}, []float32{0, 0.6, 0.8}, false},
		{"tiny", []float32{0, 0, 1e-30}, []float32{0, 0, 1}, false},
		{"huge", []float32{3e38, 0, 0}, []float32{1, 0, 0}, false},
		{"zero stays", []float32{0, 0, 0}, []float32{0, 0, 0}, false},
		{"short", []float32{1, 0}, nil, true},
		{"empty", nil, nil, true},
		{"NaN", []float32{nan, 0, 1}, nil, true},
		{"infinite", []float32{inf, 0, 1}, nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := record.Unit(tt.vector, 3)
			if errors.Is(err, retrieval.ErrInvalid) != tt.invalid {
				t.Fatalf("error %v", err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
