package grounding

import (
	"slices"
	"time"
)

// binding compares a number of a sentence with one of a fact.
type binding struct {
	c    *Checker
	r    *reading
	q    *quantity
	f    *source
	own  *quantity
	pool []*source
}

// holds reports whether the fact says this number of the same things.
func (b binding) holds() bool {
	if !b.sameValue() && !b.sinceThen() {
		return false
	}
	seg, own := b.r.segmentOf(b.q.from), b.f.segmentOf(b.own.from)
	if seg.negated != own.negated && !b.f.value && !b.q.turned && !b.own.turned || seg.asserts && !seg.tentative && own.tentative {
		return false
	}
	if seg.label != "" && own.label != "" && seg.label != own.label {
		return false
	}
	return b.sameChange() && b.samePeriod() && b.sameLimit() && b.sameRole() && b.sameHeads() && b.sameTopic() && b.withinRange()
}

func (b binding) sameValue() bool {
	q, own := b.q, b.own
	if own.value != q.value || own.value < 0 && own.text != q.text {
		return false
	}
	if q.currency != "" && !sameCurrency(q.currency, own.currency) {
		return false
	}
	telling := slices.ContainsFunc(q.heads, func(h string) bool { return !wording(h) })
	if q.currency == "" && own.currency != "" && telling {
		return false // "4,000 pages" of $4,000
	}
	if q.unit == own.unit {
		return true
	}
	return q.unit == "" && len(q.heads) == 0 && timeUnits[own.unit] != ""
}

// sinceThen equates "since 2016" and "ten years" where today is known.
func (b binding) sinceThen() bool {
	if b.c.today.IsZero() {
		return false
	}
	years := func(then, lasting *quantity) bool {
		return then.since && lasting.unit == "year" && lasting.currency == "" && then.years(b.c.today) == lasting.value
	}
	return years(b.q, b.own) || years(b.own, b.q)
}

// years counts the full years since a year, or a month of it, began.
func (q *quantity) years(today time.Time) float64 {
	n := float64(today.Year()) - q.value
	if q.month > int(today.Month()) {
		n--
	}
	return n
}

// sameChange tells "cut by six seconds" from "cut from six seconds" and "to six".
func (b binding) sameChange() bool {
	q, own := previous(b.r.tokens, b.q.from), previous(b.f.tokens, b.own.from)
	return (q != "by" || own != "from" && own != "to") && (own != "by" || q != "from" && q != "to")
}

func (b binding) samePeriod() bool {
	if b.q.per == "" || b.q.per == b.own.per {
		return true
	}
	return b.own.per == "" && b.f.words[b.q.per] != 0 && b.own.unit != b.q.per
}

func (b binding) sameLimit() bool {
	q, own := b.q.limit, b.own.limit
	switch q {
	case "":
		return own != "<" && (own != "<=" || !b.c.strict || b.q.ranged)
	case ">=":
		return own == ">=" || own == ">" || b.own.ranged && !b.own.upper
	case "<=":
		return own == "<=" || own == "<" || b.own.upper
	}
	return q == own
}

func (b binding) sameRole() bool {
	q, own := b.q.role, b.own.role
	if q == "" || q == own {
		return true
	}
	if own != "" || slices.ContainsFunc(b.f.quantities, func(other quantity) bool { return other.role == q }) {
		return false
	}
	return !figureRoles[q] || b.f.words[q] != 0 || q == "average" && b.f.words["mean"] != 0
}

// sameHeads compares what is counted: the noun of one must be among the words
// of the other, and not be what another number of the fact counts.
func (b binding) sameHeads() bool {
	q, own := b.q.heads, b.own.heads
	if len(q) == 0 {
		return true
	}
	last := q[len(q)-1]
	if len(own) > 0 {
		return slices.Contains(own, last) || slices.Contains(q, own[len(own)-1])
	}
	for i := range b.f.quantities {
		if other := &b.f.quantities[i]; other != b.own && slices.Contains(other.heads, last) && other.value != b.q.value {
			return false
		}
	}
	if b.f.value {
		return wording(last) || b.f.words[last] != 0
	}
	return b.near(last)
}

// near reports whether a word stands with the fact's number: in its clause, in
// one without a number of the same statement, or anywhere in a statement that
// has no other number.
func (b binding) near(word string) bool {
	at := b.f.tokens[b.own.from].segment
	seg := &b.f.segments[at]
	if n := b.f.sentences[seg.sentence].counts; n == 1 || b.own.ranged && n == 2 {
		return b.f.statements[seg.statement][word]
	}
	return b.f.clauses[at][word] || b.f.asides[seg.statement][word]
}

// withinRange lets a range be narrowed to numbers that the fact has, never widened.
func (b binding) withinRange() bool {
	if !b.q.ranged || b.own.ranged && b.q.upper == b.own.upper {
		return true
	}
	for i := 1; i < len(b.f.quantities); i++ {
		low, high := &b.f.quantities[i-1], &b.f.quantities[i]
		if low.ranged && high.ranged && high.upper && low.value <= b.q.value && b.q.value <= high.value && low.unit == b.own.unit {
			return true
		}
	}
	return false
}

