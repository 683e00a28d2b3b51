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
	var refused *Finding
	from := partHeadline
	for i := range p.lines {
		l := &p.lines[i]
		if l.stance == aimed {
			continue
		}
		covered, own := 0.0, false
		for _, term := range r.Terms {
			trade := strings.HasPrefix(term, tradeMark)
			if shows := t.covers(l.keys, strings.TrimPrefix(term, tradeMark)) || strings.Contains(term, "@") && l.namesPlace(term); shows || trade && p.hasTrade(term) {
				covered += 1 / float64(len(r.Terms))
				own = own || shows && !trade
			}
		}
		if !own {
			continue
		}
		f := p.paper(l, covered)
		if f.Status == Missing && covered > 0.99 {
			refused = &f
		}
		if f.Degree > best.Degree {
			best, from = f, l.part
		}
	}
	if refused != nil && (from == partHeadline || best.Status != Met) {
		return *refused
	}
	return best
}

// tradeMark stands before a term that is what people of a trade are called:
// the engineer of "licensed engineers". Any title or headline shows it.
const tradeMark = "!"

func (p *Person) hasTrade(term string) bool {
	t := concepts()
	for i := range p.lines {
		if l := &p.lines[i]; (l.part == partHeadline || l.part == partTitle) && l.stance <= pitched && t.covers(l.keys, term[len(tradeMark):]) {
			return true
		}
	}
	return false
}

// paper judges a clause that names a share of a credential.
func (p *Person) paper(l *line, covered float64) Finding {
	f := Finding{Status: Partly, Proofs: []Proof{l.proof()}}
	switch {
	case l.part != partCredential && underway(l.tokens), l.part == partCredential && slices.Contains(l.tokens, "candidate"):
		f.Degree, f.Note = 0.2, "It is under way, not finished."
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

// underway reports whether words tell of a paper that somebody works towards.
func underway(tokens []string) bool {
	for i, w := range tokens {
		switch w {
		case "candidate", "student", "trainee", "ongoing", "expected", "unfinished", "abandoned", "pursuing", "enrolled", "preparing", "part-qualified", "underway", "progress", "applied", "applying", "thesis":
			if w != "thesis" && w != "student" || i > 0 && (tokens[i-1] == "my" || tokens[i-1] == "phd" || tokens[i-1] == "writing" || tokens[i-1] == "doctoral") {
				return true
			}
		case "towards", "toward":
			return true
		}
	}
	return false
}
