package brief

import "strings"

var (
	workWords = words(`it should must need needs want we our my already project work site users customers clients visitors audience style brand business company product products page pages design like include including please use using have currently existing looking build create the`)
	chatter   = phrases("thank you, thanks, thank, hi, hello, hey, that's it, that's all, looks good, just write it, write it, go ahead, good morning, good evening, cheers, bye, sounds good, great, perfect, let me know, hope you can help")
	edits     = phrases("make that, make it, actually, sorry, i meant, scratch that, change the, change it, change that, instead of, correction, let's say, remove, drop the, forget the, rather than")
	// hollow words say nothing of the work by themselves.
	hollow = words(`i i'm i'd we we're we'd it it's is are be was to a an the of for in at on by and or but with my our me us you your this that would could should can will must have has want need needs like looking someone somebody please budget pay paying price rate cost costs deadline done ready finished finish start starting begin
 begins take takes timeline duration about around maybe so as ideally preferably please thanks know knows experience experienced plus bonus nice no not use using required knowledge skills fine ok okay only based located remote remotely person freelancer hours hour week time available availability due needed launch live launched go delivered deliver just really also hire hiring seeking anyone some work working yes overlap after all`)
)

// summary keeps what the person says of the work in their own words, without
// what other slots hold.
func (r *reader) summary() {
	if !r.aboutWork() {
		return
	}
	for k, s := range r.sentences {
		if r.stances[k] >= asks || s.header || r.onlyAnswers(k, s) {
			continue
		}
		item, ok := r.tell(k, s)
		if !ok {
			continue
		}
		var changed bool
		if r.brief.Summary, changed = add(r.brief.Summary, item); changed {
			r.change(SlotSummary, s.from)
		}
	}
}

// aboutWork reports whether the message has to do with work at all.
func (r *reader) aboutWork() bool {
	return len(r.changes) > 0 || r.brief.Title.Known() || len(r.brief.Deliverables) > 0 || len(r.brief.Summary) > 0 || r.brief.Category.Known()
}

// onlyAnswers reports whether a sentence tells nothing beyond what another slot
// took: a list of deliverables, a correction, "I don't know".
func (r *reader) onlyAnswers(k int, s sentence) bool {
	from := r.skipFillers(s.afterBullet(r.tokens), s.to)
	switch {
	case edits.has(r.view, from, min(from+4, s.to)):
		return true
	case chatter.has(r.view, from, min(from+2, s.to)) && s.to-from < 6:
		return true
	case declineWords.has(r.view, from, min(from+5, s.to)) && s.to-from < 12:
		return true
	case r.listed[k] && s.bullet, s.bullet && !r.beyondSkills(from, s.to), s.to-from < 10 && r.takesBack(s):
		return true
	}
	return r.listed[k] && r.in.Asked == SlotDeliverables && !r.wants(from, s.to)
}

// takesBack reports whether a sentence took something back and wants nothing else.
func (r *reader) takesBack(s sentence) bool {
	for k := s.from; k < s.to; k++ {
		if r.taken[k] == removal {
			return !r.listed[r.tokens[k].sentence]
		}
	}
	return false
}

// beyondSkills reports whether tokens [from, to) hold more than names of skills.
func (r *reader) beyondSkills(from, to int) bool {
	for k := from; k < to; k++ {
		if r.tokens[k].kind == word && !hollow[r.low(k)] && !r.inSkill(k) {
			return true
		}
	}
	return false
}

func (r *reader) inSkill(i int) bool {
	m := r.skillOf(i)
	return m != nil && m.standing != aside
}

// tell takes a sentence without its greeting, and without the parts that hold
// only money, time or place.
func (r *reader) tell(k int, s sentence) (Item, bool) {
	from, to := r.opening(s), s.to
	for to > from && r.is(to-1, "?") {
		to--
	}
	item := Item{Confidence: 0.8}
	var texts []string
	for start := from; start < to; {
		end := r.segmentEnd(start, to)
		if a, b, ok := r.trim(start, end); ok {
			texts = append(texts, r.quote(a, b))
			item.Sources = append(item.Sources, r.source(a, b))
		}
		start = end + 1
	}
	if len(texts) == 0 {
		return item, false
	}
	item.Text = strings.Join(texts, ", ")
	last := item.Sources[len(item.Sources)-1]
	whole := r.units.at(r.tokens[s.to-1].end) == last.End
	if !whole && r.is(s.to-1, ".", "!") && r.units.at(r.tokens[s.to-1].start) == last.End {
		end := &item.Sources[len(item.Sources)-1]
		end.End, end.Quote = end.End+1, end.Quote+r.low(s.to-1)
		item.Text += r.low(s.to - 1)
	}
	return item, r.tellsWork(from, to) && len(item.Text) <= 2000
}

