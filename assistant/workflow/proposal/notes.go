package proposal

import (
	"regexp"
	"strings"
)

// position is the work that notes belong to.
type position struct {
	lead string // "As a data engineer at an energy retailer"; "" where the title does not read like one
	past bool
	nth  int // 0 is the latest
}

// told makes a sentence of a note of a position: "Moved 60 jobs to Airflow"
// becomes "As a data engineer at an energy retailer I moved 60 jobs to
// Airflow.", and "Past papers, reports to parents" becomes "My work as an online
// tutor covers past papers and reports to parents." Bare is the same behind
// another sentence of the position. What is no note of something done or
// dealt with is left as it is; a word or two tell nothing and give "".
func (at position) told(note string) (full, bare string) {
	switch {
	case ownSubject.MatchString(note), isVerb(note), strings.HasPrefix(note, "Responsible for "):
		return ownWords(at.lead, note)
	case countWords(note) < 3:
		return "", ""
	case denial.MatchString(note), noThing.MatchString(note), leaning.MatchString(note), isClause(note):
		return sentence(note), sentence(note)
	}
	if verb, _, _ := strings.Cut(note, " "); doings[strings.ToLower(verb)] {
		return at.doing(lowerFirst(strings.TrimRight(note, ". ")))
	}
	body := withArticle(lowerStart(listOf(strings.TrimRight(sentence(note), "."))))
	return sentence(at.covering(body)), sentence("The work also " + at.tense("covers ", "covered ") + body)
}

func (at position) tense(now, then string) string {
	if at.past {
		return then
	}
	return now
}

// doing words notes in the present: "Run payroll for 24 people".
func (at position) doing(clause string) (full, bare string) {
	bare = at.tense("I "+clause, "My job was to "+clause)
	if at.lead == "" {
		return sentence(bare), sentence(bare)
	}
	return sentence(at.lead + " " + lowerMine(bare)), sentence(bare)
}

func lowerMine(text string) string {
	if strings.HasPrefix(text, "My ") {
		return lowerFirst(text)
	}
	return text
}

// covering says what the work of a position was made of.
func (at position) covering(body string) string {
	role, as := strings.CutPrefix(at.lead, "As ")
	if !as {
		role = strings.TrimPrefix(at.lead, "In ")
	}
	mine := "My work as " + role
	switch {
	case at.lead == "" && at.nth == 0:
		mine = "My work"
	case at.lead == "":
		mine = at.tense("My work", "My earlier work")
	case !as:
		mine = "My work in " + role
	}
	if m := sinceWhen.FindStringSubmatch(body); m != nil && !at.past {
		return capital(m[1]) + " " + lowerFirst(mine) + " has covered " + m[2]
	}
	if m := forWhom.FindStringSubmatch(body); m != nil {
		return mine + " for " + m[1] + at.tense(" is ", " was ") + singular(m[2])
	}
	if areClients(body) && as {
		return at.lead + at.tense(" I work for ", " I worked for ") + body
	}
	switch {
	case at.past && as && at.nth == 1:
		return "Earlier I was " + role + ", which meant " + body
	case at.past && as && at.nth > 1:
		return "I have also been " + role + ", which meant " + body
	}
	return mine + at.tense(" covers ", " covered ") + body
}

var (
	ownSubject = regexp.MustCompile(`(?:^|[^\w.])(?:I|I['’](?:m|ve|d|ll)|[Ww]e|[Mm]y|[Oo]ur)\b`)
	noThing    = regexp.MustCompile(`(?i)^(?:no|not|none|never|without)\b`)
	sinceWhen  = regexp.MustCompile(`(?i)^(since (?:[a-z]+ )?(?:19|20)\d\d),? (.+)$`)
	forWhom    = regexp.MustCompile(`(?i)^for ([^:,;]{3,60}): (.+)$`)
	hasVerb    = regexp.MustCompile(`(?i)\b(?:is|are|was|were|has|have|had|fell|rose|went|grew|dropped|became|doubled|tripled|increased|decreased|sank|met|came|ended|began|stayed|can|could|will|would|must)\b`)
	relative   = regexp.MustCompile(`(?i)\b(?:that|which|who|where|when|whose|how|what)\b.*`)
	// doings begin notes in the present tense.
	doings = set(`manage run write design build lead plan teach translate edit maintain develop coordinate organise organize create produce handle support train review test draw film record keep sell answer prepare oversee analyse analyze
		administer supervise install repair cook bake deliver operate advise coach mentor research illustrate photograph proofread transcribe localise localize optimise optimize configure migrate deploy monitor audit negotiate schedule host moderate curate compile reconcile file draft`)
	// qualifies begins parts of a list that belong to the part before them.
	qualifies = regexp.MustCompile(`(?i)^(?:later|mainly|mostly|partly|including|about|around|up to|own|for|with|without|in|on|at|from|to|first|then|all|no|not|under|over|since|average|some|also|often|usually|always|each|every|both|of|by|now|today|as|such|which|that|who|where|when|so|but|or|among|turned|written|made|drawn|\d[\d,.]* (?:a|per|an)\b|(?:\S+ ){1,6}(?:a|per|an) (?:day|week|month|year)$)`)
	someThing = regexp.MustCompile(`(?i)^(?:a|an|the|one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})\s`)
)

