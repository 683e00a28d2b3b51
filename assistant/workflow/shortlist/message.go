package shortlist

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
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
	actMost    act = "most"     // who is the cheapest, the soonest free
	actAbout   act = "about"    // does this person have something
	actInvite  act = "invite"   // draft an invitation
	actReword  act = "reword"   // change the invitation
	actKeep    act = "keep"     // these and nobody else
	actDecide  act = "decide"   // hire, turn down, contact: what a person does
	actThanks  act = "thanks"
)

// opening is what may stand before a request.
const opening = `(?i)^\W*(?:(?:please|ok|okay|and|so|but|now|then|also|great|thanks|hm+|go ahead and|can you|could you|would you|will you|i want you to|i'd like you to|let's|let us)\b\W*)*`

// acts are tried in order; a message is the first that it matches. People says
// how many of the list it must name. What people ask for can be about writing
// invitations or calling people too, so that most requests are known only by
// how they begin.
var acts = []struct {
	act     act
	people  int
	pattern *regexp.Regexp
}{
	{actRefine, 0, regexp.MustCompile(opening + `(?:drop|remove|exclude|take|put|bring|forget|only|keep|skip|leave out|without|prefer|i prefer|i'd rather)\b`)},
	{actInvite, 0, regexp.MustCompile(opening + `(?:invite\b|(?:draft|write|compose|prepare|make|create|do|send)\b.{0,30}\binvit|(?:draft|write|compose|prepare)\b.{0,24}\b(?:message|note|e-?mail|letter|line|invite)\b.{0,8}\b(?:to|for)\b|an? (?:invitation|invite) (?:to|for)\b)`)},
	{actInvite, 1, regexp.MustCompile(`(?i)\binvit(?:e|ation)\b`)},
	{actCompare, 0, regexp.MustCompile(opening + `compar(?:e|ison)\b|(?i)\bcompare (?:them|these|those|both|the two|c\d)|\bside by side\b|\bdifferences? between\b|\bhow do(?:es)? .{1,60} (?:differ|compare)\b`)},
	{actCompare, 2, regexp.MustCompile(`(?i)\b(?:versus|vs)\b|\bcompar`)},
	{actWhyNot, 1, regexp.MustCompile(`(?i)\bwhy (?:not|no|isn['’]?t|is .{0,40}\b(?:not|missing|gone|out|off|excluded|dropped|so low|lower|last|below|behind)|aren['’]?t|didn['’]?t|wasn['’]?t|did .{0,40}\b(?:drop|leave|not)|was .{0,40}\b(?:not|dropped|left|removed|excluded))\b|\bwhat (?:happened to|about|is wrong with|['’]s wrong with)\b|\bwhere (?:is|did|has) .{0,40}\b(?:gone|go|disappeared?)\b`)},
	{actMost, 0, superlative},
	{actWhy, 0, regexp.MustCompile(opening + `(?:why (?:is|are|does|do|did|was|were|c\d|the|this|that|him|her|them|so|these)|why\W*$|how come|what speaks for|explain\b|how (?:did|do) you (?:rank|score|order|sort|choose|pick)|(?:which|who|whom)\b.{0,20}\bwould you (?:take|choose|pick|hire|recommend|invite)|(?:who|which)(?: one)?(?:['’]s| is| are) (?:the |your )?(?:best|favou?rite|strongest)\b|(?:what|who(?:m)?) do you recommend)`)},
	{actWhy, 1, regexp.MustCompile(`(?i)\bwhy\b|\bscore (?:of|for)\b|\bspeaks for\b`)},
	{actLacks, 1, regexp.MustCompile(`(?i)\black(?:s|ing)?\b|\bmissing\b|\bgaps?\b|\bweak(?:ness|nesses|est|er)?\b|\bdownsides?\b|\bconcerns?\b|\bspeaks against\b|\bcatch\b|\bshort of\b|\bdrawbacks?\b|\bwhat do(?:es)?(?:n['’]?t| not)? .{0,20}\bnot (?:have|know|do|bring)\b|\bwhat does(?:n['’]?t| not)\b`)},
	{actMore, 0, regexp.MustCompile(opening + `(?:(?:show|see|list|give|load)(?: me)? (?:some |a few |the )?(?:more|others|rest|next(?: ones?| page| ten| five)?|remaining)|more(?: (?:people|candidates|please|of them))*|next(?: page| ones?| ten| five)?|the rest|who else(?: is there| do you have| have you got)?)(?: (?:people|candidates|of them|please|on the list))*\W*$`)},
	{actWhoElse, 0, regexp.MustCompile(`(?i)\b(?:who|any of them) else\b|\bwhich others?\b|^\W*(?:and )?how many (?:of them |people |candidates )?(?:have|has|know|speak|can|are|do|live|cost|charge|ask)\b`)},
	{actDecide, 0, regexp.MustCompile(opening + `(?:hire|reject|turn down|decline|contact|call|phone|message|e-?mail|write to|book|accept|tell|ask|send)\s+(?:(?:it|that|this) to )?(?:it|them|her|him|all|everyone|everybody|c\d+|the (?:first|second|third|fourth|fifth|last|top|best|others?|rest)|the \w+ one)\b`)},
	{actThanks, 0, regexp.MustCompile(`(?i)^\W*(?:thanks?|thank you|thx|cheers|great|perfect|nice|good|ok(?:ay)?|cool|wonderful|lovely)(?:[ ,!.]+(?:thanks?|thank you|you|so|very|much|a lot|good|great|list|work|job|for (?:that|this|now|your help)|that(?:['’]s| is) (?:all|it|good|great|fine)))*\W*$`)},
	{actAbout, 1, regexp.MustCompile(`(?i)^\W*(?:and|or) .{1,60}\?\s*$|^\W*(?:(?:and|but|so|ok)\W+)*(?:does|do|is|are|can|could|has|have|did|how|what|when|where|tell me|show me)\b`)},
}

