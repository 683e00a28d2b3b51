package brief

import "time"

var (
	// datePrepositions may stand before a date.
	datePrepositions = words(`by before until till in within on from for after around during next latest since between to at`)
	// pastOrOther tell that "in 3 months" is no date of the work.
	pastOrOther = words(`first last experience respond ago grew sold earned pays paid`)
	// spelledSpans begin a length of time in words.
	spelledSpans = words(`a two three four five six seven eight nine ten`)
)

// role is what a date is to the work.
type role uint8

const (
	noRole role = iota
	startRole
	deadlineRole
)

var (
	startCues    = words("start starting starts begin beginning begins commence commencing kickoff kick onboard onboarding onwards available availability join")
	deadlineCues = words(`deadline due by before until till finish finished done complete completed ready deliver delivered delivery launch launched launching live need needed
		needs wanted want wants latest submit submitted finalised finalized handed published publish opening deadline's timeline`)
	// occasions are nouns whose beginning is not the work's.
	occasions = words(`course courses class classes season sale event term semester campaign school year tour festival price prices pricing show conference fair sales
		exhibition lessons`)
	asap = phrases(`asap, as soon as possible, as soon as, a . s . a . p, urgently, urgent, right away, immediately, straight away, as fast as possible,
		as quickly as possible, quickly as possible, right now, the sooner the better, yesterday, at the earliest, today if possible, soonest,
		immediate start, immediate`)
	noRush = phrases(`no rush, no hurry, not urgent, not in a hurry, not in a rush, no deadline, no fixed deadline, no strict deadline, no specific deadline, whenever,
		no time pressure, no particular deadline, take your time, no real deadline, time is not an issue, deadline is flexible, flexible deadline,
		flexible timeline, timeline is flexible, flexible on time, flexible on timing, no due date, anytime, any time, flexible`)
)

// seasons and feasts whose day no calendar of this package knows.
var looseTimes = words(`spring summer autumn fall winter ramadan diwali eid carnival harvest pesach passover hanukkah holi festival launch opening wedding conference exhibition fair season
		tradeshow expo semester term exams tender audit inspection move birthday anniversary`)

// looseTime keeps in words when the work is due, where that was asked and
// nothing could be counted: "before Ramadan", "in spring".
func (r *reader) looseTime() {
	if r.in.Asked != SlotDeadline && r.in.Asked != SlotStart && r.in.Asked != SlotDuration || r.changedNow(SlotDeadline) || r.changedNow(SlotStart) || r.changedNow(SlotDuration) {
		return
	}
	s := r.sentences[0]
	if r.stances[0] >= asks || s.to-s.from > 9 || declineWords.has(r.view, s.from, s.to) {
		return
	}
	from := r.skipFillers(s.from, s.to)
	to := s.to
	for to > from && r.tokens[to-1].kind == sign {
		to--
	}
	loose := false
	for k := from; k < to; k++ {
		if r.claimed(k) {
			return
		}
		loose = loose || looseTimes[r.low(k)]
	}
	if !loose && !r.is(from, "before", "by", "after", "until") || to-from > 7 {
		return
	}
	field := Field[Day]{Value: Day{Text: r.quote(from, to)}, Sources: []Source{r.source(from, to)}, Confidence: 0.6}
	slot := SlotDeadline
	if r.in.Asked == SlotStart {
		slot, r.brief.Start = SlotStart, field
	} else {
		r.brief.Deadline = field
	}
	r.change(slot, from)
	r.claim(slot, from, to)
}

// when finds start and deadline.
func (r *reader) when() {
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) || r.claimed(i) {
			continue
		}
		if end, ok := r.dateHere(i); ok {
			i = end - 1
			continue
		}
		if r.byThen(i) {
			continue
		}
		if _, end, ok := asap.match(r.view, i); ok && !r.is(i-1, "not", "isn't", "no") && !(r.is(end-1, "as") && r.in.Asked != SlotStart && r.in.Asked != SlotDeadline) {
			if r.is(end-1, "as") {
				end = r.clauseEnd(end, r.sentenceOf(i).to)
			}
			if r.setAsap(i, end) {
				i = end - 1
			}
			continue
		}
		if _, end, ok := noRush.match(r.view, i); ok {
			r.setOpen(i, end)
			i = end - 1
		}
	}
}

