package proposal

import (
	"hash/fnv"
	"regexp"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// query is a question that a freelancer may put to a client: where the post is
// about such a thing, and does not answer it already.
type query struct {
	text     string
	about    *regexp.Regexp
	answered *regexp.Regexp
}

func q(text, about, answered string) query {
	return query{text, regexp.MustCompile(`(?i)\b(?:` + about + `)`), regexp.MustCompile(`(?i)\b(?:` + answered + `)`)}
}

const anything = `\w`

// queries are by category: what people of that trade need to know before they begin.
var queries = map[string][]query{
	"web": {q("Who will look after the site once it is live?", `web ?site|site|shop|pages?\b`, `maintain|look after|hand ?over|ourselves`), q("Is the content ready, or does it come while I build?", `web ?site|site|shop|pages\b`, `content|texts? (?:is|are)|copy (?:is|will)`),
		q("Where is the site hosted today, and may that change?", `present site|current site|existing|site from|old site|relaunch|migrat`, `host(?:ed|ing)|server`), q("Who knows the present code best, and could I ask them in the first week?", `maintain|existing|legacy|take over|code ?base|refactor`, `colleague|developer who|team of`)},
	"mobile": {q("Is the back end finished, or does it grow along with the app?", `app\b`, `api|back ?end|server`), q("Which devices do most of your users have?", `app\b`, `devices?|android \d|ios \d|iphone|tablets?`)},
	"data": {q("Who on your side knows the present jobs best, and could I talk to them in the first week?", `pipeline|jobs|etl|nightly|load`, `talk to|analysts? who know`), q("How do you notice today that a number is wrong?", `report|dashboard|figures|numbers|data`, `alert|monitor|without telling|tests? that`),
		q("Where does the data live now, and who can give me access?", `data|excel|spreadsheet|database`, `access|stored in|lives? in`)},
	"ml":          {q("How will you decide that the result is good enough?", `model|predict|detect|classif|chatbot|recogni`, `evaluat|accuracy|metric|benchmark|good enough`), q("Which data may leave your own servers, if any?", `data|documents?|images?|pictures|texts?`, `on[- ]prem|own (?:server|tenant)|gdpr|privacy|confidential`)},
	"design":      {q("Who approves the drafts on your side, and how many people are that?", `logo|illustrat|layout|poster|packag|label|drafts?|brand|panel|cover|book|site|app\b`, `approv|correct(?:s|ions)|decides?|feedback`), q("Is there anything in your present look that must stay?", `logo|brand|redesign|corporate|identity|packag|label`, `must stay|keep the`)},
	"video_audio": {q("Do you have a piece whose pace or sound is what you are after?", `video|film|audio|podcast|voice|music|edit|animation|narrat|score`, `example|reference|like (?:this|the)|style of`), q("In what form will the raw material reach me?", `edit|footage|recordings?|episodes?|cut`, `raw|files`)},
	"writing":     {q("Who is the one reader you would most like to convince?", `article|blog|text|copy|letter|page|post|guide|book`, `reader|audience|target`), q("May I talk to somebody who knows the subject for half an hour?", `article|blog|text|case|guide|white`, `interview|talk to|call`)},
	"translation": {q("Is there a glossary, or an earlier translation that the text should agree with?", `translat|locali`, `glossary|term ?base|earlier|previous translation|style guide`), q("Who reads the translation on your side before it goes out?", `translat|locali`, `review(?:s|ed|er)|proofread|corrects`)},
	"marketing":   {q("Which number do you look at first on a Monday?", `ads|campaign|growth|seo|traffic|users|newsletter|marketing`, `kpi|metric|measure|conversion|goal`), q("What have you tried so far that did not work?", anything, `tried|so far|did not work|didn['’]t work|failed`)},
	"sales":       {q("What do people say when they turn you down?", `call|sell|sales|leads?|outreach`, `objection|turn(?:ed)? (?:us )?down|reject|no time`), q("Where do the contacts come from?", `call|leads?|outreach|prospect`, `list of|crm|our contacts`)},
	"finance":     {q("When was the last month that was closed, and by whom?", `books|bookkeep|month|clos`, `clos(?:e|ed|ing)|month[- ]end|last (?:month|year)`), q("Who signs off payments on your side?", `pay(?:roll|ments?)|invoices?|bills`, `approv|sign`)},
	"legal":       {q("Is there a draft or an earlier contract that I should start from?", `contract|agreement|terms|lease|policy`, `draft|template|earlier|existing contract|pages`), q("By when do you need a first opinion, even a rough one?", anything, `deadline|by (?:the|end|mon|tue|wed|thu|fri)|urgent|within`)},
	"admin":       {q("Who in the team should be able to do this without me in the end?", `set ?up|system|process|clean|organi[sz]e|macros|templates`, `hand ?over|train|guide|document`), q("Which part of this costs your people the most time today?", anything, `most time|takes (?:us )?hours`)},
	"engineering": {q("Can you send me the part, or the native files, before I begin?", `part\b|cad|drawing|model|step\b|housing|enclosure`, `native|step file|you get|we have the part|files`), q("Who will make it, and may I talk to them before I draw?", `drawing|sheet metal|part\b|housing|enclosure|prototype|manufactur`, `our (?:own )?shop|supplier|made by|workshop`),
		q("Who is on call today when something breaks, and could I talk to them first?", `servers?|cloud|kubernetes|deploy|infrastructure|network|devops`, `on[- ]call|our admin`)},
	"science":   {q("In what form is the data, and what has been done to it so far?", `data|survey|samples|responses|measure`, `csv|excel|spss|data ?set|raw data`), q("Which journal or reader is the result for?", `paper|article|manuscript|thesis|report|protocol`, `journal|publish|thesis`)},
	"education": {q("What did the last lesson or test look like, and could I see it?", `lesson|tutor|exam|student|pupil`, `last test|lesson plan`), q("How do you notice that it has worked?", anything, `goal|grade|exam|pass`)},
}

var generalQueries = []query{
	q("What should be different for you when this is done?", anything, `so that|goal|aim`),
	q("What would you like to see first, and when?", anything, `first (?:draft|version|three|lot|part)|milestone`),
	q("Who decides on your side, and how do you like to be kept up to date?", anything, `weekly call|report to|decides`),
	q("Is there an earlier attempt at this that I should see before I begin?", anything, `previous|before us|last time|earlier attempt`),
	q("What must not go wrong in this, from where you stand?", anything, `must not|most important|risk`),
	q("Which date is fixed, and which one may move?", `deadline|until|by (?:the )?\d|date|launch|before`, `fixed date|hard deadline`),
	q("Is there one page, file or example that shows what you mean best?", anything, `example|for instance|e\.g\.|like this|attached`),
	q("Who will use the result day by day, and may I ask them a question or two?", anything, `users are|used by|talk to`),
}

// clientQuestion chooses a question that the post leaves open. Different
// profiles are given different ones of several.
func clientQuestion(post retrieval.JobPost, profile string, variant int) string {
	text := post.Title + "\n" + post.Description
	for _, list := range [][]query{queries[post.Category], generalQueries} {
		var open []string
		for _, each := range list {
			if each.about.MatchString(text) && !each.answered.MatchString(text) {
				open = append(open, each.text)
			}
		}
		if len(open) == 1 && seed(profile+post.Title)%2 == 0 && variant == 0 {
			continue // so that it is not everybody's
		}
		if len(open) > 0 {
			return open[(int(seed(post.Title+"/"+profile)/977%1000)+variant)%len(open)]
		}
	}
	return ""
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
