package grounding

import (
	"slices"
	"strings"
)

// describe finds what a number counts, what it is for each of, and how it is
// bounded.
func describe(tokens []token, found []quantity, k int) {
	q := &found[k]
	at := afterUnit(tokens, q)
	at = readPer(tokens, q, at)
	q.date = q.unit == "" && q.currency == "" && readDate(tokens, q)
	if q.unit == "" && q.currency == "" && !q.date {
		q.heads = headsAt(tokens, q, at)
	}
	if k > 0 && q.unit == "" && q.currency == "" && len(q.heads) == 0 && previous(tokens, q.from) == "to" && q.from-found[k-1].to <= 3 {
		q.heads = found[k-1].heads // "from 6 seconds to 1.5"
	}
	q.limit = limitOf(tokens, q)
	q.role = roleOf(tokens, q, at)
	if q.ranged && !q.upper && k+1 < len(found) && len(q.heads) == 0 && q.unit == "" { // "4–6 pages"
		describe(tokens, found, k+1)
		q.heads, q.per = found[k+1].heads, found[k+1].per
	}
}

// readDate reports whether a number is a year or the day of a month, and reads
// "since 2016" and "since March 2016".
func readDate(tokens []token, q *quantity) bool {
	before := previous(tokens, q.from)
	month := months[strings.TrimSuffix(before, ".")]
	if q.value >= 1900 && q.value <= 2100 && isPlain(q.text) && len(q.text) == 4 {
		at := q.from
		if month != "" {
			at--
			q.month = slices.Index(monthKeys, month) + 1
		}
		q.since = previous(tokens, at) == "since" || previous(tokens, at) == "in" && previous(tokens, at-1) == "began"
		return true
	}
	at := q.to
	ordinal := at < len(tokens) && ordinals[tokens[at].lower] && !tokens[at].spaced
	if ordinal {
		at++
	}
	if at+1 < len(tokens) && tokens[at].lower == "of" {
		at++
	}
	return month != "" || at < len(tokens) && months[strings.TrimSuffix(tokens[at].lower, ".")] != "" || ordinal
}

// afterUnit returns the token behind a number with its unit or currency.
func afterUnit(tokens []token, q *quantity) int {
	at := q.to
	for at < len(tokens) {
		word := tokens[at].lower
		switch {
		case word == "-" && at+1 < len(tokens) && !tokens[at+1].spaced, word == "+":
		case q.unit != "" && (timeUnits[word] == q.unit || decades[word] > 0):
			return at + 1
		case (q.unit == "%" || q.unit == "pp" || q.unit == "bp") && (word == "%" || word == "per" || word == "percent" || word == "cent" || word == "percentage" || word == "basis" || word == "pp" || word == "pct" || strings.HasPrefix(word, "point")):
		case q.unit != "" && word == "of":
		case q.currency != "" && currencyOf(tokens[at], true) != "":
		default:
			return at
		}
		at++
	}
	return at
}

// readPer reads "an hour", "per week", "/day", "hourly" behind a number.
func readPer(tokens []token, q *quantity, at int) int {
	if at >= len(tokens) {
		return at
	}
	if unit := rhythms[tokens[at].lower]; unit != "" {
		q.per = unit
		return at + 1
	}
	if word := tokens[at].lower; at+1 < len(tokens) && (word == "a" || word == "an" || word == "per" || word == "each" || word == "every" || word == "/" || word == "the") {
		if unit := timeUnits[tokens[at+1].lower]; unit != "" {
			q.per = unit
			return at + 2
		}
	}
	return at
}

