package brief

import "math"

// shiftAt reads working times at token i: "9-1 EST mon-fri", "weekdays 9am to
// 5pm". They are kept as they were said.
func (r *reader) shiftAt(i int) (end int, ok bool) {
	at := i
	days := false
	if end, ok := r.weekdays(at); ok {
		days, at = true, end
		for r.is(at, ",", "from", "between", "at", ":") {
			at++
		}
	}
	if r.low(at) == "from" {
		at++
	}
	from, next, ok := r.clock(at)
	if !ok || !r.is(next, "-", "to", "\u2013", "until", "till") {
		return i, false
	}
	to, next, ok := r.clock(next + 1)
	if !ok || from == to {
		return i, false
	}
	end = next
	if !days {
		for end < next+3 && r.tokens[min(end, len(r.tokens)-1)].kind == word && !weekdayNames[r.low(end)] && !r.is(end, "weekdays", "daily") {
			end++
		}
		if r.is(end, ",") {
			end++
		}
		if end, days = r.weekdays(end); !days {
			return i, false
		}
	}
	return end, true
}

var weekdayNames = words("mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday mondays fridays")

// weekdays reads "mon-fri", "Monday to Friday", "weekdays".
func (r *reader) weekdays(i int) (end int, ok bool) {
	if r.is(i, "weekdays", "daily") {
		return i + 1, true
	}
	if weekdayNames[r.low(i)] && r.is(i+1, "-", "to", "\u2013", "through") && weekdayNames[r.low(i+2)] {
		return i + 3, true
	}
	return i, false
}

// clock reads an hour of the day: "9", "9am", "13:30".
func (r *reader) clock(i int) (hour float64, end int, ok bool) {
	if i >= len(r.tokens) || r.tokens[i].kind != number || r.tokens[i].value < 0 || r.tokens[i].value > 24 {
		return 0, i, false
	}
	end = i + 1
	if r.low(end) == ":" && end+1 < len(r.tokens) && r.tokens[end+1].kind == number {
		end += 2
	}
	if r.is(end, "am", "pm", "h") {
		end++
	}
	return r.tokens[i].value, end, true
}

// sessionsAt reads "twice a week 1 hour", "2x weekly, 90 minutes": so many
// hours a week.
func (r *reader) sessionsAt(i int) (h Hours, end int, ok bool) {
	times, at := 0.0, i
	switch r.low(i) {
	case "once":
		times, at = 1, i+1
	case "twice":
		times, at = 2, i+1
	default:
		f, found := r.figureAt(i)
		if !found || !r.is(f.end, "x", "times", "evenings", "mornings", "afternoons", "days", "nights", "lessons", "sessions", "classes", "hours") || r.is(f.end, "hours") || f.value > 14 {
			return h, i, false
		}
		times, at = f.value, f.end+1
	}
	if r.is(at, "weekly") {
		at++
	} else if r.is(at, "a", "per", "each", "every", "/") && r.is(at+1, "week") {
		at += 2
	} else {
		return h, i, false
	}
	for r.is(at, ",", "for", "at", "about", "-", "(", "of", "each") {
		at++
	}
	f, found := r.figureAt(at)
	if !found {
		return h, i, false
	}
	long := f.value
	switch {
	case hourWords[r.low(f.end)]:
	case r.is(f.end, "minutes", "min", "mins", "minute"):
		long /= 60
	case r.is(f.end, "x"):
		return h, i, false
	default:
		return h, i, false
	}
	end = f.end + 1
	if r.is(end, "each") {
		end++
	}
	if total := times * long; total == math.Trunc(total) && total <= 168 {
		h.Min, h.Max = int(total), int(total)
	}
	h.Text = r.quote(i, end)
	return h, end, true
}
