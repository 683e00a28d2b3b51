package brief

import (
	"math"
	"strings"
)

var (
	// frequencies before "a week" tell how often, not how long.
	frequencies = words(`once twice times thrice hours days lessons videos posts episodes day hour sessions articles`)
	// lastingThings may be ongoing without the work being so.
	lastingThings = words(`support maintenance updates issues costs cost problems storage parking effects goal goals plan rental rentals strategy impact care disability
		education training makeup marker markers trend trends investment investments memory relationships customers residents marketing campaigns`)
)

var (
	ongoing = phrases(`ongoing, on going, long term, longterm, open ended, indefinite, indefinitely, no end date, for the foreseeable future, permanent role,
		permanent position, permanent job, on a continuous basis, long running, no fixed end, ongoing basis, ongoing work, ongoing project, long term project,
		long term cooperation, long term collaboration, long term work, long term role`)
	// notLength are words before a stretch after which it tells no length of the work.
	notLength = phrases(`last, past, previous, first, every, each, after, ago, since, next, per, once a, twice a, times a, times per, age, aged, older than, been, existed,
		had, running for, were, was, trial of, warranty of, guarantee of, worked for, worked, the other, for over, for more than, all, another`)
	// notLengthOf are words behind it.
	notLengthOf = words(`experience exp old ago warranty guarantee trial subscription notice support history plan later earlier before after free contractually lease prior
		older money return returns back supply salary curriculum course courses bootcamp itinerary challenge calendar plans trip stay since from`)
	lengthCues = words(`take takes taking last lasts lasting duration timeline timeframe project contract engagement over for length schedule needed spend work job gig
		commitment mission assignment term long run say`)
	lengthOfTime = words(`project contract engagement job gig timeline duration timeframe assignment commitment mission work term basis max maximum tops long role position
		retainer stint`)
)

var othersTime = words(`customers customer client's users guests students patients deliver shipping returns refund respond reply existed business founded married lived video
		clip episode podcast film teaser trailer song workshop seminar event festival trip holiday vacation`)

// afterLength may follow the length of the work; another word is what lasts.
var afterLength = words(`of for with and or is are would should to max maximum tops but then as if please starting start starts from at in on by because since so i we it they this that
		the minimum min approx roughly total ideally remote fixed full part depending could can will must might may be a an per each not no maybe probably about around after
		before until till when while than instead now altogether overall also sounds seems works ok okay fine enough needed later rather thanks hopefully only just actually
		initially usually budget sorry mostly already long required`)

// lastingWork are words that may follow "ongoing" and "long term" when these
// are about the work: not "long-term vision".
var lastingWork = words(`work project projects contract collaboration cooperation role position relationship partnership engagement basis job gig freelancer partner hire
		opportunity requirement commitment if please and with as or for help assistance need but assignment one hours maybe possible`)

// isLength judges whether a stretch of time is that of the work.
func (r *reader) isLength(s stretch) bool {
	from := r.sentenceOf(s.from).from
	if r.is(s.to, "job", "jobs", "rate", "off", "trip") && s.high <= 1 {
		return false // "a day job"
	}
	if s.high <= 1 && r.is(s.from-1, "half") && r.is(s.from-2, "for") {
		return false
	}
	if s.high > 0 && s.high <= 1 && r.in.Asked == "" && r.is(s.from-1, "for") && !lengthOfTime[r.low(s.to)] {
		return false // "train us for half a day"
	}
	if frequencies[r.low(s.from-1)] {
		return false
	}
	for k := max(from, s.from-3); k < s.from; k++ {
		if _, end, ok := notLength.match(r.view, k); ok && (end == s.from || end == s.from-1 && r.is(end, "for", "the")) {
			return false
		}
	}
	for k := s.to; k < min(s.to+4, len(r.tokens)) && r.same(k, s.from); k++ {
		if r.is(k, ",", "and", "but", "(", ".") {
			break
		}
		if notLengthOf[r.low(k)] && r.taken[k] != SlotStart && !(r.is(k, "from", "before", "after", "support") && k > s.to) {
			return false
		}
	}
	if s.to < len(r.tokens) && r.same(s.to, s.from) && r.tokens[s.to].kind == word && !afterLength[r.low(s.to)] && !lengthOfTime[r.low(s.to)] && r.taken[s.to] == "" && r.in.Asked != SlotDuration {
		return false // "5 year projection"
	}
	if r.is(s.from, "a", "an") && s.from > from && (r.tokens[s.from-1].kind == number || s.from > from+1 && r.tokens[s.from-2].kind == number && strings.HasSuffix(r.low(s.from-1), "s") && !r.is(s.from-1, "is")) {
		return false // "500 a month"
	}
	if s.to < len(r.tokens) && r.taken[s.to] == SlotStart {
		return true // "3 months from 4 January"
	}
	asked := r.in.Asked == SlotDuration || r.in.Asked == SlotDeadline || r.in.Asked == SlotStart
	cued := asked || r.is(s.to, "of") && r.is(s.to+1, "work") || r.claimed(min(s.to, len(r.tokens)-1)) && r.taken[min(s.to, len(r.tokens)-1)] == SlotHours || lengthOfTime[r.low(s.to)] || r.corrects(s.from)
	for k := s.from - 1; k >= max(from, s.from-7) && !cued; k-- {
		cued = lengthCues[r.low(k)]
		if r.is(k, "our", "my") && r.is(k+1, "video", "podcast", "course") {
			return false
		}
	}
	for k := max(from, s.from-7); k < s.from; k++ {
		if r.is(k, "experience", "exp") {
			return false
		}
		if r.is(k, "been", "existed", "was", "were", "had", "has") && !r.is(k, "had", "has") && r.in.Asked != SlotDuration {
			return false
		}
	}
	if cued {
		return !r.ofOthersTime(s)
	}
	alone := s.from <= from+1 || r.is(s.from-1, ",", "(", ";", "-", ":", "\u2013")
	return alone && (s.to >= len(r.tokens) || !r.same(s.to, s.from) || r.tokens[s.to].kind == sign || r.taken[s.to] == removal || r.is(s.to, "is", "would", "should", "and", "or", "ok", "okay", "fine", "max", "tops", "please", "are"))
}