// amongAll are words that make a question with somebody's label in it one about everybody.
var amongAll = regexp.MustCompile(`(?i)\b(?:any|anyone|anybody|those|ones|people|only|keep|everyone|everybody|somebody|someone|than|like|similar|as .{1,20} as)\b`)

// actOf tells what a message about a list does, given how many people of the
// list it names.
func actOf(text string, named int) act {
	for _, a := range acts {
		if named < a.people || !a.pattern.MatchString(text) {
			continue
		}
		if a.act == actAbout && amongAll.MatchString(text) {
			return actRefine
		}
		return a.act
	}
	return actRefine
}

// anew are requests for a list that begins from the work again.
var anew = regexp.MustCompile(`(?i)\b(?:find|search|look|shortlist|match|get|who)\b.{0,60}\bfor (?:this|the|my|our|that) (?:\w+ )?(?:post|job|ad|posting|listing|draft|project|role)\b|\b(?:redo|refresh|update|rebuild|renew) (?:the |my )?(?:short ?)?list\b`)

// othersWork are requests for people for other work than the list's.
var othersWork = regexp.MustCompile(opening + `(?:next\W+)?(?:find|search for|look for|get|i also need|we also need|i['’]?m also looking for|i need to find)(?: me| us)? (?:an?|another|some|a few) (.+)$`)

// otherWork reports whether a message asks for people for other work: it names
// a skill or trade, and none that the list's work has to do with.
func otherWork(doc *Document, text string) bool {
	m := othersWork.FindStringSubmatch(text)
	if m == nil || !namesWork(m[1]) {
		return false
	}
	post := doc.Memory.Post
	own := skills.Default().Match(post.Title + ".\n" + strings.Join(post.Skills, ", ") + ".\n" + post.Description)
	for _, asked := range skills.Default().Match(m[1]) {
		for _, has := range own {
			if skills.Default().Relatedness(asked.Skill.Name, has.Skill.Name) > 0 {
				return false
			}
		}
	}
	return true
}

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
	if len(ids) == 0 && len(focus) < 3 && pronoun.MatchString(text) && !amongAll.MatchString(text) {
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
	lastFew   = regexp.MustCompile(`(?i)\blast (two|three|four|five|2|3|4|5)\b`)
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
	if m := lastFew.FindStringSubmatch(text); m != nil {
		for i := max(1, size-numeral(m[1])+1); i <= size; i++ {
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
	text = ordinal.ReplaceAllString(lastFew.ReplaceAllString(firstFew.ReplaceAllString(text, ""), ""), "")
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

// keeping is what stands around the people of "only c1 and c4", "keep the first two".
var keeping = regexp.MustCompile(`(?i)^\W*(?:(?:ok|okay|please|just|only|keep|leave|show|me|us|stay|go on|go|let's|let us|with|and|or|the|now|then|people|ones?|those|these|on the list|i want|i'd like|narrow it( down)? to)\b\W*)+$`)

var keepWord = regexp.MustCompile(`(?i)\b(?:only|just|keep|narrow)\b`)

// keepsOnly reports whether a message narrows the list to the people whom it names.
func keepsOnly(doc *Document, text string, named int) bool {
	return named > 0 && keepWord.MatchString(text) && keeping.MatchString(unnamed(doc, text)+" ")
}

var tellAbout = regexp.MustCompile(`(?i)^\W*(?:(?:please|ok|and|so|but|can you|could you)\W+)*(?:tell me|show me|what do you know|what is|what['’]s|who is|who['’]s|how is|how about)(?: (?:more|something|all|everything))?(?: (?:about|of|on))?\s*(?:one|person|candidate)?`)

var vague = set("only same other right wrong new old next best cheapest good big small")

// shownOf is what the list shows of somebody, in lower case.
func shownOf(c Candidate) string {
	return strings.ToLower(c.Headline + " | " + countryName(c.Country) + " | " + strings.NewReplacer("_", " ", "/", " ").Replace(c.TimeZone))
}
