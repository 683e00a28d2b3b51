package fit

import (
	"fmt"
	"math"
)

// fullTime is how many hours a week "full time" asks for at least.
const fullTime = 35

// hours reads how many hours a week somebody must have.
func (x *reading) hours() {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if end, ok := x.run(i, "full time", "fulltime", "full week", "a full week", "full weeks", "whole week"); ok && x.wishing && !x.denied(i) {
			if x.hoursNear(end) {
				x.take(i, end)
			} else {
				x.hoursAWeek(fullTime, i, end)
			}
			continue
		}
		value, end, ok := x.Number(i)
		if !ok || value < 1 || value > 80 || value != math.Trunc(value) {
			continue
		}
		if from, to, ok := x.weekly(i, end); ok {
			least := int(value)
			if x.Is(i-1, "than", "over") && !x.Is(i-2, "less") && !x.Is(i-3, "no", "not") {
				least++
			}
			if x.before(i, 3, "most", "max", "maximum", "under", "below") || x.Is(i-2, "less") && x.Is(i-1, "than") && !x.Is(i-3, "no", "not") {
				x.take(from, to) // how little somebody has is no demand
				continue
			}
			x.hoursAWeek(least, from, to)
			i = to - 1
		}
	}
}

// weekly reports whether a number of tokens [i, end) counts hours a week, and
// which tokens say so.
func (x *reading) weekly(i, end int) (from, to int, ok bool) {
	if x.Is(end, "+") {
		end++
	}
	if x.Is(end, "or") && x.Is(end+1, "more", "above", "over") {
		end += 2
	}
	if x.Is(end, "-", "–", "to") {
		if _, next, found := x.Number(end + 1); found {
			end = next
		}
	}
	if x.Is(end, "-") && x.Is(end+1, "hour", "hours") {
		end++
	}
	from = i
	for from > 0 && x.Is(from-1, "at", "least", "more", "than", "over", "minimum", "of", "about", "around", "roughly", "the", "a", "is", "that") && !x.parts(from-1) {
		from--
	}
	if x.Is(end, "free", "available", "working", "good", "full", "billable") && x.Is(end+1, "hours", "hrs") {
		end++
	}
	if x.Is(end, "a", "per", "/", "each") && x.Is(end+1, "week", "wk") && x.before(i, 6, "hours", "hrs") {
		return from, end + 2, true // "hours at least 20 a week"
	}
	if !x.Is(end, "hours", "hour", "hrs", "h", "hr") {
		return 0, 0, false
	}
	to = end + 1
	if x.Is(to, "or") && x.Is(to+1, "more") {
		to += 2
	}
	week := x.Is(to, "a", "per", "/", "each", "every", "weekly") && (x.Is(to+1, "week", "wk") || x.Is(to, "weekly"))
	switch {
	case week && x.Is(to, "weekly"):
		return from, to + 1, true
	case week:
		return from, to + 2, true
	case x.Is(to, "a", "per", "of", "difference", "away", "overlap", "ahead", "behind", "off", "from", "in", "ago", "with"), x.before(i, 3, "within", "overlap", "in"), x.Is(to, "on") && x.Is(to+1, "the"):
		return 0, 0, false
	}
	return from, to, x.wishing && numberAt(x, i) >= 4
}

func numberAt(x *reading, i int) float64 {
	v, _, _ := x.Number(i)
	return v
}

func (x *reading) hoursNear(i int) bool {
	for k := i; k < min(i+7, x.Len()); k++ {
		if x.Is(k, "hours", "hrs") {
			return true
		}
	}
	return false
}

func (x *reading) hoursAWeek(n, from, to int) {
	x.add(Requirement{Kind: Hours, HoursAWeek: n, Text: fmt.Sprintf("at least %d hours a week", n)}, from, to)
}
