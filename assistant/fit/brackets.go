package fit

import (
	"slices"

	"github.com/parleyhq/parley/retrieval/words"
)

// brackets joins what stands in brackets to the experience or skill before it,
// which it explains: any of them will do in "Meta (Facebook/Instagram) ads".
func (x *reading) brackets() {
	slices.SortStableFunc(x.found, func(a, b placed) int { return a.from - b.from })
	for i := 0; i+1 < len(x.found); i++ {
		p, o := &x.found[i], x.found[i+1]
		if p.Not || o.Not || !x.Is(o.from-1, "(") || p.to != o.from-1 || !p.explainedBy(o.Requirement) {
			continue
		}
		p.Text += " (" + o.Text + ")"
		p.to = o.to
		x.found = slices.Delete(x.found, i+1, i+2)
		if i+1 == len(x.found) || p.Kind != Experience || !x.Is(p.to, ")") {
			continue
		}
		if next := x.found[i+1]; next.Kind == Experience && !next.Not && next.from == p.to+1 {
			p.Terms = append(p.Terms, next.Terms...)
			p.Text += " " + next.Text
			p.to = next.to
			x.found = slices.Delete(x.found, i+1, i+2)
		}
	}
}

// explainedBy adds the words of another requirement as alternatives, and
// reports whether they can be such.
func (r *Requirement) explainedBy(o Requirement) bool {
	switch {
	case r.Kind == Skill && o.Kind == Skill:
		r.Skills = append(r.Skills, o.Skills...)
	case r.Kind == Experience && len(r.Terms) > 0 && o.Kind == Experience:
		for _, term := range o.Terms {
			r.Terms[len(r.Terms)-1] += "|" + term
		}
	case r.Kind == Experience && len(r.Terms) > 0 && o.Kind == Skill:
		for _, name := range o.Skills {
			r.Terms[len(r.Terms)-1] += "|" + words.SkillTerm(name)
		}
	default:
		return false
	}
	return true
}
