package grounding

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

// source is a fact taken apart.
type source struct {
	id         string
	quantities []quantity
	dates      []string
	words      map[string]bool // folded words and their stems
	skills     map[string]bool
	text       string // folded
	excluded   bool
}

func (c *Checker) takeApart(fact model.Fact) source {
	text := fact.Text
	for _, key := range sortedKeys(fact.Attrs) {
		text += " \n " + fact.Attrs[key]
	}
	text = isoDates(text)
	tokens := tokenise(text)
	s := source{id: fact.ID, text: fold(text), dates: dates(tokens), quantities: quantities(tokens), excluded: fact.Kind == KindExcluded,
		words: make(map[string]bool, 2*len(tokens)), skills: make(map[string]bool)}
	if code := fact.Attrs["currency"]; code != "" {
		for i := range s.quantities {
			if q := &s.quantities[i]; q.currency == "" && q.unit == "" {
				q.currency = strings.ToUpper(code)
			}
		}
	}
	for _, t := range tokens {
		if t.word {
			s.words[t.lower] = true
			s.words[stem(t.lower)] = true
		}
	}
	for _, m := range c.vocabulary.Match(text) {
		s.skills[m.Skill.Name] = true
	}
	return s
}

func sortedKeys(attrs map[string]string) []string {
	keys := make([]string, 0, len(attrs))
	for key := range attrs {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// states reports whether a fact has the quantity, in the same currency and unit.
func (f source) states(q quantity) bool {
	for _, own := range f.quantities {
		if own.value != q.value || own.value < 0 && own.text != q.text {
			continue
		}
		if (q.currency == "" || sameCurrency(q.currency, own.currency)) && (q.unit == "" || q.unit == own.unit) {
			return true
		}
	}
	return false
}

func (f source) hasSkill(m skills.Match, negated bool) bool {
	if f.excluded && !negated {
		return false
	}
	if f.skills[m.Skill.Name] {
		return true
	}
	for _, t := range tokenise(m.Text) {
		if t.word && !f.words[t.lower] && !f.words[stem(t.lower)] {
			return false
		}
	}
	return true
}
