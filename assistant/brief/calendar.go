package brief

import "time"

// span of days, both included. A day has midnight UTC as its time.
type daySpan struct {
	first, last time.Time
	whole       bool // a month, quarter, year or week: "by March" means before it begins
	edge        bool // "end of March": "before" it includes its last day
}

func single(day time.Time) daySpan { return daySpan{first: day, last: day} }

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func monthSpan(year int, month time.Month) daySpan {
	return daySpan{first: date(year, month, 1), last: date(year, month+1, 0), whole: true}
}

func quarterSpan(year, quarter int) daySpan {
	month := time.Month(quarter*3 - 2)
	return daySpan{first: date(year, month, 1), last: date(year, month+3, 0), whole: true}
}

func yearSpan(year int) daySpan {
	return daySpan{first: date(year, 1, 1), last: date(year, 12, 31), whole: true}
}

// weekSpan is the working week, Monday to Friday, a number of weeks after today's.
func weekSpan(today time.Time, after int) daySpan {
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7+7*after)
	return daySpan{first: monday, last: monday.AddDate(0, 0, 4), whole: true}
}

// nextWeekday is the coming weekday, never today. With next it is that of the
// week after this one, which begins on Monday.
func nextWeekday(today time.Time, day time.Weekday, next bool) time.Time {
	ahead := (int(day) - int(today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	coming := today.AddDate(0, 0, ahead)
	if next && coming.Before(weekSpan(today, 1).first) {
		return coming.AddDate(0, 0, 7)
	}
	return coming
}

// nthWeekday is the nth of a weekday in a month; 0 is the last one.
func nthWeekday(year int, month time.Month, day time.Weekday, nth int) time.Time {
	if nth == 0 {
		last := date(year, month+1, 0)
		return last.AddDate(0, 0, -((int(last.Weekday()) - int(day) + 7) % 7))
	}
	first := date(year, month, 1)
	return first.AddDate(0, 0, (int(day)-int(first.Weekday())+7)%7+7*(nth-1))
}

// easter is Easter Sunday by the Gregorian calendar (the algorithm that Nature
// published anonymously in 1876).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return date(year, time.Month(month), day)
}

// holidays are days with a name, as a function of the year. Those that differ
// between countries follow the region: "" is the United States.
var holidays = newLexicon[func(year int, region string) time.Time]()

func init() {
	fixed := func(month time.Month, day int) func(int, string) time.Time {
		return func(year int, _ string) time.Time { return date(year, month, day) }
	}
	thanksgiving := func(year int, region string) time.Time {
		if region == "CA" {
			return nthWeekday(year, time.October, time.Monday, 2)
		}
		return nthWeekday(year, time.November, time.Thursday, 4)
	}
	american := func(year int, _ string) time.Time { return thanksgiving(year, "") }
	holidays.add(fixed(time.December, 25), "christmas", "xmas", "x mas", "christmas day", "the christmas holidays", "christmas holidays",
		"christmas break", "the christmas break", "the christmas season")
	holidays.add(fixed(time.December, 24), "christmas eve")
	holidays.add(fixed(time.January, 1), "new year", "new year's", "new years", "the new year", "new year's day", "new years day")
	holidays.add(fixed(time.December, 31), "new year's eve", "new years eve", "nye")
	holidays.add(fixed(time.October, 31), "halloween")
	holidays.add(fixed(time.February, 14), "valentine's day", "valentines day", "valentine's", "valentines")
	holidays.add(fixed(time.July, 4), "independence day")
	holidays.add(fixed(time.March, 17), "st patrick's day", "st . patrick's day")
	holidays.add(func(year int, _ string) time.Time { return easter(year) }, "easter", "easter sunday")
	holidays.add(func(year int, _ string) time.Time { return easter(year).AddDate(0, 0, -2) }, "good friday")
	holidays.add(thanksgiving, "thanksgiving")
	holidays.add(func(year int, _ string) time.Time { return american(year, "").AddDate(0, 0, 1) }, "black friday")
	holidays.add(func(year int, _ string) time.Time { return american(year, "").AddDate(0, 0, 4) }, "cyber monday")
	holidays.add(func(year int, region string) time.Time {
		if region == "GB" || region == "IE" {
			return easter(year).AddDate(0, 0, -21)
		}
		return nthWeekday(year, time.May, time.Sunday, 2)
	}, "mother's day", "mothers day")
	holidays.add(func(year int, region string) time.Time {
		if region == "AU" || region == "NZ" {
			return nthWeekday(year, time.September, time.Sunday, 1)
		}
		return nthWeekday(year, time.June, time.Sunday, 3)
	}, "father's day", "fathers day")
	holidays.add(func(year int, _ string) time.Time { return nthWeekday(year, time.September, time.Monday, 1) }, "labor day", "labour day")
	holidays.add(func(year int, _ string) time.Time { return nthWeekday(year, time.May, time.Monday, 0) }, "memorial day")
}

var months = map[string]time.Month{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7,
	"august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"monday": 1, "mon": 1, "tuesday": 2, "tue": 2, "tues": 2, "wednesday": 3, "wed": 3, "weds": 3, "thursday": 4, "thu": 4, "thur": 4, "thurs": 4, "friday": 5, "fri": 5, "saturday": 6, "sunday": 0,
}
