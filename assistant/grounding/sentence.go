package grounding

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
)

// mention is something that stands at tokens [from, to).
type mention struct {
	key      string
	from, to int
}

// reading is a text taken apart: a sentence, or a whole fact.
type reading struct {
	clean      clean
	tokens     []token
	segments   []segment
	who        []string // for each token
	inSkill    []bool
	quantities []quantity
	dates      []mention
	names      []mention
	skills     []mention // by name of the skill
	content    []mention // canonical stems of the words that say something
	quotes     []string
	opinion    bool
}

func read(c clean, vocabulary *skills.Vocabulary) reading {
	r := reading{clean: c, tokens: tokenise(c.text)}
	r.inSkill = make([]bool, len(r.tokens)+1)
	r.skills = r.findSkills(vocabulary)
	r.quantities = quantities(r.tokens)
	r.segments = segments(r.tokens, r.quantities, r.inSkill)
	r.who = speakers(r.tokens, r.segments)
	r.dates = dates(r.tokens)
	r.quotes = quotations(c.text)
	r.markQuoted()
	for _, n := range names(r.tokens) { // "ReactJS" is checked as the skill that it names, but a version must have been said
		if !r.inSkill[n.from] || strings.ContainsAny(n.key, "0123456789") {
			r.names = append(r.names, n)
		}
	}
	r.content = content(r.tokens)
	r.content = slices.DeleteFunc(r.content, func(m mention) bool { return r.inSkill[m.from] })
	return r
}

// markQuoted marks what stands within quotation marks, and finds judgement.
func (r *reading) markQuoted() {
	open := false
	for i := range r.tokens {
		t := &r.tokens[i]
		switch t.text {
		case "“", "«", "„":
			open = true
		case "”", "»":
			open = false
		case "\"":
			open = !open
		}
		t.quoted = open
		r.opinion = r.opinion || opinions[t.lower]
	}
}

// findSkills finds the skills that are not everyday words here, and marks
// their tokens.
func (r *reading) findSkills(vocabulary *skills.Vocabulary) (found []mention) {
	at := 0
	for _, m := range vocabulary.Match(r.clean.text) {
		for at < len(r.tokens) && r.tokens[at].end <= m.Start {
			at++
		}
		end := at
		for end < len(r.tokens) && r.tokens[end].start < m.End {
			end++
		}
		if isWording(r.tokens[at:end]) {
			continue
		}
		for i := at; i < end; i++ {
			r.inSkill[i] = true
		}
		found = append(found, mention{m.Skill.Name, at, end})
	}
	return found
}

// isWording reports whether a skill's name is used as an everyday word:
// "writing", "support".
func isWording(tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool {
		upper, inner := shape(t.text)
		return upper || inner || t.digits || !wording(stem(t.lower)) && !functionWords[t.lower]
	})
}

// segmentOf returns the clause of a token.
func (r *reading) segmentOf(token int) *segment { return &r.segments[r.tokens[token].segment] }

// said returns a mention as it was written.
func (r *reading) said(from, to int) string { return joinTokens(r.tokens[from:to]) }

func (r *reading) kind() Kind {
	kind := Quote
	if len(r.names) > 0 {
		kind = Entity
	}
	if r.opinion {
		kind = Opinion
	}
	for _, m := range r.skills {
		if text := r.said(m.from, m.to); strings.ToLower(text) != text {
			kind = Skill // and not where it is the everyday name of the work, as in "an online shop"
		}
	}
	for i := range r.quantities {
		switch k := r.quantities[i].kind(); {
		case k == Money:
			return Money
		case k == Duration || kind != Duration:
			kind = k
		}
	}
	if len(r.dates) > 0 {
		return Date
	}
	return kind
}

func (q *quantity) kind() Kind {
	switch {
	case q.currency != "":
		return Money
	case timeUnits[q.unit] != "":
		return Duration
	}
	return Number
}
