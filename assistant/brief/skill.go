package brief

import (
	"sort"

	"github.com/parleyhq/parley/retrieval/skills"
)

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

var (
	ruledOut  = words("no not without avoid avoiding don't dont never nothing hate except excluding neither nor isn't")
	niceFirst = phrases("nice to have, nice to haves, ideally, preferably, bonus, bonus points, bonus points for, would be nice, optional, optionally, good to have, as a bonus, plus points, a plus, big plus, extra points, pluses, advantageous")
	niceAfter = phrases("a plus, a bonus, nice to have, an advantage, optional, would be nice, would be great, would be good, would be a plus, would be helpful, would help, would be ideal, would be a bonus, preferred, is preferred, a big plus, a huge plus, a nice bonus, helpful, welcome, desirable, beneficial, good to have, a nice to have, not required but, a strong plus, would be cool, an asset, an added bonus, plus, advantageous, would be awesome, would be amazing, appreciated")
	mustCues  = words("must required mandatory essential need needs requires crucial")
	business  = words("agency business company firm studio practice startup clinic school department team store shop bureau office industry market magazine community club conference service services provider academy brand fans")
	existing  = phrases("we already have, i already have, we have, i have, already have, existing, already done, i've got, we've got, we already use, is ready, are ready, already exists, provided by us, we will provide, i will provide, i'll provide, we'll provide, we provide, i provide, is done, are done, has been done, i've already, we've already, have already")
)

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
	if r.closed(m.from) || r.taken[m.from] == SlotConditions || r.taken[m.from] == SlotQuestions || r.taken[m.from] == removal {
		return aside
	}
	if said, ok := r.denied(m); ok {
		return said
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

// denied reads words before a skill that exclude it, "no WordPress", "not Wix or
// Squarespace", "anything but PHP", or merely say that it is not called for,
// "no need for React".
func (r *reader) denied(m skillMatch) (want, bool) {
	s := r.sentenceOf(m.from)
	for k := m.from - 1; k >= max(s.from, m.from-7); k-- {
		low := r.low(k)
		switch {
		case ruledOut[low]:
			switch {
			case r.is(k+1, "only", "just", "sure", "mind", "matter", "problem", "longer", "code") && !r.linkedSkill(k+1):
				return must, false
			case r.is(k+1, "need", "have", "necessarily", "too", "experience", "required", "needed"):
				return aside, true
			}
			return without, !r.is(k-1, "why", "if", "or")
		case low == "of" && r.is(k-1, "instead"), low == "than" && r.is(k-1, "rather", "other"), low == "from" && r.is(k-1, "away", "off"):
			return without, true
		case low == "but" && r.is(k-1, "anything", "everything"), low == "with" && r.is(k-1, "nothing"), low == "of" && r.is(k-2, "tired", "sick"):
			return without, true
		case r.taken[k] == removal || r.is(k, "do", "make", "add", "want", "need", "get", "build", "create") && !r.is(k-1, "don't", "dont", "not", "no"):
			return must, false
		case r.is(k, "but", ";", "just", "prefer"), r.is(k, "use", "using") && !ruledOut[r.low(k-1)], low == "," && !r.linkedSkill(k+1):
			return must, false
		}
	}
	return must, false
}

// linkedSkill reports whether a skill begins at token i.
func (r *reader) linkedSkill(i int) bool {
	m := r.skillOf(i)
	return m != nil && m.from == i
}

// skillOf returns the match that token i is part of, nil for none.
func (r *reader) skillOf(i int) *skillMatch {
	if i < 0 || i >= len(r.skillAt) || r.skillAt[i] < 0 {
		return nil
	}
	return &r.found[r.skillAt[i]]
}

// turns reports whether the words between a cue and a skill begin another thought.
func (r *reader) turns(from, to int) bool {
	for k := from; k < to; k++ {
		if r.is(k, "but", ";", "must", "required", "need") || r.low(k) == "." {
			return true
		}
	}
	return false
}

// headed reports whether the list that token i is in stands under a heading of a kind.
func (r *reader) headed(i int, heading lexicon[bool]) bool {
	at := r.tokens[i].sentence
	for k := at - 1; k >= max(0, at-12); k-- {
		s := r.sentences[k]
		if s.header {
			return heading.has(r.view, s.from, s.to)
		}
		if !s.bullet && s.to-s.from > 4 {
			return false
		}
	}
	return false
}

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
	next := i
	last := sort.Search(len(r.found), func(k int) bool { return r.found[k].to > i })
	for k := last - 1; k >= 0 && r.found[k].from >= s.from; k-- {
		m := &r.found[k]
		gap := r.between(m.to, next)
		if next < i && (gap == "," && !all && r.demanded(m.from, s.from) || gap == "") {
			return
		}
		if next == i && i-m.to > 6 {
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

// ownsBusiness reports whether a skill names the person's trade and not the
// work: "we run a translation agency".
func (r *reader) ownsBusiness(m skillMatch) bool {
	for k := m.from - 1; k >= max(r.sentenceOf(m.from).from, m.from-5); k-- {
		if r.is(k, "our", "my", "run", "own", "for", "am", "are", "we're", "i'm", "have", "at", "of") {
			return true
		}
		if r.is(k, "need", "want", "hire", "hiring", "build", "create") {
			return false
		}
	}
	return false
}

// isSelf reports whether the person speaks of themselves: "I'm a photographer".
func (r *reader) isSelf(i int) bool {
	for k := i - 1; k >= max(r.sentenceOf(i).from, i-4); k-- {
		if r.is(k, "i'm", "im", "we're") || r.is(k, "am", "are") && r.is(k-1, "i", "we") {
			return r.is(k+1, "a", "an", "the", "two", "three", "small") && k+1 < i
		}
		if r.is(k, "as") && r.is(k-1, "work", "working") {
			return true
		}
	}
	return false
}

var activities = words("design development writing editing translation marketing photography production animation illustration maintenance management administration optimization services creation")

// isActivity reports whether a skill is work that yields a thing, so that
// having the thing is not wanting the work.
func isActivity(name string) bool {
	last := len(name)
	for last > 0 && name[last-1] != ' ' {
		last--
	}
	return activities[lower(name[last:])]
}

// servesOwn reports whether a thing at token i is what the work is for: "a
// video for our fintech app".
func (r *reader) servesOwn(i int) bool {
	for k := i - 1; k >= max(r.sentenceOf(i).from+1, i-3); k-- {
		if r.is(k, "my", "our") {
			return r.is(k-1, "for", "on", "in", "of")
		}
	}
	return false
}

// possessed reports whether the clause of token i says that the thing is there already.
func (r *reader) possessed(i int) bool {
	from, to := r.clause(i)
	if r.is(from, "and", "so") {
		from++
	}
	return existing.has(r.view, from, to) && !r.wants(from, to)
}

func (r *reader) wants(from, to int) bool {
	for k := from; k < to; k++ {
		if r.is(k, "need", "want", "looking", "build", "redesign", "create", "improve", "update", "fix", "needs", "wants", "redo") {
			return true
		}
	}
	return false
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
