package grounding

import (
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

// The kinds of facts that mean something to a check. Other kinds belong to the
// workflow that asks.
const (
	// KindExcluded is a fact about what is not wanted ("no WordPress"): a
	// sentence may name its skills only where it denies something.
	KindExcluded = "excluded"
	// KindClient and KindPost are facts about the reader, as Attrs["about"]
	// "you" makes any fact one.
	KindClient = "client"
	KindPost   = "post"
	// KindToday is the fact that tells today's date, Attrs["date"] as
	// 2006-01-02. With it "since 2016" and "ten years" can be the same.
	KindToday = "today"
)

// Checker compares sentences with facts. It is read-only once made.
type Checker struct {
	facts      []source
	byID       map[string]int
	given      []model.Fact
	vocabulary *skills.Vocabulary
	strict     bool
	today      time.Time
}

// NewChecker prepares facts. Everything in a fact's text and attributes counts
// as said. Strict is for what gets published: nearly every word of a sentence
// must be in a fact or be mere wording; a reply to a person may be freer.
//
// Attrs["about"] says whose fact it is: what is "you" (the reader's, as a post
// is in a proposal) never supports a claim that begins with "I", and what is
// "me" none about "you". Facts without it may be said of either.
func NewChecker(facts []model.Fact, vocabulary *skills.Vocabulary, strict bool) *Checker {
	c := &Checker{vocabulary: vocabulary, strict: strict, given: facts, byID: make(map[string]int, len(facts)), facts: make([]source, len(facts))}
	for i, fact := range facts {
		c.byID[fact.ID] = i
		c.facts[i] = takeApart(fact, vocabulary)
		if fact.Kind == KindToday {
			c.today, _ = time.Parse(time.DateOnly, fact.Attrs["date"]) // the zero time where it is no date
		}
	}
	return c
}

// Verdict is what a check found.
type Verdict struct {
	OK      bool
	Kind    Kind
	Facts   []string // what the sentence rests on
	Missing []string // what no fact says, in the sentence's words
	// Claims are what the sentence claims, each with the facts that bind it or
	// what is missing.
	Claims []Assertion
}

// Check judges a sentence without marks against the facts it cites; with none
// (or only unknown ones) cited it looks for facts that say the same.
func (c *Checker) Check(sentence string, cited []string) Verdict {
	return c.check(sentence, cited, true)
}

// trial is one check.
type trial struct {
	c       *Checker
	r       reading
	pool    []*source
	matched bool // the pool was found by what the sentence says
	used    map[string]bool
	missing []string
}

func (c *Checker) check(sentence string, cited []string, lineStart bool) Verdict {
	t := trial{c: c, r: read(prepare(sentence, lineStart), c.vocabulary), pool: c.pick(cited), used: make(map[string]bool)}
	if t.matched = len(t.pool) == 0; t.matched {
		t.pool = c.related(&t.r)
	}
	verdict := Verdict{Kind: t.r.kind()}
	verdict.Claims = t.claims(sentence)
	t.checkWords()
	t.checkQuestion()
	verdict.Missing = t.missing
	verdict.OK = len(verdict.Missing) == 0
	for _, f := range t.pool {
		if t.used[f.id] || !t.matched {
			verdict.Facts = append(verdict.Facts, f.id)
		}
	}
	if len(verdict.Facts) == 0 && verdict.Kind == Quote {
		verdict.Kind = Wording
	}
	return verdict
}

// claims judges each claim of the sentence.
func (t *trial) claims(sentence string) []Assertion {
	list := t.r.claims()
	out := make([]Assertion, len(list))
	position := units16(sentence)
	verbatim := t.verbatim()
	for i, c := range list {
		a := t.r.assertion(c, sentence, position)
		switch {
		case verbatim != nil:
			a.Facts = []string{verbatim.id}
			t.used[verbatim.id] = true
		default:
			a.Facts, a.Missing = t.judge(c)
		}
		if a.Missing != "" {
			t.missing = appendNew(t.missing, a.Missing)
		}
		out[i] = a
	}
	for _, q := range t.r.quotes {
		if !t.any(func(f *source) bool { return strings.Contains(f.text, q) }, nil) {
			t.missing = append(t.missing, "“"+q+"”")
		}
	}
	return out
}

// verbatim returns the fact that the sentence repeats word for word.
func (t *trial) verbatim() *source {
	text := fold(t.r.clean.text)
	for _, f := range t.pool {
		if f.verbatim[text] && !f.excluded && !slices.ContainsFunc(t.r.who, func(who string) bool { return !f.allows(who) }) {
			return f
		}
	}
	return nil
}

// any reports whether a fact of the pool has something, and notes the first
// one that has.
func (t *trial) any(has func(*source) bool, facts *[]string) bool {
	for _, f := range t.pool {
		if has(f) {
			t.used[f.id] = true
			if facts != nil {
				*facts = append(*facts, f.id)
			}
			return true
		}
	}
	return false
}

// judge looks for the fact that binds a claim.
func (t *trial) judge(c claim) (facts []string, missing string) {
	holds := t.test(c)
	if holds == nil || t.any(holds, &facts) {
		return facts, ""
	}
	return nil, t.r.said(c.from, c.to)
}

// test returns what a fact must satisfy to support a claim, nil for a claim
// that needs no fact.
func (t *trial) test(c claim) func(*source) bool {
	seg := t.r.segmentOf(c.from)
	who := t.speaker(c)
	if c.what == aDate && who == aboutMe && t.r.says(seg, offers) { // "I can do it by your date"
		who = aboutOthers
	}
	bound := func(f *source) bool { return f.allows(who) && f.of(seg.label) }
	switch c.what {
	case aNumber:
		return func(f *source) bool { return bound(f) && t.states(f, c.quantity) }
	case aDate:
		return func(f *source) bool {
			return bound(f) && f.hasDate(c.key)
		}
	case aName:
		return func(f *source) bool { return f.allows(who) && t.hasName(f, c, seg, who) }
	case aSkill:
		return func(f *source) bool { return bound(f) && t.hasSkill(f, c, seg, who) }
	case aDegree:
		if seg.negated || seg.tentative && who != aboutMe {
			return nil
		}
		return func(f *source) bool { return f.levels[c.key] && f.allows(who) }
	case aComparison:
		if !t.boasts(seg, who) {
			return nil
		}
		return func(f *source) bool { return f.words[c.key] != 0 && f.allows(who) }
	case anAchievement:
		if !promises[c.key] && (seg.tentative || seg.negated || willing(t.r.tokens, seg) || !t.boasts(seg, who)) {
			return nil
		}
		promise := results[c.key] && t.r.says(seg, futures)
		return func(f *source) bool { return bound(f) && t.achieved(f, c, seg) && (!promise || f.promises()) }
	}
	return nil
}

// hasDate reports whether a fact names a day, or has something every so often:
// also as "20 hours a week".
func (s *source) hasDate(key string) bool {
	if slices.ContainsFunc(s.dates, func(d mention) bool { return d.key == key }) {
		return true
	}
	unit, rhythm := strings.CutPrefix(key, "every ")
	return rhythm && slices.ContainsFunc(s.quantities, func(q quantity) bool { return q.per == unit })
}

// speaker tells of whom a claim is said. A bare line of experience ("Five
// years with Kafka.") counts as the writer's own where facts have sides.
func (t *trial) speaker(c claim) string {
	who := t.r.who[c.from]
	if who == "" && t.r.segmentOf(c.from).asserts {
		return aboutMe
	}
	return who
}

// boasts reports whether a clause tells of somebody's own work.
func (t *trial) boasts(seg *segment, who string) bool {
	return t.c.strict || who == aboutMe || seg.label != ""
}

// says reports whether one of some words stands in a clause.
func (r *reading) says(seg *segment, words map[string]bool) bool {
	return slices.ContainsFunc(r.tokens[seg.from:seg.to], func(t token) bool { return words[t.lower] })
}

// promises reports whether a fact speaks of what will be.
func (s *source) promises() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return futures[t.lower] || achievements[t.lower] == "guarantee" })
}

