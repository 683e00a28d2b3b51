package grounding

import (
	"strings"
)

// who a clause speaks of, as a fact's attribute "about" names them.
const (
	aboutMe  = "me"  // the one who writes
	aboutYou = "you" // the one who is written to

	aboutOthers = "others"
)

// segment is a part of a sentence that tells one thing: tokens [from, to).
type segment struct {
	from, to  int
	sentence  int // which sentence of its text
	negated   bool
	tentative bool   // says what might or shall be, not what is
	asserts   bool   // claims knowledge or experience
	label     string // whom it names as its subject: "c3", "anna"
	counted   bool   // has a number
	negation  int    // the token that negates; -1
	statement int    // clauses without a verb of their own share that of the clause before
}

// segments parts tokens into clauses: at stops, commas and the like, and at
// "and" where a new statement begins. Marks a token's clause in it.
func segments(tokens []token, found []quantity, inSkill []bool) []segment {
	var list []segment
	from, sentence := 0, 0
	cut := func(to int) {
		if to > from {
			list = append(list, segment{from: from, to: to, sentence: sentence, negation: -1})
			from = to
		}
	}
	numbers := numbersAt(tokens, found)
	for i, t := range tokens {
		switch {
		case i > 0 && t.newline:
			cut(i)
			sentence++
		case isStop(tokens, i):
			cut(i + 1)
			sentence++
		case softStops[t.text] && (t.spaced || t.text != "-" && t.text != "–" || i+1 == len(tokens)), t.text == "(" || t.text == ")":
			if !t.ranged {
				cut(i + 1)
			}
		case subordinates[t.lower] && i+1 < len(tokens) && subjects[tokens[i+1].lower]:
			cut(i)
		case breaks[t.lower] && !inSkill[i]:
			if !t.ranged {
				cut(i)
			}
		case joins[t.lower] && !t.ranged && (beginsClause(tokens, i+1, inSkill) || numbers[i] > numbers[from] && numbers[i] < len(found) && numbersNear(tokens, found, numbers, i)):
			cut(i)
		}
	}
	cut(len(tokens))
	for k := range list {
		for i := list[k].from; i < list[k].to; i++ {
			tokens[i].segment = k
		}
		for n := numbers[list[k].from]; n < numbers[list[k].to]; n++ {
			list[k].counted = list[k].counted || !found[n].date
		}
	}
	tellClauses(tokens, list, inSkill)
	return list
}

// numbersAt counts for each token the numbers that begin before it.
func numbersAt(tokens []token, found []quantity) []int {
	counts := make([]int, len(tokens)+1)
	k := 0
	for i := range counts {
		for k < len(found) && found[k].from < i {
			k++
		}
		counts[i] = k
	}
	return counts
}

// numbersNear reports whether another number comes before the next stop.
func numbersNear(tokens []token, found []quantity, numbers []int, i int) bool {
	next := found[numbers[i]].from
	for j := i + 1; j < next; j++ {
		if softStops[tokens[j].text] || isStop(tokens, j) || tokens[j].newline {
			return false
		}
	}
	return true
}

func isStop(tokens []token, i int) bool {
	switch tokens[i].text {
	case "!", "?", "…", "。", "！", "？":
		return true
	case ".":
		return i+1 == len(tokens) || tokens[i+1].spaced && !abbreviations[previous(tokens, i)]
	}
	return false
}

func previous(tokens []token, i int) string {
	if i == 0 {
		return ""
	}
	return tokens[i-1].lower
}

// beginsClause reports whether a statement of its own begins at i.
func beginsClause(tokens []token, i int, inSkill []bool) bool {
	for j := i; j < min(i+2, len(tokens)); j++ {
		if inSkill[j] {
			return false
		}
		if subjects[tokens[j].lower] || j == i && negations[tokens[j].lower] || isVerb(tokens[j].lower) {
			return true
		}
		if !adverbs[tokens[j].lower] {
			return false
		}
	}
	return false
}

// isVerb reports whether a word makes a statement.
func isVerb(word string) bool {
	if auxiliaries[word] || verbs[word] || achievements[word] != "" {
		return true
	}
	return len(word) > 4 && strings.HasSuffix(word, "ed") && !notVerbs[word] || strings.HasSuffix(word, "n't") || strings.HasSuffix(word, "n’t")
}

