package brief

import (
	"strconv"
	"strings"
	"time"
)

var (
	// counted are nouns that an ordinal before them counts: "the 5th chapter" is no date.
	counted = words(`grade floor party street century edition version anniversary birthday time avenue generation graders place year of page week`)
)

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
}

// yearFor reads a year behind a month, or finds the one in which the month, or
// its day, is not over.
func (c calendar) yearFor(i int, month time.Month, day int) (year, end int) {
	at := i
	if c.low(at) == "," {
		at++
	}
	if year, ok := c.yearAt(at); ok && !(at > i && day == 0) {
		return year, at + 1
	}
	if c.is(i, "next") && c.is(i+1, "year") {
		return c.today.Year() + 1, i + 2
	}
	year = c.today.Year()
	last := date(year, month, day)
	if day == 0 {
		last = date(year, month+1, 0)
	}
	if last.Before(c.today) {
		year++
	}
	return year, i
}

func (c calendar) yearAt(i int) (int, bool) {
	if i >= len(c.tokens) || c.tokens[i].kind != number || len(c.low(i)) != 4 {
		return 0, false
	}
	year, err := strconv.Atoi(c.low(i))
	return year, err == nil && year >= 2000 && year < 2100
}

// ordinal reads a day of the month: "5", "5th", "fifth" with its suffix.
func (c calendar) ordinal(i int) (day, end int, suffixed, ok bool) {
	if i >= len(c.tokens) {
		return 0, i, false, false
	}
	if c.tokens[i].kind == number && len(c.low(i)) <= 2 {
		day, _ = strconv.Atoi(c.low(i))
		end = i + 1
		if c.is(end, "st", "nd", "rd", "th") && c.tokens[end].tight {
			return day, end + 1, true, day >= 1 && day <= 31
		}
		return day, end, false, day >= 1 && day <= 31
	}
	if day, ok = ordinals[c.low(i)]; ok {
		return day, i + 1, true, true
	}
	return 0, i, false, false
}

// monthDay reads "March 5th, 2027" and "March".
func (c calendar) monthDay(i int) (daySpan, int, bool) {
	month, ok := months[c.low(i)]
	if !ok || len(c.low(i)) == 3 && c.text[c.tokens[i].start] >= 'a' && (month == time.May || month == time.March || month == time.January) && !c.dayFollows(i+1) {
		return daySpan{}, i, false
	}
	if c.low(i+1) == "." && c.tokens[i+1].tight && len(c.low(i)) <= 4 && c.dayFollows(i+2) {
		i++
	}
	at := i + 1
	if c.low(at) == "the" {
		at++
	}
	if day, end, _, ok := c.ordinal(at); ok && c.timeUnit(end) == 0 {
		year, end := c.yearFor(end, month, day)
		return c.dated(year, month, day, i, end)
	}
	year, end := c.yearFor(i+1, month, 0)
	return monthSpan(year, month), end, true
}

func (c calendar) dayFollows(i int) bool {
	_, _, _, ok := c.ordinal(i)
	return ok
}

// dayMonth reads "5 March", "the 5th of March" and, with a suffix, "the 5th".
func (c calendar) dayMonth(i int) (daySpan, int, bool) {
	at := i
	the := c.low(at) == "the"
	if the {
		at++
	}
	day, end, suffixed, ok := c.ordinal(at)
	if !ok {
		return daySpan{}, i, false
	}
	next := end
	if c.is(next, "of", ".", "-") {
		next++
	}
	if month, ok := months[c.low(next)]; ok && (c.low(next) != "may" || suffixed || c.text[c.tokens[next].start] == 'M') {
		year, end := c.yearFor(next+1, month, day)
		return c.dated(year, month, day, i, end)
	}
	if !suffixed || ordinals[c.low(at)] != 0 || counted[c.low(end)] && !c.is(end+1, "the", "next", "this") {
		return daySpan{}, i, false
	}
	month := c.today.Month()
	if c.low(end) == "of" && c.is(end+1, "next") && c.is(end+2, "month") {
		return c.dated(c.today.Year(), month+1, day, i, end+3)
	}
	if day <= c.today.Day() {
		month++
	}
	return c.dated(c.today.Year(), month, day, i, end)
}

// dated makes a date of its parts, refusing February 30.
func (c calendar) dated(year int, month time.Month, day, i, end int) (daySpan, int, bool) {
	first := date(year, month, 1)
	d := first.AddDate(0, 0, day-1)
	if d.Month() != first.Month() {
		return daySpan{}, i, false
	}
	return single(d), end, true
}

// numeric reads "2027-03-05", "5.3.2027", "03/05" and "3/5/27". Day and month
// follow the custom of the region where both orders are possible.
func (c calendar) numeric(i int) (daySpan, int, bool) {
	if i >= len(c.tokens) || c.tokens[i].kind != number {
		return daySpan{}, i, false
	}
	var parts []string
	end := i + 1
	if dotted := strings.Split(c.low(i), "."); len(dotted) == 3 {
		parts = dotted
	} else {
		parts = append(parts, c.low(i))
		for len(parts) < 3 && c.is(end, "/", "-") && c.tokens[end].tight && end+1 < len(c.tokens) && c.tokens[end+1].kind == number && c.tokens[end+1].tight {
			if len(parts) == 2 && c.low(end) != c.low(end-2) {
				break
			}
			parts = append(parts, c.low(end+1))
			end += 2
		}
		if len(parts) < 2 || len(parts) == 2 && c.low(i+1) != "/" {
			return daySpan{}, i, false
		}
	}
	values := make([]int, len(parts))
	for k, part := range parts {
		value, err := strconv.Atoi(part)
		if err != nil || value < 1 || len(part) > 4 {
			return daySpan{}, i, false
		}
		values[k] = value
	}
	return c.fromParts(values, strings.Contains(c.low(i), "."), i, end)
}

func (c calendar) fromParts(values []int, dotted bool, i, end int) (daySpan, int, bool) {
	if len(values) == 3 && values[0] > 31 {
		return c.ordered(values[0], values[1], values[2], i, end)
	}
	day, month := values[0], values[1]
	if american := c.region == "US" || c.region == ""; !dotted && (american && day <= 12 || month > 12) {
		day, month = month, day
	}
	if len(values) == 2 {
		year, _ := c.yearFor(len(c.tokens), time.Month(month), day)
		return c.ordered(year, month, day, i, end)
	}
	year := values[2]
	if year < 100 {
		year += 2000
	}
	return c.ordered(year, month, day, i, end)
}

func (c calendar) ordered(year, month, day, i, end int) (daySpan, int, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 2000 || year > 2100 {
		return daySpan{}, i, false
	}
	return c.dated(year, time.Month(month), day, i, end)
}
