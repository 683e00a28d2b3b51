package brief

// duties reads what stands behind a colon as what is to be done: "assistant wanted: answer
// emails, book viewings, keep the CRM clean". The words before name the work
// or who does it; two entries at least make a list.
func (r *reader) duties(s sentence) []phraseOf {
	at := s.from
	for at < s.to && !(r.low(at) == ":" && at > s.from+1) {
		at++
	}
	if at+2 >= s.to || at-s.from < 2 || otherHeads.has(r.view, max(s.from, at-3), at) || !r.hasProductWord(s.from, at) && !r.workerNear(s.from, at) && !r.wants(s.from, at) && !r.hasVerb(s.from, at) {
		return nil
	}
	var entries []part
	for from := at + 1; from < s.to; {
		to := from
		for to < s.to && !r.is(to, ",", ".", "!", ";", "?", "(") {
			to++
		}
		entry := part{from, to}
		for entry.from < to && r.is(entry.from, "and", "plus", "also", "then") {
			entry.from++
		}
		if !r.isDuty(entry) {
			break
		}
		entries = append(entries, entry)
		if r.low(to) != "," {
			break
		}
		from = to + 1
	}
	if len(entries) < 2 {
		return nil
	}
	var found []phraseOf
	for _, entry := range entries {
		found = append(found, phraseOf{verb: -1, from: entry.from, to: entry.to, listed: true})
	}
	return found
}

// isDuty reports whether an entry of a list tells something to be done or made.
func (r *reader) isDuty(p part) bool {
	if p.to-p.from < 1 || p.to-p.from > 10 || r.tokens[p.from].kind != word || r.anyClaimed(p.from, p.to) || pronouns[r.low(p.from)] || conditionsOfWork[r.low(p.from)] || r.workerAt(p.from, p.to) || r.onlyTools(p) {
		return false
	}
	for i := p.from; i < p.to; i++ {
		if r.is(i, "is", "are", "was", "must", "should", "will") {
			return false
		}
	}
	return p.to-p.from > 1 || r.hasProductWord(p.from, p.to)
}

// onlyTools reports whether an entry names skills and nothing else.
func (r *reader) onlyTools(p part) bool { return r.isTool(p.from, p.to) }

func (r *reader) hasVerb(from, to int) bool {
	for i := from; i < to; i++ {
		if r.isVerb(i) {
			return true
		}
	}
	return false
}
