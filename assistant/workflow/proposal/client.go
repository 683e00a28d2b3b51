package proposal

import (
	"hash/fnv"
	"regexp"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// query is a question that a freelancer may put to a client, unless the post
// answers it already.
type query struct {
	text     string
	answered *regexp.Regexp // what in the post makes it needless
}

func q(text, answered string) query { return query{text, regexp.MustCompile(`(?i)` + answered)} }

// queries are by category: what people of that trade need to know before they begin.
var queries = map[string][]query{
	"web": {q("Who will look after the site once it is live?", `maintain|look after|hand ?over|edit (?:it )?ourselves|ourselves`), q("Is the content ready, or does it come while I build?", `content|texts? (?:is|are)|copy (?:is|will)`),
		q("Where is the site hosted today, and may that change?", `host(?:ed|ing)|server`)},
	"mobile": {q("Is the back end finished, or does it grow along with the app?", `api|back ?end|server`), q("Which devices do most of your users have?", `devices?|android \d|ios \d|iphone|tablets?`)},
	"data": {q("Who on your side knows the present jobs best, and could I talk to them in the first week?", `contact|talk to|analysts? who know`), q("How do you notice today that a number is wrong?", `alert|monitor|without telling|tests? that`),
		q("Where does the data live now, and who can give me access?", `access|stored in|lives? in`)},
	"ml":          {q("How will you decide that the result is good enough?", `evaluat|accuracy|metric|benchmark|good enough`), q("Which data may leave your own servers, if any?", `on[- ]prem|own (?:server|tenant)|gdpr|privacy|confidential`)},
	"design":      {q("Who approves the drafts on your side, and how many people are that?", `approv|correct(?:s|ions)|decides?|feedback`), q("Is there anything in your present look that must stay?", `brand(?:ing| guide)|must stay|existing (?:logo|look)|keep the`)},
	"video_audio": {q("Do you have a piece whose pace or sound is what you are after?", `example|reference|like (?:this|the)|style of`), q("In what form will the raw material reach me?", `raw|footage|recordings?|files`)},
	"writing":     {q("Who is the one reader you would most like to convince?", `reader|audience|target`), q("May I talk to somebody who knows the subject for half an hour?", `interview|talk to|call`)},
	"translation": {q("Is there a glossary, or an earlier translation that the text should agree with?", `glossary|term ?base|earlier|previous translation|style guide`), q("Who reads the translation on your side before it goes out?", `review(?:s|ed|er)|proofread|corrects`)},
	"marketing":   {q("Which number do you look at first on a Monday?", `kpi|metric|measure|conversion|goal`), q("What have you tried so far that did not work?", `tried|so far|did not work|didn['’]t work|failed`)},
	"sales":       {q("What do people say when they turn you down?", `objection|turn(?:ed)? (?:us )?down|reject`), q("Where do the contacts come from?", `leads?|list|contacts`)},
	"finance":     {q("When was the last month that was closed, and by whom?", `clos(?:e|ed|ing)|month[- ]end|last (?:month|year)`), q("Who signs off payments on your side?", `approv|sign`)},
	"legal":       {q("Is there a draft or an earlier contract that I should start from?", `draft|template|earlier|existing contract`), q("By when do you need a first opinion, even a rough one?", `deadline|by (?:the|end|mon|tue|wed|thu|fri)|urgent|within`)},
	"admin":       {q("Who in the team should be able to do this without me in the end?", `hand ?over|train|guide|document`), q("Which part of this costs your people the most time today?", `time|hours? (?:a|per)`)},
	"engineering": {q("Can you send me the part, or the native files, before I begin?", `native|step file|you get|we have the part|files`), q("Who will make it, and may I talk to them before I draw?", `our (?:own )?shop|manufactur|supplier|made by|workshop|machin`), q("What has gone wrong with the earlier version?", `went wrong|problem|failed|broke|earlier version`)},
	"science":     {q("In what form is the data, and what has been done to it so far?", `csv|excel|spss|data ?set|raw data`), q("Which journal or reader is the result for?", `journal|publish|thesis|report for`)},
	"education":   {q("What did the last lesson or test look like, and could I see it?", `test|exam|lesson plan`), q("How do you notice that it has worked?", `goal|grade|exam|pass`)},
}

var generalQueries = []query{
	q("What should be different for you when this is done?", `so that|goal|aim`),
	q("What would you like to see first, and when?", `first (?:draft|version|three|lot|part)|milestone`),
	q("Who decides on your side, and how do you like to be kept up to date?", `weekly call|report to|decides`),
}

// clientQuestion chooses a question that the post leaves open. Different
// profiles are given different ones of several.
func clientQuestion(post retrieval.JobPost, profile string, variant int) string {
	text := post.Title + "\n" + post.Description
	list := append(append([]query{}, queries[post.Category]...), generalQueries...)
	var open []string
	for _, each := range list {
		if !each.answered.MatchString(text) {
			open = append(open, each.text)
		}
	}
	if len(open) == 0 {
		return ""
	}
	own := len(queries[post.Category])
	first := open[:max(1, min(len(open), own))]
	return first[(int(seed(profile)%1000)+variant)%len(first)]
}

// askedFor words the question that the person wants put: "whether the API is
// documented" becomes "May I ask whether the API is documented?".
func askedFor(clause string) string {
	clause = strings.TrimRight(strings.TrimSpace(clause), " ?.")
	low := strings.ToLower(clause)
	if rest, ok := strings.CutPrefix(low, "about "); ok {
		return "May I ask about " + clause[len(clause)-len(rest):] + "?"
	}
	if rest, ok := strings.CutPrefix(low, "for "); ok {
		return "May I ask for " + clause[len(clause)-len(rest):] + "?"
	}
	if rest, ok := strings.CutPrefix(low, "if "); ok {
		return "May I ask whether " + clause[len(clause)-len(rest):] + "?"
	}
	return "May I ask " + lowerFirst(clause) + "?"
}

// seed is a number that depends on a text alone.
func seed(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return h.Sum64()
}
