package shortlist

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// act is what a message does to a list that is there.
type act string

const (
	actRefine  act = "refine"   // narrow, widen, reorder
	actAgain   act = "again"    // make the list anew: for the post as it is now, or for other work
	actWhyNot  act = "why_not"  // why is somebody not on the list, or not higher
	actWhy     act = "why"      // why does somebody stand where they do
	actCompare act = "compare"  // two to four of them side by side
	actLacks   act = "lacks"    // what somebody does not have
	actMore    act = "more"     // the next ones
	actWhoElse act = "who_else" // who has something, without narrowing the list
	actAbout   act = "about"    // does this person have something
	actInvite  act = "invite"   // draft an invitation
	actReword  act = "reword"   // change the invitation
	actDecide  act = "decide"   // hire, turn down, contact: what a person does
	actThanks  act = "thanks"
)

// acts are tried in order; a message is the first that it matches. People says
// how many of the list it must name.
var acts = []struct {
	act     act
	people  int
	pattern *regexp.Regexp
}{
	{actInvite, 0, regexp.MustCompile(`(?i)\binvit(?:e|es|ing|ation|ations)\b|\b(?:draft|write|compose|prepare)\b.{0,30}\b(?:message|note|e-?mail|letter|line)\b.{0,12}\b(?:to|for)\b`)},
	{actCompare, 0, regexp.MustCompile(`(?i)\bcompar(?:e|ed|ing|ison)\b|\bversus\b|\bvs\b|\bdifferences? between\b|\bside by side\b|\bhow do(?:es)? .{1,60} differ\b`)},
	{actWhyNot, 1, regexp.MustCompile(`(?i)\bwhy (?:not|isn['’]?t|is .{0,40}\b(?:not|missing|gone|out|off|excluded|dropped|so low|lower|last|below|behind)|aren['’]?t|didn['’]?t|wasn['’]?t|did .{0,40}\b(?:drop|leave|not)|was .{0,40}\b(?:not|dropped|left|removed|excluded)|no )|\bwhat (?:happened to|about|is wrong with|['’]s wrong with)\b|\bwhere (?:is|did|has)\b`)},
	{actWhy, 0, regexp.MustCompile(`(?i)\bwhy\b|\b(?:which|who|whom)\b.{0,20}\bwould you (?:take|choose|pick|hire|recommend|invite)|\b(?:who|which)(?: one)?(?:['’]s| is| are) (?:the |your )?(?:best|favou?rite|strongest)|\b(?:your|what do you) recommend|\bhow come\b|\bwhat speaks for\b|\bexplain\b|\bhow (?:did|do) you (?:rank|score|order|sort|choose|pick)\b|\bscore (?:of|for)\b`)},
	{actLacks, 1, regexp.MustCompile(`(?i)\black(?:s|ing)?\b|\bmissing\b|\bgaps?\b|\bweak(?:ness|nesses|est|er)?\b|\bdownsides?\b|\bconcerns?\b|\bspeaks against\b|\bcatch\b|\bshort of\b|\bdrawbacks?\b|\bdoes(?:n['’]?t| not) .{0,20}(?:have|know|do|bring)\b`)},
	{actMore, 0, regexp.MustCompile(`(?i)^\W*(?:(?:please|ok|and|can you|could you)\W+)*(?:(?:show|see|list|give|load)(?: me)? (?:some |a few |the )?(?:more|others|rest|next(?: ones?| page| ten| five)?|remaining)|more(?: (?:people|candidates|please|of them))*|next(?: page| ones?| ten| five)?|the rest|who else(?: is there| do you have| have you got)?)(?: (?:people|candidates|of them|please|on the list))*\W*$`)},
	{actWhoElse, 0, regexp.MustCompile(`(?i)\b(?:who|anyone|anybody|somebody|someone|any of them) else\b|\bwhich others?\b|\bhow many (?:of them |people |candidates )?(?:have|has|know|speak|can|are|do|live|cost|charge|ask)\b`)},
	{actDecide, 0, regexp.MustCompile(`(?i)^\W*(?:(?:please|ok|now|and|then|can you|could you|would you|will you|go ahead and)\W+)*(?:hire|reject|turn down|decline|contact|call|phone|message|e-?mail|write to|book|accept|tell (?:them|her|him|c\d+|the \w+ one)|ask (?:them|her|him|c\d+)|send (?:it|them|him|her|c\d+|that|this))\b`)},
	{actThanks, 0, regexp.MustCompile(`(?i)^\W*(?:thanks?|thank you|thx|cheers|great|perfect|nice|good|ok(?:ay)?|cool|wonderful|lovely)(?:[ ,!.]+(?:thanks?|thank you|you|so|very|much|a lot|good|great|list|work|job|for (?:that|this|now|your help)|that(?:['’]s| is) (?:all|it|good|great|fine)))*\W*$`)},
	{actAbout, 1, regexp.MustCompile(`(?i)^\W*(?:(?:and|but|so|ok)\W+)*(?:does|do|is|are|can|could|has|have|did|how|what|when|where|tell me|show me)\b`)},
}

// actOf tells what a message about a list does, given how many people of the
// list it names.
func actOf(text string, named int) act {
	for _, a := range acts {
		if named >= a.people && a.pattern.MatchString(text) {
			return a.act
		}
	}
	return actRefine
}

// anew are requests for a list that begins from the work again.
var anew = regexp.MustCompile(`(?i)\b(?:find|search|look|shortlist|match|get)\b.{0,30}\b(?:people|candidates|someone|somebody|freelancers|matches)?\b.{0,20}\bfor (?:this|the|my|our|that) (?:\w+ )?(?:post|job|ad|posting|listing|draft|project|role)\b|\b(?:redo|refresh|update|rebuild|renew) (?:the |my )?(?:short ?)?list\b|\b(?:search|look|try) again\b`)

