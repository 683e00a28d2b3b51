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
	s := sum{from: i}
	at, ranged := i, false
	if !v.is(i, "a", "an", "in", "within", "of", ":", "=", "over", "is", "from") {
		at, ranged = v.modifiers(&s, i)
	}
	found := stretch{from: s.from, bare: at == i}
	if end, days, ok := v.wordedStretch(at); ok {
		found.to, found.low, found.high = end, days, days
		return found.bounded(s), true
	}
	if !v.countedStretch(&found, at, ranged) {
		return found, false
	}
	switch {
	case v.is(found.to, "max", "maximum", "tops"):
		found.low = 0
		found.to++
	case v.is(found.to, "or") && v.is(found.to+1, "so"):
		found.to += 2
	}
	return found.bounded(s), true
}

// countedStretch reads one or two numbers with their unit: "2-3 months", "two
// weeks to a month and a half".
func (v *view) countedStretch(found *stretch, at int, ranged bool) bool {
	first, ok := v.figureAt(at)
	if !ok || first.value == 0 || first.value > 5000 {
		return false
	}
	low, high, end := first.value, first.value, first.end
	if lowUnit := v.timeUnit(end); lowUnit != 0 && (v.is(end+1, "-", "to", "\u2013") || ranged && v.low(end+1) == "and") {
		if second, ok := v.figureAt(end + 2); ok && v.timeUnit(second.end) != 0 {
			found.low, found.high, found.to = low*lowUnit, second.value*v.timeUnit(second.end), v.afterUnit(second.end)
			return found.low <= found.high
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
	if v.is(end, "working", "business") && unit != 0 {
		unit = 1.4 // five of seven days
	}
	found.low, found.high, found.to = low*unit, high*unit, v.afterUnit(end)
	if v.sequence(found.to, []string{"and", "a", "half"}) > 0 {
		found.low, found.high, found.to = found.low+unit/2, found.high+unit/2, found.to+3
	}
	return unit != 0
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
