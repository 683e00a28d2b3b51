package brief

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

// calendar reads dates as they count from a day.
type calendar struct {
	*view
	today  time.Time
	region string
}

// dayAt reads the date that begins at token i, without its preposition.
func (c calendar) dayAt(i int) (d daySpan, end int, ok bool) {
	if i >= len(c.tokens) || c.tokens[i].kind == sign || c.tokens[i].kind == word && !dateStarts()[c.low(i)] {
		return d, i, false
	}
	readers := []func(int) (daySpan, int, bool){c.partOf, c.relative, c.numeric, c.monthDay, c.dayMonth, c.weekday, c.holiday, c.quarter, c.wholeYear}
	for _, read := range readers {
		if d, end, ok = read(i); ok {
			return d, end, d.first.Year() >= 2000 && d.first.Year() < 2200
		}
	}
	return d, i, false
}

// dateStarts are the words that a date may begin with.
var dateStarts = sync.OnceValue(func() map[string]bool {
	starts := words("eow eom eoy eod cob the mid early late middle beginning start end first next this following coming current today tonight tomorrow tmrw tomorow tommorow tommorrow day week month quarter year q1 q2 q3 q4 a an half")
	for _, more := range []map[string]float64{small, tens} {
		for w := range more {
			starts[w] = true
		}
	}
	for w := range months {
		starts[w] = true
	}
	for w := range weekdays {
		starts[w] = true
	}
	for w := range ordinals {
		starts[w] = true
	}
	for w := range holidays.byWord {
		starts[w] = true
	}
	return starts
})

// partOf reads "mid March", "the end of next month", "early January", "EOY".
func (c calendar) partOf(i int) (daySpan, int, bool) {
	switch c.low(i) {
	case "eow":
		return single(weekSpan(c.today, 0).last), i + 1, true
	case "eom":
		return single(date(c.today.Year(), c.today.Month()+1, 0)), i + 1, true
	case "eoy":
		return single(date(c.today.Year(), 12, 31)), i + 1, true
	case "eod", "cob":
		return single(c.today), i + 1, true
	}
	at := i
	if c.low(at) == "the" {
		at++
	}
	part := c.low(at)
	switch part {
	case "mid", "early", "late", "middle", "beginning", "start", "end", "first":
		at++
	default:
		return daySpan{}, i, false
	}
	if part == "first" && !c.is(at, "half", "week") {
		return daySpan{}, i, false
	}
	if c.is(at, "half", "week") && part == "first" {
		at++
	}
	for c.is(at, "of", "-", "in", "the", "this") && !(c.is(at, "this") && c.is(at+1, "or")) {
		at++
	}
	whole, end, ok := c.period(at)
	if !ok {
		return daySpan{}, i, false
	}
	return slice(part, whole), end, true
}

// slice cuts a part out of a month, quarter, year or week.
func slice(part string, whole daySpan) daySpan {
	length := int(whole.last.Sub(whole.first).Hours()/24) + 1
	at := func(share float64) time.Time { return whole.first.AddDate(0, 0, int(float64(length-1)*share)) }
	switch part {
	case "mid", "middle":
		d := single(at(0.5))
		if length >= 28 && length <= 31 {
			d = single(whole.first.AddDate(0, 0, 14))
		}
		return d
	case "early", "beginning", "start", "first":
		return daySpan{first: whole.first, last: at(0.3)}
	case "late":
		return daySpan{first: at(0.67), last: whole.last, edge: true}
	}
	return daySpan{first: whole.last, last: whole.last, edge: true}
}

// period reads a month, quarter, year or week: "March 2027", "next month", "the year".
func (c calendar) period(i int) (daySpan, int, bool) {
	if month, ok := months[c.low(i)]; ok {
		year, end := c.yearFor(i+1, month, 0)
		return monthSpan(year, month), end, true
	}
	if d, end, ok := c.quarter(i); ok {
		return d, end, true
	}
	after := 0
	at := i
	switch c.low(at) {
	case "next", "following", "coming":
		after, at = 1, at+1
	case "current":
		at++
	}
	switch c.low(at) {
	case "week", "wk":
		return weekSpan(c.today, after), at + 1, true
	case "month":
		return monthSpan(c.today.Year(), c.today.Month()+time.Month(after)), at + 1, true
	case "quarter":
		quarter := (int(c.today.Month())-1)/3 + 1 + after
		return quarterSpan(c.today.Year(), quarter), at + 1, true
	case "year":
		return yearSpan(c.today.Year() + after), at + 1, true
	}
	return c.wholeYear(at)
}