// isClause reports whether a note is a sentence of its own, about something
// else than the person: "The delay fell from 9 minutes to 20 seconds".
func isClause(note string) bool {
	head, _, _ := strings.Cut(note, ", ")
	head, _, _ = strings.Cut(head, ": ")
	return hasVerb.MatchString(relative.ReplaceAllString(head, ""))
}

// listOf joins the parts of a list as a sentence does: "A, B, C" becomes "A, B
// and C". Where a part qualifies the one before, nothing is changed.
func listOf(note string) string {
	parts := strings.Split(note, ", ")
	last := len(parts) - 1
	if last == 0 || strings.ContainsAny(note, ":;()") || strings.Contains(parts[last], " and ") || strings.HasPrefix(parts[last], "and ") {
		return note
	}
	for _, part := range parts[1:] {
		if qualifies.MatchString(part) || hasVerb.MatchString(part) {
			return note
		}
	}
	if last == 1 && strings.Contains(parts[0], " and ") {
		return parts[0] + ", and " + parts[1]
	}
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// withArticle sets the article before one thing that a note describes: "YOLO
// model that counts grapes" is a model.
func withArticle(body string) string {
	if m := oneThing.FindStringSubmatch(body); m != nil && !determiners[strings.ToLower(strings.Fields(body)[0])] && !strings.HasSuffix(m[1], "s") {
		return article(body) + body
	}
	return body
}

// singular sets the article before a list that begins with one thing.
func singular(body string) string {
	m := beginsOne.FindStringSubmatch(body)
	if m == nil || determiners[strings.ToLower(strings.Fields(body)[0])] || strings.HasSuffix(m[1], "s") || strings.HasSuffix(m[1], "ing") || uncounted[m[1]] {
		return body
	}
	return article(body) + body
}

var beginsOne = regexp.MustCompile(`^(?:[a-z-]+ ){1,2}?([a-z]{3,}) (?:with|of|for|that|which)\b`)

var oneThing = regexp.MustCompile(`^(?:[\w-]+ ){0,2}([a-z]{3,}) (?:that|which) [a-z]+s\b`)

// areClients reports whether a list names people or organisations that were
// worked for, and not what was done.
func areClients(body string) bool {
	parts := strings.Split(strings.ReplaceAll(body, " and ", ", "), ", ")
	if len(parts) < 2 {
		return false
	}
	for _, part := range parts {
		head := part
		for _, cut := range []string{" with ", " of ", " for ", " in ", " that "} {
			head, _, _ = strings.Cut(head, cut)
		}
		fields := strings.Fields(strings.ToLower(head))
		if len(fields) < 2 || !someThing.MatchString(part) {
			return false
		}
		last := fields[len(fields)-1]
		if !organisations[last] && !organisations[strings.TrimSuffix(last, "s")] && !personal.MatchString(strings.TrimSuffix(last, "s")) && last != "park" {
			return false
		}
	}
	return true
}

// voiced makes a sentence of a note in the running text of a profile: "Six years
// in support" becomes "I have six years in support." Sentences stay as they are.
func voiced(text string) string {
	switch m := yearsNote.FindStringSubmatch(text); {
	case ownSubject.MatchString(text) && !yearsNote.MatchString(text), denial.MatchString(text), strings.Contains(text, ": "):
		return sentence(text)
	case m != nil && (strings.EqualFold(m[1], "at") || strings.EqualFold(m[1], "as") || strings.EqualFold(m[1], "on")):
		return sentence("I have spent " + lowerFirst(text))
	case m != nil:
		return sentence("I have " + lowerFirst(text))
	}
	if m := sinceNote.FindStringSubmatch(text); m != nil && len(skillsOf(m[1])) > 0 {
		return sentence("I have worked with " + text)
	}
	if isClause(text) {
		return sentence(text)
	}
	if isVerb(text) {
		return sentence("I " + lowerFirst(joinParts(text)))
	}
	switch m := countNote.FindStringSubmatch(text); {
	case m == nil || timeWord.MatchString(m[1]):
	case personal.MatchString(strings.TrimSuffix(strings.ToLower(m[1]), "s")) || people[strings.ToLower(m[1])]:
		return sentence("I have worked with " + lowerFirst(text))
	default:
		return sentence("I can show " + lowerFirst(text))
	}
	return sentence(text)
}

var (
	yearsNote = regexp.MustCompile(`(?i)^(?:(?:over|almost|nearly|about|more than|the last|some) )?(?:\d{1,2}\+?|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)(?: and a half)? years?(?: of experience)? (of|in|with|at|as|on)\b`)
	sinceNote = regexp.MustCompile(`^((?:\S+ ){0,5}\S+) since (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b`)
	countNote = regexp.MustCompile(`(?i)^(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty) (?:\pL+ )??(\pL+s)\b`)
	timeWord  = regexp.MustCompile(`(?i)^(?:years?|months?|weeks?|days?|hours?|minutes?|words|euros|dollars|pounds|times|percent)$`)
	people    = set("students pupils clients customers patients families companies children adults")
)
