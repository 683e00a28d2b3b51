package fit

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/retrieval/words"
)

// How far a profile meets an experience whose words are not all in one clause.
const (
	degreePitched = 0.4 // all of it, but only as an offer or in a headline
	enoughCovered = 0.8 // share of the weight of its telling words
	leastCovered  = 0.3 // below it there is nothing to show
)

// checkExperience finds the clause that tells most of what is asked for.
func (p *Person) checkExperience(r Requirement, today time.Time) Finding {
	if len(r.Terms) == 0 {
		return p.checkSpan(r, today)
	}
	if r.Terms[0] == agencyTerm {
		return p.checkAgency()
	}
	if r.Near > 0 {
		return p.checkNear(r, today)
	}
	return p.checkWhole(r, today)
}

// checkNear judges an experience that people are compared by: whoever comes as
// near as Near shows it, wholly or in other words.
func (p *Person) checkNear(r Requirement, today time.Time) Finding {
	f := p.checkWhole(r, today)
	if p.closeness(r) < r.Near {
		if f.Status == Met {
			f.Status, f.Degree, f.Note = Partly, keepDegree[Experience]*0.9, "Others show more of it."
		}
		f.Degree = min(f.Degree, keepDegree[Experience]*0.9)
		return f
	}
	if f.Status == Met || f.Status == Partly && f.Degree >= keepDegree[Experience] || r.Years > 0 {
		return f
	}
	f.Status, f.Degree, f.Note = Partly, keepDegree[Experience], "The work is near to it, in other words."
	if len(f.Proofs) == 0 {
		if l := p.nearestLine(r); l != nil {
			f.Proofs = []Proof{l.proof()}
		}
	}
	return f
}

// nearestLine is the clause that tells most of an experience, by its words or
// by its meaning; nil for none.
func (p *Person) nearestLine(r Requirement) *line {
	shares := weights(r.Terms)
	var nearest *line
	best := 0.0
	for i := range p.lines {
		l := &p.lines[i]
		sum := 0.0
		for k, term := range r.Terms {
			sum += shares[k] * keysEvidence(l.keys, term) * l.counts()
		}
		if sum > best {
			nearest, best = l, sum
		}
	}
	if nearest == nil {
		nearest, _ = p.nearness(r.Text)
	}
	return nearest
}

// checkWhole finds the clause that tells all, or most, of what is asked for.
func (p *Person) checkWhole(r Requirement, today time.Time) Finding {
	best, bestIn := Finding{Status: Missing, Note: "The profile says nothing of it."}, 0.0
	var proving []*line
	for i := range p.lines {
		l := &p.lines[i]
		covered := p.coverage(l, r.Terms)
		if covered < leastCovered || l.stance == aimed {
			continue
		}
		f := p.told(l, covered)
		if f.Status == Met {
			proving = append(proving, l)
		}
		if f.Degree > bestIn {
			best, bestIn = f, f.Degree
		}
	}
	if len(proving) > 0 {
		best = Finding{Status: Met, Degree: 1, Proofs: p.proofs(proving)}
		if r.Years > 0 {
			best = p.withYears(best, r.Years, proving, today)
		}
		return best
	}
	if f := p.listedTerms(r.Terms); f.Degree > bestIn {
		best, bestIn = f, f.Degree
	}
	if l, cosine := p.nearness(r.Text); cosine >= alikeLine && bestIn < degreeAlike {
		best = Finding{Status: Partly, Degree: degreeAlike, Proofs: []Proof{l.proof()}, Note: "The work is near to it, in other words."}
	}
	return best
}

// told judges one clause that covers a share of the telling words.
func (p *Person) told(l *line, covered float64) Finding {
	f := Finding{Status: Partly, Proofs: []Proof{l.proof()}}
	whole := covered >= enoughCovered
	switch {
	case l.stance == denied:
		return Finding{Status: Missing, Degree: 0.01, Proofs: f.Proofs, Note: "The profile itself says that this was not done."}
	case l.stance == hedged:
		f.Degree, f.Note = 0.2*covered, "It is mentioned, but not as work that was done."
	case l.stance == pitched, l.part == partHeadline:
		f.Degree, f.Note = degreePitched*covered, "It is offered, with no piece of work that shows it."
	case whole:
		f.Status, f.Degree = Met, 1
	default:
		f.Degree, f.Note = 0.6*covered, "Only a part of it is shown."
	}
	return f
}

// coverage is the share of the weight of terms that a clause shows, together
// with the title of the position that it is of.
func (p *Person) coverage(l *line, terms []string) float64 {
	t := concepts()
	covered, whole := 0.0, 0.0
	own := false
	for k, weight := range weights(terms) {
		term := terms[k]
		whole += weight
		switch {
		case t.covers(l.keys, term):
			covered += weight
			own = true
		case l.entry >= 0 && p.besides(l, t, term):
			covered += weight
		}
	}
	if !own || whole == 0 {
		return 0
	}
	return covered / whole
}

// besides reports whether the other clauses of a position show a term, or the
// trade of the person does.
func (p *Person) besides(l *line, t *thesaurus, term string) bool {
	for i := range p.lines {
		o := &p.lines[i]
		if o.entry == l.entry && o.stance == done && o != l && t.covers(o.keys, term) {
			return true
		}
		if o.part == partHeadline && o.stance <= pitched && t.covers(o.keys, term) {
			return true
		}
	}
	return false
}

