package fit

// stress settles whether a requirement is a must, and in a wish whether it
// leaves people out, by the words around it.
func (x *reading) stress(r *Requirement, from, to int) {
	soft := x.soft(from, to)
	r.Must = !soft
	if x.wishing {
		r.Hard = !soft && !x.ranksFirst(from)
		return
	}
	if x.nowMust(from) {
		r.Must = true
	} else if !soft && !x.demands(from) {
		r.Must = r.Must && r.Kind != Skill && r.Kind != Experience
	}
}

// soft reports whether the sentence of tokens [from, to) merely hopes.
func (x *reading) soft(from, to int) bool {
	s := x.sentence(from)
	a, b := x.clause(from)
	for i := s.From; i < s.To; i++ {
		end, ok := x.run(i, "nice to have", "would be nice", "would be great", "would be good", "would help", "would be a plus", "is a plus", "a plus", "a bonus", "bonus",
			"ideally", "preferably", "preferred", "prefer", "i'd prefer", "an advantage", "advantageous", "helpful", "desirable", "if possible", "welcome", "we like",
			"no must", "not a must", "not required", "not necessary", "optional", "nice but", "happy if", "beneficial", "does not hurt", "doesn't hurt", "good to have", "nobody here insists")
		if !ok {
			continue
		}
		if x.Is(i, "prefer", "preferably", "ideally", "bonus", "nice", "helpful") && i < from && x.sameThought(i, from) {
			return true
		}
		if i >= a && i < b || end <= from && x.Is(end, ":") || i >= to && x.sameThought(to, i) {
			return true
		}
	}
	return x.headed(from, "nice to have", "nice", "bonus", "plus", "preferred", "optional", "helpful", "good to have", "desirable")
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
	for k := s.From; k < s.To; k++ {
		if _, ok := x.run(k, "more than anything", "above all", "most of all", "first and foremost", "put first", "rank higher", "matters most", "matter most", "most important", "higher up", "to the top", "at the top", "on top", "move up", "more weight"); ok {
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

// demands reports whether the sentence of token i speaks of who is wanted at all.
func (x *reading) demands(i int) bool {
	s := x.sentence(i)
	for k := s.From; k < s.To; k++ {
		if x.Is(k, "looking", "seeking", "want", "wants", "need", "needs", "someone", "somebody", "experience", "experienced", "you", "your", "knowledge", "skills", "hire", "hiring", "freelancer", "candidate", "developer", "designer", "writer", "translator") {
			return true
		}
	}
	return x.headed(i, "looking for", "skills", "experience", "requirements")
}
