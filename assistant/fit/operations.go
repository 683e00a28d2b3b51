package fit

import (
	"math"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// operations reads what a wish does to earlier ones and to single candidates.
func (x *reading) operations(w *Wish) {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if end, ok := x.resetAt(i); ok {
			w.Reset = true
			x.take(i, end)
			i = end - 1
			continue
		}
		if end, ok := x.allowed(i); ok {
			w.Allow = append(w.Allow, Pay)
			i = end - 1
			continue
		}
		if end, ok := x.without(i); ok {
			i = end - 1
			continue
		}
		if end, ok := x.people(i, w); ok {
			i = end - 1
			continue
		}
		if end, ok := x.forget(i, w); ok {
			i = end - 1
			continue
		}
		if end, ok := x.instead(i, w); ok {
			i = end - 1
		}
	}
}

// resetAt reads that everything said before is off: "start again", "back to
// everybody", "scrap all that", "different question".
func (x *reading) resetAt(i int) (end int, ok bool) {
	if end, ok = x.run(i, "start again", "start over", "start afresh", "start fresh", "start anew", "start from scratch", "start from zero", "from scratch", "from the beginning", "from the top", "begin again", "back to the start", "back to square one", "back to the beginning",
		"different question", "new question", "another question", "different search", "new search", "fresh start", "clean slate", "reset", "square one", "let's begin again", "restart"); ok {
		return end, true
	}
	if x.Is(i, "everybody", "everyone", "all") && (x.Is(i+1, "back") || x.Is(i, "all") && x.Is(i+1, "candidates", "people", "freelancers", "profiles") && x.Is(i+2, "again", "back") || x.Is(i+1, "again") && x.Is(i-1, "show", "see", "list", "me", "us")) && !x.Is(i-1, "not", "but") {
		return i + 2, true
	}
	at := i
	switch {
	case x.Is(i, "back") && x.Is(i+1, "to"), x.Is(i, "go", "return") && x.Is(i+1, "back", "to"):
		at = i + 2
		if x.Is(at, "to") {
			at++
		}
	case x.Is(i, "forget", "scrap", "drop", "clear", "ignore", "remove", "undo", "cancel", "lift", "bin", "delete", "without", "no", "reset", "wipe", "disregard"):
		end, ok = x.run(i+1, "everything", "all that", "all of that", "all of it", "all this", "it all", "all the above", "the lot", "all filters", "all the filters", "the filters", "filters", "all conditions", "all the conditions", "the conditions", "all restrictions", "what i said", "everything so far", "all i said", "everything i said", "all", "them all", "the whole thing", "all my conditions")
		if ok && x.Is(i+1, "all") && end == i+2 && !(end >= x.Len() || x.parts(end)) {
			return i, false
		}
		return end, ok && (!x.Is(i, "no", "without") || x.Is(end-1, "filters", "conditions"))
	case x.Is(i, "show", "list", "see") && x.Is(i+1, "me", "us"):
		at = i + 2
	case x.Is(i, "show", "among", "from", "of", "in", "take", "bring", "with", "look") && !x.Is(i+1, "me"):
		at = i + 1
		if x.Is(i, "look") && x.Is(at, "at") {
			at++
		}
	default:
		return i, false
	}
	if x.Is(at, "out") && x.Is(at+1, "of") {
		at += 2
	}
	end, ok = x.run(at, "everybody", "everyone", "all of them", "the full list", "the whole list", "the complete list", "the entire list", "the full pool", "the whole pool", "the whole group", "the full group", "all candidates", "all the candidates", "all people", "the full set", "all", "them all", "the whole lot", "the long list", "the original list", "the first list", "the whole bunch")
	if ok && x.Is(at, "all") && end == at+1 && !x.Is(i, "back") && !(end >= x.Len() || x.parts(end)) {
		return i, false
	}
	if ok && x.Is(i, "from", "of", "in", "with", "take") && x.Is(at, "all") && end == at+1 {
		return i, false
	}
	for x.Is(end, "again", "back", "then", "now", "once") {
		end++
	}
	return end, ok
}

// allowed reads "rate unknown is fine".
func (x *reading) allowed(i int) (end int, ok bool) {
	s := x.sentence(i)
	if !x.Is(i, "rate", "rates", "price", "prices", "unknown", "missing", "no", "without", "unstated", "unclear", "whoever", "those", "if", "not") {
		return i, false
	}
	_, to := x.clause(i)
	to = min(to, s.To)
	unknown, fine, rate := false, false, false
	for k := i; k < to; k++ {
		unknown = unknown || x.Is(k, "unknown", "missing", "no", "without", "unstated", "blank", "empty", "not", "don't", "doesn't", "unclear", "open")
		rate = rate || x.Is(k, "rate", "rates", "price", "prices", "figure")
		fine = fine || x.Is(k, "fine", "ok", "okay", "stay", "acceptable", "allowed", "welcome", "good", "alright", "keep", "in", "count", "problem")
	}
	if !unknown || !fine || !rate && !x.onlyUnknown(i, to) {
		return i, false
	}
	x.take(i, to)
	x.allowing = append(x.allowing, unit{i, to})
	return to, true
}

