package record

import (
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/words"
)

// What a word in a field counts, beside one in the running text.
const (
	titleWeight = 3
	skillWeight = 2
	textWeight  = 1
)

// MaxTerms bounds what one search costs: terms after the first MaxTerms words are not looked for.
const MaxTerms = 32

// Field is a part of a document, and how often each of its words counts.
type Field struct {
	Text   string
	Weight int
}

// Counted is a word of a document, and how often it is there by the weights of
// the fields that it stands in, at most 255.
type Counted struct {
	Word  string
	Count uint8
}

// Count returns the distinct words of some fields, as texts of a language have
// them, in the order of the alphabet.
func Count(language words.Language, fields ...Field) []Counted {
	return count(language, fields, nil)
}

// count adds terms, which stay as they are, to the words of some fields. A term
// counts as often as it is in the list.
func count(language words.Language, fields []Field, terms []string) []Counted {
	t := tallies.Get().(*tally)
	defer t.release()
	for _, field := range fields {
		words.EachForm(language, field.Text, func(form string) { t.add(form, field.Weight) })
	}
	for _, term := range terms {
		if term != "" {
			t.add(term, 1)
		}
	}
	return t.counted()
}

// Terms returns the distinct words to look for, at most MaxTerms. A term that
// begins with "~" is one of a document's terms and stays as it is; one that
// words.Exact made is a stem already. Others are read as English.
func Terms(terms []string) []string {
	var found, list []string
	seen := make(map[string]bool)
	for _, term := range terms {
		if stem := strings.TrimLeft(term, "="); stem != term || strings.HasPrefix(term, "~") {
			list = append(list[:0], stem)
		} else {
			list = list[:0]
			words.EachForm(words.English, term, func(form string) { list = append(list, form) })
		}
		for _, word := range list {
			if word != "" && !seen[word] && len(found) < MaxTerms {
				seen[word] = true
				found = append(found, word)
			}
		}
	}
	return found
}

// wordsOf counts the words of a document in its language, and its terms.
func wordsOf(d retrieval.Document, terms []string) []Counted {
	title := d.Title()
	if d.Proposal != nil {
		title = "" // made from an id
	}
	language := d.TextLanguage()
	return count(language, []Field{
		{Text: title, Weight: titleWeight},
		{Text: strings.Join(d.Skills(), "\n"), Weight: skillWeight},
		{Text: d.Text(), Weight: textWeight},
	}, append(beginnings(language, title), terms...))
}

// beginnings are how the words of a title begin.
func beginnings(language words.Language, title string) []string {
	var list []string
	for _, word := range words.Split(title) {
		if term, ok := words.Beginning(word); ok && !words.Function(language, word) {
			list = append(list, term)
		}
	}
	return list
}
