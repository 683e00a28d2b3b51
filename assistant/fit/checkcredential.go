package fit

import (
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
)

// checkCredential finds a paper among the credentials, then in what is told.
func (p *Person) checkCredential(r Requirement) Finding {
	t := concepts()
	best := Finding{Status: Missing, Note: "The profile names no such credential."}
	for i := range p.lines {
		l := &p.lines[i]
		if l.stance == aimed {
			continue
		}
		covered, first := 0.0, false
		for k, term := range r.Terms {
			if t.covers(l.keys, term) || strings.Contains(term, "@") && l.namesPlace(term) {
				covered += 1 / float64(len(r.Terms))
				first = first || k == 0
			}
		}
		if covered == 0 {
			continue
		}
		if f := p.paper(l, covered); f.Degree > best.Degree {
			best = f
		}
	}
	return best
}

// paper judges a clause that names a share of a credential.
func (p *Person) paper(l *line, covered float64) Finding {
	f := Finding{Status: Partly, Proofs: []Proof{l.proof()}}
	switch {
	case l.stance == denied:
		return Finding{Status: Missing, Degree: 0.01, Proofs: f.Proofs, Note: "The profile itself says that there is none."}
	case l.stance == hedged:
		f.Degree, f.Note = 0.2, "It is mentioned, but not as one that is held."
	case l.stance == pitched:
		f.Degree, f.Note = 0.3, "It is offered, but not named as one that is held."
	case covered > 0.99:
		f.Status, f.Degree = Met, 1
	default:
		f.Degree, f.Note = 0.5*covered, "A credential is named, but not quite this one."
	}
	return f
}

// namesPlace reports whether a line names a place in one of the countries of a
// term such as "@US|@CA".
func (l *line) namesPlace(term string) bool {
	countries := strings.Split(strings.ReplaceAll(term, "@", ""), "|")
	scan := brief.NewScan(l.quote, time.Time{}, "")
	for i := range scan.Len() {
		if g, _, ok := scan.Place(i); ok && slices.Contains(countries, g.Country) {
			return true
		}
		if code := demonyms[scan.Low(i)]; code != "" && slices.Contains(countries, code) {
			return true
		}
	}
	return false
}
