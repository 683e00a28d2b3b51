package brief

import "strings"

// tell takes a sentence without its greeting. Parts of it that other slots
// carry in full are left out only when what remains is a sentence.
func (r *reader) tell(k int, s sentence) (Item, bool) {
	from, to := r.opening(s), s.to
	for to > from && r.is(to-1, "?") {
		to--
	}
	if !r.content(from, to) {
		return Item{}, false
	}
	kept := r.parting(from, to)
	item := Item{Confidence: 0.8}
	var texts []string
	for _, part := range kept {
		texts = append(texts, r.quote(part.from, part.to))
		item.Sources = append(item.Sources, r.source(part.from, part.to))
	}
	item.Text = strings.Join(texts, ", ")
	last := item.Sources[len(item.Sources)-1]
	whole := r.units.at(r.tokens[s.to-1].end) == last.End
	if !whole && r.is(s.to-1, ".", "!") && r.units.at(r.tokens[s.to-1].start) == last.End {
		end := &item.Sources[len(item.Sources)-1]
		end.End, end.Quote = end.End+1, end.Quote+r.low(s.to-1)
		item.Text += r.low(s.to - 1)
	}
	return item, (r.in.Asked == SlotSummary || r.in.Asked == SlotExisting || r.tellsWork(from, to) || r.saysMuch(from, to)) && len(item.Text) <= 2000
}

// part is a stretch of tokens [from, to).
type part struct{ from, to int }

// parting returns the parts of a sentence that no other slot carries, or the
// whole when without the others it would be none.
func (r *reader) parting(from, to int) []part {
	for from < to && r.is(from, ",", "-", ":", "and", "but", "so") || from < to && (r.taken[from] == closing || r.taken[from] == talk) {
		from++
	}
	for to > from && (r.taken[to-1] == closing || r.taken[to-1] == talk || r.is(to-1, ",", "-", ":", ";", "and", "(", ".", "!")) {
		to--
	}
	whole := []part{{from, to}}
	var kept []part
	for start := from; start < to; {
		end := r.segmentEnd(start, to)
		if r.content(start, end) || r.says(start, end) {
			kept = append(kept, part{start, end})
		}
		start = end + 1
	}
	if len(kept) == 0 {
		return whole
	}
	if first := kept[0]; first.from != from && (dependents[r.low(first.from)] || r.contentWords(first.from, to) < 3) {
		return whole
	}
	last := &kept[len(kept)-1]
	if end := r.tail(last.from, last.to); end < last.to && (len(kept) > 1 || r.standsAlone(last.from, end)) {
		last.to = end
	}
	return kept
}

// dependents begin a part that needs the one before it.
var dependents = words(`including include excluding incl with without per of for but plus and or which that to from in on at by as than half because if when so where who
		negotiable then not only not nothing`)

// standsAlone reports whether tokens [from, to) can be a sentence of their own.
func (r *reader) standsAlone(from, to int) bool {
	if to-from < 2 || r.trimmable(from) {
		return false
	}
	n := 0
	for i := from; i < to; i++ {
		if r.tokens[i].kind == word && !hollow[r.low(i)] && r.taken[i] == "" || r.inSkill(i) {
			n++
		}
	}
	return n >= 1 && (r.tellsWork(from, to) || n >= 3)
}

// says reports whether a part says what is wanted although all its words are
// hollow or names: "no clip art", "not after five".
func (r *reader) says(from, to int) bool {
	claims := 0
	for i := from; i < to; i++ {
		if m := r.skillOf(i); m != nil && m.standing == without {
			return true
		}
		if r.taken[i] != "" {
			claims++
		}
	}
	return claims == 0 && to-from > 1 && r.is(from, "no", "not", "without", "only", "never", "nothing") && !r.is(from+1, "need", "rush", "problem")
}

// contentWords counts the words of [from, to) that no other slot took.
func (r *reader) contentWords(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if r.tokens[i].kind == word && r.taken[i] == "" && !hollow[r.low(i)] && !fillers[r.low(i)] {
			n++
		}
	}
	return n
}

// payConditions tell how and when is paid; no slot holds them.
var payConditions = phrases(`upfront, up front, deposit, on delivery, on completion, milestone, milestones, installments, instalments, escrow, in advance, go live, commission, equity,
	negotiable, plus vat, bonus on, revenue share, profit share`)

// saysMuch reports whether so much of a sentence was left by all readers that
// it must be kept.
func (r *reader) saysMuch(from, to int) bool {
	n := r.contentWords(from, to)
	if payConditions.has(r.view, from, to) {
		return true
	}
	for i := from; i < to; i++ {
		if r.tokens[i].kind == number && r.taken[i] == "" && r.anyClaimed(from, to) {
			return true // "…, max 80 hours"
		}
	}
	return n >= 2 || n >= 1 && r.in.Asked == "" && to-from > 1 && r.inProgress() && !r.anyClaimed(from, to)
}

// opening returns where a sentence begins to tell: behind "hi", "can you please".
func (r *reader) opening(s sentence) int {
	from := r.skipFillers(s.afterBullet(r.tokens), s.to)
	if r.is(from, "dear", "good", "greetings", "hello", "hi", "hey") {
		for k := from + 1; k < min(from+5, s.to-2); k++ {
			if r.is(k, ",") {
				from = r.skipFillers(k+1, s.to)
				break
			}
			if r.claimed(k) || products[r.low(k)] {
				break
			}
		}
	}
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

// tail returns where a part ends without the money and time at its end, and
// without the words that led to them. What no slot carries is not cut off.
func (r *reader) tail(from, to int) int {
	end := to
	for k := to - 1; k > from; k-- {
		if r.trimmable(k) {
			end = k
			continue
		}
		if !hollow[r.low(k)] && !r.is(k, ",", "-", "(", ")", ".", "!", ":") || r.is(k, "no", "not", "only", "without") {
			break
		}
	}
	if end == to {
		return to
	}
	for end > from && (r.is(end-1, ",", "-", "(", ":", "\u2013", "\u2014") || hollow[r.low(end-1)] && !r.trailingVerb(end-1)) {
		end--
	}
	for end > from && r.is(end-1, ",", "-", ":", ";", "and", "(", ".", "!") {
		end--
	}
	return end
}

// trailingVerb is for words that may end a sentence well although they say little.
func (r *reader) trailingVerb(i int) bool {
	return r.is(i, "it", "us", "me", "working", "live", "this")
}

func (r *reader) trimmable(i int) bool {
	switch r.taken[i] {
	case SlotPay, SlotDuration, SlotHours, SlotStart, SlotDeadline, SlotTimeZone, removal, closing, talk:
		return true
	}
	return false
}

// content reports whether tokens [from, to) hold a word that says something
// and that no other slot took.
func (r *reader) content(from, to int) bool {
	for k := from; k < to; k++ {
		if r.taken[k] != "" || r.tokens[k].kind == sign {
			continue
		}
		if r.tokens[k].kind == number || !hollow[r.low(k)] && !r.ofBareSkill(k, from, to) {
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
