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
	text = isoDates(strings.TrimSpace(text))
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
	s.leaveToSkills()
	return s
}

// leaveToSkills takes the words of skills out of the others: "ReactJS" is
// checked as the skill that it names, by whatever alias.
func (s *sentence) leaveToSkills() {
	for _, m := range s.skills {
		for _, t := range tokenise(m.Text) {
			if !strings.ContainsAny(t.lower, "0123456789") { // a version must have been said
				s.names = slices.DeleteFunc(s.names, func(n string) bool { return n == t.lower })
			}
			s.content = slices.DeleteFunc(s.content, func(w string) bool { return w == stem(t.lower) })
		}
	}
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

// bare takes list markers, headings and emphasis off a line of Markdown.
func bare(line string) string {
	trimmed := strings.TrimLeft(line, " \t\n>#")
	if word, rest, ok := strings.Cut(trimmed, " "); ok && (word == "-" || word == "*" || word == "+" || word == "•" || isMarker(word)) {
		trimmed = rest
	}
	return unmarked.Replace(trimmed)
}

var unmarked = strings.NewReplacer("**", "", "__", "", "`", "")

func (s sentence) kind() Kind {
	kind := Quote
	if len(s.names) > 0 {
		kind = Entity
	}
	if s.opinion {
		kind = Opinion
	}
	if slices.ContainsFunc(s.skills, func(m skills.Match) bool { return strings.ToLower(m.Text) != m.Text }) {
		kind = Skill // and not where it is the everyday name of the work, as in "an online shop"
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
