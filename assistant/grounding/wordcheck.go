package grounding

import "slices"

// checkWords counts the telling words that no fact has. A published sentence
// may have one such word in seven, a reply one in three. A word that the facts
// only deny, or only say of the other side, counts as missing at once.
func (t *trial) checkWords() {
	var strange []string
	telling := 0
	for _, w := range t.r.content {
		mere := wording(w.key)
		if !mere {
			telling++
		}
		found, twisted := t.findWord(w, mere)
		if twisted && !mere {
			t.missing = appendNew(t.missing, t.r.tokens[w.from].text)
		}
		if !found && !mere && !slices.Contains(strange, w.key) {
			strange = append(strange, w.key)
		}
	}
	t.checkPlain()
	allowed := len(t.r.content) / 7
	if !t.c.strict {
		allowed = max(1, len(t.r.content)/3)
	}
	if t.matched && telling > 0 && telling == len(strange) && len(t.r.content) > 1 && (t.c.strict || telling > 1) {
		allowed = 0 // nothing of it is in any fact
	}
	if len(strange) > allowed {
		for _, w := range strange {
			t.missing = appendNew(t.missing, w)
		}
	}
}

// checkPlain finds clauses of everyday words alone that the facts only deny:
// "c8 names a rate" where c8 names none.
func (t *trial) checkPlain() {
	for k := range t.r.segments {
		seg := &t.r.segments[k]
		words, all := 0, affirmed|denied|wished
		for _, w := range t.r.content {
			if w.from >= seg.from && w.to <= seg.to {
				how := standing(0)
				for _, f := range t.pool {
					how |= f.words[w.key]
				}
				all &= how
				words++
			}
		}
		if words > 1 && all == denied && !seg.negated {
			t.missing = appendNew(t.missing, t.r.said(seg.from, seg.to))
		}
	}
}

// findWord looks for a word in the facts that the clause may rest on. It is
// twisted when only such facts have it as say the opposite.
func (t *trial) findWord(w mention, mere bool) (found, twisted bool) {
	seg := t.r.segmentOf(w.from)
	who := t.r.who[w.from]
	own := who == aboutMe && seg.asserts && !seg.tentative
	for _, f := range t.pool {
		how := f.words[w.key]
		if how == 0 || own && !f.allows(who) {
			continue
		}
		if !mere {
			t.used[f.id] = true
		}
		if found = true; mere || t.r.tokens[w.from].quoted || f.supports(how, seg, who) {
			return true, false
		}
	}
	return found, found
}