// onlyUnknown reports whether a clause says no more than that something
// unknown is fine, which is said of rates.
func (x *reading) onlyUnknown(from, to int) bool {
	named := false
	for k := from; k < to; k++ {
		named = named || x.Is(k, "unknown", "missing", "unstated")
		if !x.Is(k, "unknown", "missing", "unstated", "is", "are", "fine", "ok", "okay", "too", "also", "ones", "allowed", "acceptable", "alright", "if") {
			return false
		}
	}
	return named
}

// forget reads "forget the UK part", "never mind the rate", "take the 32 hours
// away again", and which conditions it means.
func (x *reading) forget(i int, w *Wish) (end int, ok bool) {
	at, ok := x.run(i, "forget about", "forget", "never mind", "nevermind", "ignore", "lift", "scrap", "undo", "take back", "without the", "no longer", "leave out", "not so important", "drop", "remove", "skip", "take away", "get rid of", "lose", "cancel", "disregard", "relax", "waive", "take off", "i don't care about", "don't care about", "i don't mind about", "doesn't have to be", "don't have to be", "does not have to be", "do not have to be", "needn't be", "doesn't need to be", "don't need to be")
	if !ok && x.Is(i, "take") && x.behind(i, 8, "away", "back", "off", "out") {
		at, ok = i+1, true
	}
	if !ok && x.Is(i, "any", "whatever", "whichever", "every") && kindWords[x.Low(i+1)] != "" || !ok && x.Is(i, "anywhere", "wherever", "worldwide") && !x.Is(i+1, "but", "in", "within", "except", "else") {
		kind, end := Place, i+1
		if x.Is(i, "any", "whatever", "whichever", "every") {
			kind, end = kindWords[x.Low(i+1)], i+2
			if kind == Start && x.Is(i+1, "time") || x.Is(i+1, "time") && x.Is(i+2, "zone") {
				kind = Zone
			}
		}
		_, to := x.clause(i)
		w.Drop = append(w.Drop, Drop{Kind: kind, Quote: x.Quote(i, end)})
		x.take(i, to)
		return to, true
	}
	if !ok && x.Is(i, "any", "whatever") && x.Is(i+1, "time") && x.Is(i+2, "zone") {
		w.Drop = append(w.Drop, Drop{Kind: Zone, Quote: x.Quote(i, i+3)})
		x.take(i, i+3)
		return i + 3, true
	}
	if !ok && (i == 0 || x.parts(i-1) || x.Is(i-1, "and", "so", "actually", "ok", "well")) {
		if subject, end, ok := x.irrelevant(i); ok {
			w.Drop = append(w.Drop, x.dropsOf(i, subject)...)
			x.take(i, end)
			return end, true
		}
	}
	if !ok || x.Is(i, "without") && x.isPlace(at) && !x.hasEarlier(func(r Requirement) bool { return r.Kind == Place && !r.Not }) {
		return i, false // "Europe without the UK"
	}
	to := at
	for to < x.Len() && !x.parts(to) && !(x.Is(to, "and") && x.Is(to+1, "show", "only", "just", "keep", "instead", "add", "give", "make", "drop", "remove", "exclude", "bring", "put", "take", "forget", "leave", "hide", "look", "search", "find", "see", "go", "start", "include", "tell", "restrict", "limit", "narrow", "filter")) && !x.Is(to, "instead") {
		to++
	}
	drops := x.dropsOf(at, to)
	if len(drops) == 0 && !x.Is(i, "forget", "never", "nevermind", "scrap", "disregard", "ignore", "undo") {
		return i, false
	}
	w.Drop = append(w.Drop, drops...)
	x.take(i, to)
	return to, true
}

