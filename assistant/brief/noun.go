package brief

import "strings"

var (
	// connectors lead from a thing to what follows and are no part of it.
	connectors = words(`, and for in by with or at around about on plus a an the of to from & - ( : over up would maybe like it just only some within into under paying pay me
		us ca not please working based available probably roughly per – — who located`)
	// thoughtStarts begin another thought behind a comma or "and".
	thoughtStarts = words(`not no my to nothing thing everything all both each around roughly up at in on by for from don't do we're i'm i'd we'd i've we've does fixed hourly
		remote senior how what ask must nice who like instead actually sorry yes ok`)
	// remarkVerbs make a remark of a sentence that could be a bare name.
	remarkVerbs = words(`built wrote created developed left did broke stopped started tried bought told asked wants gave uses use using runs needs is are was were have has had runs sell sells love am think went like hate know feel see saw said paid`)
)

// finite are verbs whose subject stands before them.
var finite = words("is are was were will would can could should must has have had needs need wants")

// thing returns where the noun phrase that begins at token i ends: before a
// new thought, or before what was read as money, time or place.
func (r *reader) thing(i, to int) (head, end int) {
	for end = i; end < to; end++ {
		low := r.low(end)
		if r.bounds(end) || nounStops[low] && end > i && !(low == "as" && (r.is(end+1, "a", "an") || r.in.Asked == SlotDeliverables)) || r.is(end, "that", "which") && (r.newThought(end+1) || end == i) || r.tokens[end].kind == sign && r.stopSign(end, i) {
			if finite[low] {
				end = r.beforeSubject(i, end)
			}
			break
		}
		if low == "," && r.newThought(end+1) || low == "and" && r.newThought(end+1) && end > i {
			break
		}
	}
	if r.is(end, "it", "them") && end-2 > i && r.is(end-2, "and") {
		end -= 2 // "check the calculation and sign it off"
	}
	for end > i && (connectors[r.low(end-1)] && !(r.low(end-2) == "-" && r.tokens[end-1].tight) && r.skillOf(end-1) == nil || r.tokens[end-1].kind == sign && !r.is(end-1, ")", "+", "#", "\"", "%")) {
		end--
	}
	return i, end
}

// beforeSubject returns where the entry ends that stands before the subject of a
// verb at token end: "a plan for a truck, bank needs it".
func (r *reader) beforeSubject(i, end int) int {
	for k := end - 1; k > max(i, end-5); k-- {
		if r.is(k, ",", "and") {
			return k
		}
	}
	return end
}

// bounds reports whether token i was read as something that does not belong to
// the name of a thing.
func (r *reader) bounds(i int) bool {
	switch r.taken[i] {
	case "", SlotLevel:
		return false
	case listMark:
		return false
	case SlotHours:
		return !r.is(i, "part", "full", "half", "time", "-")
	}
	return true
}

func (r *reader) stopSign(i, from int) bool {
	switch r.low(i) {
	case "(", ":", "\u2014", "\u2013", "?", "!", ";", "\u2026":
		return true
	case ".":
		return !r.tokens[i].tight || i+1 >= len(r.tokens) || !r.tokens[i+1].tight
	case "-":
		return !r.tokens[i].tight
	case "+":
		return false
	case ",", "&", "/", "~", "#", "%", "'", "\u2019", "\"", ")", "@", "*", "_", "|":
		return false
	}
	return true
}

// newThought reports whether a comma or "and" before token i begins something
// other than a further entry of a list.
func (r *reader) newThought(i int) bool {
	low := r.low(i)
	if r.is(i, "and", "or") {
		return r.newThought(i + 1)
	}
	if low == "about" {
		return i+1 < len(r.tokens) && r.tokens[i+1].kind == number
	}
	return nounStops[low] || r.bounds(min(i, len(r.tokens)-1)) || r.isVerb(i) && !products[low] || strings.HasSuffix(low, "ing") && !products[low] && !r.linkedSkill(i) || thoughtStarts[r.low(i)]
}

// workerAt reports whether the noun phrase names who does the work.
func (r *reader) workerAt(i, end int) bool {
	for k := i; k < end; k++ {
		if workers[r.low(k)] && !(products[r.low(k+1)] && k+1 < end) && !r.is(k, "virtual", "voice", "lead") {
			return !(r.is(k, "agency", "team", "coach", "agent", "model") && k+1 < end && products[r.low(end-1)] && !r.hasWord("for", k, end))
		}
		if r.is(k, "for", "to", "with", "of", "in", ",") {
			return false
		}
	}
	return false
}

func (r *reader) hasProductWord(from, to int) bool {
	for k := from; k < to; k++ {
		if products[r.low(k)] {
			return true
		}
	}
	return false
}

func (r *reader) hasActivity(from, to int) bool {
	for k := from; k < to; k++ {
		if m := r.skillOf(k); m != nil && isActivity(m.name) {
			return true
		}
	}
	return false
}

func (r *reader) hasProduct(from, to int) bool {
	if r.hasProductWord(from, to) {
		return true
	}
	for k := from; k < to; k++ {
		if m := r.skillOf(k); m != nil && m.from >= from && m.to <= to {
			return true
		}
	}
	return false
}

func (r *reader) hasWord(low string, from, to int) bool {
	for k := from; k < to; k++ {
		if r.low(k) == low {
			return true
		}
	}
	return false
}

// verbless reports whether the sentence goes on without a finite verb.
func (r *reader) verbless(from, to, end int) bool {
	for k := from; k < to; k++ {
		if remarkVerbs[r.low(k)] && !r.claimed(k) {
			return false
		}
	}
	return true
}
