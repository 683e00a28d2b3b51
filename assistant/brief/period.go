package brief

import "math"

// unitDays are the days that a unit of time counts as.
var unitDays = map[string]float64{
	"day": 1, "days": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "month": 30, "months": 30, "mo": 30, "mos": 30, "mth": 30, "mths": 30, "year": 365, "years": 365, "yr": 365, "yrs": 365, "quarter": 90, "quarters": 90,
	"fortnight": 14, "fortnights": 14, "weekend": 2, "weekends": 2,
}

// timeUnit returns the days of the unit at token i, 0 when it is none.
func (v *view) timeUnit(i int) float64 {
	if v.is(i, "working", "business", "calendar", "full") || v.low(i) == "-" && v.tokens[i].tight {
		i++
	}
	return unitDays[v.low(i)]
}

// stretch is a length of time in a text.
type stretch struct {
	from, to  int
	low, high float64 // days; 0 for an open end
	bare      bool    // without "about" or "up to" before it
}

// stretchAt reads "2-3 months", "a couple of weeks", "half a year", "a month
// and a half", "at least three weeks" at token i.
func (v *view) stretchAt(i int) (stretch, bool) {
	var s sum
	at, ranged := i, false
	if !v.is(i, "a", "an", "in", "within", "of", ":", "=", "over", "is", "from") {
		at, ranged = v.modifiers(&s, i)
	}
	found := stretch{from: i, bare: at == i}
	if end, days, ok := v.wordedStretch(at); ok {
		found.to, found.low, found.high = end, days, days
		return found.bounded(s), true
	}
	first, ok := v.figureAt(at)
	if !ok || first.value == 0 || first.value > 5000 {
		return found, false
	}
	low, high, end := first.value, first.value, first.end
	lowUnit := v.timeUnit(end)
	if lowUnit != 0 && (v.is(end+1, "-", "to", "\u2013") || ranged && v.low(end+1) == "and") {
		if second, ok := v.figureAt(end + 2); ok && v.timeUnit(second.end) != 0 {
			unit := v.timeUnit(second.end)
			found.low, found.high, found.to = low*lowUnit, second.value*unit, v.afterUnit(second.end)
			return found, found.low <= found.high
		}
	}
	if v.is(end, "-", "\u2013", "to", "or") || ranged && v.low(end) == "and" {
		if second, ok := v.figureAt(end + 1); ok && second.value >= low {
			high, end = second.value, second.end
		}
	}
	if first.vague {
		high = low + 1
	}
	unit := v.timeUnit(end)
	if unit == 0 || v.is(end, "mo") && !v.tokens[end].tight && v.low(end) != "mo" {
		return found, false
	}
	if v.is(end, "working", "business") {
		unit = 1.4
	}
	found.low, found.high, found.to = low*unit, high*unit, v.afterUnit(end)
	if v.sequence(found.to, []string{"and", "a", "half"}) > 0 {
		found.low, found.high, found.to = found.low+unit/2, found.high+unit/2, found.to+3
	}
	if v.is(found.to, "or") && v.is(found.to+1, "so") || v.is(found.to, "max", "maximum", "tops", "-ish") {
		if v.is(found.to, "max", "maximum", "tops") {
			found.low = 0
			found.to++
		} else {
			found.to += 2
		}
	}
	return found.bounded(s), true
}

func (s stretch) bounded(m sum) stretch {
	switch {
	case m.bounded && m.high != 0:
		s.low = 0
	case m.bounded:
		s.high = 0
	}
	return s
}

func (v *view) afterUnit(i int) int {
	for v.is(i, "working", "business", "calendar", "full", "-") {
		i++
	}
	return i + 1
}

// wordedStretch reads stretches without a number: "a week", "half a year",
// "a day or two", "a week or two".
func (v *view) wordedStretch(i int) (end int, days float64, ok bool) {
	if v.low(i) == "half" && v.is(i+1, "a", "an") {
		if unit := unitDays[v.low(i+2)]; unit > 1 {
			return i + 3, math.Ceil(unit / 2), true
		}
	}
	if !v.is(i, "a", "an", "one") {
		return 0, 0, false
	}
	if v.low(i+1) == "half" && unitDays[v.low(i+2)] > 1 {
		return i + 3, math.Ceil(unitDays[v.low(i+2)] / 2), true
	}
	unit := unitDays[v.low(i+1)]
	if unit == 0 || v.low(i) == "one" {
		return 0, 0, false
	}
	end = i + 2
	if v.sequence(end, []string{"and", "a", "half"}) > 0 {
		return end + 3, math.Ceil(unit * 1.5), true
	}
	if v.sequence(end, []string{"or", "two"}) > 0 {
		return end + 2, unit * 2, true
	}
	return end, unit, true
}

