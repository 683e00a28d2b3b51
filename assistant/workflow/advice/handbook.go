package advice

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval/words"
)

//go:embed handbook/*.md
var files embed.FS

// Section is one section of the handbook.
type Section struct {
	ID    string // of the evidence: "guide:late-payment"
	Title string
	Topic string // pricing, contracts …
	For   string // client, freelancer, both
	Text  string // Markdown

	units    []unit
	synonyms string
	terms    map[string]float64 // stems with the weight of where they stand
}

// unit is what is quoted as a whole: a paragraph, or a list with the sentence
// that introduces it.
type unit struct {
	sentences []string
	items     []string
	terms     map[string]bool
}

func (u unit) words() int {
	return len(strings.Fields(strings.Join(u.sentences, " "))) + len(strings.Fields(strings.Join(u.items, " ")))
}

// Handbook returns the sections, in the order of their names. It is read once;
// callers must not change it.
func Handbook() []Section { return handbook() }

var handbook = sync.OnceValue(func() []Section {
	sections, err := readHandbook()
	if err != nil { // part of the binary, read by a test
		panic(err)
	}
	return sections
})

func readHandbook() ([]Section, error) {
	names, err := files.ReadDir("handbook")
	if err != nil {
		return nil, err
	}
	var sections []Section
	for _, name := range names {
		data, err := files.ReadFile(path.Join("handbook", name.Name()))
		if err != nil {
			return nil, err
		}
		s, err := parseSection(strings.TrimSuffix(name.Name(), ".md"), string(data))
		if err != nil {
			return nil, fmt.Errorf("advice: handbook/%s: %w", name.Name(), err)
		}
		sections = append(sections, s)
	}
	return sections, nil
}

// Where a word stands tells how much the section is about it.
const (
	inTitle = 3.0
	inWords = 2.5
	inText  = 1.0
)

func parseSection(id, data string) (Section, error) {
	head, body, ok := strings.Cut(strings.TrimPrefix(data, "---\n"), "\n---\n")
	if !ok {
		return Section{}, fmt.Errorf("no front matter")
	}
	s := Section{ID: "guide:" + id, Text: strings.TrimSpace(body), terms: make(map[string]float64)}
	synonyms := ""
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ":")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		switch key {
		case "title":
			s.Title = value
		case "topic":
			s.Topic = value
		case "for":
			s.For = value
		case "words":
			synonyms = value
		}
	}
	if s.Title == "" || s.Topic == "" || s.For == "" || s.Text == "" {
		return Section{}, fmt.Errorf("title, topic, for or text is missing")
	}
	s.units = parseUnits(s.Text)
	s.weigh(s.Title, inTitle)
	s.synonyms = synonyms
	s.weigh(synonyms, inWords)
	s.weigh(s.Text, inText)
	return s, nil
}

func (s *Section) weigh(text string, weight float64) {
	for term := range telling(text) {
		s.terms[term] = max(s.terms[term], weight)
	}
}

// telling is the stems of a text's words that say something.
func telling(text string) map[string]bool {
	found := make(map[string]bool)
	for _, word := range words.Split(text) {
		if !words.Stop(word) && len(word) > 1 {
			found[words.Stem(word)] = true
		}
	}
	return found
}

func parseUnits(text string) []unit {
	var units []unit
	for block := range strings.SplitSeq(text, "\n\n") {
		block = strings.TrimSpace(block)
		items := itemsOf(block)
		if items == nil {
			units = append(units, unit{sentences: sentences(block)})
			continue
		}
		if n := len(units); n > 0 && len(units[n-1].items) == 0 && introduces(units[n-1]) {
			units[n-1].items = items
			continue
		}
		units = append(units, unit{items: items})
	}
	for i := range units {
		units[i].terms = telling(strings.Join(units[i].sentences, " ") + " " + strings.Join(units[i].items, " "))
	}
	return units
}

// listMark begins an entry of a list.
var listMark = regexp.MustCompile(`^(?:- |\d+\. )`)

// itemsOf returns the entries of a list, or what a block quotes as one entry;
// nil for running text.
func itemsOf(block string) []string {
	switch {
	case strings.HasPrefix(block, "> "):
		var lines []string
		for line := range strings.SplitSeq(block, "\n") {
			lines = append(lines, strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), ">")))
		}
		return []string{"“" + strings.Trim(strings.Join(strings.Fields(strings.Join(lines, " ")), " "), "\"“”") + "”"}
	case listMark.MatchString(block):
		var items []string
		for line := range strings.SplitSeq(block, "\n") {
			items = append(items, listMark.ReplaceAllString(strings.TrimSpace(line), ""))
		}
		return items
	}
	return nil
}

func introduces(u unit) bool {
	return strings.HasSuffix(u.sentences[len(u.sentences)-1], ":")
}

func sentences(block string) []string {
	var list []string
	for _, s := range grounding.Sentences(strings.Join(strings.Fields(block), " ")) {
		first, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
		switch n := len(list); {
		case strings.TrimSpace(s) == "":
		case n > 0 && unicode.IsLower(first): // a quotation within the sentence ended like one
			list[n-1] += " " + strings.TrimSpace(s)
		default:
			list = append(list, strings.TrimSpace(s))
		}
	}
	return list
}