// sameTopic compares the skills, names and other words that go with the
// number: years of Java are not years of Kafka.
func (b binding) sameTopic() bool {
	from, to := b.r.bound(b.q)
	strict := b.q.unit == "year" || b.own.unit == "year" || b.q.unit == "" && b.q.currency == "" && len(b.q.heads) > 0
	if strict {
		known := b.skillsNear()
		for _, m := range b.r.skills {
			if m.from >= from && m.to <= to && !known[m.key] && !b.spells(m) {
				return false
			}
		}
		seg := b.r.segmentOf(b.q.from)
		for _, n := range b.r.names {
			if n.from >= min(from, seg.from) && n.to <= max(to, seg.to) && b.f.words[n.key] == 0 && b.f.words[canonical(stem(n.key))] == 0 {
				return false
			}
		}
	}
	if b.q.unit == "%" || b.q.unit == "pp" {
		return b.sharesWord(from, to)
	}
	if seg := b.r.segmentOf(b.q.from); b.q.unit == "year" && !slices.ContainsFunc(b.r.quantities, func(q quantity) bool { return q.from != b.q.from && q.from >= seg.from && q.from < seg.to }) {
		from, to = min(from, seg.from), max(to, seg.to)
	}
	return b.q.currency != "" || !b.recombines(from, to)
}

// spells reports whether the fact's clause has the words of a skill.
func (b binding) spells(m mention) bool {
	for i := m.from; i < m.to; i++ {
		if t := b.r.tokens[i]; t.word && !b.near(t.lower) && !b.near(canonical(stem(t.lower))) {
			return false
		}
	}
	return true
}

// skillsNear are the skills that stand with the fact's number.
func (b binding) skillsNear() map[string]bool {
	seg := b.f.segmentOf(b.own.from)
	whole := b.f.sentences[seg.sentence].counts == 1
	alone := len(b.f.quantities) == 1
	known := make(map[string]bool)
	for _, m := range b.f.skills {
		at := b.f.segmentOf(m.from)
		if (whole || !at.counted) && at.statement == seg.statement || at == seg || alone && len(b.f.sentences) == 2 && at.sentence != seg.sentence {
			known[m.key] = true
		}
	}
	return known
}

// sharesWord reports whether a percentage goes with any word that it goes with
// in the fact, unless it goes with none.
func (b binding) sharesWord(from, to int) bool {
	any := false
	for _, w := range b.r.content {
		if w.from < from || w.from >= to || wording(w.key) || achievements[b.r.tokens[w.from].lower] != "" {
			continue
		}
		if b.near(w.key) {
			return true
		}
		any = true
	}
	return !any
}

// recombines reports whether a word with the number goes with another number
// in the facts and not with this one.
func (b binding) recombines(from, to int) bool {
	for _, w := range b.r.content {
		if w.from < from || w.from >= to || wording(w.key) || w.from >= b.q.from && w.from < b.q.to {
			continue
		}
		if !b.near(w.key) && (b.elsewhere(w.key) || b.q.unit == "year" && b.f.words[w.key] != 0 && len(b.f.sentences) == 1) {
			return true
		}
	}
	return false
}

// elsewhere reports whether a word stands in a clause of the pool with another number.
func (b binding) elsewhere(word string) bool {
	for _, f := range b.pool {
		if f.words[word] == 0 {
			continue
		}
		for _, m := range f.content {
			if seg := f.segmentOf(m.from); m.key == word && seg.counted && (f != b.f || seg != f.segmentOf(b.own.from)) {
				return true
			}
		}
	}
	return false
}

// bound returns the tokens that go with a number: those behind it up to the
// next statement, or where none of them tells anything, those before it.
func (r *reading) bound(q *quantity) (from, to int) {
	seg := r.segmentOf(q.from)
	behind := afterUnit(r.tokens, q)
	end := behind
	for end < seg.to && (r.inSkill[end] || !subjects[r.tokens[end].lower] && (!isVerb(r.tokens[end].lower) || end <= behind) && !r.tokens[end].number) {
		end++
	}
	if r.tells(behind, end) {
		return behind, end
	}
	begin := q.from
	for begin > seg.from && !r.tokens[begin-1].number {
		begin--
	}
	if r.tells(begin, q.from) {
		return begin, end
	}
	if r.tells(end, seg.to) { // "For five years I worked with Kafka"
		return begin, seg.to
	}
	if k := r.tokens[q.from].segment; k > 0 && !r.segments[k-1].counted && r.segments[k-1].sentence == seg.sentence {
		return r.segments[k-1].from, end // "Kafka: five years"
	}
	return begin, end
}

func (r *reading) tells(from, to int) bool {
	for i := from; i < to; i++ {
		if t := r.tokens[i]; r.inSkill[i] || t.word && !functionWords[t.lower] && timeUnits[t.lower] == "" && currencyWords[t.lower] == "" && !wording(stem(t.lower)) {
			return true
		}
	}
	return false
}
