package fit

import (
	"slices"
	"strings"
	"time"
)

// What each of the ways counts in which a profile can come near an experience.
const (
	oneClause  = 0.5 // all of it in one clause
	wholeStory = 0.5 // all clauses together
	shownWhole = 0.9 // at least, where one clause tells of all of it
	itsMeaning = 0.1 // the meaning of the clause that is nearest
)

// What clauses count that do not tell of work.
const (
	inHeadline    = 0.7
	onlyClaimed   = 0.35 // an offer, or an entry of the list of skills
	onlyMentioned = 0.1
)

// How much words of the thesaurus show what is asked for. Several of them
// show more than one does.
const (
	bySynonym = 0.9
	byKind    = 0.55 // one of the words that show it: "trustees" for charities
	byField   = 0.3  // what is asked for is itself one of the words that show what is told
	bySibling = 0.12 // both are words that show the same
	mostNear  = 0.5  // of the last two together
)

// closeness is how near a profile comes to an experience, by its words and by
// its meaning, 0–1.
func (p *Person) closeness(r Requirement) float64 {
	p.telling.once.Do(p.tell)
	shares := weights(r.Terms)
	whole, all := 0.0, 0.0
	for k, term := range r.Terms {
		told := evidence(p.telling.done, term)
		if told < bySynonym && covered(p.telling.denied, term) {
			return 0 // the profile says that this was not done
		}
		whole += shares[k]
		all += shares[k] * told
	}
	all /= whole
	near := (oneClause + wholeStory) * all
	if len(r.Terms) > 1 && all > 0 {
		near = oneClause*p.clauseOf(r.Terms, shares, whole) + wholeStory*all
	}
	near = min(1, near+itsMeaning*p.meaning(r.Text))
	if apart := p.apartFrom(r, shares, whole); apart < near {
		return apart
	}
	if p.checkWhole(r, time.Time{}).Status == Met {
		near = max(near, shownWhole)
	}
	return near
}

// clauseOf is the share of the weight of terms that the most telling clause
// shows; what other clauses of its position show counts for a part.
func (p *Person) clauseOf(terms []string, shares []float64, whole float64) float64 {
	return p.bestClause(terms, shares, whole, func(*line) bool { return true })
}

// apartFrom is the most telling clause without those about what does not count,
// 1 where there are none of these.
func (p *Person) apartFrom(r Requirement, shares []float64, whole float64) float64 {
	unlike := func(l *line) bool {
		return slices.ContainsFunc(r.Unlike, func(term string) bool { return concepts().covers(l.keys, term) })
	}
	for i := range p.lines {
		if l := &p.lines[i]; unlike(l) && l.stance != denied {
			return p.bestClause(r.Terms, shares, whole, func(l *line) bool { return !unlike(l) })
		}
	}
	return 1
}

// bestClause is clauseOf among the clauses that count.
func (p *Person) bestClause(terms []string, shares []float64, whole float64, of func(*line) bool) float64 {
	best := 0.0
	for i := range p.lines {
		l := &p.lines[i]
		counts := l.counts()
		if counts == 0 || !of(l) {
			continue
		}
		sum := 0.0
		for k, term := range terms {
			degree := keysEvidence(l.keys, term)
			if degree == 0 && l.entry >= 0 && p.besides(l, concepts(), term) {
				degree = 0.6
			}
			sum += shares[k] * degree * counts
		}
		best = max(best, sum/whole)
	}
	return best
}

// standings are what clauses count: work, a headline, a claim, a mention.
var standings = [...]float64{1, inHeadline, onlyClaimed, onlyMentioned}

// counts is what a clause counts as work that was done.
func (l *line) counts() float64 {
	switch {
	case l.stance == done && l.part == partHeadline:
		return inHeadline
	case l.stance == done:
		return 1
	case l.stance == pitched:
		return onlyClaimed
	case l.stance == hedged:
		return onlyMentioned
	}
	return 0
}

