package jobpost

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/eval"
)

// Item is how a fact, or a value of the post that no fact is behind, was found.
type Item struct {
	Slot                 string
	Right, Wrong, Missed float64
	Want, Got            string
}

// comparison collects the items of a post.
type comparison struct {
	facts Facts
	post  post
	said  string
	items []Item
}

// compare compares a post with the facts, slot by slot. said is what the
// client wrote.
func compare(facts Facts, p post, said string) []Item {
	c := &comparison{facts: facts, post: p, said: said}
	c.title()
	c.value("category", facts.Category, p.Category, func() bool { return facts.Category == p.Category })
	c.deliverables()
	c.skills()
	c.value("level", facts.Level, p.Level, func() bool { return facts.Level == p.Level })
	c.pay()
	c.period()
	c.hours()
	c.value("start", facts.Start, p.Start.value(), func() bool { return sameDay(facts.Start, p.Start.value(), 3) })
	c.location()
	c.value("time_zone", facts.TimeZone, p.TimeZone, func() bool { return sameZone(facts.TimeZone, p.TimeZone) })
	c.languages()
	c.conditions()
	return c.items
}

// value compares a single value: "" is none.
func (c *comparison) value(slot, want, got string, same func() bool) {
	item := Item{Slot: slot, Want: want, Got: got}
	switch {
	case want == "" && got == "":
		return
	case want == "":
		item.Wrong = 1
	case got == "":
		item.Missed = 1
	case same():
		item.Right = 1
	default:
		item.Wrong, item.Missed = 1, 1
	}
	c.items = append(c.items, item)
}

// pay compares the sum with its currency, and apart from it whether it is a fixed
// price or a rate.
func (c *comparison) pay() {
	var want Pay
	if c.facts.Pay != nil {
		want = *c.facts.Pay
	}
	wanted, found, paid := "", "", ""
	var sum Range
	if want.Min > 0 || want.Max > 0 {
		wanted = money(want.Min, want.Max, want.Currency)
	}
	if got := c.post.Pay; got != nil {
		sum, paid = Range{got.Min, got.Max}, got.Type
		if sum.Known() {
			found = money(got.Min, got.Max, got.Currency)
		}
		if paid == "" && got.Per != "" {
			paid = "per " + got.Per
		}
	}
	c.value("pay", wanted, found, func() bool {
		return (want.Currency == "" || want.Currency == c.post.Pay.Currency) && sameSum(Range{want.Min, want.Max}, sum)
	})
	// The facts know two types: a price for a piece or a month is no hourly one.
	c.value("pay_type", want.Type, paid, func() bool { return want.Type == paid || want.Type == "fixed" && paid != "hourly" })
}

// sameSum compares bounds to the unit. A single sum may be either bound or
// both; a bound that was not said is not compared.
func sameSum(want, got Range) bool {
	near := func(a, b float64) bool { return math.Abs(a-b) < 100 }
	if want.Min == 0 || want.Min == want.Max {
		return near(want.Max, got.Max) || got.Max == 0 && near(want.Max, got.Min)
	}
	if want.Max == 0 {
		return near(want.Min, got.Min)
	}
	return near(want.Min, got.Min) && near(want.Max, got.Max)
}

func money(low, high float64, currency string) string {
	if low == high || low == 0 {
		return fmt.Sprintf("%.2f %s", high/100, currency)
	}
	return fmt.Sprintf("%.2f–%.2f %s", low/100, high/100, currency)
}