// without reads "remove people without reviews", "leave out everyone whose rate
// we don't know": who is silent on it goes.
func (x *reading) without(i int) (end int, ok bool) {
	at, ok := x.run(i, "leave out", "remove", "drop", "exclude", "without", "no", "not", "skip", "hide", "take out", "get rid of")
	if !ok {
		return i, false
	}
	for x.Is(at, "the", "all", "any", "out") {
		at++
	}
	if !x.Is(at, "people", "everyone", "everybody", "those", "anyone", "anybody", "ones", "profiles", "candidates", "freelancers", "who", "whoever", "person", "nobody") {
		return i, false
	}
	_, to := x.clause(at)
	lacking := false
	for k := at + 1; k < to; k++ {
		lacking = lacking || x.Is(k, "without", "no", "unknown", "missing", "don't", "doesn't", "not", "lack", "lacking")
		if !lacking && !x.Is(k, "whose", "with", "have", "has", "a", "the", "rate", "rates", "price", "reviews", "review", "rating", "ratings", "jobs", "we", "i", "you", "name", "names", "state", "any", "who", "that", "is") {
			return i, false
		}
	}
	if !lacking {
		return i, false
	}
	for k := at + 1; k < to; k++ {
		switch {
		case x.Is(k, "rate", "rates", "price", "prices"):
			x.add(Requirement{Kind: Pay, Text: "names a rate"}, i, to)
		case x.Is(k, "review", "reviews", "rating", "ratings"):
			x.add(Requirement{Kind: Record, Rating: 1, Text: "has been reviewed here"}, i, to)
		case x.Is(k, "jobs", "job"):
			x.jobs(1, i, to)
		default:
			continue
		}
		return to, true
	}
	return i, false
}

// instead reads "30 was fine" behind a condition that was taken back: a bare
// number takes its place.
func (x *reading) instead(i int, w *Wish) (end int, ok bool) {
	n, end, ok := x.Number(i)
	if ok {
		if to, ok := x.raised(i, end, n); ok {
			return to, true
		}
	}
	if !ok || len(w.Drop) == 0 || n < 1 || !x.Is(end, "was", "is", "were", "are", "would", "will", "did", "does") {
		return i, false
	}
	_, to := x.clause(i)
	switch w.Drop[len(w.Drop)-1].Kind {
	case Hours:
		x.hoursAWeek(int(n), i, to)
	case Pay:
		x.rate(brief.Sum{From: i, To: to, Low: n, High: n})
	default:
		return i, false
	}
	return to, true
}

// raised reads "the 100 can be 120": a condition in force gets another number.
func (x *reading) raised(i, end int, n float64) (to int, ok bool) {
	at, ok := x.run(end, "can be", "may be", "could be", "becomes", "can become", "can go up to", "can go to", "is now", "goes up to", "should be")
	if !ok {
		return i, false
	}
	m, to, ok := x.Number(at)
	if !ok || m < 1 {
		return i, false
	}
	for _, r := range x.context.Earlier {
		switch {
		case r.Kind == Hours && float64(r.HoursAWeek) == n:
			x.hoursAWeek(int(m), i, to)
		case r.Kind == Record && r.Jobs > 0 && float64(r.Jobs) == n:
			x.jobs(int(m), i, to)
		case r.Kind == Pay && len(r.Rates) > 0 && math.Ceil(major(r.Rates[0].Max, r.Rates[0].Currency)) == n:
			sum := brief.Sum{From: i, To: to, Low: m, High: m, Currency: r.Rates[0].Currency}
			x.rate(sum)
		default:
			continue
		}
		return to, true
	}
	return i, false
}

// irrelevant reads "the place doesn't matter", "German isn't that important
// after all": what stands before subject is what it is said of.
func (x *reading) irrelevant(i int) (subject, end int, ok bool) {
	_, to := x.clause(i)
	for k := i + 1; k < min(to, i+12); k++ {
		at := k
		switch {
		case x.Is(k, "doesn't", "don't", "isn't", "aren't", "needn't", "won't", "wasn't"):
			at++
		case x.Is(k, "not") && !x.Is(k-1, "is", "are", "does", "do"):
			at++
		case x.Is(k, "does", "do", "is", "are", "need", "was") && x.Is(k+1, "not"), x.Is(k, "no") && x.Is(k+1, "longer"), x.Is(k, "is", "are") && x.Is(k+1, "no") && x.Is(k+2, "longer"):
			at += 2
		case x.Is(k, "can", "may") && x.Is(k+1, "go") && (k+2 >= to || x.Is(k+2, "again", "now", "then", "too")), x.Is(k, "is", "are") && x.Is(k+1, "irrelevant", "off", "unimportant", "optional", "negotiable"), x.Is(k, "matters") && x.Is(k+1, "less"):
			return k, to, true
		default:
			continue
		}
		for x.Is(at, "that", "so", "really", "very", "all", "be", "longer", "such", "a", "much", "terribly", "necessarily", "to", "strictly") {
			at++
		}
		if x.Is(k, "no") && x.Is(k+1, "longer") && at >= to {
			return k, to, true // "Italy no longer"
		}
		if x.Is(at, "important", "matter", "matters", "needed", "necessary", "required", "must", "essential", "relevant", "condition", "requirement", "crucial", "decisive", "need", "dealbreaker", "issue", "problem", "priority") {
			return k, to, true
		}
	}
	return 0, 0, false
}