// willing reports whether a clause says what one might achieve, which promises nothing.
func willing(tokens []token, seg *segment) bool {
	for i := seg.from; i < seg.to; i++ {
		if w := tokens[i].lower; w == "would" || w == "can" || w == "should" || w == "to" && i+1 < seg.to && achievements[tokens[i+1].lower] != "" {
			return true
		}
	}
	return false
}

func (t *trial) states(f *source, q *quantity) bool {
	for i := range f.quantities {
		if (binding{t.c, &t.r, q, f, &f.quantities[i], t.pool}).holds() {
			return true
		}
	}
	return false
}

// checkQuestion lets only those questions through that a fact asks.
func (t *trial) checkQuestion() {
	text := strings.TrimRight(t.r.clean.text, " _\"”’)]!.…")
	if !strings.HasSuffix(text, "?") && !strings.Contains(text, "? ") {
		return
	}
	asked := fold(text)
	if !slices.ContainsFunc(t.c.facts, func(f source) bool { return strings.Contains(f.text, asked) }) {
		t.missing = append(t.missing, "question")
	}
}

func (c *Checker) pick(ids []string) []*source {
	var pool []*source
	for _, id := range ids {
		if i, ok := c.byID[id]; ok {
			pool = append(pool, &c.facts[i])
		}
	}
	return pool
}

// related returns the facts that share a telling word with the sentence, the
// ones that share most first, at most four.
func (c *Checker) related(r *reading) []*source {
	type match struct {
		fact   *source
		shared int
	}
	var found []match
	for i := range c.facts {
		f := &c.facts[i]
		shared := 0
		for _, w := range r.content {
			if f.words[w.key] != 0 {
				shared++
			}
		}
		if shared > 0 {
			found = append(found, match{f, shared})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return b.shared - a.shared })
	var pool []*source
	for _, m := range found[:min(4, len(found))] {
		pool = append(pool, m.fact)
	}
	return pool
}

var (
	futures = wordSet("will i'll i’ll we'll we’ll")
	// offers say what somebody can or will do.
	offers = wordSet("can could will would i'll i’ll we'll we’ll i'd i’d")
)