// headsAt reads the words for what a number counts: behind it, or before it in
// "a team of eight" and "React 18".
func headsAt(tokens []token, q *quantity, at int) (heads []string) {
	if at+1 < len(tokens) && tokens[at].lower == "of" && determiners[tokens[at+1].lower] {
		at += 2
	}
	for ; at < len(tokens) && len(heads) < 4; at++ {
		t := tokens[at]
		if t.text == "-" && !t.spaced && len(heads) > 0 {
			continue
		}
		if !t.word || functionWords[t.lower] || isVerb(t.lower) && (len(heads) > 0 || previous(tokens, q.from) == "of") || rhythms[t.lower] != "" || timeUnits[t.lower] != "" {
			break
		}
		heads = append(heads, canonical(stem(t.lower)))
	}
	if len(heads) > 0 || q.from == 0 {
		return heads
	}
	before := tokens[q.from-1]
	if before.lower == "of" && q.from > 1 && tokens[q.from-2].word {
		head := canonical(stem(tokens[q.from-2].lower))
		if groups[head] {
			head = canonical("person")
		}
		return []string{head}
	}
	if upper, _ := shape(before.text); before.word && upper && !functionWords[before.lower] && q.from > 1 {
		return []string{canonical(stem(before.lower))}
	}
	return nil
}

// limitOf reads "more than", "at least", "up to" before a number and "+" or
// "or more" behind it.
func limitOf(tokens []token, q *quantity) string {
	if q.to < len(tokens) && tokens[q.to].text == "+" || q.to+1 < len(tokens) && tokens[q.to].lower == "or" && (tokens[q.to+1].lower == "more" || tokens[q.to+1].lower == "longer") {
		return ">="
	}
	i := q.from - 1
	if i >= 0 && (currencyOf(tokens[i], false) != "" || tokens[i].lower == "a" || tokens[i].lower == "the") {
		i--
	}
	if i < 0 {
		return ""
	}
	word, before := tokens[i].lower, previous(tokens, i)
	denied := false
	for k := i - 2; k >= max(0, i-4) && !softStops[tokens[k].text]; k-- {
		denied = denied || tokens[k].lower == "no" || tokens[k].lower == "not" || strings.HasSuffix(tokens[k].lower, "n't")
	}
	q.turned = denied && word == "than"
	switch {
	case word == "than" && (before == "more" || before == "greater" || before == "longer" || before == "higher"):
		if denied {
			return "<="
		}
		return ">"
	case word == "than" && (before == "less" || before == "fewer" || before == "lower" || before == "shorter"):
		if denied {
			return ">="
		}
		return "<"
	case word == "over" || word == "above" || word == "exceeding" || word == "beyond" || word == ">":
		return ">"
	case word == "least" && before == "at", word == "minimum" && before != "the", word == "of" && before == "minimum":
		return ">="
	case word == "under" || word == "below" || word == "almost" || word == "nearly" || word == "<":
		return "<"
	case word == "to" && before == "up", word == "most" && before == "at", word == "of" && before == "maximum":
		return "<="
	}
	return ""
}

// roleOf finds which figure a number is: the median, the budget.
func roleOf(tokens []token, q *quantity, at int) string {
	for i := q.from - 1; i >= max(0, q.from-6); i-- {
		if tokens[i].digits || softStops[tokens[i].text] || tokens[i].text == "(" || tokens[i].text == "." {
			break
		}
		if role := roles[tokens[i].lower]; role != "" {
			return role
		}
	}
	for i := at; i < min(at+2, len(tokens)); i++ {
		if role := roles[tokens[i].lower]; role != "" {
			return role
		}
		if !tokens[i].word {
			break
		}
	}
	return ""
}

var (
	rhythms     = map[string]string{"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year", "annual": "year"}
	monthKeys   = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	ordinals    = wordSet("st nd rd th")
	determiners = wordSet("the our my your their these those its")
	groups      = wordSet("team crew staff group squad")
	roles       = map[string]string{"median": "median", "average": "average", "mean": "average", "minimum": "minimum", "lowest": "minimum", "maximum": "maximum", "highest": "maximum", "budget": "budget", "deposit": "deposit", "total": "total", "revenue": "revenue", "turnover": "revenue", "salary": "salary", "discount": "discount", "bonus": "bonus", "limit": "limit", "asks": "ask", "ask": "ask", "charges": "ask", "charge": "ask"}
	// figureRoles must be named by the fact too.
	figureRoles = wordSet("median average minimum maximum deposit revenue salary discount bonus limit")
)
