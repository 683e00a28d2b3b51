package grounding

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

// KindExcluded is the kind of a fact about what is not wanted ("no
// WordPress"): a sentence may name its skills only where it denies something.
const KindExcluded = "excluded"

// Checker compares sentences with facts. It is read-only once made.
type Checker struct {
	facts      []source
	byID       map[string]int
	vocabulary *skills.Vocabulary
	strict     bool
}

// NewChecker prepares facts. Everything in a fact's text and attributes counts
// as said. Strict is for what gets published: nearly every word of a sentence
// must be in a fact or be mere wording; a reply to a person may be freer.
func NewChecker(facts []model.Fact, vocabulary *skills.Vocabulary, strict bool) *Checker {
	c := &Checker{vocabulary: vocabulary, strict: strict, byID: make(map[string]int, len(facts))}
	for i, fact := range facts {
		c.byID[fact.ID] = i
		c.facts = append(c.facts, c.takeApart(fact))
	}
	return c
}

// Verdict is what a check found.
type Verdict struct {
	OK      bool
	Kind    Kind
	Facts   []string // what the sentence rests on
	Missing []string // what no fact says, in the sentence's words
}

// Check judges a sentence without marks against the facts it cites; with none
// (or only unknown ones) cited it looks for facts that say the same.
func (c *Checker) Check(sentence string, cited []string) Verdict {
	return c.check(bare(sentence), cited)
}

// check judges a sentence without Markdown.
func (c *Checker) check(sentence string, cited []string) Verdict {
	s := c.read(sentence)
	pool := c.pick(cited)
	matched := len(pool) == 0
	if matched {
		pool = c.related(s)
	}
	verdict := Verdict{Kind: s.kind()}
	used := make(map[string]bool)
	c.checkAtoms(s, pool, used, &verdict.Missing)
	c.checkWords(s, pool, used, matched, &verdict.Missing)
	c.checkQuestion(sentence, &verdict.Missing)
	verdict.OK = len(verdict.Missing) == 0
	for _, f := range pool {
		if used[f.id] || !matched {
			verdict.Facts = append(verdict.Facts, f.id)
		}
	}
	if len(verdict.Facts) == 0 && verdict.Kind == Quote {
		verdict.Kind = Wording
	}
	return verdict
}

// checkQuestion lets only those questions through that a fact asks.
func (c *Checker) checkQuestion(sentence string, missing *[]string) {
	trimmed := strings.TrimRight(sentence, " *_\"”’)")
	if !strings.HasSuffix(trimmed, "?") && !strings.HasSuffix(trimmed, "？") {
		return
	}
	asked := fold(unmarked.Replace(trimmed))
	if !slices.ContainsFunc(c.facts, func(f source) bool { return strings.Contains(f.text, asked) }) {
		*missing = append(*missing, "question")
	}
}

func (c *Checker) pick(ids []string) []source {
	var pool []source
	for _, id := range ids {
		if i, ok := c.byID[id]; ok {
			pool = append(pool, c.facts[i])
		}
	}
	return pool
}

// related returns the facts that share a telling word with the sentence, the
// ones that share most first, at most four.
func (c *Checker) related(s sentence) []source {
	type match struct {
		fact   source
		shared int
	}
	var found []match
	for _, f := range c.facts {
		shared := 0
		for _, w := range s.content {
			if f.words[w] {
				shared++
			}
		}
		if shared > 0 {
			found = append(found, match{f, shared})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return b.shared - a.shared })
	var pool []source
	for _, m := range found[:min(4, len(found))] {
		pool = append(pool, m.fact)
	}
	return pool
}

func (c *Checker) checkAtoms(s sentence, pool []source, used map[string]bool, missing *[]string) {
	need := func(what string, has func(source) bool) {
		for _, f := range pool {
			if has(f) {
				used[f.id] = true
				return
			}
		}
		*missing = append(*missing, what)
	}
	for _, q := range s.quantities {
		need(q.text, func(f source) bool { return f.states(q) })
	}
	for _, d := range s.dates {
		need(d, func(f source) bool { return slices.Contains(f.dates, d) })
	}
	for _, q := range s.quotes {
		need("“"+q+"”", func(f source) bool { return strings.Contains(f.text, q) })
	}
	for _, n := range s.names {
		need(n, func(f source) bool { return f.words[n] || f.words[stem(n)] })
	}
	for _, m := range s.skills {
		need(m.Text, func(f source) bool { return f.hasSkill(m, s.negated) })
	}
}

// checkWords counts the telling words that no fact has. A published sentence
// may have one such word in seven, a reply one in three.
func (c *Checker) checkWords(s sentence, pool []source, used map[string]bool, matched bool, missing *[]string) {
	var strange []string
	telling := 0
	for _, w := range s.content {
		found := false
		for _, f := range pool {
			if f.words[w] {
				found = true
				if !wording(w) {
					used[f.id] = true
				}
				break
			}
		}
		if !wording(w) {
			telling++
		}
		if !found && !wording(w) && !slices.Contains(strange, w) {
			strange = append(strange, w)
		}
	}
	allowed := len(s.content) / 7
	if !c.strict {
		allowed = max(1, len(s.content)/3)
	}
	if matched && telling > 0 && telling == len(strange) && len(s.content) > 1 && (c.strict || telling > 1) {
		allowed = 0 // nothing of it is in any fact
	}
	if len(strange) > allowed {
		*missing = append(*missing, strange...)
	}
}
