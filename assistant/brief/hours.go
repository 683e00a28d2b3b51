package brief

import "math"

var (
	// workloadWords tell that hours are those of the work.
	workloadWords = words(`work working available availability need require commit commitment workload someone expect freelancer hours`)
)

var (
	hourWords = words("hours hour hrs hr h")
	partTime  = phrases(`part time, parttime, half time, full time, fulltime, a few hours a week, a few hours per week, couple of hours a week, a couple of hours a week,
		a couple of hours per week, a few hours each week, few hours a week`)
)

// hours finds how many hours a week the work takes.
func (r *reader) hours() {
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) || r.claimed(i) {
			continue
		}
		if _, end, ok := partTime.match(r.view, i); ok && r.isWorkload(i, end) {
			at := end
			for r.is(at, ",", "(", ":") {
				at++
			}
			if h, stop, _, ok := r.hoursAt(at); ok && h.Max <= 80 && h.Min+h.Max > 0 {
				h.Text = r.quote(i, stop)
				r.setHours(h, i, stop, 0.85)
				i = stop - 1
				continue
			}
			r.setHours(Hours{Text: r.quote(i, end)}, i, end, 0.8)
			continue
		}
		if end, ok := r.shiftAt(i); ok && !r.changedNow(SlotHours) {
			h := Hours{Text: r.quote(i, end)}
			known := r.in.Known.Hours
			if known.Known() {
				h.Min, h.Max = known.Value.Min, known.Value.Max
			}
			r.setHours(h, i, end, 0.8)
			r.brief.Hours.Sources = append(r.brief.Hours.Sources, known.Sources...)
			continue
		}
		if h, end, ok := r.sessionsAt(i); ok {
			r.setHours(h, i, end, 0.85)
			i = end - 1
			continue
		}
		if h, end, ok := r.daysAt(i); ok {
			r.setHours(h, i, end, 0.6)
			i = end - 1
			continue
		}
		h, end, sure, ok := r.hoursAt(i)
		if !ok {
			continue
		}
		if r.in.Asked == SlotHours && r.inAll(end) {
			r.brief.Hours.Declined = true // so many hours in all are no hours a week
			r.change(SlotHours, i)
			i = end - 1
			continue
		}
		if sure || r.in.Asked == SlotHours || r.in.Known.Hours.Known() && r.corrects(i) {
			r.setHours(h, i, end, 0.9)
		}
		i = end - 1
	}
}

// workday is how many hours a day of work is taken to have.
const workday = 8

// daysAt reads "two days a week" in the answer to the question for hours.
func (r *reader) daysAt(i int) (h Hours, end int, ok bool) {
	if r.in.Asked != SlotHours {
		return h, i, false
	}
	f, ok := r.figureAt(i)
	if !ok || f.value < 1 || f.value > 7 || !r.is(f.end, "day", "days") {
		return h, i, false
	}
	end, week, _ := r.perWeek(f.end + 1)
	if !week {
		return h, i, false
	}
	hours := int(math.Round(f.value * workday))
	return Hours{Min: hours, Max: hours, Text: r.quote(i, end)}, end, true
}

// inAll reports whether the words at token i make hours the total of the work.
func (r *reader) inAll(i int) bool {
	for r.is(i, "at", "most", "max", "maximum", "tops", ",") {
		i++
	}
	return r.is(i, "in") && r.is(i+1, "total", "all", "sum") || r.is(i, "total", "altogether", "overall", "all")
}

// hoursAt reads "10-15 hrs/week" at token i. It is sure when a week was named,
// or a day or month in a sentence about the work.
func (r *reader) hoursAt(i int) (h Hours, end int, sure, ok bool) {
	var s sum
	at, ranged := r.modifiers(&s, i)
	low, high, end, ok := r.hourFigures(at, ranged)
	if !ok {
		return h, i, false, false
	}
	end, named, plus := r.hourWord(end)
	end, weekly, other := r.perWeek(end)
	if !named && !(r.in.Asked == SlotHours && (weekly || r.ends(end) || r.is(end, "a", "per"))) {
		return h, i, false, false
	}
	h = Hours{Min: int(math.Round(low)), Max: int(math.Round(high)), Text: r.quote(i, end)}
	most := r.is(end, "max", "maximum", "tops")
	switch {
	case other && !weekly:
		h.Min, h.Max = 0, 0
	case s.bounded && s.high != 0 || most:
		h.Min = 0
	case s.bounded || plus:
		h.Max = 0
	}
	if most {
		end++
	}
	aside := other && r.in.Asked != SlotHours && !r.workload(i) && i > r.sentenceOf(i).from && !r.is(i-1, ",", "(")
	return h, end, weekly || other && !aside, true
}

