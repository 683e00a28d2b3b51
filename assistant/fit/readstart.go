package fit

import (
	"time"
)

const isoDate = "2006-01-02"

var startWords = []string{"start", "starts", "starting", "started", "begin", "begins", "free", "available", "availability", "join", "ready", "onboard", "begin", "kick", "free from", "around"}

// starts reads by when somebody must be free.
func (x *reading) starts() {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if end, ok := x.run(i, "right away", "right now", "straight away", "immediately", "at once", "now", "today", "immediate start", "as soon as possible", "asap"); ok {
			if x.startNear(i, end) && (!x.Is(i, "now") || x.before(i, 3, startWords...)) {
				x.startBy(x.today, i, end)
			}
			continue
		}
		if end, ok := x.latest(i); ok {
			i = end - 1
		}
	}
}

// latest reads a date at token i, with the preposition before it.
func (x *reading) latest(i int) (end int, ok bool) {
	if x.Is(i, "start", "begin") && x.Is(i+1, "in", "on", "by", "from") || x.Is(i, "start") && x.Is(i-1, "can", "could", "to", "who", "must") {
		return i + 1, false // the verb: "can start in March"
	}
	first, last, end, ok := x.Day(i)
	if !ok {
		return x.fromNow(i)
	}
	at := i
	if x.Is(i, "the") {
		at++
	}
	switch {
	case x.Is(at, "first") && x.Is(at+1, "week"):
		last = first.AddDate(0, 0, 6)
	case x.Is(at, "first") && x.Is(at+1, "half"):
		last = first.AddDate(0, 0, 14)
	}
	if !x.startNear(i, end) {
		return end, false
	}
	by := last
	prep := ""
	for k := i - 1; k >= max(0, i-2); k-- {
		if x.Is(k, "before", "by", "until", "till", "from", "in", "on", "after", "during", "within", "since", "of") {
			prep = x.Low(k)
			break
		}
	}
	switch prep {
	case "of":
		if !x.Is(i-2, "week") && !(x.Is(i-1, "the") && x.Is(i-3, "week")) {
			return end, false
		}
		by = first.AddDate(0, 0, 4)
	case "since":
		return end, false
	case "before":
		by = first.AddDate(0, 0, -1)
	case "by":
		by = first
		if first.Equal(last) || x.Is(i, "end", "the") || last.Sub(first) <= 7*24*time.Hour {
			by = last
		}
	case "from":
		by = first
	}
	from := i
	for from > 0 && (x.Is(from-1, startWords...) || x.Is(from-1, "before", "by", "in", "on", "from", "can", "could", "who", "to", "be", "is", "are", "must", "the", "latest", "at", "until", "within", "during")) {
		from--
	}
	if x.Is(end, "at") && x.Is(end+1, "the") && x.Is(end+2, "latest") {
		end += 3
	}
	x.startBy(by, from, end)
	return end, true
}

// fromNow reads "within two weeks", "in ten days".
func (x *reading) fromNow(i int) (end int, ok bool) {
	if !x.Is(i, "within", "in") || !x.startNear(i, i+1) && !(x.wishing && x.Is(i, "within")) {
		return i, false
	}
	at := i + 1
	if x.Is(at, "the") && x.Is(at+1, "next") {
		at += 2
	}
	n, end, ok := x.Number(at)
	if !ok && x.Is(at, "a") {
		n, end, ok = 1, at+1, true
	}
	days := map[string]int{"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30}[x.Low(end)]
	if !ok || days == 0 || n < 1 || n > 60 {
		return i, false
	}
	x.startBy(x.today.AddDate(0, 0, int(n)*days), i, end+1)
	return end + 1, true
}

// startNear reports whether the words around tokens [from, to) are about when
// somebody is free, and not about a deadline or the past.
func (x *reading) startNear(from, to int) bool {
	if x.before(from, 8, startWords...) || x.behind(to, 3, "start", "at", "onwards") && !x.before(from, 6, "deliver", "delivered", "done", "finished", "finish", "ready") {
		return !x.before(from, 3, "since", "worked")
	}
	if !x.wishing {
		return false
	}
	if x.before(from, 7, "done", "deliver", "delivered", "finish", "finished", "deadline", "due", "launch", "since", "worked", "experience", "project", "projects", "last", "past") {
		return false
	}
	return x.Is(from-1, "before", "by", "in", "from", "until") || x.clauseIs(from, to)
}

func (x *reading) startBy(day time.Time, from, to int) {
	x.add(Requirement{Kind: Start, By: day.Format(isoDate), Text: "free by " + day.Format("2 January")}, from, to)
}
