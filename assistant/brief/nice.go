package brief

import "sort"

var (
	// besideSkill may stand between a skill and what is said of it.
	besideSkill = words(`also etc similar skill notebook knowledge background certification too very strong good basic familiarity understanding development design apis api`)
)

// spreadNice reads cues that come behind: "Vue and Svelte would be a plus".
func (r *reader) spreadNice() {
	for k, s := range r.sentences {
		if r.stances[k] >= asks {
			continue
		}
		for i := s.from; i < s.to; i++ {
			_, end, ok := niceAfter.match(r.view, i)
			if !ok || end == i+1 && r.is(i, "plus", "welcome", "helpful") && end < s.to && r.tokens[end].kind == word && r.low(end) != "but" {
				continue
			}
			r.niceBefore(s, i)
			i = end - 1
		}
	}
}

// niceBefore makes the skills that a cue at token i is about nice to have.
func (r *reader) niceBefore(s sentence, i int) {
	all := r.is(i-1, "are") || r.is(i, "are")
	next, hops, alone := i, 0, false
	last := sort.Search(len(r.found), func(k int) bool { return r.found[k].to > i })
	for k := last - 1; k >= 0 && r.found[k].from >= s.from; k-- {
		m := &r.found[k]
		gap := r.between(m.to, next)
		if hops++; hops == 2 {
			alone = gap == "," && !all // "Mongo, sockets a plus" is about the last alone
		}
		if alone {
			return
		}
		if next < i && (gap == "," && !all && r.demanded(m.from, s.from) || gap == "") {
			return
		}
		if next == i && !r.leadsTo(m.to, i) {
			return
		}
		if m.standing == must {
			m.standing = nice
		}
		next = m.from
		if mustCues[r.low(m.from-1)] {
			return
		}
	}
}

// leadsTo reports whether only words that name nothing part a skill from a cue.
func (r *reader) leadsTo(from, to int) bool {
	for k := from; k < to; k++ {
		if r.tokens[k].kind == word && !hollow[r.low(k)] && !besideSkill[r.low(k)] || r.is(k, ",") && to-k > 1 && !hollow[r.low(k+1)] {
			return false
		}
	}
	return to-from <= 8
}

// demanded reports whether a cue of need stands before token i in its sentence.
func (r *reader) demanded(i, from int) bool {
	for k := i - 1; k >= from; k-- {
		if mustCues[r.low(k)] || r.is(k, "know", "knows", "experience", "expert", "developer", "in", "with") {
			return true
		}
	}
	return false
}

// between returns "," or "and" when only these part two skills, "" otherwise.
func (r *reader) between(from, to int) string {
	link := ""
	for k := from; k < to; k++ {
		switch {
		case r.is(k, "and", "or", "/", "&"):
			link = "and"
		case r.low(k) == ",":
			link = ","
		case r.is(k, "experience", "knowledge", "skills", "some", "of"):
		default:
			return ""
		}
	}
	return link
}
