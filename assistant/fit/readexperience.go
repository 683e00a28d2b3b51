package fit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/parleyhq/parley/retrieval/words"
)

// doing are words for having worked, which say nothing of what on, and nouns
// for whom or what one works for.
var doing = set(`read reads build builds built building make makes made making create creates created creating deliver delivers delivered develop develops developed developing ship shipped ships launch launched run runs ran running
	handle handled deal dealt deals write writes wrote written writing produce produced set setup worked provide provided serve served help helped take took taken client clients customer customers company companies industry industries
	field sector sectors area domain niche team teams business businesses similar comparable example examples portfolio sample samples list case cases age ages size lists firms firm life served
	course courses keyword keywords tutorial tutorials project projects production real reading theory
	country countries region place zone timezone language languages rate rates price prices budget hour hours week weeks day days start available free level seniority rating ratings reviews stars jobs platform marketplace`)

var years = set("year years yrs yr years'")

// yearsIn reads "five years of" in a clause.
func (x *reading) yearsIn(u unit) (count float64, at unit) {
	for i := u.from; i < u.to; i++ {
		n, end, ok := x.Number(i)
		if !ok || n <= 0 || n > 50 {
			continue
		}
		if x.Is(end, "+") {
			end++
		}
		if x.Is(end, "or") && x.Is(end+1, "more") {
			end += 2
		}
		if x.Is(end, "-", "to", "–") {
			if _, next, ok := x.Number(end + 1); ok {
				end = next
			}
		}
		if x.Is(end, "full") {
			end++
		}
		if years[x.Low(end)] && !x.Is(end+1, "old", "ago") && !x.Is(end+1, "-") && !x.before(i, 6, "children", "kids", "adults", "aged", "age", "last", "past", "next", "for") &&
			(x.wishing || x.behindAny(u, "experience", "experienced", "of", "in", "with", "as", "least", "minimum", "+")) {
			return n, unit{i, end + 1}
		}
	}
	return 0, unit{}
}

func countText(n float64) string {
	if n == 1 {
		return "a year"
	}
	return fmt.Sprintf("%g years", n)
}

// experience takes, clause by clause, the telling words that no other reader
// understood.
func (x *reading) experience() {
	matches := x.match()
	for _, u := range x.units() {
		if x.wishing && x.goesOn(u) {
			continue
		}
		if x.wishing && !x.remark(u) || !x.wishing && x.tellsExperience(u) {
			x.experienceIn(u, within(matches, u))
		}
	}
}

// goesOn joins a clause to the experience before it where a comma goes on a
// list that ends with "or": "vehicles, buses or trams". Any of them will do.
func (x *reading) goesOn(u unit) bool {
	if len(x.found) == 0 || u.from == 0 || !x.Is(u.from-1, ",") {
		return false
	}
	last := &x.found[len(x.found)-1]
	if last.Kind != Experience || len(last.Terms) == 0 || last.to > u.from || u.from-last.to > 2 {
		return false
	}
	more := ""
	listed := false
	for i := u.from; i < u.to; i++ {
		switch {
		case x.Is(i, "or"):
			listed = true
		case !x.Word(i) || x.taken[i]:
		case plain(x.Low(i)) && !x.Is(i, "a", "an", "the"), doing[x.Low(i)]:
			return false
		case !plain(x.Low(i)):
			more += "|" + strings.Join(stemsOf(x.Low(i)), "+")
		}
	}
	if !listed && !x.Is(u.to, ",") || more == "" {
		return false
	}
	last.Terms[len(last.Terms)-1] += more
	last.Text += x.Quote(u.from-1, u.to)
	x.take(u.from, u.to)
	last.to = u.to
	return true
}

// remark reports whether a clause of a wish gives a reason or speaks of who
// asks, and asks for nothing: "it is easier with the partner", "so that we can talk".
func (x *reading) remark(u unit) bool {
	at := u.from
	for x.Is(at, "and", "so", "as", "ok", "well", "then", "since", "because", "that", "which", "hm", "hmm", "sorry", "otherwise") && at < u.to {
		at++
	}
	reason := x.Is(u.from, "because", "since", "otherwise") || x.Is(u.from, "so", "as") && x.Is(u.from+1, "that", "we", "i", "it", "they", "our", "my")
	if !reason && (u.from == 0 || !x.Is(at, "it", "it's", "its", "that", "that's", "this", "we", "i", "our", "my", "i'm", "we're", "there", "there's", "which", "the")) {
		return false
	}
	for i := at; i < u.to; i++ {
		if x.Is(i, "need", "want", "must", "looking", "prefer", "only", "require", "someone", "somebody", "people", "who", "has", "have", "those", "ones", "should", "like", "care", "insist") {
			return reason
		}
	}
	return true
}

