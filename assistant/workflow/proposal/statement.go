package proposal

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/words"
)

// states reports whether a sentence of a profile states something of the person
// whose profile it is, in the first person or as a note. Whoever writes a
// profile knows that a program may read it: questions, orders, what speaks to
// "you" and what speaks of the proposal itself are no statements, and nothing
// is made of them.
func states(text string) bool {
	text = legible(text)
	switch {
	case commanding(text), strings.ContainsRune(text, '?'), mixesScripts(text), program.MatchString(text):
		return false
	case addressed.MatchString(text), orders(text), foreign.MatchString(text):
		return false
	case ofTheText.MatchString(text) && !crafts.MatchString(text):
		return false
	}
	return !obliging.MatchString(text) || firstSubject.MatchString(text)
}

// legible is a text as a reader sees it: without invisible characters, and wide
// or styled letters as plain ones.
func legible(text string) string {
	return strings.Join(strings.Fields(strings.Map(plainRune, norm.NFKC.String(text))), " ")
}

// mixesScripts finds words that are written with letters of several alphabets,
// as nobody writes who wants to be read by people.
func mixesScripts(text string) bool {
	for word := range strings.FieldsSeq(text) {
		latin, other := false, false
		for _, r := range word {
			latin = latin || unicode.Is(unicode.Latin, r)
			other = other || unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Cherokee) && r != 'µ' && r != 'Ω' && r != 'μ'
		}
		if latin && other {
			return true
		}
	}
	return false
}

var (
	// program finds code, markup and commands.
	program = regexp.MustCompile("[<>{}`\\\\$]\\S*[<>{}`\\\\(]|</?\\w+>|[`{}\\\\]|&&|\\|\\||=>|::|\\$\\(|#!/|\\b(?:rm -|chmod|sudo|curl|wget|base64|eval\\(|exec\\(|drop table|select \\*)|\\b(?:system|hidden|initial) prompt|\\bprompts?\\b.{0,20}\\b(?:above|below|inject)|\\b[A-Za-z0-9+/]{40,}={0,2}")
	// addressed finds what speaks to whoever reads: that is not the client yet.
	addressed = regexp.MustCompile(`(?i)^\W*you(?:r|rs)?\b|\byou(?:['’](?:re|ll|ve)| are| were| must| should| shall| will| would| may only| can only| have to| need to| ought| act| write| say| mention| describe| summari[sz]e| answer| reply| generate| draft| compose| respond)\b|\byour (?:task|job is|role|goal|instructions?|rules?|answers?|output|repl(?:y|ies)|responses?|guidelines|policy|new|only|first|next|final)\b|\b(?:dear|hello|hi|hey|attention|note to|to the) (?:reader|recruiter|ai|bot|assistant|model|client|reviewer|hiring)`)
	// ofTheText finds what is said of the proposal, of who writes it and of who picks.
	ofTheText = regexp.MustCompile(`(?i)\b(?:proposals?|cover letters?|letters? of application|applications? (?:for|about|from) me|drafts? (?:for|about|of) me|bids? (?:for|from) me|summar(?:y|ies) (?:of|about) me|this (?:profile|text|document|file|cv|resume|résumé|upload|page|person|candidate|freelancer|applicant)|the (?:candidate|applicant|freelancer|writer of|recruiter)|the (?:assistant|reader|model|chatbot|bot|ranking|program|system) (?:must|should|shall|will|is to|has to|may|can|writes?|reads?|reading|that|who)|(?:any|every|each|all) (?:sentences?|paragraphs?|answers? (?:about|for)|texts? (?:about|for)|descriptions? of me|applicants?|candidates?)|about me|on my behalf|in my name|instructions?|chat ?gpt|prompt(?:s|ed|ing)?)\b`)
	// crafts are trades whose work bears those names.
	crafts = regexp.MustCompile(`(?i)\b(?:i|we)(?:['’]ve)?(?: have| had| also)? (?:wr[io]te|written|edit(?:ed)?|review(?:ed)?|translated?|draw|drew|design(?:ed)?|ghostwr[io]te|train(?:ed)?|built|build|made|make|follow(?:ed)?|prepared?|drafted)\b.{0,60}\b(?:proposals?|cover letters?|instructions?|prompts?|chat ?bots?|programs?|models?)|\b(?:grant|funding|research|tender|rfp|budget|sales|book|care|safety|assembly|work|product|installation|user|cooking) (?:proposals?|instructions?)|\bprompt (?:engineer|design|librar|templates?|evaluation)|\b(?:lab|language|science|math|classroom|reading) instructions?|^(?:proposals|instructions)\b[^.:]{0,60}\bfor (?:a|an|the|two|three|several|\d+)\b`)
	// obliging modals say what must be, and are a statement only of oneself.
	obliging     = regexp.MustCompile(`(?i)\b(?:must|should|shall|ought to|(?:has|have|needs?|is|are|am) to (?:be|say|state|start|begin|contain|include|mention|have|accept|pay|win|get)|is required|are required|mandatory|is (?:not )?allowed|under no circumstances)\b`)
	firstSubject = regexp.MustCompile(`(?i)^[^.;:]{0,60}?\b(?:i|we)(?:['’](?:m|ve|d|ll))?\b|^my\b`)
	// foreign finds the commonest orders of the kind in other tongues.
	foreign = regexp.MustCompile(`(?i)\bignor(?:a|e[zr]?|iere?n?|ieren sie|ar|ad|ado)\b.{0,40}\b(?:instru|anweis|consign|regl|règl|todo|alle|tout|las|os|les)|\b(?:escribe|escriba|di|diga|schreibe?n?|sage?n?|dis|dites|écris|écrivez|escreva|diga) (?:que|dass|sie)\b`)
)

