package grounding

import (
	"slices"
	"strings"
)

// hasName also wants names that stand together to do so in the fact, and the
// same relation: to work for somebody is not to work with their product.
func (t *trial) hasName(f *source, c claim, seg *segment, who string) bool {
	how := f.words[c.key] | f.words[stem(c.key)]
	if how == 0 || !f.supports(how, seg, who) {
		return false
	}
	if c.from > 0 && t.isName(c.from-1) && !t.r.inSkill[c.from] && !t.r.inSkill[c.from-1] {
		if !strings.Contains(f.plain, previous(t.r.tokens, c.from)+" "+c.key) {
			return false
		}
	}
	next := ""
	if c.to < len(t.r.tokens) {
		next = t.r.tokens[c.to].lower
	}
	return !t.employed(c) || f.employs(c.key, next)
}

func (t *trial) isName(i int) bool {
	return !isLabel(t.r.tokens[i].lower) && slices.ContainsFunc(t.r.names, func(n mention) bool { return n.from == i })
}

// employed reports whether a sentence says that somebody worked for the name.
func (t *trial) employed(c claim) bool {
	begin := nameStart(t.r.tokens, c.from)
	if before := previous(t.r.tokens, begin); before != "for" && before != "at" {
		return false
	}
	seg := t.r.segmentOf(c.from)
	for i := seg.from; i < begin; i++ {
		if w := t.r.tokens[i].lower; w == "worked" || w == "work" || w == "working" || w == "employed" {
			return true
		}
	}
	return false
}

// employs reports whether a fact does not say something else of the name.
func (s *source) employs(name, next string) bool {
	for i, t := range s.tokens {
		if t.lower != name {
			continue
		}
		longer := false // the fact names Acme Ads, the sentence Acme
		if i+1 < len(s.tokens) && s.tokens[i+1].word && s.tokens[i+1].lower != next {
			longer, _ = shape(s.tokens[i+1].text)
		}
		if !otherRelation[previous(s.tokens, nameStart(s.tokens, i))] && !longer {
			return true
		}
	}
	return false
}

// nameStart returns the first of the capitalised words that a name is one of.
func nameStart(tokens []token, i int) int {
	for i > 0 && tokens[i-1].word {
		upper, _ := shape(tokens[i-1].text)
		if !upper || functionWords[tokens[i-1].lower] {
			break
		}
		i--
	}
	return i
}

func (t *trial) hasSkill(f *source, c claim, seg *segment, who string) bool {
	if how := f.known[c.key]; how != 0 {
		return f.supports(how, seg, who)
	}
	all := affirmed | denied | wished
	for i := c.from; i < c.to; i++ {
		if w := t.r.tokens[i]; w.word {
			all &= f.words[w.lower] | f.words[stem(w.lower)]
		}
	}
	return f.supports(all, seg, who)
}

// achieved reports whether one sentence of a fact claims the achievement, of
// most of the same things.
func (t *trial) achieved(f *source, c claim, seg *segment) bool {
	for _, m := range t.r.skills {
		if m.from >= seg.from && m.to <= seg.to && f.known[m.key] == 0 {
			return false
		}
	}
	for _, s := range f.sentences {
		if s.claims[c.key] && t.shares(s, f, seg) {
			return true
		}
	}
	return false
}

func (t *trial) shares(s statement, f *source, seg *segment) bool {
	all, shared := 0, 0
	for _, m := range t.r.content {
		if m.from < seg.from || m.to > seg.to || wording(m.key) || achievements[t.r.tokens[m.from].lower] != "" {
			continue
		}
		all++
		if s.words[m.key] {
			shared++
		}
	}
	return 2*shared >= all
}

// otherRelation are what stands before a name that is a tool or a topic.
var otherRelation = wordSet("on using with via like against than through by from of to")