// experienceIn adds what a clause asks somebody to have done.
func (x *reading) experienceIn(u unit, mine []named) {
	terms, from, to := x.experienceTerms(u, mine)
	count, counted := x.yearsIn(u)
	if counted.to > 0 && !x.free(counted.from, counted.to) {
		count, counted = 0, unit{}
	}
	if len(terms) == 0 && count == 0 || x.wishing && count == 0 && !x.worthAsking(u, terms, from) {
		return
	}
	if counted.to > 0 {
		if len(terms) == 0 {
			from, to = counted.from, counted.to
		}
		from, to = min(from, counted.from), max(to, counted.to)
	}
	r := Requirement{Kind: Experience, Terms: terms, Years: count, Proven: x.proven(u), Not: x.denied(from) || x.deniedBehind(to)}
	if !x.wishing && len(terms) < 2 && count == 0 && !slices.ContainsFunc(terms, isStrong) {
		return // one word of no known meaning is hardly what the clause is about
	}
	if r.Not && x.contrast(u, terms) {
		x.takePlain(u)
		x.take(from, to)
		return
	}
	if r.Not && !slices.ContainsFunc(terms, isStrong) {
		return // what is not wanted in words that no profile says of itself
	}
	r.Text = x.experienceText(u, r)
	x.add(r, from, to)
	x.takePlain(u)
}

// contrast reads what does not count for the experience just named, and leaves
// out nobody who has both: "films, not reels".
func (x *reading) contrast(u unit, terms []string) bool {
	if !x.wishing || len(x.found) == 0 || u.from == 0 || !x.Is(u.from-1, ",", "(", "-", "–", "—") || !x.Is(u.from, "not", "no", "never", "and") {
		return false
	}
	last := &x.found[len(x.found)-1]
	if last.Kind != Experience || last.Not || last.to > u.from || x.sentenceOf[last.from] != x.sentenceOf[u.from] {
		return false
	}
	for _, term := range terms {
		if !slices.Contains(last.Terms, term) {
			last.Unlike = append(last.Unlike, term)
		}
	}
	return true
}

// experienceTerms are the telling words of a clause, and between which tokens
// they stand. Words with "or" between them are one term with alternatives.
func (x *reading) experienceTerms(u unit, mine []named) (terms []string, from, to int) {
	from = -1
	join := false
	for i := u.from; i < u.to; i++ {
		if len(terms) > 0 && x.Is(i, "and", "or") && x.Is(i+1, "what", "how", "why", "that", "when", "who", "you", "we", "can", "your") {
			break
		}
		if x.Is(i, "or", "/") && len(terms) > 0 {
			join = true
			continue
		}
		if found := x.peopleAt(i); len(found) > 0 {
			i = found[0].to - 1 // a candidate, not something done
			continue
		}
		if term, end, ok := x.placeTerm(i, u.to); ok {
			if !slices.Contains(terms, term) && len(terms) < maxTerms {
				terms = append(terms, term)
			}
			if from < 0 {
				from = i
			}
			i, to, join = end-1, end, false
			continue
		}
		if pair, end, ok := x.pairAt(i, u.to); ok {
			switch {
			case join:
				terms[len(terms)-1] += "|" + pair
			case !slices.Contains(terms, pair) && len(terms) < maxTerms:
				terms = append(terms, pair)
			}
			if from < 0 {
				from = i
			}
			i, to, join = end-1, end, false
			continue
		}
		if x.taken[i] || !x.Word(i) || plain(x.Low(i)) || doing[x.Low(i)] || years[x.Low(i)] || languageCodes[x.Low(i)] != "" && x.wishing {
			continue
		}
		if _, _, ok := x.Number(i); ok || workerWords[x.Low(i)] && (len(x.found) > 0 || u.to-u.from > 2) && !x.workedFor(i) {
			continue
		}
		term, end := x.termAt(i, u.to, mine)
		if term == "" {
			continue
		}
		if join {
			terms[len(terms)-1] += "|" + term
		} else if !slices.Contains(terms, term) && len(terms) < maxTerms {
			terms = append(terms, term)
		}
		if !join && x.verb(i) && len(terms) > 0 && terms[len(terms)-1] == term && (len(terms) > 1 || x.more(end, u.to)) {
			terms[len(terms)-1] = term + optional
		}
		join = false
		if from < 0 {
			from = i
		}
		i, to = end-1, end
	}
	return terms, max(from, 0), to
}