// tellClauses reads what each clause does: deny, wish, claim, and of whom.
func tellClauses(tokens []token, list []segment, inSkill []bool) {
	for k := range list {
		s := &list[k]
		verb := false
		for i := s.from; i < s.to; i++ {
			if inSkill[i] {
				continue
			}
			word := tokens[i].lower
			verb = verb || isVerb(word) || subjects[word]
			if isNegation(tokens, i) {
				s.negated, s.negation = true, i
			}
			s.tentative = s.tentative || isTentative(tokens, i)
			s.asserts = s.asserts || assertive[word] || achievements[word] != "" || timeUnits[word] == "year" || strings.HasSuffix(word, "ed") && isVerb(word) && !mild[word]
		}
		s.label = labelOf(tokens, s.from, s.to)
		if k > 0 {
			s.statement = list[k-1].statement
			if first := tokens[s.from].lower; s.sentence != list[k-1].sentence || verb && first != "which" && first != "who" {
				s.statement++
			}
		}
		if k > 0 && !verb && s.sentence == list[k-1].sentence && !breaks[tokens[s.from].lower] && list[k-1].negation < list[k-1].to && !parts(tokens, list[k-1]) {
			s.negated = s.negated || list[k-1].negated && tokens[s.from].lower != "but"
			s.tentative = s.tentative || list[k-1].tentative
			s.asserts = s.asserts || list[k-1].asserts
		}
		if k > 0 && s.label == "" && s.sentence == list[k-1].sentence && !hasSubject(tokens, *s) {
			s.label = list[k-1].label
		}
	}
}

// parts reports whether a clause is an aside whose denial ends with it:
// "rather than Java", "without agencies".
func parts(tokens []token, s segment) bool { return breaks[tokens[s.from].lower] }

func hasSubject(tokens []token, s segment) bool {
	for i := s.from; i < min(s.to, s.from+3); i++ {
		if subjects[tokens[i].lower] {
			return true
		}
	}
	return false
}

func isNegation(tokens []token, i int) bool {
	word := tokens[i].lower
	if !negations[word] && !strings.HasSuffix(word, "n't") && !strings.HasSuffix(word, "n’t") {
		return false
	}
	next := ""
	if i+1 < len(tokens) {
		next = tokens[i+1].lower
	}
	switch word {
	case "not":
		return next != "only" && next != "just" && next != "least"
	case "no":
		return next != "more" && next != "less" && next != "fewer" && next != "later" && next != "problem" && next != "doubt" && next != "matter" && next != "."
	case "rather", "instead":
		return next == "than" || next == "of"
	case "except", "without", "never", "nor", "neither":
		return true
	case "yet":
		return next == "to"
	}
	return true
}

// isTentative finds what is wished for, learned or only possible.
func isTentative(tokens []token, i int) bool {
	word := tokens[i].lower
	if maybe[word] {
		return true
	}
	next := ""
	if i+1 < len(tokens) {
		next = tokens[i+1].lower
	}
	switch word {
	case "plan", "plans", "planning", "planned", "hope", "hopes", "hoping", "aim", "aims", "aiming", "intend", "intends":
		return next == "to" || next == "on"
	case "want", "wants", "wish", "like", "love":
		return next == "to" && i+2 < len(tokens) && gains[tokens[i+2].lower]
	case "new":
		return next == "to"
	}
	return false
}

// labelOf finds who a clause says is its subject: a label such as "c3", or a
// capitalised word right before a verb or with a possessive.
func labelOf(tokens []token, from, to int) string {
	for i := from; i < min(to, from+3); i++ {
		t := tokens[i]
		if !t.word {
			continue
		}
		if isLabel(t.lower) {
			return t.lower
		}
		upper, _ := shape(t.text)
		if !upper || functionWords[t.lower] || neverNames[t.lower] || wording(stem(t.lower)) {
			continue
		}
		if strings.HasSuffix(t.lower, "'s") || strings.HasSuffix(t.lower, "’s") {
			return t.lower[:strings.LastIndexAny(t.lower, "'’")]
		}
		if i+1 < to && tokens[i+1].word && isVerb(tokens[i+1].lower) && !isVerb(t.lower) {
			return t.lower
		}
	}
	return ""
}