// period compares lengths and deadlines. A bound of a length may differ by
// 15 %, which lets a month be 28 to 31 days. What is said as a length may stand in the
// post as a deadline that many days from the start, or from today, and the other way round.
func (c *comparison) period() {
	wanted, found := rangeText(c.facts.Duration), ""
	var got Range
	if d := c.post.Duration; d != nil && (d.Min > 0 || d.Max > 0) {
		got = Range{d.Min, d.Max}
		found = rangeText(&got)
	}
	due, dueFound := c.facts.Deadline, c.post.Deadline.value()
	switch { // the same said in both ways is no other fact
	case wanted != "" && found != "" && due == "" && dueFound != "" && c.ends(dueFound, *c.facts.Duration):
		dueFound = ""
	case wanted == "" && found != "" && due != "" && dueFound != "" && c.ends(due, got):
		found = ""
	}
	switch {
	case wanted != "" && found == "" && due == "" && dueFound != "":
		c.value("duration_days", wanted, dueFound, func() bool { return c.ends(dueFound, *c.facts.Duration) })
	case wanted == "" && found != "" && due != "" && dueFound == "":
		c.value("deadline", due, found, func() bool { return c.ends(due, got) })
	default:
		c.value("duration_days", wanted, found, func() bool { return sameRange(*c.facts.Duration, got, 0.15, 1) })
		c.value("deadline", due, dueFound, func() bool { return sameDay(due, dueFound, 1) })
	}
}

// ends reports whether work of a length that begins today, or when it starts,
// ends on a date.
func (c *comparison) ends(date string, length Range) bool {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return false
	}
	for _, start := range []string{eval.Day.Format(time.DateOnly), c.facts.Start, c.post.Start.value()} {
		begun, err := time.Parse(time.DateOnly, start)
		days := at.Sub(begun).Hours() / 24
		if err == nil && sameRange(Range{Max: max(length.Min, length.Max)}, Range{Max: days}, 0.15, 1) {
			return true
		}
	}
	return false
}

func (c *comparison) hours() {
	wanted, found := rangeText(c.facts.Hours), ""
	var got Range
	if h := c.post.Hours; h != nil && (h.Min > 0 || h.Max > 0) {
		got = Range{h.Min, h.Max}
		found = rangeText(&got)
	}
	c.value("hours_per_week", wanted, found, func() bool { return sameRange(*c.facts.Hours, got, 0, 1) })
}

func rangeText(r *Range) string {
	if !r.Known() {
		return ""
	}
	return fmt.Sprintf("%v–%v", r.Min, r.Max)
}

// sameRange compares bounds that both have, within a share or an amount.
func sameRange(want, got Range, share, amount float64) bool {
	near := func(a, b float64) bool { return math.Abs(a-b) <= max(amount, share*max(a, b)) }
	if want.Min == want.Max && (got.Min == 0 || got.Max == 0) {
		return near(want.Max, got.Min+got.Max)
	}
	return (want.Min == 0 || got.Min == 0 || near(want.Min, got.Min)) && (want.Max == 0 || got.Max == 0 || near(want.Max, got.Max)) &&
		(want.Min > 0 && got.Min > 0 || want.Max > 0 && got.Max > 0)
}

// sameDay compares dates, which may differ by a few days where words such as
// "next week" name them.
func sameDay(want, got string, days int) bool {
	if want == got {
		return true
	}
	a, errA := time.Parse(time.DateOnly, want)
	b, errB := time.Parse(time.DateOnly, got)
	return errA == nil && errB == nil && math.Abs(a.Sub(b).Hours()) <= float64(24*days)
}

// location compares the mode and the place, as two items. A country is
// compared where the client named it; one that was not named may be worked out
// from the place, and must then be right.
func (c *comparison) location() {
	var want, got Location
	if c.facts.Location != nil {
		want = *c.facts.Location
	}
	if c.post.Location != nil {
		got = *c.post.Location
	}
	c.value("location", want.Mode, got.Mode, func() bool { return want.Mode == got.Mode })
	wanted, found := place(want), place(got)
	c.value("place", wanted, found, func() bool { return samePlace(want, got, c.said) })
}

func place(l Location) string { return strings.Trim(l.Place+", "+l.Country, ", ") }

func samePlace(want, got Location, said string) bool {
	if want.Country != "" && got.Country != "" && !strings.EqualFold(want.Country, got.Country) {
		return false
	}
	if want.Country != "" && contains(said, brief.CountryName(want.Country)) && got.Country == "" && !contains(got.Place, brief.CountryName(want.Country)) {
		return false
	}
	return want.Place == "" || got.Place == "" && want.Country != "" && strings.EqualFold(want.Country, got.Country) || overlap(want.Place, got.Place)
}
