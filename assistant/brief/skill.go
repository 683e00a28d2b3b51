package brief

import (
	"slices"
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

// matchRespelt finds skills in words whose slips were corrected: "recat".
func (r *reader) matchRespelt(vocabulary *skills.Vocabulary) {
	for _, i := range r.respelt {
		if r.skillAt[i] >= 0 {
			continue
		}
		if skill, ok := vocabulary.Lookup(r.low(i)); ok {
			at := sort.Search(len(r.found), func(k int) bool { return r.found[k].from > i })
			r.found = slices.Insert(r.found, at, skillMatch{name: skill.Name, category: skill.Category, from: i, to: i + 1})
			for k := range r.skillAt {
				if r.skillAt[k] >= int32(at) {
					r.skillAt[k]++
				}
			}
			r.skillAt[i] = int32(at)
		}
	}
}

// skills sorts the skills of the text into must, nice and ruled out.
func (r *reader) skills() {
	r.left = make(map[string]bool)
	for _, m := range r.found {
		if r.is(m.from-1, "leave", "leaving", "ditch", "abandon", "replace", "replacing") {
			r.left[m.name] = true
		}
	}
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
	r.switched()
}

// switched reads "we switched to Webflow" and "Webflow instead": the one tool of the same
// trade that was asked for before is replaced, also where it was written about.
func (r *reader) switched() {
	for _, m := range r.found[:min(len(r.found), most)] {
		if m.standing != must || !r.namesSkill(m) || !(r.is(m.from-1, "to") && r.is(m.from-2, "switched", "switch", "changed", "moved", "change", "move")) && !r.is(m.to, "instead") {
			continue
		}
		var before []Item
		for _, item := range r.in.Known.NamedSkills() {
			if skill, ok := skills.Default().Lookup(item.Text); ok && skill.Category == m.category && item.Text != m.name && indexOf(r.brief.Must, item.Text) >= 0 {
				before = append(before, item)
			}
		}
		if len(before) != 1 {
			continue
		}
		r.removed = append(r.removed, before[0])
		r.brief.Must = drop(r.brief.Must, before[0].Text)
		for _, source := range before[0].Sources {
			r.substitute(source.Quote, r.quote(m.from, m.to), m.from, m.to, nil)
		}
		return
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
	if r.isContext(m) {
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
	if said, ok := r.inPassing(m); ok {
		return said
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

// leaving are verbs of getting away from what one has.
var leaving = words("leave leaving replace replacing move moving migrate migrating switch switching away convert ditch drop abandon instead")

// isContext reports whether a skill is named as what is there, not as what is
// asked of somebody: "2 teachers", "we use Excel and want to leave it".
func (r *reader) isContext(m skillMatch) bool {
	s := r.sentenceOf(m.from)
	if r.left[m.name] {
		return true
	}
	if m.to == m.from+1 && workers[r.low(m.from)] && (r.tokens[max(0, m.from-1)].kind == number || small[r.low(m.from-1)] > 1) && !r.wants(max(s.from, m.from-4), m.from) {
		return true
	}
	leaves := false
	for k := s.from; k < s.to && k < s.from+40; k++ {
		leaves = leaves || leaving[r.low(k)]
	}
	for k := m.from - 1; k >= max(s.from, m.from-3); k-- {
		switch {
		case r.is(k, "from") && r.hasWord("to", m.to, s.to) && leaves:
			return true
		case r.is(k, "on", "with", "have", "use", "using", "run", "runs") && r.statesOwn(k) && r.movesTo(m):
			return true // "we're on an old WooCommerce, move us to Shopify"
		case r.is(k, "use", "using") && r.is(k-1, "we", "i", "currently", "now", "still") && leaves && !r.is(m.to, "to"):
			return true
		case r.is(k, "for") && k == m.from-1 && m.category == "engineering" && r.is(m.to, ",", ".", "", "and", "milling", "machining", "cutting", "part", "parts"),
			r.is(k, "a", "the", "our", "my") && k == m.from-1 && m.category == "engineering" && r.is(m.to, "part", "parts", "machine", "machines"):
			return true // "drawings for CNC"
		case r.is(k, ",", "to", "and"):
			return false
		}
	}
	return false
}

// statesOwn reports whether the words before token k tell what the person has today.
func (r *reader) statesOwn(k int) bool {
	for j := k - 1; j >= max(r.sentenceOf(k).from, k-3); j-- {
		if r.is(j, "we're", "i'm", "we", "i", "it's", "it", "currently", "still", "now", "runs", "running", "built", "is", "are", "site", "shop", "store") {
			return true
		}
	}
	return false
}

// movesTo reports whether the message asks to be moved to another tool of the same
// trade than a skill: "move us to Shopify", "switching to Xero".
func (r *reader) movesTo(m skillMatch) bool {
	for _, other := range r.found[:min(len(r.found), most)] {
		if other.category != m.category || other.name == m.name || !r.is(other.from-1, "to", "onto", "into") {
			continue
		}
		for k := other.from - 2; k >= max(r.sentenceOf(other.from).from, other.from-6); k-- {
			if leaving[r.low(k)] {
				return true
			}
		}
	}
	return false
}

// setSkill moves a skill to the list it belongs to.
func (r *reader) setSkill(m skillMatch) {
	item := Item{Text: m.name, Sources: []Source{r.source(m.from, m.to)}, Confidence: 0.85, Implied: m.standing == must && !r.namesSkill(m)}
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
