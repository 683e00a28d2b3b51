package route

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kljensen/snowball/english"

	"github.com/parleyhq/parley/retrieval/learn"
)

// longestQuestion is the most words of a question that are read, its last ones.
const longestQuestion = 120

// offered are words that tell which route an alternative of a question leads to:
// "Shall I publish the post, or look for people first?"
var offered = index(map[string]string{
	string(JobPost):   "post posts posting publish ad advert advertise describe description hire hiring listing title vacancy",
	string(Shortlist): "people person candidates candidate shortlist freelancers freelancer list look search show invitation invite compare names matches match",
	string(Proposal):  "proposal letter bid apply application pitch applying cover freelancer's work offer",
	string(Advice):    "question advice figures rates market general explain tips handbook checklist example know contract clause",
})

// places are words that point at the first alternative, the second and so on; the last is -1.
var places = map[string]int{"first": 0, "former": 0, "1": 0, "one": 0, "a": 0, "second": 1, "latter": 1, "2": 1, "two": 1, "b": 1, "other": 1, "third": 2, "3": 2, "last": -1}

var offering = words("shall should would do want or like may can need did are is")

// alternative is a part of a question and the route it leads to, "" where it leads to none.
type alternative struct {
	words []string
	route string
}

// alternativesOf cuts a question at "or", and at its commas where it has an "or".
func alternativesOf(question []string) (list []alternative) {
	var part []string
	choice := slices.Contains(question, "or")
	for _, word := range append(slices.Clone(question), ".") {
		if word != "or" && (!endsClause(word) || word == "," && !choice) {
			part = append(part, word)
			continue
		}
		if len(part) == 0 {
			continue
		}
		a := alternative{words: part}
		for _, word := range part {
			if a.route == "" {
				a.route = offered[word]
			}
		}
		list, part = append(list, a), nil
	}
	return list
}

// answers adds how a message goes with the question that waits: how many words they have in
// common, and which of the routes that the question offers it takes.
func answers(f *learn.Features, in Input, s seen) {
	if strings.TrimSpace(in.Context.Question) == "" {
		return
	}
	question := tokens(normal(in.Context.Question))
	question = question[max(0, len(question)-longestQuestion):]
	add := func(parts ...string) {
		name, flow := learn.NewName("o"), learn.NewName("o").And(in.Context.workflow())
		for _, part := range parts {
			name, flow = name.And(part), flow.And(part)
		}
		f.Add(name)
		f.Add(flow)
	}
	size := extent(s)
	add("common", strconv.Itoa(min(2, common(question, s))), size)
	if len(question) == 0 || !offering[question[0]] && !slices.Contains(question, "or") {
		add("open", size)
		return
	}
	list := alternativesOf(question)
	named := namedBy(list)
	add("offers", strings.Join(named, "|"))
	if len(named) == 1 && len(s.cues) > 0 && (s.cues[0] == "YES" || s.cues[0] == "NO") {
		add(s.cues[0]+" to", named[0], size)
	}
	if len(named) > 1 {
		choice(add, list, named, s)
	}
}

// namedBy are the routes that alternatives lead to, each once.
func namedBy(list []alternative) (named []string) {
	for _, a := range list {
		if a.route != "" && !slices.Contains(named, a.route) {
			named = append(named, a.route)
		}
	}
	return named
}

// extent is how long a message is, roughly.
func extent(s seen) string {
	switch n := len(s.words); {
	case n <= 3:
		return "short"
	case n <= 8:
		return "some"
	case n <= 20:
		return "more"
	default:
		return "long"
	}
}

// tells whether a word says something by itself.
func tells(word string) bool {
	_, grammar := plain[word]
	return !grammar && len(word) > 2 && len(word) <= longestStem && isLetters(word)
}

// stem is a word's stem, "" of a word of grammar.
func stem(word string) string {
	if !tells(word) {
		return ""
	}
	return english.Stem(word, false)
}

// common counts the words of a message that are in the question too.
func common(question []string, s seen) (n int) {
	stems := make(map[string]bool)
	for _, word := range question {
		stems[stem(word)] = true
	}
	for i, word := range s.words {
		if tells(word) && stems[s.stems[i]] {
			n++
		}
	}
	return n
}

// longestTaking is the most words of a message that takes an alternative.
const longestTaking = 12

// choice adds which of the routes that are offered a short message points at or names.
func choice(add func(...string), list []alternative, named []string, s seen) {
	if len(s.words) > longestTaking {
		return
	}
	stems := make([]map[string]bool, len(list))
	for i, a := range list {
		stems[i] = make(map[string]bool)
		for _, word := range a.words {
			if x := stem(word); x != "" {
				stems[i][x] = true
			}
		}
	}
	for i, word := range s.words {
		if at, ok := places[word]; ok {
			if at < 0 {
				at = len(named) - 1
			}
			if at < len(named) {
				add("chose", named[at])
			}
		}
		for k, a := range list {
			if a.route != "" && stems[k][s.stems[i]] {
				add("named", a.route)
			}
		}
	}
}

// longestAgreement is the most words of a message that does nothing but agree.
const longestAgreement = 4

var agreeing = words("yes yeah yep yup sure ok okay please do so that it go ahead absolutely definitely certainly why not sounds good fine gladly thanks sí si ja oui claro")

// asks is the last sentence of a question: before it stands why it is asked.
func asks(question string) []string {
	list := tokens(normal(question))
	for i := len(list) - 2; i >= 0; i-- {
		if list[i] == "." || list[i] == "?" || list[i] == ":" || list[i] == "!" {
			return list[i+1:]
		}
	}
	return list
}

// agreed reads a bare yes to a question that offers to do one thing: it is done.
// The question may lead out of what is running, and "yes" says so in no word of its own.
func agreed(in Input, s seen) (Route, bool) {
	question := asks(in.Context.Question)
	if len(question) < 2 || len(question) > longestQuestion || !slices.Contains([]string{"shall i", "should i", "would you", "do you", "shall we"}, question[0]+" "+question[1]) {
		return "", false
	}
	said := 0
	for _, word := range s.words {
		if isLetters(word) {
			if said++; !agreeing[word] {
				return "", false
			}
		}
	}
	if said == 0 || said > longestAgreement || len(s.cues) == 0 || s.cues[0] != "YES" {
		return "", false
	}
	list := alternativesOf(question)
	// A question may be a part of what is written, and an example of a post: advice is left to the classifier.
	if len(list) != 1 || list[0].route == "" || list[0].route == string(Advice) {
		return "", false
	}
	return Route(list[0].route), true
}

// taken reads an answer that takes one of two routes which a question offers, by its place or by its name.
func taken(in Input, s seen) (Route, bool) {
	question := asks(in.Context.Question)
	if len(question) > longestQuestion || !slices.Contains(question, "or") {
		return "", false
	}
	named := namedBy(alternativesOf(question))
	if len(named) != 2 || len(s.words) > longestAgreement {
		return "", false
	}
	return choose(s.words, [2]Route{Route(named[0]), Route(named[1])}, offered)
}