// othersWork are requests for people for other work than the list's.
var othersWork = regexp.MustCompile(`(?i)^\W*(?:(?:now|ok(?:ay)?|and|also|next|please|then|can you|could you)\W+)*(?:find|search for|look for|get|i (?:also )?need|we (?:also )?need|i['’]?m looking for)(?: me| us)? (?:an?|another|some|a few|the best) `)

// references resolves whom a message names, in the order of mention: by label,
// by place on the list ("the first two"), by a word of what the list shows of
// them ("the Lisbon one"), or as those who were last talked about. Unknown
// are labels that nobody has.
func references(doc *Document, text string, focus []string) (ids, unknown []string) {
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	byLabel := make(map[string]string)
	for id, label := range doc.Memory.Labels {
		byLabel[strings.ToLower(label)] = id
	}
	for _, word := range labelWord.FindAllString(strings.ToLower(text), -1) {
		if id, ok := byLabel[word]; ok {
			add(id)
		} else if labelLike.MatchString(word) && len(doc.Candidates) > 0 {
			unknown = append(unknown, word)
		}
	}
	for _, place := range places(text, len(doc.Candidates)) {
		add(doc.Candidates[place].ProfileID)
	}
	if len(ids) == 0 {
		add(byWords(doc, text))
	}
	if len(ids) == 0 && pronoun.MatchString(text) {
		for _, id := range focus {
			add(id)
		}
	}
	return ids, unknown
}

var (
	labelWord = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}_:-]*`)
	labelLike = regexp.MustCompile(`^c\d{1,3}$`)
	pronoun   = regexp.MustCompile(`(?i)\b(?:him|her|his|hers|he|she|they|their|(?:to|about|for|does|do|is|are|can|have|has) them|this (?:one|person)|that (?:one|person))\b`)
	firstFew  = regexp.MustCompile(`(?i)\b(?:first|top|best) (two|three|four|five|2|3|4|5)\b`)
	ordinal   = regexp.MustCompile(`(?i)\b(?:(?:the|your|my|number|no\.?|candidate|place|#) ?)(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|top|best|one|two|three|four|five|[1-9]|10)(st|nd|rd|th)?\b( (?:of|in|week|half|quarter|time|day|year|month|language|level|job|rate|\w+s)\b)?`)
	joined    = regexp.MustCompile(`(?i)\b(?:and|with|to|vs\.?|versus) (?:the )?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b`)
)

var numerals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "top": 1, "best": 1, "last": -1,
}

// places are the places on a list of so many that a text names, counted from 0.
func places(text string, size int) []int {
	var out []int
	add := func(n int) {
		if n == -1 {
			n = size
		}
		if n >= 1 && n <= size && !slices.Contains(out, n-1) {
			out = append(out, n-1)
		}
	}
	if m := firstFew.FindStringSubmatch(text); m != nil {
		for i := 1; i <= numeral(m[1]); i++ {
			add(i)
		}
		return out
	}
	for _, m := range ordinal.FindAllStringSubmatch(text, -1) {
		if m[3] == "" {
			add(numeral(m[1]))
		}
	}
	for _, m := range joined.FindAllStringSubmatch(text, -1) {
		add(numeral(m[1]))
	}
	return out
}

func numeral(word string) int {
	if n, err := strconv.Atoi(word); err == nil {
		return n
	}
	return numerals[strings.ToLower(word)]
}

// described are ways to name somebody by a word: "the Lisbon one", "the one
// from Portugal", "the Squarespace designer".
var oneOf = regexp.MustCompile(`(?i)\bthe (?:one|person|guy|woman|man|candidate|freelancer) (?:from|in|with|who does|at|of) (?:the )?([\p{L}-]+(?: [\p{L}-]+)?)|\bthe ([\p{L}-]+(?: [\p{L}-]+)?) (?:one|person|guy|woman|man|candidate|designer|developer|engineer|translator|writer|editor|illustrator|consultant|freelancer|expert|specialist|teacher|tutor|lawyer|accountant)\b`)

// byWords finds the only one on the list whom words describe.
func byWords(doc *Document, text string) string {
	for _, m := range oneOf.FindAllStringSubmatch(text, -1) {
		word := strings.ToLower(m[1] + m[2])
		if _, ok := numerals[word]; ok || vague[word] {
			continue
		}
		found := ""
		for _, c := range doc.Candidates {
			if strings.Contains(shownOf(c), word) {
				if found != "" {
					found = ""
					break
				}
				found = c.ProfileID
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// unnamed is a text without the words that name somebody on the list.
func unnamed(doc *Document, text string) string {
	text = ordinal.ReplaceAllString(firstFew.ReplaceAllString(text, ""), "")
	text = labelWord.ReplaceAllStringFunc(text, func(word string) string {
		for _, label := range doc.Memory.Labels {
			if strings.EqualFold(label, word) {
				return ""
			}
		}
		return word
	})
	text = tellAbout.ReplaceAllString(oneOf.ReplaceAllString(text, ""), "")
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(text), "?.! "))
}

var tellAbout = regexp.MustCompile(`(?i)^\W*(?:(?:please|ok|and|so|but|can you|could you)\W+)*(?:tell me|show me|what do you know|what is|what['’]s|who is|who['’]s|how is|how about)(?: (?:more|something|all|everything))?(?: (?:about|of|on))?\s*(?:one|person|candidate)?`)

var vague = set("only same other right wrong new old next best cheapest good big small")

// shownOf is what the list shows of somebody, in lower case.
func shownOf(c Candidate) string {
	return strings.ToLower(c.Headline + " | " + countryName(c.Country) + " | " + strings.NewReplacer("_", " ", "/", " ").Replace(c.TimeZone))
}