// ofOthersTime reports whether the clause before a stretch is about something
// else's time: "customers have 30 days for returns".
func (r *reader) ofOthersTime(s stretch) bool {
	if r.in.Asked == SlotDuration {
		return false
	}
	from, _ := r.clause(s.from)
	for k := from; k < s.from; k++ {
		if othersTime[r.low(k)] && !r.is(k, "business", "client's") && !r.is(k+1, "will", "project", "should") && !r.takes(k, s.from) {
			return true
		}
	}
	return false
}

func (r *reader) takes(from, to int) bool {
	for k := from; k < to; k++ {
		if r.is(k, "take", "takes", "project", "work") {
			return true
		}
	}
	return false
}

// setStretch takes a length of time as what was asked for: "2 weeks" answers
// the question for a deadline as well.
func (r *reader) setStretch(s stretch) {
	due := single(r.today.AddDate(0, 0, int(math.Ceil(s.high))))
	switch {
	case s.high > 0 && r.corrects(s.from) && r.relativeDeadline() && !r.changedNow(SlotDeadline):
		r.setDeadline(due, "", s.from, s.to, 0.8)
		if r.brief.Duration.Known() {
			r.setDuration(s)
		}
	case s.to < len(r.tokens) && r.taken[s.to] == SlotStart:
		r.setDuration(s)
	case s.high > 0 && r.in.Asked == SlotDeadline && !r.changedNow(SlotDeadline):
		r.setDeadline(due, "", s.from, s.to, 0.8)
	case s.high > 0 && r.in.Asked == SlotStart && !r.changedNow(SlotStart):
		r.setStart(due, "", s.from, s.to, 0.8)
	default:
		r.setDuration(s)
	}
}

// relativeDeadline reports whether the known deadline was said as a length of
// time, so that a corrected length corrects it: "in 3 weeks", "make that five".
func (r *reader) relativeDeadline() bool {
	known := r.in.Known.Deadline
	if !known.Known() || known.Value.Date == "" {
		return false
	}
	v := newView("", known.Value.Text)
	for i := range v.tokens {
		if _, ok := v.stretchAt(i); ok {
			return true
		}
	}
	return false
}

func (r *reader) setDuration(s stretch) {
	if r.changedNow(SlotDuration) && !r.corrects(s.from) {
		return // the first one counts
	}
	value := Period{MinDays: int(math.Ceil(s.low)), MaxDays: int(math.Ceil(s.high)), Text: r.quote(s.from, s.to)}
	if r.in.Asked == SlotDuration && r.is(s.from-1, "in", "within", "under") {
		s.from--
	}
	r.brief.Duration = Field[Period]{Value: value, Sources: []Source{r.source(s.from, s.to)}, Confidence: 0.85}
	r.change(SlotDuration, s.from)
	r.claim(SlotDuration, s.from, s.to)
}

func (r *reader) isOngoing(i, end int) bool {
	if r.is(i-1, "not", "no", "non", "our", "the", "your") && r.in.Asked != SlotDuration {
		return false
	}
	if r.in.Asked == SlotDuration {
		return true
	}
	if end < len(r.tokens) && r.same(end, i) && r.tokens[end].kind == word && !r.is(end-1, "work", "project", "basis", "cooperation", "collaboration", "role") && !lastingWork[r.low(end)] {
		return false
	}
	return !lastingThings[r.low(end)]
}

func (r *reader) setOngoing(from, end int) {
	value := r.brief.Duration.Value
	sources := r.brief.Duration.Sources
	if !r.changedNow(SlotDuration) {
		value, sources = Period{}, nil
	}
	value.Ongoing = true
	if value.Text == "" {
		value.Text = r.quote(from, end)
	}
	r.brief.Duration = Field[Period]{Value: value, Sources: append(sources, r.source(from, end)), Confidence: 0.8}
	r.change(SlotDuration, from)
	r.claim(SlotDuration, from, end)
}

// duration finds how long the work takes.
func (r *reader) duration() {
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) || r.claimed(i) {
			continue
		}
		if s, ok := r.stretchAt(i); ok && r.in.Asked == SlotLevel {
			i = max(i, s.to-1) // years of experience
			continue
		} else if ok {
			if r.is(s.to, "turnaround") && s.high > 0 && !r.changedNow(SlotDeadline) && !r.anyClaimed(s.from, s.to) {
				r.setDeadline(single(r.today.AddDate(0, 0, int(math.Ceil(s.high)))), "", s.from, s.to+1, 0.8)
			} else if r.isLength(s) && !r.anyClaimed(s.from, s.to) {
				r.setStretch(s)
			}
			i = max(i, s.to-1)
			continue
		}
		if _, end, ok := ongoing.match(r.view, i); ok && r.isOngoing(i, end) && !r.anyClaimed(i, end) {
			r.setOngoing(i, end)
			i = end - 1
		}
	}
}
