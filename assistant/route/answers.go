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
	string(JobPost):   "post posts posting publish ad advert advertise describe description hiring listing title",
	string(Shortlist): "people person candidates candidate shortlist freelancers freelancer list look search show invitation invite compare names hire matches match",
	string(Proposal):  "proposal letter bid apply application pitch applying cover freelancer's",
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

// alternativesOf cuts a question at its commas and at "or".
func alternativesOf(question []string) (list []alternative) {
	var part []string
	for _, word := range append(question, ".") {
		if word != "or" && !endsClause(word) {
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
	var named []string
	for _, a := range list {
		if a.route != "" && !slices.Contains(named, a.route) {
			named = append(named, a.route)
		}
	}
	add("offers", strings.Join(named, "|"))
	if len(named) == 1 && len(s.cues) > 0 && (s.cues[0] == "YES" || s.cues[0] == "NO") {
		add(s.cues[0]+" to", named[0], size)
	}
	if len(named) > 1 {
		choice(add, list, named, s)
	}
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

// stem is a word's stem, "" of a word of grammar.
func stem(word string) string {
	if _, grammar := plain[word]; grammar || len(word) <= 2 || len(word) > longestStem || !isLetters(word) {
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
	for _, word := range s.words {
		if x := stem(word); x != "" && stems[x] {
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
	for i, word := range s.words {
		if at, ok := places[word]; ok {
			if at < 0 {
				at = len(named) - 1
			}
			if at < len(named) {
				add("chose", named[at])
			}
		}
		for _, a := range list {
			if a.route != "" && slices.ContainsFunc(a.words, func(w string) bool { return stem(w) != "" && stem(w) == s.stems[i] }) {
				add("named", a.route)
			}
		}
	}
}