// hourFigures reads one or two numbers of hours.
func (r *reader) hourFigures(i int, ranged bool) (low, high float64, end int, ok bool) {
	first, ok := r.figureAt(i)
	if !ok || first.vague || first.value < 1 || first.value > 168 {
		return 0, 0, i, false
	}
	low, high, end = first.value, first.value, first.end
	if hourWords[r.low(end)] && r.is(end+1, "-", "to") {
		end++ // "10h-15h"
	}
	if r.is(end, "-", "\u2013", "to", "or") || ranged && r.low(end) == "and" {
		if second, ok := r.figureAt(end + 1); ok && second.value >= low && second.value <= 168 {
			high, end = second.value, second.end
		}
	}
	return low, high, end, true
}

// hourWord reads "hours", "+ hrs", "hours of work" behind a number.
func (r *reader) hourWord(i int) (end int, named, plus bool) {
	end = i
	if r.low(end) == "+" && r.tokens[end].tight {
		end, plus = end+1, true
	}
	if r.low(end) == "-" && hourWords[r.low(end+1)] {
		end++
	}
	if hourWords[r.low(end)] {
		end, named = end+1, true
	}
	if r.low(end) == "+" {
		end, plus = end+1, true
	}
	if r.low(end) == "of" && r.low(end+1) == "work" {
		end += 2
	}
	return end, named, plus
}

// perWeek reads "a week", "/wk", "weekly", "each week"; other tells that
// another unit stands there: "a day", "per month".
func (r *reader) perWeek(i int) (end int, week, other bool) {
	if r.is(i, "weekly", "p.w", "pw") {
		return i + 1, true, false
	}
	if !r.is(i, "a", "per", "/", "each", "every", "p", "in", "the") {
		return i, false, false
	}
	at := i + 1
	if r.is(at, "a") {
		at++
	}
	switch {
	case r.is(at, "week", "wk", "w", "weeks"):
		return at + 1, true, false
	case r.is(at, "day", "month", "weekday", "mo", "mth") && r.is(i, "a", "per", "/", "each", "every"):
		if n, ok := r.figureAt(at + 2); ok && r.is(n.end, "days") && r.is(n.end+1, "a", "per") && r.low(n.end+2) == "week" {
			return n.end + 3, false, true
		}
		return at + 1, false, true
	}
	return i, false, false
}

// workload reports whether the sentence of token i is about how much to work.
func (r *reader) workload(i int) bool {
	s := r.sentenceOf(i)
	for k := s.from; k < s.to; k++ {
		if workloadWords[r.low(k)] && !hourWords[r.low(k)] {
			return true
		}
	}
	return false
}

// isWorkload reports whether "full time" is about the work to be done, not
// about someone's job.
func (r *reader) isWorkload(i, end int) bool {
	if r.in.Asked == SlotHours {
		return !r.is(i-1, "not")
	}
	if r.is(i-1, "not", "my", "our", "work", "works", "i'm") || r.is(end, "students", "student", "employees", "job", "staff", "team", "mom", "parents") && r.is(i-1, "my", "our", "have", "with", "for") {
		return false
	}
	for k := max(r.sentenceOf(i).from, i-4); k < i; k++ {
		if r.is(k, "i", "we", "me") && r.is(k+1, "work", "am", "run", "study", "are", "do") && !r.is(k+2, "looking", "seeking", "hiring") {
			return false
		}
	}
	return true
}

func (r *reader) setHours(h Hours, from, end int, sure float64) {
	r.brief.Hours = Field[Hours]{Value: h, Sources: []Source{r.source(from, end)}, Confidence: sure}
	r.change(SlotHours, from)
	r.claim(SlotHours, from, end)
}
