package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

const barWidth = 32 // characters of the bar beside a pay figure

// draw lays the figures out for reading.
func (a marketAnswer) draw(about string, s screen) string {
	var blocks []string
	if a.Market != nil {
		blocks = append(blocks, marketBlocks(*a.Market, about, s)...)
	}
	if a.Trend != nil {
		blocks = append(blocks, trendBlock(*a.Trend, s))
	}
	return strings.Join(blocks, "\n")
}

func marketBlocks(m retrieval.Market, about string, s screen) []string {
	head := fmt.Sprintf("%s similar posts%s", number(m.Posts), dates(m.From, m.To))
	if m.Demo {
		head += ", of the demo marketplace among others"
	}
	if about != "" {
		head = s.bold(about) + "\n" + head
	}
	blocks := []string{head + "\n"}
	if len(m.Pay) == 0 {
		blocks = append(blocks, fmt.Sprintf("No figure for pay: fewer than %d posts say what they pay.\n", retrieval.MinPosts))
	} else {
		blocks = append(blocks, s.bold("Pay")+"\n"+payTable(m.Pay, s))
	}
	if len(m.Levels) > 1 {
		blocks = append(blocks, s.bold("By level")+"\n"+payTable(m.Levels, s))
	}
	if text := notes(slices.Concat(m.Pay, m.Levels), m.Category); text != "" {
		blocks = append(blocks, text)
	}
	if text := daysLines(m); text != "" {
		blocks = append(blocks, text)
	}
	if len(m.Companions) > 0 {
		blocks = append(blocks, s.bold("Skills that go with it")+"\n"+companionTable(m.Companions).draw(s))
	}
	return blocks
}

// payTable lists pay figures, with a bar each on a terminal: the middle half of
// pay, and the median in it, all of one way of paying on one scale.
func payTable(figures []retrieval.PayFigure, s screen) string {
	t := table{head: []string{"", "posts", "lower quarter", "median", "upper quarter", "median is in (90%)", ""}, right: []int{1, 2, 3, 4, 5}}
	for _, f := range figures {
		t.rows = append(t.rows, row{cells: []string{
			figureName(f), number(f.Posts), sum(f.P25, f.Currency), sum(f.P50, f.Currency), sum(f.P75, f.Currency),
			sum(f.Low, f.Currency) + "–" + sum(f.High, f.Currency), bar(f, figures, s),
		}})
	}
	return t.draw(s)
}

func figureName(f retrieval.PayFigure) string {
	name := "fixed price"
	if f.PayType == retrieval.PayHourly {
		name = "an hour"
	}
	name += ", " + f.Currency
	if f.Level != "" {
		name += ", " + f.Level
	}
	if f.Scope != retrieval.ScopeSimilar {
		name += " *"
	}
	return name
}

// notes explains the marks of figures.
func notes(figures []retrieval.PayFigure, category string) string {
	var text strings.Builder
	if slices.ContainsFunc(figures, func(f retrieval.PayFigure) bool { return f.Scope != retrieval.ScopeSimilar }) {
		fmt.Fprintf(&text, "* Too few similar posts: these are all of %s, of that level where one stands there.\n", cmp.Or(category, "the site"))
	}
	converted, on := make(map[string]int), ""
	for _, f := range figures {
		for currency, n := range f.Converted {
			converted[currency], on = max(converted[currency], n), f.RatesOn
		}
	}
	if len(converted) > 0 {
		var parts []string
		for _, currency := range slices.Sorted(maps.Keys(converted)) {
			parts = append(parts, fmt.Sprintf("up to %s in %s", number(converted[currency]), currency))
		}
		fmt.Fprintf(&text, "Converted posts are counted, %s, at the rates of %s.\n", strings.Join(parts, ", "), on)
	}
	return text.String()
}

// bar draws the quartiles of a figure on the logarithmic scale that all figures
// of its pay type and currency share.
func bar(f retrieval.PayFigure, all []retrieval.PayFigure, s screen) string {
	if s.width < 110 {
		return ""
	}
	low, high := f.P25, f.P75
	for _, other := range all {
		if other.PayType == f.PayType && other.Currency == f.Currency {
			low, high = min(low, other.P25), max(high, other.P75)
		}
	}
	at := func(minor int64) int {
		if high <= low || low <= 0 {
			return 0
		}
		return int(math.Round(math.Log(float64(minor)/float64(low)) / math.Log(float64(high)/float64(low)) * (barWidth - 1)))
	}
	cells := []rune(strings.Repeat("·", barWidth))
	for i := at(f.P25); i <= at(f.P75); i++ {
		cells[i] = '━'
	}
	cells[at(f.P50)] = '┃'
	return string(cells)
}

