package brief

var (
	// noHeadline begin a sentence, not a headline.
	noHeadline = words(`i we my our i'm we're it please can looking need`)
)

var (
	emptyHeads = words(`project brief job description post overview scope of work summary request for proposal rfp introduction the about a new posting ad advert : - \u2013 details vacancy title opportunity`)

	scopeHeads = phrases(`deliverables, deliverable, scope, tasks, task, need, needs, looking for, want, include, includes, including, would like, requirements are, features,
		feature list, pages, what to do, to do, things to do, the work, responsibilities, you will, you'll, the job, i need, we need, should have, must have,
		should include, your tasks, what we need, what i need, goals, expected`)
	otherHeads = phrases(`skills, requirements, nice to have, nice to haves, about you, about us, qualifications, you have, we offer, background, who you are, experience,
		questions, conditions, please answer, apply, budget, must haves, must have skills, tech stack, stack, bonus, ideal candidate, profile, benefits,
		answer`)
)

// afterColon reads the list that follows what was named: "rebrand my studio:
// new logo, signage and a website".
func (r *reader) afterColon(found []phraseOf, s sentence) []phraseOf {
	at := found[len(found)-1].to
	if r.low(at) != ":" || at+1 >= s.to {
		return nil
	}
	_, end := r.thing(at+1, s.to)
	if end <= at+1 || !r.hasProduct(at+1, end) && r.taken[at+1] != listMark {
		return nil
	}
	return []phraseOf{{verb: -1, from: at + 1, to: end, listed: true, bare: true}}
}

// bulletPhrase reads an entry of a list as a deliverable, if its heading says so.
func (r *reader) bulletPhrase(k int, s sentence, from int) []phraseOf {
	if !r.listsWork(k) {
		return nil
	}
	_, end := r.thing(from, s.to)
	if end <= from || end-from > 30 || r.anyClaimed(from, end) {
		return nil
	}
	return []phraseOf{{verb: -1, from: from, to: end, listed: true}}
}

func (r *reader) listsWork(k int) bool {
	for at := k - 1; at >= max(0, k-most); at-- {
		s := r.sentences[at]
		if s.bullet {
			continue
		}
		if otherHeads.has(r.view, s.from, s.to) && (s.header || s.to-s.from <= 4) && !scopeHeads.has(r.view, s.from, s.to) {
			return false
		}
		return s.header || scopeHeads.has(r.view, s.from, s.to) && s.to-s.from < 20
	}
	return r.in.Asked == SlotDeliverables || r.in.Asked == ""
}

// headline takes the first line of a longer pasted text as its title.
func (r *reader) headline() bool {
	if len(r.tokens) < 40 || len(r.sentences) < 3 || r.brief.Title.Known() || r.stances[0] != states {
		return false
	}
	s := r.sentences[0]
	last := r.tokens[s.to-1]
	if s.to >= len(r.tokens) || !r.tokens[s.to].line || s.bullet || s.to < 2 || s.to > 16 || last.kind == sign && last.low != ")" || last.end-r.tokens[0].start > 100 {
		return false
	}
	if r.onlyOf(emptyHeads, 0, s.to) {
		return false
	}
	if _, end := r.thing(0, s.to); end < s.to && finite[r.low(end)] || greetings[r.low(0)] || fillers[r.low(0)] || noHeadline[r.low(0)] {
		return false
	}
	r.brief.Title = Field[string]{Value: capitalise(r.quote(0, s.to)), Sources: []Source{r.source(0, s.to)}, Confidence: 0.85}
	r.change(SlotTitle, 0)
	return true
}
