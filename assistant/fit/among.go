package fit

import "time"

// How near is near enough where nobody, or hardly anybody, tells of an
// experience in the words it was asked for in. Chosen on the development cases
// with the thesaurus taken away, as for words that it does not have.
const (
	leastCloseness = 0.30 // below it nothing is shown at all
	nearShare      = 0.75 // of the closeness of the nearest
)

// Among fits a wish to the people whom it is said of. An experience in words
// that none of them tells of in just these leaves those who come near; one
// that nobody shows the least of leaves everybody and stands in Unshown, so
// that who asks can be told. Call it before [Wish.Apply].
func (w Wish) Among(people []*Person, today time.Time) Wish {
	if len(people) == 0 {
		return w
	}
	fitting := w.fitting(people, today)
	var kept []Requirement
	for _, r := range w.Add {
		if !r.inWords() {
			kept = append(kept, r)
			continue
		}
		shown, nearest := 0, 0.0
		for _, p := range fitting {
			if r.Keeps(p.Check(r, today)) {
				shown++
			}
			nearest = max(nearest, p.closeness(r))
		}
		switch {
		case shown > 0:
		case nearest >= leastCloseness:
			r.Near = nearest * nearShare
		default:
			w.Unshown = append(w.Unshown, r)
			continue
		}
		kept = append(kept, r)
	}
	w.Add = kept
	return w
}

// inWords reports whether a condition asks for an experience in words.
func (r Requirement) inWords() bool {
	return r.Kind == Experience && r.Hard && !r.Not && len(r.Terms) > 0 && r.Terms[0] != agencyTerm
}

// fitting are the people who meet what else a wish asks for, all where nobody does.
func (w Wish) fitting(people []*Person, today time.Time) []*Person {
	var list []*Person
	for _, p := range people {
		fits := true
		for _, r := range w.Add {
			fits = fits && (r.inWords() || !r.Hard || r.Keeps(p.Check(r, today)))
		}
		if fits {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return people
	}
	return list
}

// closeness is how near the nearest line of work comes to an experience, by its
// words and by its meaning, 0–1.
func (p *Person) closeness(r Requirement) float64 {
	p.embedLines()
	asked, _ := p.reader.embed([]string{r.Text})
	nearest := 0.0
	for i := range p.lines {
		l := &p.lines[i]
		if l.stance != done || l.part == partHeadline || l.part == partCredential {
			continue
		}
		near := 0.6 * p.coverage(l, r.Terms)
		if len(asked) > 0 && i < len(p.vectors.list) && len(p.vectors.list[i]) == len(asked[0]) {
			near += 0.6 * max(0, dot(asked[0], p.vectors.list[i]))
		}
		nearest = max(nearest, near)
	}
	return min(nearest, 1)
}