func daysLines(m retrieval.Market) string {
	var text strings.Builder
	for _, line := range []struct {
		name   string
		figure *retrieval.DaysFigure
	}{{"Duration", m.Duration}, {"Time to hire", m.TimeToHire}} {
		if f := line.figure; f != nil {
			mark := ""
			if f.Scope != retrieval.ScopeSimilar {
				mark = " of the category"
			}
			fmt.Fprintf(&text, "%s: %d days at the median, half of them %d–%d (%s posts%s)\n", line.name, f.P50, f.P25, f.P75, number(f.Posts), mark)
		}
	}
	return text.String()
}

func companionTable(list []retrieval.Companion) table {
	t := table{head: []string{"skill", "posts", "as often as elsewhere"}, right: []int{1, 2}}
	for _, c := range list {
		t.rows = append(t.rows, row{cells: []string{c.Skill, fmt.Sprintf("%d of %d", c.Posts, c.Of), fmt.Sprintf("%.1f×, at least %.1f×", c.Lift, c.Low)}})
	}
	return t
}

func trendBlock(t retrieval.Trend, s screen) string {
	about := t.Skill
	if about == "" {
		about = t.Category
	} else if t.Category != "" {
		about += " in " + t.Category
	}
	text := s.bold("Demand for "+about) + "\n"
	if s.width > 0 && len(t.Months) > 1 {
		text += sparkline(t.Months) + "\n"
	}
	months := table{head: []string{"month", "posts", "of", "share", "index", ""}, right: []int{1, 2, 3, 4}}
	for _, m := range t.Months {
		share, mark := "", ""
		if m.Of > 0 {
			share = fmt.Sprintf("%.1f%%", 100*float64(m.Posts)/float64(m.Of))
		}
		if m.Partial {
			mark = "not over"
		}
		months.rows = append(months.rows, row{cells: []string{m.Month, number(m.Posts), number(m.Of), share, fmt.Sprintf("%.0f", m.Index), mark}})
	}
	if len(t.Months) == 0 {
		text += "No post says when it was posted.\n"
	} else {
		text += months.draw(s)
	}
	text += growthText(t.Growth)
	if t.Undated > 0 {
		text += fmt.Sprintf("%s posts without a date are not counted.\n", number(t.Undated))
	}
	return text
}

func growthText(g *retrieval.Growth) string {
	if g == nil {
		return fmt.Sprintf("No growth is given: a period has fewer than %d posts.\n", retrieval.MinPosts)
	}
	return fmt.Sprintf("Share of all posts: %+.0f%% (90%% interval %+.0f%% to %+.0f%%), %s–%s (%s of %s) against %s–%s (%s of %s)\n",
		100*g.Change, 100*g.Low, 100*g.High, g.After.From, g.After.To, number(g.After.Posts), number(g.After.Of),
		g.Before.From, g.Before.To, number(g.Before.Posts), number(g.Before.Of))
}

// sparkline draws the index of each month.
func sparkline(months []retrieval.Month) string {
	steps := []rune("▁▂▃▄▅▆▇█")
	most := 0.0
	for _, m := range months {
		most = max(most, m.Index)
	}
	line := make([]rune, len(months))
	for i, m := range months {
		switch {
		case m.Of == 0:
			line[i] = ' ' // nothing was posted at all
		case most > 0:
			line[i] = steps[int(m.Index/most*float64(len(steps)-1)+0.5)]
		default:
			line[i] = steps[0]
		}
	}
	return string(line) + "  " + months[0].Month + " to " + months[len(months)-1].Month
}

// sum writes money without the decimals that quartiles have by interpolation.
func sum(minor int64, currency string) string {
	if per := retrieval.MinorUnits(currency); minor >= 20*per {
		minor = (minor + per/2) / per * per
	}
	return brief.Money(minor, currency)
}

// number parts thousands.
func number(n int) string {
	return strings.TrimSpace(brief.Money(int64(n)*100, ""))
}

func dates(from, to string) string {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	switch {
	case errA != nil || errB != nil:
		return ""
	case a.Format("2006-01") == b.Format("2006-01"):
		return ", " + a.Format("Jan 2006")
	}
	return ", " + a.Format("Jan 2006") + " – " + b.Format("Jan 2006")
}