// dropsOf tells which conditions the words [from, to) mean.
func (x *reading) dropsOf(from, to int) []Drop {
	var drops []Drop
	quote := x.Quote(from, to)
	add := func(d Drop) { d.Quote = quote; drops = append(drops, d) }
	for i := from; i < to; i++ {
		if kind, ok := kindWords[x.Low(i)]; ok {
			if !slices.ContainsFunc(drops, func(d Drop) bool { return d.Kind == kind }) {
				add(Drop{Kind: kind})
			}
			continue
		}
		if code := languageCodes[x.Low(i)]; code != "" && x.hasEarlier(func(r Requirement) bool { return slices.Contains(r.Codes, code) }) {
			add(Drop{Kind: Language, Codes: []string{code}})
			continue
		}
		if s, ok := x.placeAt(i); ok && s.to <= to {
			add(Drop{Kind: Place, Countries: s.countries})
			i = s.to - 1
			continue
		}
		if sum, ok := x.Sum(i); ok && sum.Currency != "" {
			add(Drop{Kind: Pay})
			i = max(i, sum.To-1)
			continue
		}
		if levelNames[x.Low(i)] != "" {
			add(Drop{Kind: Level})
		}
	}
	if len(drops) > 0 {
		return drops
	}
	if _, ok := x.run(from, "that", "it", "the last one", "the last bit", "the last thing", "the last condition", "the last filter", "last", "this"); ok && len(x.context.Earlier) > 0 && to-from <= 5 {
		add(Drop{Last: true})
		return drops
	}
	return x.dropsByWords(from, to, quote)
}

// dropsByWords finds earlier conditions by a skill or a telling word of theirs.
func (x *reading) dropsByWords(from, to int, quote string) []Drop {
	var names []string
	for _, m := range x.reader.vocabulary.Match(quote) {
		names = append(names, m.Skill.Name)
	}
	for _, r := range x.context.Earlier {
		if overlap(names, r.Skills) {
			return []Drop{{Kind: Skill, Skills: names, Quote: quote}}
		}
	}
	stems := x.terms(from, to)
	for _, r := range x.context.Earlier {
		for _, term := range r.Terms {
			for part := range strings.FieldsFuncSeq(term, func(r rune) bool { return r == '|' || r == '+' || r == '?' }) {
				if slices.Contains(stems, part) {
					return []Drop{{Kind: r.Kind, Terms: []string{term}, Quote: quote}}
				}
			}
		}
	}
	for i := from; i < to; i++ {
		if !x.Word(i) || talk[x.Low(i)] || len(x.Low(i)) < 4 {
			continue
		}
		for k := len(x.context.Earlier) - 1; k >= 0; k-- {
			if r := x.context.Earlier[k]; strings.Contains(strings.ToLower(r.Text+" "+r.Quote), x.Low(i)) && len(r.Terms) > 0 {
				return []Drop{{Kind: r.Kind, Terms: r.Terms, Quote: quote}}
			}
		}
	}
	return nil
}

func (x *reading) hasEarlier(is func(Requirement) bool) bool {
	return slices.ContainsFunc(x.context.Earlier, is)
}

// kindWords name a kind of condition.
var kindWords = map[string]Kind{
	"rate": Pay, "rates": Pay, "price": Pay, "prices": Pay, "budget": Pay, "money": Pay, "pay": Pay, "cost": Pay, "costs": Pay, "ceiling": Pay, "charge": Pay,
	"place": Place, "location": Place, "where": Place, "country": Place, "countries": Place, "region": Place, "continent": Place, "geography": Place,
	"zone": Zone, "timezone": Zone, "clock": Zone,
	"hours": Hours, "availability": Start, "start": Start, "date": Start, "dates": Start, "begin": Start, "begins": Start, "starts": Start,
	"language": Language, "languages": Language,
	"level": Level, "seniority": Level,
	"rating": Record, "ratings": Record, "jobs": Record, "stars": Record, "reviews": Record, "record": Record,
	"credential": Credential, "credentials": Credential, "certificate": Credential, "certificates": Credential, "certification": Credential, "licence": Credential, "license": Credential, "degree": Credential, "diploma": Credential, "sworn": Credential, "licensed": Credential, "certified": Credential, "phd": Credential, "chartered": Credential,
}
