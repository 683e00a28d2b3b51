package brief

import "math"

// trailers reads what stands behind: "an hour", "max", "or so", "per word".
func (v *view) trailers(s *sum, i int) int {
	for {
		if unit, end := v.unitAt(i, s.currency != "" || s.cents || s.scaled); unit != "" && s.per == "" && s.pay == "" {
			s.per, i = unit, end
			continue
		}
		at := i
		if v.is(at, ",", "(") {
			at++
		}
		means, end, ok := behind.match(v, at)
		if !ok || means == fixedTotal && s.pay != "" || means == hourlyRate && (s.pay == "fixed" || s.per != "") {
			return i
		}
		if _, counts := v.figureAt(end); counts && means != about {
			return i // "45 dollars an hour, max 80 hours"
		}
		switch means {
		case about:
			s.around = true
		case atMost:
			if s.low == s.high {
				s.low = 0
			}
		case atLeast:
			if s.low == s.high {
				s.high = 0
			}
		case fixedTotal:
			if s.per == "" {
				s.pay = "fixed"
			}
		case hourlyRate:
			s.pay = "hourly"
		}
		i = end
	}
}

// unitAt reads what a rate is paid for: "per word", "a day", "/month", "each",
// "per 1000 words". Behind a bare number "a" is not enough.
func (v *view) unitAt(i int, money bool) (unit string, end int) {
	switch v.low(i) {
	case "monthly", "weekly", "daily", "yearly", "annually":
		if money {
			return map[string]string{"monthly": "month", "weekly": "week", "daily": "day", "yearly": "year", "annually": "year"}[v.low(i)], i + 1
		}
		return "", i
	case "each", "apiece":
		if money && !v.is(i+1, "hour", "hr") {
			if unit := units[v.low(i+1)]; unit != "" {
				return unit, i + 2
			}
			return "item", i + 1
		}
		return "", i
	case "/", "per", "p":
	case "a", "an", "every", "for each", "the":
		if !money {
			return "", i
		}
	default:
		return "", i
	}
	if v.low(i) == "/" && v.low(i+1) == "per" {
		i++
	}
	if f, ok := v.figureAt(i + 1); ok && f.value == 1000 && v.is(f.end, "words", "word") && v.is(i, "/", "per") {
		return "1000 words", f.end + 1
	}
	unit = units[v.low(i+1)]
	if unit == "" && v.is(i, "per", "for each") && (money || units[v.low(i+2)] != "") && len(v.low(i+1)) > 3 && v.tokens[i+1].kind == word && !noUnit[v.low(i+1)] {
		return v.anyUnit(i + 1)
	}
	if unit == "" {
		return "", i
	}
	end = i + 2
	if v.is(i+1, "blog", "audio") && v.is(end, "post", "minute") {
		end++
	}
	return unit, end
}

// noUnit follow "per" where no rate for a piece is meant.
var noUnit = words("hour hours project working cent capita our your calendar request agreement")

// anyUnit reads what a rate is for where it is none of the usual things: "per
// qualified meeting".
func (v *view) anyUnit(i int) (string, int) {
	if v.is(i, "qualified", "booked", "completed", "approved", "published", "finished", "thousand", "source", "audio", "typed", "scanned", "signed", "new") && i+1 < len(v.tokens) && v.tokens[i+1].kind == word && v.same(i, i+1) {
		return v.low(i) + " " + v.low(i+1), i + 2
	}
	return v.low(i), i + 1
}

// minor turns an amount of a sum into minor units of a currency.
func (s sum) minor(value float64, currency string) int64 {
	if s.cents {
		return int64(math.Round(value))
	}
	return int64(math.Round(value * float64(minorUnits(currency))))
}