// opening returns where a sentence begins to tell: behind "hi", "can you please".
func (r *reader) opening(s sentence) int {
	from := r.skipFillers(s.afterBullet(r.tokens), s.to)
	if _, end, ok := requestOpeners.match(r.view, from); ok && r.stances[r.tokens[from].sentence] == requests {
		for from = end; from < s.to-1 && r.is(from, "please", "help", "me", "us"); {
			from++
		}
	}
	return from
}

// segmentEnd returns the comma that ends the part of a sentence that begins at
// token i, if what stands on either side of it is money, time or place.
func (r *reader) segmentEnd(i, to int) int {
	for k := i; k < to; k++ {
		if r.is(k, ",") && (!r.content(i, k) || !r.content(k+1, r.nextComma(k+1, to))) {
			return k
		}
	}
	return to
}

func (r *reader) nextComma(i, to int) int {
	for i < to && r.low(i) != "," {
		i++
	}
	return i
}

// trim cuts money and time off the ends of a part of a sentence, with the
// words that led to them; not ok when nothing of content is left.
func (r *reader) trim(from, to int) (int, int, bool) {
	if !r.content(from, to) {
		return 0, 0, false
	}
	for from < to && (r.trimmable(from) || r.is(from, ",", "-", ":", "and", "but", "so")) {
		from++
	}
	end := to
	for k := to - 1; k > from; k-- {
		if r.trimmable(k) {
			end = k
			continue
		}
		if !hollow[r.low(k)] && !r.is(k, ",", "-", "(", ")", ".", "!", ":") {
			break
		}
	}
	if end < to {
		for end > from && (r.is(end-1, ",", "-", "(", ":", "\u2013", "\u2014") || hollow[r.low(end-1)] && !r.trailingVerb(end-1)) {
			end--
		}
	}
	for end > from && r.is(end-1, ",", "-", ":", "and", "(", ".", "!") {
		end--
	}
	return from, end, end > from && r.content(from, end)
}

// trailingVerb is for words that may end a sentence well although they say little.
func (r *reader) trailingVerb(i int) bool {
	return r.is(i, "it", "us", "me", "working", "live", "this")
}

func (r *reader) trimmable(i int) bool {
	switch r.taken[i] {
	case SlotPay, SlotDuration, SlotHours, SlotStart, SlotDeadline, SlotTimeZone, removal:
		return true
	}
	return false
}

// content reports whether tokens [from, to) hold a word that says something
// and that no other slot took.
func (r *reader) content(from, to int) bool {
	for k := from; k < to; k++ {
		if r.tokens[k].kind == word && r.taken[k] == "" && !hollow[r.low(k)] && !r.ofBareSkill(k, from, to) {
			return true
		}
	}
	return false
}

// ofBareSkill reports whether token i names a skill in a part of a sentence
// that only lists skills: "no WordPress please".
func (r *reader) ofBareSkill(i, from, to int) bool {
	m := r.skillOf(i)
	if m == nil || m.standing == aside {
		return false
	}
	if m.standing == without {
		return true
	}
	for k := from; k < to; k++ {
		if mustCues[r.low(k)] && r.is(k+1, "know", "have", "be", "required") || r.is(k, "plus", "bonus", "nice") {
			return true
		}
	}
	return false
}

// tellsWork reports whether words are about work, and not any remark.
func (r *reader) tellsWork(from, to int) bool {
	for k := from; k < to; k++ {
		if workWords[r.low(k)] || products[r.low(k)] || makers[r.low(k)] || changers[r.low(k)] || workers[r.low(k)] {
			return true
		}
	}
	return r.hasProduct(from, to)
}

// forgetOld drops sentences of earlier messages that state what has changed
// since: they would contradict the new value.
func (r *reader) forgetOld() {
	known := r.in.Known
	for slot, sources := range map[Slot][]Source{
		SlotPay: known.Pay.Sources, SlotDuration: known.Duration.Sources, SlotHours: known.Hours.Sources, SlotStart: known.Start.Sources, SlotDeadline: known.Deadline.Sources, SlotLevel: known.Level.Sources, SlotLocation: known.Location.Sources,
	} {
		if !r.changedNow(slot) {
			continue
		}
		var kept []Item
		for _, item := range r.brief.Summary {
			if !overlaps(item.Sources, sources) {
				kept = append(kept, item)
			}
		}
		if len(kept) < len(r.brief.Summary) {
			r.brief.Summary = kept
			r.change(SlotSummary, len(r.tokens))
		}
	}
}

func overlaps(a, b []Source) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Kind == y.Kind && x.ID == y.ID && x.Start < y.End && y.Start < x.End {
				return true
			}
		}
	}
	return false
}