// relative reads "tomorrow", "next week", "this month", "10 days from now".
func (c calendar) relative(i int) (daySpan, int, bool) {
	switch c.low(i) {
	case "today", "tonight":
		return single(c.today), i + 1, true
	case "tomorrow", "tmrw", "tomorow", "tommorow", "tommorrow":
		return single(c.today.AddDate(0, 0, 1)), i + 1, true
	case "next", "this", "following", "coming":
		if c.is(i+1, "weekend") {
			saturday := weekSpan(c.today, 0).first.AddDate(0, 0, 5)
			if c.low(i) == "next" && c.today.Weekday() != time.Saturday && c.today.Weekday() != time.Sunday {
				saturday = saturday.AddDate(0, 0, 7)
			} else if c.low(i) == "next" {
				saturday = saturday.AddDate(0, 0, 7)
			}
			return daySpan{first: saturday, last: saturday.AddDate(0, 0, 1)}, i + 2, true
		}
		at := i
		if c.is(at, "this") {
			at++
		}
		if d, end, ok := c.period(at); ok && c.is(end-1, "week", "month", "quarter", "year") {
			return d, end, true
		}
	case "the":
		if c.sequence(i, []string{"the", "day", "after", "tomorrow"}) > 0 {
			return single(c.today.AddDate(0, 0, 2)), i + 4, true
		}
		if c.is(i+1, "weekend") {
			return daySpan{first: weekSpan(c.today, 0).first.AddDate(0, 0, 5), last: weekSpan(c.today, 0).first.AddDate(0, 0, 6)}, i + 2, true
		}
		if c.is(i+1, "following", "coming", "next") && !c.is(i+2, "few", "couple") {
			d, end, ok := c.relative(i + 1)
			return d, end, ok
		}
	case "day":
		if c.sequence(i, []string{"day", "after", "tomorrow"}) > 0 {
			return single(c.today.AddDate(0, 0, 2)), i + 3, true
		}
	}
	if s, ok := c.stretchAt(i); ok && s.bare && c.is(s.to, "from") && c.is(s.to+1, "now", "today") {
		return single(c.today.AddDate(0, 0, int(s.high))), s.to + 2, true
	}
	return daySpan{}, i, false
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

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
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
	if !suffixed || ordinals[c.low(at)] != 0 || c.is(end, "grade", "floor", "party", "street", "century", "edition", "version", "anniversary", "birthday", "time", "avenue", "generation", "graders", "place", "year", "of", "page", "week") && !c.is(end+1, "the", "next", "this") {
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

// weekday reads "Friday", "next Friday", "this coming Friday".
func (c calendar) weekday(i int) (daySpan, int, bool) {
	at, next := i, false
	for at < i+3 && c.is(at, "this", "coming", "next", "the", "following") {
		next = next || c.is(at, "next")
		at++
	}
	low := c.low(at)
	day, ok := weekdays[low]
	if !ok || len(low) <= 3 && at < len(c.tokens) && c.text[c.tokens[at].start] >= 'a' {
		return daySpan{}, i, false
	}
	end := at + 1
	if c.is(end, "morning", "evening", "afternoon", "night") {
		end++
	}
	d := nextWeekday(c.today, day, next)
	if c.sequence(end, []string{"next", "week"}) > 0 {
		d, end = nextWeekday(c.today, day, true), end+2
	}
	return single(d), end, true
}

func (c calendar) holiday(i int) (daySpan, int, bool) {
	at := i
	if c.is(at, "this", "next") {
		at++
	}
	day, end, ok := holidays.match(c.view, at)
	if !ok {
		return daySpan{}, i, false
	}
	d := day(c.today.Year(), c.region)
	if year, ok := c.yearAt(end); ok {
		return single(day(year, c.region)), end + 1, true
	}
	if d.Before(c.today) {
		d = day(c.today.Year()+1, c.region)
	}
	return single(d), end, true
}

// quarter reads "Q1", "Q3 2027".
func (c calendar) quarter(i int) (daySpan, int, bool) {
	low := c.low(i)
	if len(low) != 2 || low[0] != 'q' || low[1] < '1' || low[1] > '4' {
		return daySpan{}, i, false
	}
	n := int(low[1] - '0')
	if year, ok := c.yearAt(i + 1); ok {
		return quarterSpan(year, n), i + 2, true
	}
	d := quarterSpan(c.today.Year(), n)
	if d.last.Before(c.today) {
		d = quarterSpan(c.today.Year()+1, n)
	}
	return d, i + 1, true
}

func (c calendar) wholeYear(i int) (daySpan, int, bool) {
	year, ok := c.yearAt(i)
	if !ok || year < c.today.Year() {
		return daySpan{}, i, false
	}
	return yearSpan(year), i + 1, true
}