// dateHere reads a date at token i, with the preposition before it, and gives
// it to the slot that the words around it name.
func (r *reader) dateHere(i int) (end int, ok bool) {
	at := i
	prep := ""
	if datePrepositions[r.low(i)] && !r.is(i, "next") {
		prep, at = r.low(i), i+1
		if r.is(at, "about", "around", "maybe", "the") && !r.is(at, "the") {
			at++
		}
	}
	if prep == "within" || prep == "in" {
		if f, found := r.figureAt(at); found && hourWords[r.low(f.end)] && f.value >= 1 && f.value <= 240 && !r.is(f.end+1, "a", "per", "of") {
			r.setDeadline(single(r.today.AddDate(0, 0, int((f.value+23)/24))), "", i, f.end+1, 0.85)
			return f.end + 1, true
		}
	}
	if prep == "since" || prep == "between" {
		return i, false
	}
	d, end, ok := r.dayAt(at)
	if r.is(i-1, "since") {
		return i, false
	}
	if !ok && (prep == "in" || prep == "within") {
		if s, found := r.stretchAt(at); found && s.high > 0 && !r.notAhead(i, s.to) {
			d, end, ok = single(r.today.AddDate(0, 0, int(s.high+0.999))), s.to, true
			if r.in.Asked == SlotDuration && i <= r.sentenceOf(i).from+2 {
				return i, false
			}
		}
	}
	if !ok || r.anyClaimed(i, end) {
		return i, false
	}
	role, sure := r.roleOf(i, end, prep)
	if prep == "" && r.is(at, "this") && r.is(at+1, "week") {
		d = daySpan{first: d.first, last: weekSpan(r.today, 0).first.AddDate(0, 0, 6), whole: d.whole}
	}
	if prep == "to" {
		i = at
	}
	if prep == "before" && r.is(i-1, "not") {
		i--
	}
	if role == noRole && r.is(end-1, "tonight") {
		role, sure = deadlineRole, 0.7
	}
	if role == deadlineRole && prep == "on" {
		for k := i - 1; k >= max(r.sentenceOf(i).from, i-5) && !r.claimed(k); k-- {
			if r.is(k, "before") {
				i = k // "before our demo day on 12 February"
				break
			}
		}
	}
	switch role {
	case startRole:
		r.setStart(d, prep, i, end, sure)
	case deadlineRole:
		r.setDeadline(d, prep, i, end, sure)
	default:
		return i, false
	}
	return end, true
}

// notAhead reports whether "in 10 days" tells something else than when the
// work is due.
func (r *reader) notAhead(i, end int) bool {
	from, _ := r.clause(i)
	for k := from; k < i; k++ {
		if r.is(k, "first", "last") && r.timeUnit(k+1) == 0 && r.tokens[k+1].kind != number {
			continue // "a first draft in ten days"
		}
		if othersTime[r.low(k)] || pastOrOther[r.low(k)] {
			return true
		}
	}
	return r.is(end, "experience", "ago", "increments", "sprints", "warranty", "time") && r.low(end) != "time" || r.is(end-1, "year", "years") && r.is(i+1, "a", "the")
}

