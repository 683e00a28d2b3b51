package indextest

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func testLexicalWords(t *testing.T, x retrieval.Index) {
	upsert(t, x, stored(
		post("cpp", "Engine in C++", "Fast code"),
		post("c", "Driver in C", "Small code"),
		post("csharp", "Game in C#, with Unity", "Fun code"),
		post("net", "Backend", "ASP.NET service", ".NET"),
		post("network", "Office network", "Lay the net and the cables"),
		post("node", "API", "Node.js and Express"),
		post("design", "Logo", "We look for designers"),
		post("cafe", "Café website", "Menü in München"),
		post("russian", "Перевод", "Перевести сайт на русский язык"),
		post("japanese", "日本語の翻訳", "ウェブサイト"),
		post("it", "Helpdesk", "IT support"),
		profile("cpp", "Writes C++"),
	), 12)
	for _, tt := range []struct {
		terms []string
		want  []string
	}{
		{[]string{"C++"}, []string{"cpp"}},
		{[]string{"c"}, []string{"c"}},
		{[]string{"C#"}, []string{"csharp"}},
		{[]string{".net"}, []string{"net"}},
		{[]string{"net"}, []string{"network"}},
		{[]string{"nodejs"}, []string{"node"}},
		{[]string{"Node.js"}, []string{"node"}},
		{[]string{"designing"}, []string{"design"}},
		{[]string{"cafe"}, []string{"cafe"}},
		{[]string{"MENÜ"}, []string{"cafe"}},
		{[]string{"Русский"}, []string{"russian"}},
		{[]string{"翻訳"}, []string{"japanese"}},
		{[]string{"office network"}, []string{"network"}},
		{[]string{"express", "unity"}, []string{"node", "csharp"}},
		{[]string{"nothing like it here"}, nil},
		{[]string{"the", "and"}, nil},
		{[]string{}, nil},
		{[]string{"", " ", "…"}, nil},
	} {
		sameSet(t, strings.Join(tt.terms, "|"), lexical(t, x, posts, tt.terms...), tt.want...)
	}
}

func testLexicalOrder(t *testing.T, x retrieval.Index) {
	docs := []retrieval.Document{
		post("rare", "Website", "We sell kombucha"),
		post("both", "Website", "We sell kombucha and mead"),
		post("title", "Chemistry tutor", "For my daughter, on weekends, at our home in the suburbs"),
		post("aside", "Tutor", "For my daughter, on weekends, who also has some trouble with chemistry and with a few other things"),
	}
	for i := range 30 {
		docs = append(docs, post(number("common", i), "Website", "We sell things in a shop"))
	}
	upsert(t, x, stored(docs...), len(docs))
	if got := lexical(t, x, posts, "website", "kombucha"); len(got) < 3 || got[0] != "rare" && got[0] != "both" || got[1] != "rare" && got[1] != "both" {
		t.Errorf("a rare word counts more than a common one: %q", got)
	}
	if got := lexical(t, x, posts, "mead", "kombucha"); len(got) == 0 || got[0] != "both" {
		t.Errorf("two words count more than one: %q", got)
	}
	if got := lexical(t, x, posts, "chemistry"); len(got) != 2 || got[0] != "title" {
		t.Errorf("a word in the title counts more: %q", got)
	}
	list, err := x.Lexical(t.Context(), posts, []string{"website"}, 5)
	if err != nil || len(list) != 5 {
		t.Errorf("limit 5: %d, %v", len(list), err)
	}
	for _, limit := range []int{0, -1} {
		if list, err := x.Lexical(t.Context(), posts, []string{"website"}, limit); len(list) != 0 || err != nil {
			t.Errorf("limit %d: %v, %v", limit, list, err)
		}
	}
}

// testLexicalMany: of all documents that have a word those are first that say
// most about it, wherever they are stored.
func testLexicalMany(t *testing.T, x retrieval.Index) {
	var docs []retrieval.Document
	for i := range 1_500 {
		docs = append(docs, post(number("aside", i), "A job", "Somewhere in it a kombucha and many other things that we sell in our shop"))
	}
	for i := range 5 {
		docs = append(docs, post(number("title", i), "Kombucha", "Kombucha"))
	}
	upsert(t, x, stored(docs[:1_000]...), 1_000)
	upsert(t, x, stored(docs[1_000:]...), 505)
	if got := lexical(t, x, posts, "kombucha"); len(got) != 10 {
		t.Errorf("%d documents, want 10", len(got))
	} else {
		sameSet(t, "first of 1,505", got[:5], number("title", 0), number("title", 1), number("title", 2), number("title", 3), number("title", 4))
	}
}

// testLexicalHostile: no text is an operator, and none breaks the search.
func testLexicalHostile(t *testing.T, x retrieval.Index) {
	upsert(t, x, stored(post("a", "Apple", "near the orchard"), post("b", "Bread", "and butter")), 2)
	for _, term := range []string{
		`"apple`, `apple"`, `'apple'`, `apple'; drop table documents; --`, `apple AND`, `NOT apple`, `apple*`, `title:apple`, `^apple`,
		`apple & !bread`, `apple | (`, `(apple`, `apple:*`, `apple <-> x`, `\apple\`, "apple\x00", "\xff\xfeapple", "apple%", "apple:A",
	} {
		got := lexical(t, x, posts, term)
		if len(got) == 0 || got[0] != "a" && got[0] != "b" {
			t.Errorf("%q finds %q", term, got)
		}
	}
	many := make([]string, 5000)
	for i := range many {
		many[i] = number("word", i)
	}
	lexical(t, x, posts, many...)
	lexical(t, x, posts, strings.Repeat("x", 1<<20))
	lexical(t, x, posts, strings.Repeat("apple ", 100_000))
}

// testLexicalFollows: the words of a document are those that it has now.
func testLexicalFollows(t *testing.T, x retrieval.Index) {
	upsert(t, x, stored(post("a", "Apple", ""), post("b", "Bread", "")), 2)
	upsert(t, x, stored(post("a", "Cherry", "")), 1)
	sameSet(t, "old word", lexical(t, x, posts, "apple"))
	sameSet(t, "new word", lexical(t, x, posts, "cherry"), "a")
}