// workedFor reports whether people of a trade are those whom the work was for:
// "employed by lawyers", "has trained nurses".
func (x *reading) workedFor(i int) bool {
	return x.before(i, 2, "for", "by", "with", "to", "from", "among", "about", "of", "taught", "trained", "hired", "coached", "supported", "served", "advised", "interviewed", "managed", "led", "helped", "recruited", "found", "placed", "teaching", "training", "hiring") && !x.before(i, 3, "one", "some", "any", "all", "out", "kind", "sort", "those")
}

// pairAt reads two words that are one thing together though the first, or both,
// say little alone: "young children", "knowledge base".
func (x *reading) pairAt(i, limit int) (pair string, end int, ok bool) {
	if i+1 >= limit || x.taken[i] || !x.Word(i) || !plain(x.Low(i)) && !doing[x.Low(i)] {
		return "", i, false
	}
	t := concepts()
	first := words.Stem(x.Low(i))
	next := i + 1
	if x.Is(next, "-") {
		next++
	}
	if !t.pairs[first] || next >= limit || !x.Word(next) || x.taken[next] {
		return "", i, false
	}
	pair = first + " " + words.Stem(x.Low(next))
	return pair, next + 1, len(t.shows[pair]) > 0
}

// placeTerm is the term of a country, or of a place in one, that an experience
// is of: "New Zealand payroll", but not a language.
func (x *reading) placeTerm(i, limit int) (term string, end int, ok bool) {
	if x.taken[i] || languageCodes[x.Low(i)] != "" || !x.Capital(i) {
		return "", i, false
	}
	s, ok := x.placeAt(i)
	if !ok || len(s.countries) != 1 || s.to > limit || !x.free(s.from, s.to) {
		return "", i, false
	}
	return strings.Join(stemsOf(x.Quote(s.from, s.to)), "+") + "|@" + s.countries[0], s.to, true
}

// termAt is the term that begins at token i: a skill, two words that are one
// thing, or a word.
func (x *reading) termAt(i, limit int, mine []named) (term string, end int) {
	for _, m := range mine {
		if m.from == i && !x.callsPeople(m) {
			return strings.Join(stemsOf(x.Quote(m.from, m.to)), "+") + "|" + words.SkillTerm(m.skill.Name), m.to
		}
	}
	stem := stemsOf(strings.TrimSuffix(x.Low(i), "'s"))
	if len(stem) == 0 {
		return "", i + 1
	}
	next := i + 1
	if x.Is(next, "-") {
		next++
	}
	if next < limit && x.Word(next) {
		if t := concepts(); t.pairs[stem[0]] {
			if pair := stem[0] + " " + words.Stem(x.Low(next)); len(t.shows[pair]) > 0 {
				return pair, next + 1
			}
		}
	}
	return stem[0], i + 1
}

func stemsOf(text string) []string {
	list := words.Split(text)
	for i, w := range list {
		list[i] = words.Stem(w)
	}
	return list
}

// experienceText words what is asked by what was said, without the words
// around it: "built sites for restaurants".
func (x *reading) experienceText(u unit, r Requirement) string {
	from, to := u.from, u.to
	for from < to && (plain(x.Low(from)) && !x.Is(from, "worked", "taught") || !x.Word(from) || x.taken[from] && !doing[x.Low(from)]) {
		from++
	}
	for k := from + 1; k < to; k++ {
		if x.Is(k, "and", "or") && x.Is(k+1, "what", "how", "why", "that", "when", "who", "you", "we", "can", "your") {
			to = k
		}
	}
	for to > from && (!x.Word(to-1) || x.Is(to-1, "is", "are", "us", "welcome", "would", "be", "matters", "matter", "a", "must", "required", "needed", "please", "before", "too", "also", "only", "and", "or", "in", "of", "for")) {
		to--
	}
	text := x.Quote(from, to)
	if len(r.Terms) == 0 {
		text = countText(r.Years) + " of experience"
	}
	if r.Not {
		return "not: " + text
	}
	return text
}