// roleOf judges whether a date is a start or a deadline: by the nearest word
// about either before it or shortly behind it, by its preposition, and by what
// was asked.
func (r *reader) roleOf(i, end int, prep string) (role, float64) {
	if prep == "before" && r.is(i-1, "not") {
		return startRole, 0.85 // "not before April"
	}
	if role, sure, found := r.roleBefore(i, prep); found {
		return role, sure
	}
	for k := end; k < min(end+5, len(r.tokens)) && r.same(k, i); k++ {
		if r.is(k, "deadline") || k < end+3 && r.is(k, "delivery", "latest", "launch") {
			return deadlineRole, 0.85
		}
		if k < end+3 && r.is(k, "start", "onwards", "onward", "kickoff") {
			return startRole, 0.85
		}
	}
	if r.in.Asked == SlotStart && prep != "by" && prep != "before" {
		return startRole, 0.9
	}
	switch prep {
	case "by", "before", "until", "till":
		return deadlineRole, 0.85
	case "from":
		if !r.is(end, "to", "until", "till", "-", "–") || r.spansWork(i, end) {
			return startRole, 0.75
		}
	case "in", "within":
		if r.tokens[i+1].kind == number || spelledSpans[r.low(i+1)] {
			return deadlineRole, 0.7
		}
	}
	switch {
	case r.in.Asked == SlotDeadline || r.in.Asked == SlotDuration:
		return deadlineRole, 0.9
	case r.brief.Deadline.Known() && r.corrects(i), r.in.Known.Deadline.Known() && r.in.Asked == "" && r.is(end, "is", "would", "works", "will") && r.is(end+1, "fine", "ok", "okay", "enough", "be", "do", "too", "possible", "also", "for"):
		return deadlineRole, 0.7
	case prep == "" && r.in.Asked == "" && r.is(i, "this", "next", "tomorrow", "today") && r.apart(i-1) && (r.apart(end) || r.is(end, "if", "please", "ideally", "preferably", "at", "latest", "would", "is")) && r.brief.Deadline.Value.Date == "":
		return deadlineRole, 0.6 // "…, this week if possible"
	}
	if s := r.sentenceOf(i); prep == "" && r.in.Asked == "" && i == s.from && r.apart(end) && r.is(i, "end", "mid", "middle", "early", "late") && r.brief.Deadline.Value.Date == "" {
		return deadlineRole, 0.6 // "End of May."
	}
	return noRole, 0
}

// spansWork reports whether "from May until October" is the time of the work and not
// that of an occasion.
func (r *reader) spansWork(i, end int) bool {
	at := end + 1
	if r.is(at, "the") && !r.is(at+1, "end", "middle", "beginning", "start") {
		at++
	}
	if _, _, ok := r.dayAt(at); !ok && !r.is(end, "until", "till") {
		return false
	}
	from, _ := r.clause(i)
	for k := from; k < i; k++ {
		if occasions[r.low(k)] && !r.is(k, "season") || r.is(k, "open", "closed", "away", "holiday", "travel", "experience") {
			return false
		}
	}
	return true
}

// roleBefore looks for a word about a start or an end before a date. It is
// found, with no role, when that word is about something else: "our sale starts
// on Monday".
func (r *reader) roleBefore(i int, prep string) (found role, sure float64, ok bool) {
	from := r.sentenceOf(i).from
	for k := i - 1; k >= max(from, i-7); k-- {
		if r.is(k, ",") && k < i-1 && r.is(k+1, "and", "deadline", "due", "by") {
			return noRole, 0, false
		}
		low := r.low(k)
		switch {
		case low == "by" && k < i-2 && !r.is(k+1, "the"):
		case startCues[low] && (occasions[r.low(k-1)] || r.is(k-1, "launch", "opening")):
			return noRole, 0, true
		case startCues[low] && (prep != "by" && prep != "before" || k >= i-3), low == "kick" && r.low(k+1) == "off":
			return startRole, 0.9, true
		case !deadlineCues[low] || prep == "from":
		case r.is(k-1, "are", "is", "get") && r.is(k-2, "orders", "goods", "products", "items", "packages", "customers"):
			return noRole, 0, true
		case low == "launched" && prep == "in", low != "deadline" && prep == "on" && r.is(k+1, "someone", "somebody", "a", "an", "help"):
		default:
			return deadlineRole, 0.9, true
		}
	}
	return noRole, 0, false
}

const isoDate = "2006-01-02"

func (r *reader) setStart(d daySpan, prep string, from, end int, sure float64) {
	if r.changedNow(SlotStart) && !r.corrects(from) {
		return // the first one counts
	}
	day := d.first
	if prep == "after" {
		day = d.last.AddDate(0, 0, 1)
	}
	r.brief.Start = r.dayField(day, from, end, sure)
	r.change(SlotStart, from)
	r.claim(SlotStart, from, end)
}

func (r *reader) setDeadline(d daySpan, prep string, from, end int, sure float64) {
	if r.changedNow(SlotDeadline) && r.brief.Deadline.Value.Date != "" && !r.corrects(from) && !r.ofTheRest(from) {
		return
	}
	day := d.last
	switch {
	case prep == "before" && !d.edge:
		day = d.first.AddDate(0, 0, -1)
	case (prep == "by" || prep == "until" || prep == "till") && d.whole:
		day = d.first
		if prep != "by" {
			day = d.last
		}
	}
	if day.Before(r.today) {
		day = r.today
	}
	r.brief.Deadline = r.dayField(day, from, end, sure)
	r.change(SlotDeadline, from)
	r.claim(SlotDeadline, from, end)
}

