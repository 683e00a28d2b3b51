package route

import (
	"regexp"
	"slices"
	"strings"
)

// rule decides what a classifier is wrong for by nature. There are few rules,
// and each says why it is one.
func rule(in Input, s seen) (Decision, bool) {
	for _, r := range rules {
		if route, ok := r.decide(in, s); ok {
			return Decision{Route: route, Confidence: 1, Rule: r.name, Reason: r.reason}, true
		}
	}
	return Decision{}, false
}

var rules = []struct {
	name   string
	reason string
	decide func(Input, seen) (Route, bool)
}{
	// Whoever attacks chooses words that no training has seen together with the rest,
	// so what gives an attack away must suffice whatever surrounds it.
	{"override", "the message tries to change or to read the assistant's instructions", override},
	// Nor has any training seen all the ways to hide words from a program.
	{"disguised", "the message is written to be misread, or to be run", func(_ Input, s seen) (Route, bool) { return OutOfScope, disguised(s) }},
	// The question was which of two routes is meant, and a word or a place answers it.
	{"clarified", "the message answers which of the two was meant", clarified},
	// "Yes" and "the second" have no words of their own: only the question says what they mean.
	{"agreed", "the message says yes to what was offered", agreed},
	{"taken", "the message takes one of the two that were offered", taken},
	// The person says in so many words where to go on; being sure is not a matter of statistics.
	{"back", "the message asks by name to go back", back},
	// A bare figure says nothing by itself: only the question tells what it is about.
	{"bare answer", "a bare figure or date answers the question that was asked", bareAnswer},
	// There are no words to go by.
	{"no words", "the message has no words, so what was being done goes on", noWords},
}

// attacker is the most words of a message that an attack is looked for in.
// Longer ones are pasted posts, profiles and letters, whose content is data: what
// they tell an assistant to do must change nothing, their route neither.
const attacker = 60

var attacks = regexp.MustCompile(strings.Join([]string{
	`\b(ignore|disregard|forget|override|bypass|discard)\b.{0,30}\b(all|any|your|the|every|previous|prior|above|earlier|these|those)\b.{0,30}\b(instructions?|rules|guidelines|prompts?|restrictions|directives|programming)\b`,
	`\b(ignore|disregard|forget) (everything|all|whatever|anything) (that )?(you|above|before|they|was)\b`,
	`\b(show|reveal|print|repeat|output|display|leak|dump|tell me|give me|give|share|what('s| is| are| does| do| was| were)|translate|summari[sz]e|recite|paste|quote|send)\b.{0,40}\b(your|the|this) (\w+ )?((system|hidden|initial|secret|original|internal|developer) (prompt|message|instructions?|rules|guidelines|text)|system prompt|instructions verbatim)`,
	`\byour (own )?(hidden|secret|initial|original|internal) (prompt|instructions?|rules|message|guidelines)\b`,
	`\b(you are|you're|act as|become|be) (now )?(dan|unfiltered|unrestricted|jailbroken|in developer mode)\b`,
	`\b(enter|enable|activate|switch to|turn on) (\w+ )?(developer|debug|god|jailbreak|dan|unrestricted|admin) mode\b`,
	`</?(system|sys|instructions?)>|<\|(im_start|system|endoftext)|\[/?(inst|system)\]|#{2,} ?(new |system )+(instruction|prompt|message)|"role": ?"system"`,
}, "|"))

// ownWords are a person's own earlier instructions, which are theirs to take back.
var ownWords = regexp.MustCompile(`\b(my|our) (own |last |earlier |previous |other )*(instructions?|rules|criteria)\b|\b(instructions?|rules) (that )?(i|we|i've) (gave|gave you|set|said|wrote)\b`)

func override(_ Input, s seen) (Route, bool) {
	return OutOfScope, len(s.words) <= attacker && attacks.MatchString(s.text) && !ownWords.MatchString(s.text)
}

var backTo = regexp.MustCompile(`\b(?:back|return) to (?:the|my|our|that|your) (?:job )?(post|posting|ad|advert|listing|job post|list|shortlist|candidates|people|proposal|letter|cover letter|application|bid)\b`)

var backRoutes = map[string]Route{
	"post": JobPost, "posting": JobPost, "ad": JobPost, "advert": JobPost, "listing": JobPost, "job post": JobPost,
	"list": Shortlist, "shortlist": Shortlist, "candidates": Shortlist, "people": Shortlist,
	"proposal": Proposal, "letter": Proposal, "cover letter": Proposal, "application": Proposal, "bid": Proposal,
}

// back holds where the message is short and says nothing of not going back.
func back(_ Input, s seen) (Route, bool) {
	if len(s.words) > 30 || slices.Contains(s.cues, "NO") || slices.Contains(s.words, "don't") {
		return "", false
	}
	found := backTo.FindStringSubmatch(s.text)
	if found == nil {
		return "", false
	}
	return backRoutes[found[1]], true
}

func bareAnswer(in Input, s seen) (Route, bool) {
	workflow := Route(in.Context.workflow())
	if class(workflow) < 0 || strings.TrimSpace(in.Context.Question) == "" || len(s.words) == 0 || len(s.words) > 6 {
		return "", false
	}
	number := false
	for i, c := range s.cues {
		switch {
		case c == "#":
			number = true
		case c == "CURRENCY" || c == "TIME" || strings.Contains("-–~<>/%.,", s.words[i]):
		case slices.Contains([]string{"per", "a", "to", "an", "about", "around", "hourly", "fixed"}, s.words[i]):
		default:
			return "", false
		}
	}
	return workflow, number
}

func noWords(in Input, s seen) (Route, bool) {
	workflow := Route(in.Context.workflow())
	return workflow, !s.says() && class(workflow) >= 0
}

// says tells whether a message has a word, a number or an emoji.
func (s seen) says() bool {
	return slices.ContainsFunc(s.words, func(w string) bool { return isLetters(w) || isDigit(w) || isPicture(w) })
}