// isLabel reports whether a word is what a shortlist calls somebody: c7.
func isLabel(word string) bool {
	return len(word) > 1 && len(word) < 5 && word[0] == 'c' && isPlain(word[1:])
}

// speakers tells for each token of whom it is said: "me" under I and my, "you"
// under you and your, "" where nobody is named.
func speakers(tokens []token, list []segment) []string {
	who := make([]string, len(tokens))
	for k := 0; k < len(list); {
		end := k
		for end < len(list) && list[end].sentence == list[k].sentence {
			end++
		}
		speakersOf(tokens, list[k].from, list[end-1].to, who)
		k = end
	}
	return who
}

func speakersOf(tokens []token, from, to int, who []string) {
	subject, owner, first := "", "", -1
	for i := from; i < to; i++ {
		word := tokens[i].lower
		begins := i == from || tokens[i-1].segment != tokens[i].segment || joins[previous(tokens, i)]
		switch {
		case meSubjects[word]:
			subject, owner = aboutMe, ""
		case youSubjects[word] && (begins || i+1 < to && (isVerb(tokens[i+1].lower) || adverbs[tokens[i+1].lower])):
			subject, owner = aboutYou, ""
		case others[word] && begins:
			subject, owner = aboutOthers, ""
		case meOwners[word]:
			if owner = aboutMe; begins {
				subject = aboutMe
			}
		case youOwners[word]:
			if owner = aboutYou; begins {
				subject = aboutYou
			}
		case !tokens[i].word && !tokens[i].digits && tokens[i].text != "-" || functionWords[word] || isVerb(word):
			owner = ""
		}
		if first < 0 && (subject != "" || owner != "") {
			first = i
		}
		if who[i] = owner; owner == "" {
			who[i] = subject
		}
	}
	for i := from; i < first; i++ { // "With five years of Kafka, I …"
		who[i] = who[first]
	}
}

var (
	softStops    = wordSet(", ; : – — - | / •")
	breaks       = wordSet("but while whereas although though because who which rather instead except without")
	subordinates = wordSet("before after until when where since as if once that")
	joins        = wordSet("and or then plus &")
	subjects     = wordSet("i we you they he she it i'm i’m i've i’ve i'd i’d i'll i’ll we're we’re we've we’ve we'd we’d we'll we’ll you're you’re you've you’ve you'll you’ll they're they’re they've they’ve this that there")
	meSubjects   = wordSet("i we i'm i’m i've i’ve i'd i’d i'll i’ll we're we’re we've we’ve we'd we’d we'll we’ll")
	meOwners     = wordSet("my our mine ours")
	youSubjects  = wordSet("you you're you’re you've you’ve you'd you’d you'll you’ll")
	youOwners    = wordSet("your yours")
	others       = wordSet("the they he she it this that these those there somebody someone they're they’re they've they’ve")
	auxiliaries  = wordSet("is are was were be been am has have had having do does did can could will would should may might must isn't aren't wasn't weren't")
	adverbs      = wordSet("also then still already always often once later now currently mostly mainly usually only even just both then so")
	notVerbs     = wordSet("need speed seed feed indeed hundred embedded distributed automated advanced dedicated detailed related unlimited")
	verbs        = wordSet(`use uses using know knows need needs want wants work works make makes made run runs ran write writes wrote written speak speaks spoke read reads sell sells sold build builds built keep keeps kept
take takes took taken give gives gave teach teaches taught help helps start starts ask asks offer offers charge charges live lives cover covers handle handles maintain maintains ship ships shipped support supports
hold holds held do did done come comes came go goes went say says said show shows see sees saw bring brings brought get gets got love loves like likes expect expects prefer prefers include includes involve involves pay pays paid set cost costs last lasts learn learning studying`)
	maybe     = wordSet("could might maybe perhaps possibly hopefully learning studying interested eager willing aspire aspiring someday considering exploring")
	mild      = wordSet("interested noticed wanted needed liked asked preferred required expected based")
	gains     = wordSet("learn try get gain explore study become move grow")
	assertive = wordSet("experience experienced worked use used uses using write writes written work works speak speaks code develop design know knows known skilled expert built build wrote shipped ran developed designed handled maintained production professionally")
)
