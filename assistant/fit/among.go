package fit

import (
	"slices"
	"strings"
	"time"
)

// How the people are parted whom an experience in words keeps from those whom
// it does not. Chosen on the package's own cases and the development cases, with
// parts of the thesaurus taken away, as for words that it does not have.
const (
	leastCloseness = 0.16 // below it nothing is shown at all
	nearShare      = 0.66 // of the closeness of the nearest, where nobody shows all of it
	shownShare     = 0.8  // the same, where somebody does
	partsAt        = 0.12 // a gap between two neighbours that parts them
)

// Among fits a wish to the people whom it is said of. An experience in words
// keeps whoever shows it, and whoever comes near the nearest of them: profiles
// tell of the same work in many words. One that nobody shows the least of
// leaves everybody and stands in Unshown, so that who asks can be told. Call it
// before [Wish.Apply].
func (w Wish) Among(people []*Person, today time.Time) Wish {
	if len(people) == 0 {
		return w
	}
	fitting := w.fitting(people, today)
	var kept []Requirement
	for _, r := range w.Add {
		if r.wordy() && !slices.ContainsFunc(people, func(p *Person) bool { return r.Keeps(p.Check(r, today)) }) {
			inWords := r
			inWords.Kind, inWords.Skills, inWords.Terms = Experience, nil, joinPairs(strings.Split(r.Terms[0], "+"))
			if inWords.Near = nearFrom(inWords, fitting, today); inWords.Near > 0 {
				kept = append(kept, inWords)
				continue
			}
		}
		if !r.inWords() {
			kept = append(kept, r)
			continue
		}
		if r.Near = nearFrom(r, fitting, today); r.Near < 0 {
			r.Near = 0
			w.Unshown = append(w.Unshown, r)
			continue
		}
		kept = append(kept, r)
	}
	w.Add = kept
	return w
}

// nearFrom is from which closeness on somebody of a group stays: 0 where only
// those do who show all of an experience, -1 where nobody shows any of it.
func nearFrom(r Requirement, group []*Person, today time.Time) float64 {
	var list []float64
	share := nearShare
	for _, p := range group {
		list = append(list, p.closeness(r))
		if p.checkWhole(r, today).Status == Met {
			share = shownShare
		}
	}
	slices.Sort(list)
	slices.Reverse(list)
	if list[0] < leastCloseness {
		if share == shownShare {
			return 0
		}
		return -1
	}
	least := max(leastCloseness, list[0]*share)
	last := list[0]
	for _, next := range list[1:] {
		if next < least || last-next > partsAt {
			break
		}
		last = next
	}
	return min(last, shownWhole) // who tells of all of it stays in any case
}

// wordy reports whether a skill was asked for in words that also say, one by
// one, what is meant: "medical research".
func (r Requirement) wordy() bool {
	return r.Kind == Skill && r.Hard && !r.Not && r.Years == 0 && len(r.Skills) == 1 && len(r.Terms) == 1 && strings.Contains(r.Terms[0], "+")
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
