package brief

import (
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
	starts := words(`second third fourth last eow eom eoy eod cob the mid early late middle beginning start end first next this following coming current today tonight tomorrow tmrw tomorow
		tommorow tommorrow day week month quarter year q1 q2 q3 q4 a an half`)
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
	if d, end, ok := c.nthWeek(at); ok {
		return d, end, true
	}
	if c.is(at, "second", "2nd", "latter") && c.is(at+1, "half") && c.is(at+2, "of", "in") {
		from := at + 3
		if c.is(from, "the") {
			from++
		}
		if whole, end, ok := c.period(from); ok {
			half := slice("middle", whole).first
			return daySpan{first: half, last: whole.last}, end, true
		}
	}
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

// nthWeek reads "second week of January".
func (c calendar) nthWeek(i int) (daySpan, int, bool) {
	nth, known := map[string]int{"1st": 1, "second": 2, "third": 3, "fourth": 4, "last": 5}[c.low(i)]
	if !known || c.low(i+1) != "week" || !c.is(i+2, "of", "in") {
		return daySpan{}, i, false
	}
	at := i + 3
	if c.low(at) == "the" {
		at++
	}
	whole, end, ok := c.period(at)
	if !ok || whole.last.Sub(whole.first).Hours() < 24*27 {
		return daySpan{}, i, false
	}
	first := whole.first.AddDate(0, 0, 7*(nth-1))
	if nth == 5 {
		first = whole.last.AddDate(0, 0, -6)
	}
	return daySpan{first: first, last: first.AddDate(0, 0, 6)}, end, true
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
	if c.is(end, "next") && c.is(end+1, "year") {
		return single(day(c.today.Year()+1, c.region)), end + 2, true
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
