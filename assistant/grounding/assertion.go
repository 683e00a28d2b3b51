package grounding

import (
	"slices"

	"github.com/parleyhq/parley/retrieval/skills"
)

// Assertion is one thing that a sentence claims, with what it is bound to: a
// number to what it counts and the skill it goes with, a name or an
// achievement to the words of its clause. Start and End are UTF-16 positions in
// the sentence as it was given, markup and all.
type Assertion struct {
	Kind  Kind
	Start int
	End   int
	Text  string
	Bound []string // stems of the words and names of the skills it is bound to

	Negated   bool   // said not to be so
	Tentative bool   // said to be possible, wished for or still to come
	Who       string // "me" said of the writer (I, my), "you" of the reader (you, your), "others", "" of nobody
	Label     string // the person that it names, lower case: "c3", "anna"

	// Facts and Missing are what a check found, and empty after Split.
	Facts   []string // ids of the facts that bind the same
	Missing string   // what no fact binds; "" where the claim holds
}

// Split takes a sentence apart into what it claims: its typed claims in the
// order of the text, each clause at its beginning as a Quote (it restates
// something), an Opinion, or Wording (nothing that could be false). List
// markers, emphasis and characters that nobody sees are read past.
func Split(sentence string, vocabulary *skills.Vocabulary) []Assertion {
	r := read(prepare(sentence, true), vocabulary)
	claims := r.claims()
	out := make([]Assertion, len(claims))
	position := units16(sentence)
	for i, c := range claims {
		out[i] = r.assertion(c, sentence, position)
	}
	return out
}

// claim is an assertion while it is checked: tokens [from, to) of a reading.
type claim struct {
	kind     Kind
	from, to int
	key      string    // folded name, skill, date, group or quotation
	quantity *quantity // of a number
	what     what
}

// what tells claims of one kind apart that are checked in different ways.
type what uint8

const (
	aClause what = iota
	aNumber
	aDate
	aQuote
	aName
	aSkill
	aDegree
	anAchievement
	aComparison
)

// claims lists what a sentence claims, clause by clause.
func (r *reading) claims() []claim {
	list := make([]claim, 0, len(r.segments)+len(r.quantities)+len(r.names)+len(r.skills)+2)
	for k := range r.segments {
		if c := r.clause(k); c.to > c.from {
			list = append(list, c)
		}
	}
	for i := range r.quantities {
		q := &r.quantities[i]
		list = append(list, claim{q.kind(), q.from, q.to, "", q, aNumber})
	}
	for _, d := range r.dates {
		list = append(list, claim{Date, d.from, d.to, d.key, nil, aDate})
	}
	for _, n := range r.names {
		list = append(list, claim{Entity, n.from, n.to, n.key, nil, aName})
	}
	for _, m := range r.skills {
		list = append(list, claim{Skill, m.from, m.to, m.key, nil, aSkill})
	}
	for i := range r.tokens {
		if c, ok := r.judgement(i); ok {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b claim) int { return a.from - b.from })
	return list
}

// clause is a clause as a whole, without the signs around it.
func (r *reading) clause(k int) claim {
	s := r.segments[k]
	from, to := s.from, s.to
	for from < to && !r.tokens[from].word && !r.tokens[from].digits {
		from++
	}
	for to > from && !r.tokens[to-1].word && !r.tokens[to-1].digits {
		to--
	}
	kind := Wording
	for i := from; i < to; i++ {
		word := r.tokens[i].lower
		if opinions[word] {
			kind = Opinion
			break
		}
		if r.inSkill[i] || r.tokens[i].digits || !functionWords[word] && !wording(stem(word)) {
			kind = Quote
		}
	}
	return claim{kind: kind, from: from, to: to, what: aClause}
}

// judgement finds words of degree, achievement and comparison.
func (r *reading) judgement(i int) (claim, bool) {
	t := r.tokens[i]
	if !t.word || r.inSkill[i] {
		return claim{}, false
	}
	if g := degrees[t.lower]; g != "" && !t.number {
		return claim{Degree, i, i + 1, g, nil, aDegree}, true
	}
	if g := achievements[t.lower]; g != "" {
		return claim{Result, i, i + 1, g, nil, anAchievement}, true
	}
	before := previous(r.tokens, i)
	if t.lower == "all" && i+1 < len(r.tokens) && (r.tokens[i+1].lower == "of" || determiners[r.tokens[i+1].lower]) && before != "in" {
		return claim{Degree, i, i + 1, "all", nil, aDegree}, true
	}
	if superlatives[t.lower] && (determiners[before] || before == "of") {
		return claim{Degree, i, i + 1, t.lower, nil, aComparison}, true
	}
	if t.lower == "than" && before != "rather" && before != "other" && !r.numberAt(i+1) && !r.numberAt(i+2) {
		return claim{Degree, i, i + 1, t.lower, nil, aComparison}, true
	}
	return claim{}, false
}

// assertion words a claim for the outside.
func (r *reading) assertion(c claim, sentence string, position func(int) int) Assertion {
	seg := r.segmentOf(c.from)
	start, end := r.clean.span(r.tokens[c.from].start, r.tokens[c.to-1].end)
	if c.what != aClause && c.quantity != nil {
		if to := afterUnit(r.tokens, c.quantity); c.quantity.unit != "" && to > c.to && to <= len(r.tokens) {
			_, end = r.clean.span(r.tokens[c.from].start, r.tokens[to-1].end)
		}
	}
	return Assertion{Kind: c.kind, Start: position(start), End: position(end), Text: sentence[start:end], Bound: r.boundTo(c),
		Negated: seg.negated, Tentative: seg.tentative, Who: r.who[c.from], Label: seg.label}
}

// boundTo names what a claim is bound to.
func (r *reading) boundTo(c claim) []string {
	if c.what == aClause || c.what == aQuote {
		return nil
	}
	seg := r.segmentOf(c.from)
	from, to := seg.from, seg.to
	var bound []string
	if c.quantity != nil {
		from, to = r.bound(c.quantity)
		bound = append(bound, c.quantity.heads...)
	}
	for _, m := range r.skills {
		if m.from >= from && m.to <= to && (m.from >= c.to || m.to <= c.from) {
			bound = append(bound, m.key)
		}
	}
	for _, m := range r.content {
		if m.from >= from && m.to <= to && (m.from >= c.to || m.to <= c.from) && !wording(m.key) {
			bound = appendNew(bound, m.key)
		}
	}
	return bound
}

func appendNew(list []string, s string) []string {
	for _, each := range list {
		if each == s {
			return list
		}
	}
	return append(list, s)
}

func (r *reading) numberAt(i int) bool { return i < len(r.tokens) && r.tokens[i].number }

// universals support a claim about all of something.
var universals = wordSet("all every each whole entire everything any always")

// superlatives claim to be above others.
var superlatives = wordSet("best greatest finest leading top most strongest smartest quickest highest-rated foremost")