var (
	ongoing = phrases("ongoing, on going, long term, longterm, open ended, indefinite, indefinitely, no end date, for the foreseeable future, permanent, continuous, on a continuous basis, long running, no fixed end, ongoing basis, ongoing work, ongoing project, long term project, long term cooperation, long term collaboration, long term work, long term role")
	// notLength are words before a stretch after which it tells no length of the work.
	notLength = phrases("last, past, previous, first, every, each, after, ago, since, next, per, once a, twice a, times a, times per, age, aged, older than, been, existed, had, running for, were, was, trial of, warranty of, guarantee of, worked for, worked, the other, for over, for more than, all, another")
	// notLengthOf are words behind it.
	notLengthOf  = words("experience exp old ago warranty guarantee trial subscription notice support history plan later earlier before after free contractually lease prior older money return returns back supply salary curriculum course courses bootcamp itinerary challenge calendar plans trip stay since from")
	lengthCues   = words("take takes taking last lasts lasting duration timeline timeframe project contract engagement over for length schedule needed spend work job gig commitment mission assignment term long run")
	lengthOfTime = words("project contract engagement job gig timeline duration timeframe assignment commitment mission work term basis max maximum tops long role position retainer stint")
)

// duration finds how long the work takes.
func (r *reader) duration() {
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) || r.claimed(i) {
			continue
		}
		if s, ok := r.stretchAt(i); ok {
			if r.isLength(s) && !r.anyClaimed(s.from, s.to) {
				r.setDuration(s)
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

// isLength judges whether a stretch of time is that of the work.
func (r *reader) isLength(s stretch) bool {
	from := r.sentenceOf(s.from).from
	for k := max(from, s.from-3); k < s.from; k++ {
		if _, end, ok := notLength.match(r.view, k); ok && (end == s.from || end == s.from-1 && r.is(end, "for", "the")) {
			return false
		}
	}
	for k := s.to; k < min(s.to+4, len(r.tokens)) && r.same(k, s.from); k++ {
		if r.is(k, ",", "and", "but", "(", ".") {
			break
		}
		if notLengthOf[r.low(k)] && !(r.is(k, "from", "before", "after", "support") && k > s.to) {
			return false
		}
	}
	asked := r.in.Asked == SlotDuration || r.in.Asked == SlotDeadline
	cued := asked || lengthOfTime[r.low(s.to)] || r.corrects(s.from)
	for k := s.from - 1; k >= max(from, s.from-7) && !cued; k-- {
		cued = lengthCues[r.low(k)]
		if r.is(k, "our", "my") && r.is(k+1, "video", "podcast", "course") {
			return false
		}
	}
	for k := max(from, s.from-7); k < s.from; k++ {
		if r.is(k, "been", "existed", "was", "were", "had", "has") && !r.is(k, "had", "has") && r.in.Asked != SlotDuration {
			return false
		}
	}
	if cued {
		return !r.ofOthersTime(s)
	}
	alone := s.from <= from+1 || r.is(s.from-1, ",", "(", ";", "-", ":", "\u2013")
	return alone && (s.to >= len(r.tokens) || !r.same(s.to, s.from) || r.tokens[s.to].kind == sign || r.is(s.to, "is", "would", "should", "and", "or"))
}

var othersTime = words("customers customer client's users guests students patients deliver shipping returns refund respond reply existed business founded married lived video clip episode podcast film teaser trailer song workshop seminar event festival trip holiday vacation")

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

func (r *reader) setDuration(s stretch) {
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
	return !r.is(end, "support", "maintenance", "updates", "issues", "costs", "cost", "problems", "storage", "parking", "effects", "goal", "goals", "plan", "rental", "rentals", "strategy", "impact", "care", "disability", "education", "training", "updates", "makeup", "marker", "markers", "trend", "trends", "investment", "investments", "memory", "relationships", "customers", "residents", "marketing", "campaigns")
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
