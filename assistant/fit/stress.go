package fit

import "slices"

// stress settles whether a requirement is a must, and in a wish whether it
// leaves people out, by the words around it.
func (x *reading) stress(r *Requirement, from, to int) (soft bool) {
	soft = x.soft(from, to)
	if x.wishing && soft && r.Kind != Skill && r.Kind != Experience && x.politely(from, to) {
		soft = false
	}
	r.Must = !soft
	if x.wishing {
		soft = soft || slices.ContainsFunc(x.lean, func(u unit) bool { return from >= u.from && to <= u.to })
		r.Must = !soft
		r.Hard = !soft && !x.ranksFirst(from)
		return soft
	}
	inTitle := x.endOf(from) <= x.title
	if !soft && !inTitle && !x.nowMust(from) && (r.Kind == Skill || r.Kind == Experience) {
		r.Must = false
	}
	return soft
}

// politely reports whether a wish only sounds like a hope: "the British Isles
// would be good". Of a list that is there already, people mean it.
func (x *reading) politely(from, to int) bool {
	s := x.sentence(from)
	for i := to; i < s.To; i++ {
		if _, ok := x.run(i, "would be good", "would be great", "would be lovely", "would be perfect", "would be best", "would help"); ok {
			return true
		}
	}
	return false
}

// hopesBefore stand before what they soften, hopesBehind behind it.
var (
	hopesBefore = []string{"nice to have", "if possible", "it would be nice", "would be nice", "would be great", "would be good", "would help", "ideally", "preferably", "prefer", "i'd prefer", "we prefer", "bonus points for", "bonus for", "a bonus", "bonus", "helpful", "we like", "welcome", "happy if", "good to have", "optional", "optionally", "extra points", "a plus", "nice", "it helps", "helps if", "helpful if", "points for"}
	asksTold    = []string{"tell us", "tell me", "show us", "show me"}
	hopesBehind = []string{"nice to have", "would be nice", "would be great", "would be good", "would help", "would be a plus", "would be helpful", "would be welcome", "is a plus", "are a plus", "a plus", "a bonus", "is nice", "preferred", "an advantage", "advantageous", "is helpful", "helps", "helps too", "is nice", "are nice", "would be wonderful", "would be lovely", "desirable", "if possible", "welcome", "no must", "not a must", "not required", "not necessary", "optional", "beneficial", "does not hurt", "doesn't hurt", "good to have", "would make", "not essential", "but not required", "is enough to", "appreciated", "would be ideal", "is ideal"}
)

// soft reports whether the sentence of tokens [from, to) merely hopes for them.
func (x *reading) soft(from, to int) bool {
	s := x.sentence(from)
	_, b := x.clause(from)
	for i := s.From; i < from; i++ {
		if end, ok := x.run(i, hopesBefore...); ok && end <= from && (x.sameThought(end, from) || x.Is(end, ":")) && !x.Is(i-1, "not", "no") {
			return true
		}
	}
	for i := s.From; i < from && !x.wishing; i++ {
		if _, ok := x.run(i, asksTold...); ok {
			return true
		}
	}
	for i := to; i < s.To; i++ {
		if _, ok := x.run(i, hopesBehind...); ok && (i < b || x.sameThought(to, i) && !x.commas(to, i)) {
			return true
		}
	}
	return x.headed(from, "nice to have", "nice", "bonus", "plus", "preferred", "optional", "helpful", "good to have", "desirable", "ideally", "advantage")
}

// commas reports whether a comma stands between two tokens.
func (x *reading) commas(from, to int) bool {
	for i := from; i < to; i++ {
		if x.Is(i, ",") {
			return true
		}
	}
	return false
}

// sameThought reports whether no sign stronger than a comma parts two tokens.
func (x *reading) sameThought(from, to int) bool {
	for i := from; i < to; i++ {
		if x.Is(i, ".", ";", "!", "?") && !x.Tight(i+1) || x.Is(i, "but", "required", "must") {
			return false
		}
	}
	return true
}

// headed reports whether the list that token i is an entry of stands under a
// line with one of some words.
func (x *reading) headed(i int, any ...string) bool {
	sentences, k := x.sentences, int(x.sentenceOf[i])
	if !sentences[k].Bullet {
		return false
	}
	for k >= 0 && sentences[k].Bullet {
		k--
	}
	if k < 0 {
		return false
	}
	for t := sentences[k].From; t < sentences[k].To; t++ {
		if _, ok := x.run(t, any...); ok {
			return true
		}
	}
	return false
}

// ranksFirst reports whether a wish asks for an order, not for a choice: "more
// than anything I need comedy".
func (x *reading) ranksFirst(i int) bool {
	s := x.sentence(i)
	if _, to := x.clause(i); (x.Is(to-1, "first") || x.Is(to-1, "top") && x.Is(to-2, "on", "at")) && to-1 > i {
		return true
	}
	for k := s.From; k < s.To; k++ {
		if _, ok := x.run(k, "more than anything", "come first", "comes first", "above all", "most of all", "first and foremost", "put first", "rank higher", "matters most", "matter most", "most important", "higher up", "to the top", "at the top", "on the top", "move up", "more weight"); ok && !(x.Is(k, "above") && x.Is(k+2, "not", "no", "nobody", "nothing")) {
			return true
		}
	}
	return false
}

// nowMust reports whether a post's sentence says must.
func (x *reading) nowMust(i int) bool {
	s := x.sentence(i)
	for k := s.From; k < s.To; k++ {
		if end, ok := x.run(k, "must", "required", "is a requirement", "mandatory", "essential", "have to", "has to", "need to", "needs to", "is needed", "are needed",
			"we need", "you need", "i need", "at least", "at the latest", "a must", "only", "non negotiable", "no exceptions", "cannot", "should have", "please do not apply without", "you have", "you've", "you know", "you are", "you can", "you write", "minimum"); ok && end > 0 && !x.before(k, 3, "not", "no", "don't", "doesn't") {
			return true
		}
	}
	return x.headed(i, "must", "must have", "required", "requirements", "you need", "we need", "what we need", "you bring", "you have", "needed")
}
