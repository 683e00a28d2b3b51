package fit

import (
	"fmt"
	"math"
)

// records reads what somebody must have done on this marketplace.
func (x *reading) records() {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if end, ok := x.run(i, "no newcomers", "no newbies", "not new here", "no new people", "no first timers", "nobody new", "no new profiles", "with a track record here", "with some history here",
			"has worked here before", "have worked here before", "with a history here", "with jobs here", "not newcomers", "no newcomer", "proven on this platform", "proven here", "some track record", "with a track record", "at least one job", "have done jobs here", "has done jobs here"); ok && x.wishing {
			x.jobs(1, i, end)
			continue
		}
		if end, ok := x.run(i, "with reviews", "have reviews", "has reviews", "with a rating", "who have been rated", "with at least one review"); ok && x.wishing && !x.Is(end, "above", "over", "of", "better", "higher", "from", "at", "under", "below") {
			x.add(Requirement{Kind: Record, Rating: 1, Text: "has been reviewed here"}, i, end)
			continue
		}
		if end, ok := x.historyHere(i); ok {
			x.jobs(1, i, end)
			continue
		}
		n, end, ok := x.Number(i)
		if !ok {
			continue
		}
		if to, ok := x.ratingAt(i, end, n); ok {
			i = to - 1
		} else if to, ok := x.jobsAt(i, end, n); ok {
			i = to - 1
		}
	}
}

// historyHere reads "with a track record on this platform", "who has worked here".
func (x *reading) historyHere(i int) (end int, ok bool) {
	if !x.wishing || !x.Is(i, "history", "record", "past", "worked", "experience", "hired") || x.denied(i) {
		return i, false
	}
	at := i + 1
	if x.Is(at, "already", "before", "previously") {
		at++
	}
	if x.Is(at, "here") {
		return at + 1, !x.Is(i, "past")
	}
	if x.Is(at, "on", "in", "at", "through", "via") && x.Is(at+1, "this", "the", "your", "our") && x.Is(at+2, "platform", "marketplace", "site", "website") {
		return at + 3, true
	}
	return i, false
}

// ratingAt reads "4.8 or better", "rated above 4.7", "5 stars".
func (x *reading) ratingAt(i, end int, n float64) (to int, ok bool) {
	if n < 1 || n > 5 {
		return i, false
	}
	cue := x.before(i, 6, "rating", "ratings", "rated", "score", "stars", "reviews", "star") || x.Is(end, "stars", "star", "rating", "rated") || x.Is(end, "-", "+") && x.Is(end+1, "star", "stars", "rating")
	fraction := n != math.Trunc(n)
	better, orBetter := x.run(end, "or better", "or above", "or higher", "and up", "or more", "and above", "and better", "and higher", "or over", "upwards", "+", "plus", "stars or better", "stars and up", "stars or more", "stars or above", "star or better", "rating or better", "or up")
	if !cue && !(fraction && (orBetter || x.before(i, 3, "least", "above", "over", "minimum", "under", "below", "than"))) || x.Is(end, "years", "jobs", "hours", "months", "weeks") || x.moneyAround(i, end) {
		return i, false
	}
	to = end
	if orBetter {
		to = better
	} else if x.Is(to, "stars", "star", "rating") {
		to++
	} else if x.Is(to, "-") && x.Is(to+1, "star", "stars") {
		to += 2
	}
	least := n
	if !orBetter && (x.Is(i-1, "above", "over", ">") || x.Is(i-1, "than") && x.Is(i-2, "better", "more", "higher")) {
		least = math.Nextafter(n, 6)
		least = math.Ceil(least*100) / 100
		if least <= n {
			least += 0.01
		}
	}
	from := i
	for from > 0 && x.Is(from-1, "rating", "rated", "a", "of", "at", "least", "above", "over", "with", "ratings", "better", "higher", "more", "than", "minimum", "score", "from", "is") {
		from--
	}
	x.add(Requirement{Kind: Record, Rating: math.Round(least*100) / 100, Text: fmt.Sprintf("rated %g or better here", math.Round(least*100)/100)}, from, to)
	return to, true
}

func (x *reading) moneyAround(i, end int) bool {
	return x.Is(i-1, "$", "€", "£") || x.Is(end, "$", "€", "£", "k", "an", "per", "/", "eur", "usd", "euro", "euros", "dollars", "pounds")
}

// jobsAt reads "at least ten jobs here", "fifteen jobs or more".
func (x *reading) jobsAt(i, end int, n float64) (to int, ok bool) {
	at := end
	if x.Is(at, "+") {
		at++
	}
	if x.Is(at, "or") && x.Is(at+1, "more") {
		at += 2
	}
	for x.Is(at, "completed", "finished", "past", "previous", "paid", "done", "successful") {
		at++
	}
	if n < 1 || n > 100_000 || !x.wishing || !x.Is(at, "jobs", "job", "gigs", "contracts", "reviews", "assignments", "orders") && !(x.Is(at, "hours") && (x.Is(at+1, "here", "worked") || x.Is(at+1, "on") && x.Is(at+3, "platform", "site", "marketplace"))) {
		return i, false
	}
	to = at + 1
	if _, ok := x.run(at, "job here", "jobs here"); ok || x.Is(to, "or") && x.Is(to+1, "more") {
		if x.Is(to, "or") {
			to += 2
		}
	}
	what := x.Low(at)
	for x.Is(to, "done", "worked", "here", "completed", "on", "this", "the", "platform", "site", "marketplace", "behind", "them") {
		to++
	}
	least := int(n)
	if x.Is(i-1, "than", "over", ">") && !x.Is(i-2, "less", "fewer") {
		least++
	}
	from := i
	for from > 0 && x.Is(from-1, "at", "least", "more", "than", "over", "with", "minimum", "of") {
		from--
	}
	switch what {
	case "reviews":
		x.add(Requirement{Kind: Record, Reviews: least, Text: fmt.Sprintf("at least %d reviews here", least)}, from, to)
	case "hours":
		x.add(Requirement{Kind: Record, Worked: least, Text: fmt.Sprintf("at least %d hours worked here", least)}, from, to)
	default:
		x.jobs(least, from, to)
	}
	return to, true
}

func (x *reading) jobs(n, from, to int) {
	text := fmt.Sprintf("at least %d jobs here", n)
	if n == 1 {
		text = "has worked here before"
	}
	x.add(Requirement{Kind: Record, Jobs: n, Text: text}, from, to)
}
