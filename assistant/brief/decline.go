package brief

import "slices"

var (
	declineWords = declinePhrases{phrases(`i don't know, i dont know, don't know, dont know, no idea, not sure, idk, dunno, whatever, skip, pass, i don't care, don't care, dont care,
		doesn't matter, does not matter, doesnt matter, up to you, you decide, no preference, no preferences, don't mind, i don't mind, any is fine,
		anything is fine, anything goes, no clue, hard to say, haven't decided, not decided, have not decided, tbd, n / a, to be decided, to be determined,
		undecided, unsure, can't say, cannot say, next question, next, either is fine, either works, either way, no opinion, not important, leave it open,
		leave open, keep it open, you choose, you tell me, i have no idea, i'm not sure, i really don't know, can't tell, open to suggestions, rather not say,
		prefer not to say, no comment, not yet, none, nothing, none really, nothing special, nothing else, no particular, nothing in particular, nope,
		i wouldn't know, beats me, who knows, depends, it depends, flexible, open, don't have one, haven't thought about it, no thanks, nah, no requirements,
		no special requirements, no conditions, no restrictions, not really, no questions, no need, leave that open, leave this open, leave it, can't say yet, no strong preference,
		no strong opinion, couldn't say, could not say, not decided yet, haven't thought about that, your call, you pick, i leave that to you, leave that to you, leave it to you,
		leave that to them, leave it to them, up to them, up to the freelancer, up to whoever, open for now, not settled, is open, no clue yet, makes no difference, all the same,
		all the same to me, is left to, are left to, left to the, don't have a preference, have no preference, have no idea, not fixed, not fixed yet, i'll decide later, decide later, decide that later, think about it,
		skip this, skip that, skip it, skip that one, skip this one, pass on that, next one, hard to tell, impossible to say, difficult to say, we'll see, i'd have to think, have to ask,
		i need to check, no special wishes, no wishes, no particular wishes, not that i know, none that i know, not that i can think of`)}
	// besideDecline may stand beside words that leave a question open.
	besideDecline = words(`i i'd i'll i'm we we'd we'll we're really to be honest honestly that one this it the a an yet hmm hm mm well so rather would prefer sorry for now at moment me us just oh ah
		actually guess think sure is it's tbh please maybe at all right then with you about of still quite either way ok okay yet also there here question let's lets can could will do not
		frankly myself ourselves today currently any thanks thank first later some point and but`)
	aboutSlot = newLexicon[Slot]()
)

func init() {
	aboutSlot.add(SlotPay, "budget", "price", "cost", "costs", "rate", "pay", "money", "how much")
	aboutSlot.add(SlotDuration, "how long", "duration", "time frame", "timeframe", "length")
	aboutSlot.add(SlotHours, "hours", "how many hours", "workload")
	aboutSlot.add(SlotDeadline, "deadline", "due date", "when it should be done", "when it has to be")
	aboutSlot.add(SlotStart, "start date", "when to start", "when it starts")
	aboutSlot.add(SlotLevel, "level", "experience level", "how experienced", "seniority")
	aboutSlot.add(SlotLocation, "location", "where they are", "where")
	aboutSlot.add(SlotSkills, "skills", "technology", "tech stack", "what skills", "which skills", "platform", "technologies")
}

// declinePhrases are the ways to leave a question open. "It starts from
// nothing" is none of them: it tells what there is.
type declinePhrases struct{ lexicon[bool] }

func (d declinePhrases) find(v *view, from, to int) (start, end int, ok bool) {
	for ; from < to; from = end {
		if _, start, end, ok = d.lexicon.find(v, from, to); !ok {
			return 0, 0, false
		}
		if start == 0 || v.tokens[start-1].low != "from" {
			return start, end, true
		}
	}
	return 0, 0, false
}

func (d declinePhrases) has(v *view, from, to int) bool {
	_, _, ok := d.find(v, from, to)
	return ok
}

// leavesOpenOnly reports whether a sentence leaves the question open and says
// nothing else, so that no reader takes it for content: "I'd rather leave that
// open".
func (r *reader) leavesOpenOnly(s sentence) bool {
	if r.in.Asked == "" || s.to-s.from > 16 || !declineWords.has(r.view, s.from, s.to) {
		return false
	}
	for i := s.from; i < s.to; {
		if _, end, ok := declineWords.match(r.view, i); ok && !r.answersAsked(i) {
			i = end
			continue
		}
		if r.tokens[i].kind == number || r.tokens[i].kind == word && !besideDecline[r.low(i)] {
			return false
		}
		i++
	}
	return true
}

// answersAsked reports whether words that often leave a question open are a
// value of the slot that was asked for: "flexible" of a day, "anywhere" of a place.
func (r *reader) answersAsked(i int) bool {
	switch r.in.Asked {
	case SlotStart, SlotDeadline, SlotDuration:
		_, _, ok := noRush.match(r.view, i)
		return ok
	case SlotLocation:
		_, _, ok := modes.match(r.view, i)
		return ok
	}
	return false
}

// declines notes a slot that was asked for, or is named, and left open.
func (r *reader) declines() {
	if slot, ok := r.declined(); ok && !r.changedNow(slot) && !r.settled(slot) {
		r.decline(slot)
	}
}

func (r *reader) declined() (Slot, bool) {
	if r.ending == noMore && r.asksList() {
		return r.in.Asked, true
	}
	if r.openLevel {
		return SlotLevel, true
	}
	for k, s := range r.sentences {
		if r.stances[k] == commandsUs || r.stances[k] == asksPrice && r.in.Asked != SlotPay {
			continue
		}
		from := r.skipFillers(s.from, s.to)
		start, end, ok := declineWords.find(r.view, s.from, s.to)
		if !ok {
			if len(r.tokens) <= 3 && r.is(s.from, "no", "nope", "nah") && r.in.Asked != "" {
				return r.in.Asked, true
			}
			continue
		}
		if slot, _, _, named := aboutSlot.find(r.view, end, s.to); named {
			return slot, true
		}
		if r.in.Asked != "" && (start <= from+3 || s.to-s.from <= 8) && s.to-s.from <= 14 {
			return r.in.Asked, true
		}
	}
	return "", false
}

func (r *reader) settled(slot Slot) bool {
	b := r.brief
	switch slot {
	case SlotTitle:
		return b.Title.Known()
	case SlotCategory:
		return b.Category.Known()
	case SlotLevel:
		return b.Level.Known()
	case SlotPay:
		return b.Pay.Known() && b.Pay.Value.Amount()
	case SlotDuration:
		return b.Duration.Known()
	case SlotHours:
		return b.Hours.Known()
	case SlotStart:
		return b.Start.Known()
	case SlotDeadline:
		return b.Deadline.Known()
	case SlotLocation:
		return b.Location.Known()
	case SlotTimeZone:
		return b.TimeZone.Known()
	}
	return slices.Contains(b.Declined, slot)
}

func (r *reader) decline(slot Slot) {
	b := &r.brief
	switch slot {
	case SlotTitle:
		b.Title.Declined = true
	case SlotCategory:
		b.Category.Declined = true
	case SlotLevel:
		b.Level.Declined = true
	case SlotPay:
		b.Pay.Declined = true
	case SlotDuration:
		b.Duration.Declined = true
	case SlotHours:
		b.Hours.Declined = true
	case SlotStart:
		b.Start.Declined = true
	case SlotDeadline:
		b.Deadline.Declined = true
	case SlotLocation:
		b.Location.Declined = true
	case SlotTimeZone:
		b.TimeZone.Declined = true
	default:
		b.Declined = append(b.Declined, slot)
	}
}