// tellsExperience reports whether a clause of a post asks for something that
// was done.
func (x *reading) tellsExperience(u unit) bool {
	if n, _ := x.yearsIn(u); n > 0 && x.behindAny(u, "experience", "of", "in", "with", "as") {
		return true
	}
	if x.behindAny(u, "experience", "experienced", "background", "familiar", "knowledge", "track") {
		return true
	}
	for i := u.from; i < u.to; i++ {
		has := x.Is(i, "you've", "who've", "whos", "who's", "they've") || x.Is(i, "have", "has", "had") && (i == u.from || x.Is(i-1, "you", "who", "must", "should", "and", "already", "also", "they", "to"))
		knows := x.Is(i, "know", "knows", "understand", "understands") && (i == u.from || x.Is(i-1, "you", "who", "must", "should", "and", "really", "to", "they"))
		if has || knows {
			return !x.before(i, 3, "we", "i", "us", "our")
		}
	}
	return false
}

func (x *reading) behindAny(u unit, any ...string) bool {
	for i := u.from; i < u.to; i++ {
		if x.Is(i, any...) {
			return true
		}
	}
	return false
}

// worthAsking reports whether leftover words of a wish name something that can
// be asked of a profile: a thing that is known, a name, or words that something
// is said to be done with. A stray word beside what was understood is not.
func (x *reading) worthAsking(u unit, terms []string, from int) bool {
	understood := slices.ContainsFunc(x.found, func(p placed) bool { return p.from >= u.from && p.to <= u.to })
	if slices.ContainsFunc(x.lean, func(l unit) bool { return from >= l.from && from < l.to }) {
		return true
	}
	if slices.ContainsFunc(terms, isStrong) {
		return !understood || x.before(from, from-u.from, "with", "for", "in", "of", "on", "about", "who", "has", "have", "worked", "done", "experience", "know", "knows", "from", "at", "and", "by", "made", "to")
	}
	if !slices.ContainsFunc(terms, latin) {
		return false // nothing that could be compared with a profile
	}
	for i := u.from; i < from; i++ {
		if x.Is(i, "experience", "experienced", "background", "worked", "familiar", "knowledge", "know", "knows", "done", "did", "built", "made", "used", "shipped", "specialised", "specialized", "specialist", "expert", "specialises", "specializes", "has", "have", "who've") && !x.Is(i+1, "to", "at", "been") {
			return true
		}
	}
	for i := u.from; i < u.to; i++ {
		if !x.taken[i] && x.Word(i) && !plain(x.Low(i)) && !doing[x.Low(i)] && x.properName(i) {
			return true
		}
	}
	return len(terms) > 1 && !understood
}

// properName reports whether a word is written as a name: with a capital that
// no sentence gave it, or within it.
func (x *reading) properName(i int) bool {
	text := x.Quote(i, i+1)
	return x.Capital(i) && x.sentence(i).From != i || strings.ToLower(text[1:]) != text[1:]
}

// latin reports whether a term is in Latin letters.
func latin(term string) bool {
	for _, r := range term {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

// optional stands behind a term that is what was done, where the next words say
// on what: "edited" of "edited podcasts". People of one trade have it in common
// and name it in many ways.
const optional = "?"

// verb reports whether a word is what somebody did: "who has edited", "translating".
func (x *reading) verb(i int) bool {
	low := x.Low(i)
	if strings.HasSuffix(low, "ing") && x.Is(i-1, "in", "of", "with", "at", "experience") {
		return true
	}
	return x.Is(i-1, "has", "have", "had", "who", "who've", "already", "ever", "really", "actually", "also", "and", "or", "done", "can", "ve", "they've", "you've", "was", "were", "been", "got") && (strings.HasSuffix(low, "ed") || pastVerbs[low])
}

var pastVerbs = set("taught drawn written wrote sold led run grown cut shot sung drew bred kept won taken made shown edit draw teach translate design illustrate write film record paint")

// more reports whether telling words follow in a clause.
func (x *reading) more(from, to int) bool {
	for i := from; i < to; i++ {
		if x.Word(i) && !x.taken[i] && !plain(x.Low(i)) && !doing[x.Low(i)] {
			return true
		}
	}
	return false
}
