package route

import (
	"fmt"
	"slices"
	"strings"
)

// Clarify words the question which of the two likeliest routes of a decision
// is meant, for who writes ("client", "freelancer" or "visitor"), and an answer
// to each in the same order. A decision without a runner-up is asked about between what
// that role wants most. [Router.Route] reads the answer where the text is the Question of the
// context: what the person asked for before it then goes that way.
func Clarify(d Decision, role string) (text string, replies []string) {
	first, second := alternatives(d, role)
	return clarifying(first, second, role), []string{replyTo(first, role), replyTo(second, role)}
}

// alternatives are the two routes to choose from, out of scope the last.
func alternatives(d Decision, role string) (first, second Route) {
	first, second = d.Route, d.RunnerUp
	if class(first) < 0 || class(second) < 0 || first == second {
		first, second = JobPost, Shortlist
		if role == "freelancer" {
			first, second = Proposal, Advice
		}
	}
	if first == OutOfScope {
		first, second = second, first
	}
	return first, second
}

func clarifying(first, second Route, role string) string {
	if second == OutOfScope {
		return fmt.Sprintf("I am not sure what you mean. Is this about %s, or about something else?", matter(first, role))
	}
	return fmt.Sprintf("Just so I get this right: shall I %s, or %s?", proposed(first, role), proposed(second, role))
}

// proposed is what is done on a route, behind "shall I".
func proposed(r Route, role string) string {
	hires := role != "freelancer"
	switch {
	case r == JobPost && hires:
		return "work on a job post"
	case r == JobPost:
		return "write a post to hire somebody"
	case r == Shortlist && hires:
		return "look for people"
	case r == Shortlist:
		return "look for people to work with"
	case r == Proposal && role == "client":
		return "help with a proposal"
	case r == Proposal:
		return "help you apply for a job"
	case role == "client":
		return "answer this as a general question about hiring"
	default:
		return "answer this as a general question about freelance work"
	}
}

// matter is what a route is about.
func matter(r Route, role string) string {
	switch {
	case r == JobPost:
		return "a job post"
	case r == Shortlist:
		return "finding people"
	case r == Proposal && role == "client":
		return "a proposal"
	case r == Proposal:
		return "applying for a job"
	case role == "client":
		return "how hiring works"
	default:
		return "working as a freelancer"
	}
}

// replyTo is the answer that chooses a route.
func replyTo(r Route, role string) string {
	switch {
	case r == JobPost:
		return "A job post"
	case r == Shortlist:
		return "Find people"
	case r == Proposal && role == "client":
		return "A proposal"
	case r == Proposal:
		return "Apply for a job"
	case r == Advice:
		return "A general question"
	default:
		return "Something else"
	}
}

// asked are the two routes that each clarifying question lets people choose from.
var asked = func() map[string][2]Route {
	all := make(map[string][2]Route)
	for _, role := range []string{"client", "freelancer", "visitor"} {
		for _, first := range routes {
			for _, second := range routes {
				if first != second && first != OutOfScope {
					all[clarifying(first, second, role)] = [2]Route{first, second}
				}
			}
		}
	}
	return all
}()

// choosing are words that name a route in the answer to a clarifying question.
var choosing = index(map[string]string{
	string(JobPost):    "post posts posting ad advert listing vacancy write describe",
	string(Shortlist):  "people person candidates candidate shortlist list find search look freelancers freelancer somebody someone",
	string(Proposal):   "proposal apply applying application bid letter pitch",
	string(Advice):     "advice question general generally explain know answer",
	string(OutOfScope): "else neither none different",
})

var firstWords, secondWords = strings.Fields("first former 1 1st both"), strings.Fields("second latter 2 2nd b last")

// longestChoice is the most words of an answer that does nothing but choose.
const longestChoice = 7

// clarified reads the answer to a clarifying question: by its place or by its name.
func clarified(in Input, s seen) (Route, bool) {
	pair, ok := asked[in.Context.Question]
	if !ok || len(s.words) > longestChoice {
		return "", false
	}
	return choose(s.words, pair, choosing)
}

// choose reads which of two routes the words of a short message take: the one that they name,
// or the one whose place they say.
func choose(words []string, pair [2]Route, naming map[string]string) (Route, bool) {
	if slices.ContainsFunc(words, func(w string) bool { return w == "not" || w == "don't" || w == "no" || w == "?" }) {
		return "", false
	}
	first, second := names(words, pair, naming)
	if !first && !second {
		first, second = pointsAt(words)
	}
	switch {
	case first == second: // nothing, or both
		return "", false
	case first:
		return pair[0], true
	default:
		return pair[1], true
	}
}

// names tells which of two routes words name.
func names(words []string, pair [2]Route, naming map[string]string) (first, second bool) {
	for _, word := range words {
		r := Route(naming[word])
		first, second = first || r == pair[0], second || r == pair[1]
	}
	return first, second
}

// pointsAt tells which of two alternatives words point at.
func pointsAt(words []string) (first, second bool) {
	for _, word := range words {
		first = first || slices.Contains(firstWords, word)
		second = second || slices.Contains(secondWords, word)
	}
	return first || len(words) == 1 && words[0] == "a", second
}