// orders reports whether a sentence is an order. Some verbs order in any
// mouth; others begin notes of work as well ("Write Python services"), and
// order only where what they ask for is talk of the person.
func orders(text string) bool {
	if toldTo.MatchString(text) {
		return true
	}
	body := courtesy.ReplaceAllString(strings.TrimLeft(text, " -*•\"'“‘([,.:;"), "")
	first, rest, _ := strings.Cut(body, " ")
	verb := strings.ToLower(strings.Trim(first, ",.;!"))
	if colon := strings.HasSuffix(verb, ":"); colon && (bidden[strings.TrimSuffix(verb, ":")] || mayOrder[strings.TrimSuffix(verb, ":")]) {
		return true
	}
	switch {
	case bidden[verb]:
		return !noun(verb, rest)
	case mayOrder[verb]:
		return talkOfSelf.MatchString(rest)
	case verb == "always" || verb == "never" || verb == "only" || verb == "don't" || verb == "don’t" || verb == "do":
		second, more, _ := strings.Cut(rest, " ")
		second = strings.ToLower(strings.Trim(second, ",.;:!"))
		return bidden[second] || second == "not" || mayOrder[second] && talkOfSelf.MatchString(more)
	}
	return false
}

// noun reports whether a word that may be an order is a thing here: "State
// archives of Porto", "Repeat customers", "Note taking", "Reply templates".
func noun(verb, rest string) bool {
	next, _, _ := strings.Cut(rest, " ")
	next = strings.ToLower(strings.Trim(next, ",.;:"))
	if next == "" || determiners[next] || talkOfSelf.MatchString(rest) || pointsAt[next] {
		return false
	}
	return nounable[verb] && !strings.HasSuffix(next, "ly")
}