// tell gathers what all clauses show, and what they deny.
func (p *Person) tell() {
	t := &p.telling
	t.done, t.denied = make(map[string]float64), make(map[string]bool)
	for i := range p.lines {
		l := &p.lines[i]
		counts := l.counts()
		for key := range l.keys {
			if l.stance == denied {
				t.denied[key] = true
			}
			t.done[key] = max(t.done[key], counts)
		}
	}
	for _, l := range p.listed {
		for key := range l.keys {
			t.done[key] = max(t.done[key], onlyClaimed)
		}
	}
}

// evidence is how well words, with what each counts, show a term: the best of
// its alternatives, each as its weakest part.
func evidence(told map[string]float64, term string) float64 {
	best := 0.0
	for alternative := range strings.SplitSeq(strings.TrimSuffix(term, optional), "|") {
		least := 1.0
		for part := range strings.SplitSeq(alternative, "+") {
			least = min(least, evidenceOf(told, part))
		}
		best = max(best, least)
	}
	return best
}

// evidenceOf is how well words show one. What many of them claim together is
// still a claim, so that they are joined by what they count.
func evidenceOf(told map[string]float64, part string) float64 {
	best := max(told[part], 0.95*told[rootOf(part)])
	t := concepts()
	for _, counts := range standings {
		if best >= counts {
			break
		}
		unshown := 1.0
		for _, id := range t.asks[part] {
			unshown *= t.unshown(told, id, part, counts, bySynonym, byKind)
		}
		apart := 1.0
		for _, id := range t.shows[part] {
			if told[conceptKey(id)] >= counts {
				apart *= t.unshown(told, id, part, counts, byField, bySibling)
			}
		}
		best = max(best, counts*(1-unshown), counts*min(mostNear, 1-apart))
	}
	return best
}

// unshown is what is left to show of a concept by the words that count at
// least as much as is asked.
func (t *thesaurus) unshown(told map[string]float64, id int32, but string, counts, head, member float64) float64 {
	left := 1.0
	for _, key := range t.heads[id] {
		if key != but && told[key] >= counts {
			left *= 1 - head
		}
	}
	for _, key := range t.members[id] {
		if key != but && told[key] >= counts {
			left *= 1 - member
		}
	}
	return left
}

// keysEvidence is evidence of the keys of one clause.
func keysEvidence(keys map[string]bool, term string) float64 {
	t := concepts()
	if t.covers(keys, term) {
		for alternative := range strings.SplitSeq(strings.TrimSuffix(term, optional), "|") {
			if keys[alternative] || keys[rootOf(alternative)] {
				return 1
			}
		}
		return 0.8
	}
	for part := range strings.FieldsFuncSeq(strings.TrimSuffix(term, optional), func(r rune) bool { return r == '|' || r == '+' }) {
		for _, id := range t.shows[part] {
			if keys[conceptKey(id)] {
				return byField
			}
		}
	}
	return 0
}

// covered reports whether keys hold a term itself.
func covered(keys map[string]bool, term string) bool {
	for alternative := range strings.SplitSeq(strings.TrimSuffix(term, optional), "|") {
		all := true
		for part := range strings.SplitSeq(alternative, "+") {
			all = all && (keys[part] || keys[rootOf(part)])
		}
		if all {
			return true
		}
	}
	return false
}

// meaning is the cosine of the nearest clause of work, 0–1.
func (p *Person) meaning(text string) float64 {
	asked, ok := p.reader.embed([]string{text})
	if !ok {
		return 0
	}
	p.embedLines()
	nearest := 0.0
	for i, v := range p.vectors.list {
		if l := &p.lines[i]; len(v) == len(asked[0]) && (l.stance == done || l.stance == pitched) && l.part != partCredential {
			nearest = max(nearest, dot(asked[0], v)*l.counts())
		}
	}
	return nearest
}
