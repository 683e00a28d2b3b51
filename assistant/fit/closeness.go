package fit

import "strings"

// What each of the ways counts in which a profile can come near an experience.
const (
	oneClause   = 0.55 // the clause that tells most of it
	wholeStory  = 0.35 // all clauses together
	itsMeaning  = 0.30 // the meaning of the clause that is nearest
	byRelation  = 0.5  // a word that is of the same field, for the word itself
	onlyClaimed = 0.4  // an offer, a headline or an entry of the list of skills, for work
)

// closeness is how near a profile comes to an experience, by its words and by
// its meaning, 0–1.
func (p *Person) closeness(r Requirement) float64 {
	shares := weights(r.Terms)
	whole := 0.0
	for _, share := range shares {
		whole += share
	}
	told := make([]float64, len(r.Terms)) // by term, in the clause that tells it best
	best := 0.0
	doubted := make([]bool, len(r.Terms))
	for i := range p.lines {
		l := &p.lines[i]
		counts := l.counts()
		sum := 0.0
		for k, term := range r.Terms {
			degree := p.degreeOf(l.keys, term)
			if l.stance == denied && degree == 1 {
				doubted[k] = true
			}
			sum += shares[k] * degree * counts
			told[k] = max(told[k], degree*counts)
		}
		best = max(best, sum/whole)
	}
	for _, l := range p.listed {
		for k, term := range r.Terms {
			told[k] = max(told[k], p.degreeOf(l.keys, term)*onlyClaimed)
		}
	}
	all := 0.0
	for k := range told {
		if doubted[k] && told[k] < 1 {
			return 0 // the profile says that this was not done
		}
		all += told[k] * shares[k] / whole
	}
	return min(1, oneClause*best+wholeStory*all+itsMeaning*p.meaning(r.Text))
}

// counts is what a clause counts as work that was done.
func (l *line) counts() float64 {
	switch {
	case l.stance == done && l.part == partHeadline:
		return 0.7
	case l.stance == done:
		return 1
	case l.stance == pitched:
		return onlyClaimed
	case l.stance == hedged:
		return 0.1
	}
	return 0
}

// degreeOf is how well keys show a term: wholly, or by a word of the same field.
func (p *Person) degreeOf(keys map[string]bool, term string) float64 {
	t := concepts()
	if t.covers(keys, term) {
		return 1
	}
	for part := range strings.FieldsFuncSeq(strings.TrimSuffix(term, optional), func(r rune) bool { return r == '|' || r == '+' }) {
		for _, id := range t.shows[part] {
			if keys[conceptKey(id)] {
				return byRelation
			}
		}
	}
	return 0
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
