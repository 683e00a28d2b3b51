package record

import (
	"cmp"
	"slices"
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
	counts := make(map[string]int)
	var list []string
	for _, field := range fields {
		list = appendForms(list[:0], language, field.Text)
		for _, form := range list {
			counts[form] += field.Weight
		}
	}
	counted := make([]Counted, 0, len(counts))
	for word, n := range counts {
		counted = append(counted, Counted{Word: word, Count: uint8(min(n, 255))})
	}
	sortWords(counted)
	return counted
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
			list = appendForms(list[:0], words.English, term)
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

// wordsOf counts the words of a document in its language.
func wordsOf(d retrieval.Document) []Counted {
	title := d.Title()
	if d.Proposal != nil {
		title = "" // made from an id
	}
	language := d.TextLanguage()
	counted := Count(language,
		Field{Text: title, Weight: titleWeight},
		Field{Text: strings.Join(d.Skills(), "\n"), Weight: skillWeight},
		Field{Text: d.Text(), Weight: textWeight})
	return withTerms(counted, beginnings(language, title))
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

// withTerms adds terms that are found as they are to the words of a document.
// A term counts as often as it is in the list.
func withTerms(counted []Counted, terms []string) []Counted {
	if len(terms) == 0 {
		return counted
	}
	slices.Sort(terms)
	for len(terms) > 0 {
		n := 1
		for n < len(terms) && terms[n] == terms[0] {
			n++
		}
		if terms[0] != "" {
			counted = append(counted, Counted{Word: terms[0], Count: uint8(min(n, 255))})
		}
		terms = terms[n:]
	}
	sortWords(counted)
	return counted
}

func sortWords(counted []Counted) {
	slices.SortFunc(counted, func(a, b Counted) int { return cmp.Compare(a.Word, b.Word) })
}

// appendForms appends the words of a text as they are compared: stemmed, without
// those that nearly every text has.
func appendForms(list []string, language words.Language, text string) []string {
	for _, word := range words.Split(text) {
		if !words.Function(language, word) {
			list = words.AppendForms(list, language, word)
		}
	}
	return list
}
