package grounding

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
)

// sentence is a sentence taken apart.
type sentence struct {
	quantities []quantity
	dates      []string
	names      []string
	quotes     []string
	skills     []skills.Match
	content    []string
	opinion    bool
	negated    bool
}

func (c *Checker) read(text string) sentence {
	text = isoDates(strings.TrimSpace(bare(text)))
	tokens := tokenise(text)
	s := sentence{quantities: quantities(tokens), dates: dates(tokens), names: names(tokens), quotes: quotations(text), content: content(tokens)}
	for _, t := range tokens {
		s.opinion = s.opinion || opinions[t.lower]
		s.negated = s.negated || negations[t.lower]
	}
	for _, m := range c.vocabulary.Match(text) {
		if !isWording(m.Text) {
			s.skills = append(s.skills, m)
		}
	}
	return s
}

// isWording reports whether a skill's name is used as an everyday word:
// "writing", "support".
func isWording(text string) bool {
	tokens := tokenise(text)
	return !slices.ContainsFunc(tokens, func(t token) bool {
		upper, inner := shape(t.text)
		return upper || inner || t.digits || !wording(stem(t.lower)) && !functionWords[t.lower]
	})
}

// bare takes list markers, headings and emphasis off a line of Markdown, and
// the address of links.
func bare(line string) string {
	trimmed := strings.TrimLeft(line, " \t\n>#")
	if word, rest, ok := strings.Cut(trimmed, " "); ok && (word == "-" || word == "*" || word == "+" || word == "•" || isMarker(word)) {
		trimmed = rest
	}
	return strings.NewReplacer("**", "", "__", "", "`", "").Replace(trimmed)
}

func (s sentence) kind() Kind {
	kind := Quote
	if len(s.names) > 0 {
		kind = Entity
	}
	if s.opinion {
		kind = Opinion
	}
	if len(s.skills) > 0 {
		kind = Skill
	}
	for _, q := range s.quantities {
		switch {
		case q.currency != "":
			return Money
		case q.unit != "" && q.unit != "%":
			kind = Duration
		case kind != Duration:
			kind = Number
		}
	}
	if len(s.dates) > 0 {
		return Date
	}
	return kind
}