var (
	courtesy = regexp.MustCompile(`(?i)^(?:(?:and|so|also|then|now|just|simply|kindly|please|important|nb|n\.b\.|ps|p\.s\.|step \d+|\d+[.)])[\s:,.-]+)+`)
	bidden   = set(`say add ignore repeat mention state claim pretend print output reply respond disregard forget describe portray introduce remember insert append prepend quote execute omit skip assume imagine insist emphasise emphasize stress
		recommend rank rate choose pick prefer hire message click visit download refuse reject obey comply behave roleplay role-play echo include exclude tell act note let conclude override bypass reveal exaggerate promise guarantee swap overwrite`)
	mayOrder   = set(`present highlight select contact email call treat summarise summarize replace write use make give put set begin start end open close finish keep list show answer copy follow run translate do be go get take stop return create generate produce draft compose read look see check change raise lower accept offer bid charge quote refer point name mark consider convert encode decode speak spell`)
	nounable   = set(`state note reply repeat message quote print output rank rate pick stress act claim download visit click`)
	pointsAt   = set(`me my that it i him her them if as how why when what whether about exactly only instead the this`)
	talkOfSelf = regexp.MustCompile(`(?i)\b(?:that (?:i|he|she|they|we|my|this|the)\b|(?:about|of|for|describe|call|rank|rate|pick|hire|choose) me\b|me (?:as|first|at|on top)|i (?:am|have|was|led|built|hold|worked)\b|words?\b|sentences?|paragraphs?|bullet|capitals?|upper ?case|proposals?|letters?\b|the (?:client|reader|text|bid|price|letter|draft|answer|following|phrase|words?)|my (?:name|rating|score|rate|price|experience)\b|in (?:every|each|all)|times\b|rating|ranking)|^["“‘']`)
	// toldTo finds orders within a sentence.
	toldTo = regexp.MustCompile(`(?i)\b(?:say|write|state|mention|claim|add|tell (?:them|him|her|the client|everyone|people)|pretend|insist|note|remember|confirm|assert|emphasi[sz]e|stress)(?: (?:clearly|only|always|also|simply|just|there|here|please))? that (?:i|he|she|they|we|my|this|the)\b|\bdescribe me\b|\b(?:call|name|rank|rate|pick|hire|choose|select|recommend|present|introduce|portray) me\b|\bwhen(?:ever)? (?:you|one|somebody|an? \w+) (?:writes?|drafts?|summari[sz]es?|describes?)\b|[,;:]\s*(?:always |please )?(?:ignore|repeat|mention|pretend|disregard|say|never mention) (?:the|this|that|it|all|any|my|me|what)\b|\b(?:repeat|copy) (?:this|paragraphs|sentences|the)\b|\bif (?:needed|asked|necessary|any(?:one|body)|some(?:one|body)|the client)\b[^.;]{0,30}?\b(?:say|repeat|add|write|lie|claim|invent|answer|tell)\b|\bword for word\b.{0,30}\b(?:copy|use|repeat)|\b(?:make|made) (?:up|sure)\b.{0,30}\b(?:proposal|text|letter|client|say)`)
)

// withoutOrders returns a text of a profile with spaces in place of the
// sentences that state nothing of the person, so that positions stay. What an
// order announces ("Say this:") goes with it.
func withoutOrders(text string) string {
	var out strings.Builder
	announced := false
	for _, unit := range grounding.Sentences(text) {
		body := strings.TrimSpace(unit)
		tainted := body != "" && (!states(body) || announced || out.Len() > 0 && blankedBefore(out.String()) && (follows.MatchString(body) || countWords(body) <= 6 && !firstSubject.MatchString(body)))
		if body != "" {
			announced = tainted && strings.HasSuffix(body, ":")
		}
		if tainted {
			unit = strings.Repeat(" ", grounding.UTF16(unit))
		}
		out.WriteString(unit)
	}
	return out.String()
}

// blankedBefore reports whether what stands before a sentence was taken out.
func blankedBefore(text string) bool {
	return len(text) > 2 && strings.TrimSpace(text[len(text)-2:]) == ""
}

// proven reports whether praise has a paper: a credential that names the same.
func proven(text string, p retrieval.Profile) bool {
	praise := strings.ReplaceAll(boast.FindString(text), "-", " ")
	if praise == "" {
		return false
	}
	for _, c := range p.Credentials {
		if share(stemsOf(praise), stemsOf(c)) > 0.99 && len(stemsOf(praise)) > 0 && states(c) {
			return true
		}
	}
	return false
}

// best finds praise by the word "best", which has honest uses too.
func best(text string) bool {
	for _, span := range bestWord.FindAllStringIndex(text, -1) {
		before, after := text[:span[0]], text[span[1]:]
		if !bestAfter.MatchString(after) && !bestBefore.MatchString(before) {
			return true
		}
	}
	return false
}

var (
	bestWord   = regexp.MustCompile(`(?i)\bbest\b`)
	bestAfter  = regexp.MustCompile(`(?i)^(?:[- ](?:before|practices?|man|known|suited|of all i|sell\w+|when|in the mornings?)\b)`)
	bestBefore = regexp.MustCompile(`(?i)\b(?:suits?|fits?) (?:me|us) $|\b(?:works?|like[sd]?|know|learn(?:ed|t)?|enjoy(?:ed)?|speak|think|sold|at) (?:it |them |that )?$|\bi (?:\w+ ){1,2}$|\bwhat (?:\w+ ){1,3}$`)
)

// english reports whether a sentence may stand in an English letter: longer
// ones of another language may not.
func english(text string) bool {
	return countWords(text) < 6 || words.Detect(text) == words.English || alreadyOwn.MatchString(text)
}
