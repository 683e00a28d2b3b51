package jobpost

import (
	"regexp"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
)

// dayWords says when, behind a verb: in the person's own words where they mean
// the same to a reader of the post ("before Christmas", "in the first week of
// December"), and else as a date, no more precise than it was said. It is ""
// for words that set no day.
func dayWords(d brief.Day, preposition string) string {
	text := properDates(strings.TrimSpace(d.Text))
	first, rest, _ := strings.Cut(text, " ")
	if first = strings.ToLower(first); preposition == "by" && (first == "until" || first == "till") {
		first, text = "by", "by "+rest // "finished until 31 March"
	}
	if first == "by" && strings.HasPrefix(rest, "end of") {
		rest, text = "the "+rest, "by the "+rest
	}
	day, err := time.Parse(time.DateOnly, d.Date)
	dated := err == nil
	switch {
	case d.Asap:
		return "as soon as possible"
	case dated && relativeMonth.MatchString(text):
		return "in " + day.Format("January 2006")
	case dated && relativeWeek.MatchString(text):
		return "in the week of " + day.Format("2 January 2006")
	case partOfMonth.MatchString(text):
		return partWords(text, first, preposition)
	case first == "from" && rest != "" && rest[0] >= '0' && rest[0] <= '9' && monthNames.MatchString(rest):
		return "on " + rest
	case first == "from" && monthAlone.MatchString(rest):
		return "in " + rest
	case monthAlone.MatchString(text):
		return "in " + text
	case startsDay[first] && rest != "" && (!dated || !fromNow(text)):
		return first + " " + rest
	case dated:
		return preposition + " " + day.Format("2 January 2006")
	}
	return ""
}

// partWords puts "first week of December" behind a verb.
func partWords(text, first, preposition string) string {
	if startsDay[first] {
		return strings.ToLower(text[:1]) + text[1:]
	}
	text = strings.TrimPrefix(strings.ToLower(text[:1])+text[1:], "the ")
	switch strings.Fields(text)[0] {
	case "early", "mid", "late":
		return "in " + text
	case "end", "beginning", "start", "middle":
		if preposition == "on" {
			preposition = "at"
		}
		return preposition + " the " + text
	}
	return "in the " + text
}

const months = `January|February|March|April|May|June|July|August|September|October|November|December`

var (
	relativeMonth = regexp.MustCompile(`(?i)^(?:in |from |by |during |sometime )?(?:next|this|the coming) month$`)
	relativeWeek  = regexp.MustCompile(`(?i)^(?:in |from |by |during |sometime )?(?:next|this|the coming) week$`)
	partOfMonth   = regexp.MustCompile(`(?i)^(?:(?:in|by|at|on|from|until|before|during) )?(?:the )?(?:first|second|third|last|early|mid|middle|late|beginning|end|start)(?:[ -](?:week|half|days?))?(?: of)?(?: the)? (?:` + months + `)(?: \d{4})?$`)
	monthAlone    = regexp.MustCompile(`(?i)^(?:` + months + `)(?: \d{4})?$`)
	monthNames    = regexp.MustCompile(`(?i)\b(?:january|february|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|ramadan)\b`)
	lowerMarch    = regexp.MustCompile(`\b(?:(of|by|in|until|before|mid|late|early|end|from|\d|\dth|\dst|\dnd|\drd) )(march|may)\b`)
)

// properDates writes the names of months, days and feasts with their capital.
func properDates(text string) string {
	text = monthNames.ReplaceAllStringFunc(text, capital)
	return lowerMarch.ReplaceAllStringFunc(text, func(m string) string {
		at := strings.LastIndexByte(m, ' ') + 1
		return m[:at] + capital(m[at:])
	})
}

// fromNow reports whether words count from the day they were said, which a
// reader of the post does not know.
func fromNow(text string) bool {
	return mentions(flat(text), []string{"next ", "this ", "tomorrow", "today", "tonight", "day", "week", "month", "year", "mon", "tue", "wed", "thu", "fri", "sat", "sun"})
}

var startsDay = words("before by until till within in on after at next from")
