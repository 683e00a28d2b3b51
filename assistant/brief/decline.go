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
		no special requirements, no conditions, no restrictions, not really, no questions, no need`)}
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