// weakShare is how much of its weight a word keeps beside a skill or a thing
// that is known, which say what is meant: "device" in "LoRa in a device".
const weakShare = 0.22

// general are stems of nouns that say little of what the work is on.
var general = func() map[string]bool {
	all := make(map[string]bool)
	for w := range strings.FieldsSeq("staff personnel product products sector industry industries equipment system systems material materials text texts content service services brand brands device devices tool tools software platform audience reader readers member members user users environment topic topics subject subjects kind use goods group groups matters institution institutions organisation organisations body bodies side size sizes") {
		all[words.Stem(w)] = true
	}
	return all
}()

// generalShare is what they keep of their weight beside a word that says more.
const generalShare = 0.35

// weights are how much terms say.
func weights(terms []string) []float64 {
	list := make([]float64, len(terms))
	strong := false
	for i, term := range terms {
		list[i] = weightOf(term)
		strong = strong || isStrong(term)
	}
	telling := false
	for _, term := range terms {
		telling = telling || isStrong(term) && !general[strings.TrimSuffix(term, optional)] && !strings.HasSuffix(term, optional)
	}
	for i, term := range terms {
		if telling && general[term] {
			list[i] *= generalShare
		}
		if strong && !isStrong(term) || strings.HasSuffix(term, optional) {
			list[i] *= weakShare
		}
	}
	return list
}

// isStrong reports whether a term is a skill, a place, or in the thesaurus.
func isStrong(term string) bool {
	if strings.ContainsAny(term, "~@") {
		return true
	}
	t := concepts()
	term = strings.TrimSuffix(term, optional)
	for part := range strings.FieldsFuncSeq(term, func(r rune) bool { return r == '|' || r == '+' }) {
		if len(t.shows[part]) > 0 {
			return true
		}
	}
	return false
}

// weightOf is how much a term says by itself; alternatives weigh as the first.
func weightOf(term string) float64 {
	if isStrong(term) {
		return 4 // such as the rarity of most of them
	}
	first, _, _ := strings.Cut(strings.TrimSuffix(term, optional), "|")
	weight := 0.0
	for part := range strings.FieldsFuncSeq(first, func(r rune) bool { return r == '+' || r == ' ' }) {
		weight = max(weight, words.Weight(part))
	}
	return max(weight, 1)
}

// listedTerms finds the terms in the list of skills, which shows no work.
func (p *Person) listedTerms(terms []string) Finding {
	all := make(map[string]bool)
	var proofs []Proof
	t := concepts()
	for _, l := range p.listed {
		for _, term := range terms {
			if t.covers(l.keys, term) && len(proofs) < mostProofs {
				proofs = append(proofs, Proof{Field: l.field, Quote: l.quote, End: utf16Len(l.quote)})
				maps.Copy(all, l.keys)
				break
			}
		}
	}
	covered, whole := 0.0, 0.0
	for k, weight := range weights(terms) {
		whole += weight
		if t.covers(all, terms[k]) {
			covered += weight
		}
	}
	if whole == 0 || covered/whole < leastCovered {
		return Finding{Status: Missing}
	}
	return Finding{Status: Partly, Degree: degreePitched * covered / whole, Proofs: proofs, Note: "It is listed, with no piece of work that shows it."}
}

// checkSpan judges years of experience of any kind: as the positions last, or
// as is said without naming anything in particular.
func (p *Person) checkSpan(r Requirement, today time.Time) Finding {
	have := float64(months(slices.Clone(p.entries), today)) / 12
	var proofs []Proof
	for i := range p.lines {
		l := &p.lines[i]
		if l.part == partTitle && len(proofs) < mostProofs {
			proofs = append(proofs, l.proof())
		}
		if (l.part == partOverview || l.part == partHeadline) && l.stance <= pitched && len(l.skills) == 0 {
			if n, ok := statedYears(l.tokens, today); ok && n > have {
				have, proofs = n, []Proof{l.proof()}
			}
		}
	}
	switch {
	case have <= 0:
		return Finding{Status: Silent, Degree: 0.5, Note: fmt.Sprintf("The profile names no dates; %s are asked for.", countText(r.Years))}
	case have >= r.Years*enoughYears:
		return Finding{Status: Met, Degree: 1, Proofs: proofs}
	}
	return Finding{Status: Partly, Degree: 0.85 * have / r.Years, Proofs: proofs, Note: fmt.Sprintf("The profile shows %s; %s are asked for.", aboutYears(have), countText(r.Years))}
}

// checkAgency tells whether the profile is that of a company: it speaks of
// itself as one.
func (p *Person) checkAgency() Finding {
	for i := range p.lines {
		l := &p.lines[i]
		if l.part != partHeadline && l.part != partOverview || l.stance == aimed {
			continue
		}
		for k, w := range l.tokens {
			next := func(n int) string {
				if k+n < len(l.tokens) {
					return l.tokens[k+n]
				}
				return ""
			}
			if w == "we" && (next(1) == "are" || next(1) == "have" || next(1) == "build" || next(1) == "offer") || w == "our" && (next(1) == "team" || next(1) == "agency" || next(1) == "studio" || next(1) == "company" || next(1) == "developers" || next(1) == "designers") ||
				w == "agency" && l.part == partHeadline && k == len(l.tokens)-1 {
				return Finding{Status: Met, Degree: 1, Proofs: []Proof{l.proof()}}
			}
		}
	}
	return Finding{Status: Missing}
}
