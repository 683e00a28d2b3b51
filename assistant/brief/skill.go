package brief

import "github.com/parleyhq/parley/retrieval/skills"

// skillMatch is a skill in the text, as tokens [from, to).
type skillMatch struct {
	name     string
	category string
	from, to int
	standing want
}

// want is what the person says of a skill.
type want uint8

const (
	must want = iota
	nice
	without
	aside // named, but not asked for
)

// match finds the skills of the text.
func (r *reader) match(vocabulary *skills.Vocabulary) {
	r.skillAt = make([]int32, len(r.tokens))
	for i := range r.skillAt {
		r.skillAt[i] = -1
	}
	at := 0
	for _, m := range vocabulary.Match(r.text) {
		for at < len(r.tokens) && r.tokens[at].end <= m.Start {
			at++
		}
		to := at
		for to < len(r.tokens) && r.tokens[to].start < m.End {
			to++
		}
		if to > at {
			for i := at; i < to; i++ {
				r.skillAt[i] = int32(len(r.found))
			}
			r.found = append(r.found, skillMatch{name: m.Skill.Name, category: m.Skill.Category, from: at, to: to})
		}
	}
}

// skills sorts the skills of the text into must, nice and ruled out.
func (r *reader) skills() {
	for k := range r.found {
		m := &r.found[k]
		m.standing = r.wantOf(*m)
	}
	r.spreadNice()
	r.excluded = make(map[string]bool)
	for _, m := range r.found {
		if m.standing == without {
			r.excluded[m.name] = true
		}
	}
	for _, m := range r.found {
		r.setSkill(m)
	}
}

// wantOf judges one skill by the words around it.
func (r *reader) wantOf(m skillMatch) want {
	if r.silent(m.from) || r.taken[m.from] == SlotConditions || r.taken[m.from] == SlotQuestions || r.taken[m.from] == removal {
		return aside
	}
	if said, ok := r.denied(m); ok {
		return said
	}
	if r.notNeeded(m.to) {
		return aside
	}
	if business[r.low(m.to)] && r.ownsBusiness(m) || r.isSelf(m.from) {
		return aside
	}
	if isActivity(m.name) && (r.possessed(m.from) || r.servesOwn(m.from)) {
		return aside
	}
	if r.is(m.to, "is", "are", "would") && r.is(m.to+1, "fine", "ok", "okay", "be") && r.is(m.to+2, "", "too", ".", "fine", "ok", "okay", "then", "after", "now") && indexOf(r.brief.Without, m.name) >= 0 {
		r.brief.Without = drop(r.brief.Without, m.name)
		r.change(SlotSkills, m.from)
		return aside
	}
	s := r.sentenceOf(m.from)
	if _, start, end, ok := niceFirst.find(r.view, s.from, m.from); ok && !r.turns(end, m.from) && start < m.from {
		return nice
	}
	if r.headed(m.from, niceFirst) {
		return nice
	}
	return must
}

// setSkill moves a skill to the list it belongs to.
func (r *reader) setSkill(m skillMatch) {
	item := Item{Text: m.name, Sources: []Source{r.source(m.from, m.to)}, Confidence: 0.85}
	b := &r.brief
	var changed bool
	switch m.standing {
	case aside:
		return
	case without:
		for _, list := range []*[]Item{&b.Must, &b.Nice} {
			if at := indexOf(*list, m.name); at >= 0 {
				r.removed = append(r.removed, (*list)[at])
				*list = drop(*list, m.name)
				changed = true
			}
		}
		var added bool
		b.Without, added = addName(b.Without, item)
		changed = changed || added
	case nice:
		if r.changedNow(SlotSkills) && indexOf(b.Must, m.name) >= 0 {
			return
		}
		b.Without, b.Must = drop(b.Without, m.name), drop(b.Must, m.name)
		b.Nice, changed = addName(b.Nice, item)
	default:
		if r.excluded[m.name] {
			return
		}
		b.Without, b.Nice = drop(b.Without, m.name), drop(b.Nice, m.name)
		b.Must, changed = addName(b.Must, item)
	}
	if changed {
		r.change(SlotSkills, m.from)
	}
}
