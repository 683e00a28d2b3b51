package brief

import "strings"

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
	return item, (r.in.Asked == SlotSummary || r.tellsWork(from, to)) && len(item.Text) <= 2000
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
	for end > from && r.is(end-1, ",", "-", ":", ";", "and", "(", ".", "!") {
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