// ofTheRest reports whether a further date is that of the remaining or the whole
// work: "three by Monday, the rest by Easter".
func (r *reader) ofTheRest(i int) bool {
	for k := i - 1; k >= max(r.sentenceOf(i).from, i-4); k-- {
		if r.is(k, "rest", "remaining", "remainder", "everything", "all", "final", "whole", "others") {
			return true
		}
	}
	return false
}

// byThen reads "by then": the date that was named last is the deadline.
func (r *reader) byThen(i int) bool {
	if !r.is(i, "then") || !r.is(i-1, "by", "before", "until", "till") || r.changedNow(SlotDeadline) {
		return false
	}
	for k := i - 2; k >= max(0, i-40); k-- {
		if d, end, ok := r.dayAt(k); ok && end <= i-1 {
			if _, whole, ok := r.dayAt(max(k-1, 0)); ok && k > 0 && whole == end {
				continue // "15 April", not April
			}
			r.brief.Deadline = r.dayField(d.first, k, end, 0.8)
			r.brief.Deadline.Sources = append(r.brief.Deadline.Sources, r.source(i-1, i+1))
			r.change(SlotDeadline, k)
			r.claim(SlotDeadline, i-1, i+1)
			return true
		}
	}
	return false
}

func (r *reader) dayField(day time.Time, from, end int, sure float64) Field[Day] {
	value := Day{Date: day.Format(isoDate), Text: r.quote(from, end)}
	return Field[Day]{Value: value, Sources: []Source{r.source(from, end)}, Confidence: sure}
}

// setAsap reads haste: of the start when the words before say so, or when that
// was asked, of the deadline otherwise.
func (r *reader) setAsap(from, end int) bool {
	begin := r.in.Asked == SlotStart || r.low(from) == "immediate" && r.is(end-1, "start")
	for k := from - 1; k >= max(r.sentenceOf(from).from, from-4) && !begin; k-- {
		begin = startCues[r.low(k)] && !occasions[r.low(k-1)]
	}
	if !begin {
		begin = r.low(end) == "start" || r.low(end) == "available"
	}
	single := end == from+1
	if single && r.is(from, "immediate", "yesterday", "immediately", "urgent", "urgently") && !begin && r.in.Asked != SlotDeadline {
		if r.is(from, "yesterday", "immediate", "immediately") {
			return false
		}
		if r.low(from) == "urgent" && r.is(end, "care", "appointments", "cases", "orders", "requests", "tickets") {
			return false
		}
	}
	field := Field[Day]{Value: Day{Text: r.quote(from, end), Asap: true}, Sources: []Source{r.source(from, end)}, Confidence: 0.8}
	if begin {
		if r.brief.Start.Value.Date == "" || !r.changedNow(SlotStart) {
			r.brief.Start = field
			r.change(SlotStart, from)
		}
		r.claim(SlotStart, from, end)
		return true
	}
	if r.brief.Deadline.Value.Date == "" || !r.changedNow(SlotDeadline) && r.in.Asked == SlotDeadline {
		r.brief.Deadline = field
		r.change(SlotDeadline, from)
	}
	r.claim(SlotDeadline, from, end)
	return true
}

// setOpen reads that there is no hurry.
func (r *reader) setOpen(from, end int) {
	field := Field[Day]{Value: Day{Text: r.quote(from, end)}, Sources: []Source{r.source(from, end)}, Confidence: 0.8}
	loose := end == from+1 // "flexible", "whenever", "anytime"
	switch {
	case r.in.Asked == SlotStart:
		r.brief.Start = field
		r.change(SlotStart, from)
		r.claim(SlotStart, from, end)
	case loose && r.in.Asked != SlotDeadline, r.low(from) == "any" && r.in.Asked != SlotDeadline:
		return
	case !r.changedNow(SlotDeadline):
		r.brief.Deadline = field
		r.change(SlotDeadline, from)
		r.claim(SlotDeadline, from, end)
	}
}
