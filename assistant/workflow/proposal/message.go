package proposal

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/sessions"
)

// reading is what a message says, part by part.
type reading struct {
	post, profile, draft string // pasted into it
	talk                 string // the rest
	facts                []Statement
	wished               bool // something about the text was asked for
	write, rush, skip    bool
	check, fits, bids    bool
	done, thanks         bool
	doubted              []string // claims that were ordered and not stated
}

// readMessage takes a message apart. Asked is the question that it answers,
// counted from 1 in Memory.Asked; 0 for none.
func readMessage(m sessions.Message, asked int, style *Style) reading {
	r := reading{}
	r.talk, r.post, r.profile, r.draft = pasted(m.Text, asked == 0)
	if m := otherOne.FindStringSubmatch(strings.TrimSpace(r.talk)); m != nil && r.post == "" && countWords(m[1]) >= 10 {
		r.post, r.talk = m[1], ""
	}
	talk := strings.TrimSpace(r.talk)
	r.rush = atOnce.MatchString(talk) || asked > 0 && rushing.MatchString(talk)
	r.skip = skipping.MatchString(talk)
	r.fits = fitting.MatchString(talk)
	r.bids = bidding.MatchString(talk)
	r.check = checking.MatchString(talk) && !bidding.MatchString(talk) || r.draft != "" && lookOver.MatchString(m.Text)
	r.write = writing.MatchString(talk)
	r.done = finished.MatchString(talk)
	r.thanks = thanking.MatchString(talk)
	at := 0
	for _, unit := range joined(grounding.Sentences(m.Text)) {
		body := strings.TrimSpace(unit)
		start := at + grounding.UTF16(unit[:max(0, strings.Index(unit, body))])
		at += grounding.UTF16(unit)
		if body == "" || !strings.Contains(r.talk, body) {
			continue
		}
		source := sessions.Source{Kind: "message", ID: m.ID, Start: start, End: start + grounding.UTF16(body), Quote: body}
		r.sentence(body, source, asked, style)
	}
	return r
}

// joined puts sentences together that only three dots part.
func joined(units []string) (list []string) {
	for _, unit := range units {
		if n := len(list); n > 0 && (strings.HasSuffix(list[n-1], "...") || strings.HasSuffix(list[n-1], "…")) {
			list[n-1] += unit
			continue
		}
		list = append(list, unit)
	}
	return list
}

// sentence reads one sentence of the talk: a wish about the text, or something
// that the person says of themselves.
func (r *reading) sentence(body string, source sessions.Source, asked int, style *Style) {
	if stated := mentioned(body); stated != "" { // "mention that I also speak Dutch"
		r.wished = true
		if isOwnFact(stated) && !weighty.MatchString(stated) {
			r.facts = append(r.facts, Statement{Text: stated, Source: source})
		}
		if weighty.MatchString(stated) && firstPerson.MatchString(stated) {
			r.doubted = append(r.doubted, stated)
			return
		}
		style.Mention = append(style.Mention, stated)
		return
	}
	if style.wish(body) {
		r.wished = true
		if priced(body).amount == 0 && asked == 0 {
			return
		}
	}
	rest := strings.TrimSpace(yesNo.ReplaceAllString(body, ""))
	switch {
	case rest == "" || skipping.MatchString(body) || rushing.MatchString(body) || thanking.MatchString(body) && countWords(body) < 5:
	case ordered.MatchString(body):
		if claim := claimedIn(rest); claim != "" {
			r.doubted = append(r.doubted, claim)
		}
	case demanding.MatchString(rest) && !ownSubject.MatchString(rest): // what a client asks for is no answer
	case asked > 0 && !toAssistant.MatchString(rest) && !strings.HasSuffix(rest, "?"):
		r.facts = append(r.facts, Statement{Text: rest, Source: source, Answers: asked})
	case asked == 0 && (isOwnFact(rest) || answering.MatchString(rest) || isPrice(rest, priced(rest))):
		r.facts = append(r.facts, Statement{Text: rest, Source: source})
	}
}

// claimedIn is the claim that a sentence orders: "say that I have six years"
// gives "I have six years"; "" where it orders a text and no claim.
func claimedIn(text string) string {
	if m := orderedClaim.FindStringSubmatch(text); m != nil {
		return strings.TrimRight(strings.TrimSpace(m[1]), "?! ")
	}
	if aboutText.MatchString(text) && !weighty.MatchString(text) {
		return ""
	}
	return text
}

// lookOver finds the request that a draft is announced with: "Can you look over my draft: …".
var lookOver = regexp.MustCompile(`(?i)\b(?:check|review|look (?:over|at|through)|go (?:over|through)|read|proof-?read|improve|fix|correct)\b[^.\n]{0,40}\b(?:draft|proposal|letter)\s*[:：]`)

// demanding finds sentences of a job post in a message: nothing that the person
// says of themselves.
var demanding = regexp.MustCompile(`(?i)\b(?:(?:is|are) (?:required|mandatory|a plus|a must|welcome|an advantage)|required\b|nice to have|must[- ]have|looking for (?:a|an|someone|somebody)|you (?:will|must|should|have|need)|your (?:tasks?|profile|job)|we (?:need|want|are looking|look for|pay|offer|expect|require))\b|^(?:pay|budget|requirements?|requires?|must|needs?|experience (?:with|in))\b|^\d+\+? ?(?:or more )?years of\b`)

// otherOne finds a post that stands in for the one before: "No sorry, this one: …".
var otherOne = regexp.MustCompile(`(?is)^(?:(?:no|oh|oops|sorry|wait|actually|wrong (?:post|one|job))\b[\s,.!]*){0,4}(?:i (?:mean|meant) )?(?:this|the other|another) (?:one|post|job)(?: instead| please)?\s*[:：]\s*(.+)$`)

var orderedClaim = regexp.MustCompile(`(?i)\b(?:say|write|claim|pretend|put|state|tell them|like)(?: in)?(?: that)?\s+((?:i\b|i['’]m|i['’]ve|we\b|my (?:\w+ ){1,2}?(?:is|are|was|were|has|have|had)\b|(?:\w+ ){0,2}years)[^,.;]*)`)

// isOwnFact reports whether a sentence that nobody asked for tells of the
// person's own work, and not of the talk with the assistant.
func isOwnFact(text string) bool {
	return doing.MatchString(text) && !aboutText.MatchString(text) && !strings.HasSuffix(text, "?") && countWords(text) >= 4 && countWords(text) <= 60 && usable(text)
}

var (
	firstPerson = regexp.MustCompile(`(?i)\b(?:i|i['’]?(?:m|d|ll|ve)|my|we|our)\b`)
	doing       = regexp.MustCompile(`(?i)\b(?:i|we)(?: (?:also|once|just|then|recently|already|both|personally|myself|currently|now|still|even|only))*(?:\s+have|['’]ve)?(?: (?:also|once|just|been|since|already|personally))*\s+(?:` +
		`\w{2,}ed|built|led|ran|run|wrote|written|kept|taught|made|did|done|set|cut|shot|drew|sold|grew|brought|found|gave|took|held|met|spoke|spent|won|put|got|saw|sent|speak|work|own|teach|live|hold|offer|rebuilt|translate|design|use|write|draw|edit)\b|\b(?:can|could)(?: also| even)? (?:start|begin)\b|\b(?:i|we) have (?:\w+ ){0,3}years? (?:of|in|with)\b|\bfree (?:from|on|until)\b|\bavailable\b`)
	// weighty claims are looked up in the profile before they are written, also
	// when somebody asks for them: years and papers.
	weighty = regexp.MustCompile(`(?i)\byears?\b|` + papers.String()[4:])
	// answering finds an answer to the client that comes with the request.
	answering   = regexp.MustCompile(`(?i)\b(?:for|to|on|as for) (?:the|their|your) [\w -]{3,30}\bi(?:['’]d| would) (?:write|say|answer|suggest|choose|use|send)\b`)
	aboutText   = regexp.MustCompile(`(?i)\b(?:want|wanted|need(?:ed)? (?:a|the|help|you|your)|would like|like (?:you|the|it|to (?:apply|send|get))|hope|wonder|can you|could you|please|help me|apply|applying|applied|proposal|cover letter|draft|the post|this post|job post|this job|this one|posting|they (?:want|ask|pay|need|say|write)|oversell|rewrite|shorter|wording)\b|^(?:write|make|mention|leave|drop|keep|use|put|say|add|skip|don['’]?t|do not|just|check|show)\b`)
	toAssistant = regexp.MustCompile(`(?i)^(?:please )?(?:write|make|mention|leave|drop|keep|put|add|skip|don['’]?t|do not|check|show me)\b|\b(?:can|could|would) you\b|\b(?:the|your|this|my) (?:draft|proposal|letter)\b|\b(?:shorter|longer|warmer|oversell|rewrite)\b`)
	// ordered finds claims that the person wants made, which is not to say that they are so.
	ordered  = regexp.MustCompile(`(?i)\b(?:just |simply |please |can you |you can )?(?:say|write|claim|pretend|put|state|tell them|make it (?:sound|look)(?: like)?|act as if|round (?:it )?up)\b(?: in)?(?: that)?\s+(?:i\b|i['’]m|i['’]ve|we\b|my (?:\w+ ){1,2}?(?:is|are|was|were|has|have|had)\b|it up to\b|it to (?:\w+ ){0,2}years|(?:\w+ ){0,2}years)`)
	yesNo    = regexp.MustCompile(`(?i)^(?:yes|yeah|yep|yup|sure|ok(?:ay)?|well|hm+|oh|so|right|true|of course|ah|hi|hello|hey)\b(?:[,.!:;–-]+\s*|\s+|$)`)
	rushing  = regexp.MustCompile(`(?i)\b(?:just|please|now|then)?\s*(?:write|draft) (?:it|the (?:proposal|draft|thing))(?: now| then| please| already)?\W*$|\bjust (?:write|draft|do|go)\b|\bno (?:more )?questions\b|\bgo ahead\b|\bdon['’]?t ask\b`)
	atOnce   = regexp.MustCompile(`(?i)\bno (?:more )?questions\b|\b(?:don['’]?t|do not|without) ask(?:ing)?\b|\bno time for questions\b`)
	skipping = regexp.MustCompile(`(?i)^\W*(?:sorry,? )?(?:i (?:have|['’]ve) )?(?:no idea|skip(?: (?:it|this|that))?|(?:i )?(?:really )?(?:don['’]?t|do not) (?:know|remember|have (?:one|any|that|it))|not sure|nothing(?: (?:else|to add|more|comes to mind))?|no|nope|none|nah|pass|next|n/?a|can['’]?t say|can['’]?t think of (?:one|any|anything)|dunno|whatever|leave it(?: out| open)?|that['’]?s (?:all|it)|no thanks?|rather not)(?: (?:sorry|really|honestly|thanks?|please|idea))*\W*$`)
	fitting  = regexp.MustCompile(`(?i)\brealistic|\bfit (?:me|my|for me)|\bsuits? me|\bdo i (?:fit|qualify|stand|have (?:a|any) chance|match|even)|\bam i (?:a (?:good )?(?:fit|match)|qualified|good enough|right for|too)|\bshould i (?:apply|bother|go for|even|try)|\bmy chances|\ba chance\b|\bworth (?:applying|it|a try|my)|\bhow (?:well )?do i (?:fit|match)|\bhonest(?:ly)? opinion|\ba (?:good )?(?:fit|match)\b`)
	bidding  = regexp.MustCompile(`(?i)\bwhat (?:should|do|would|could|can) (?:i|you) (?:bid|charge|ask|quote|price|offer)|\bhow much (?:should|do|would|could|can) i\b|\bwhat (?:price|rate|bid)\b|\bmy bid\b.*\?|\b(?:too (?:high|low|cheap|expensive))\b`)
	checking = regexp.MustCompile(`(?i)\b(?:check|review|look (?:over|at|through)|go (?:over|through)|improve|feedback|critique|critici[sz]e|proof-?read|what do you think|is (?:this|it|that) (?:ok|okay|good|fine|any good)|what['’]?s wrong|better\?|fix|polish|read (?:over|through)|thoughts)\b`)
	writing  = regexp.MustCompile(`(?i)\b(?:write|draft|proposal|cover letter|apply|application|answer the (?:screening )?questions|pitch|letter)\b`)
	finished = regexp.MustCompile(`(?i)^\W*(?:(?:that['’]?s|it['’]?s|looks?|sounds?|all|i['’]?m|we['’]?re)\s+)*(?:done|perfect|great|good|fine|ready|finished|it|lovely|excellent|sent|nice)(?:[ ,]+(?:thanks?|thank you|now|as it is|like this|done|i['’]?ll send it|send it|to go))*\W*$|\bi['’]?ll send (?:it|this)\b`)
	thanking = regexp.MustCompile(`(?i)\b(?:thanks?|thank you|cheers|ta|thx)\b`)
)

// wish reads what a sentence asks of the text, and reports whether it asks anything.
func (s *Style) wish(text string) bool {
	before := *s
	hits := 0
	hit := func(pattern *regexp.Regexp, do func(m []string)) {
		if m := pattern.FindStringSubmatch(text); m != nil {
			hits++
			do(m)
		}
	}
	hit(wordLimit, func(m []string) {
		if n, err := strconv.Atoi(m[1] + m[2]); err == nil && n >= 20 {
			s.Limit = min(n, mostWords)
		}
	})
	if s.Limit == before.Limit {
		hit(shorten, func([]string) { s.Limit = -1 })
		hit(lengthen, func([]string) { s.Limit = mostWords })
		hit(briefly, func([]string) { s.Limit = 120 })
	}
	hit(warmly, func([]string) { s.Warm, s.Formal, s.Plain = true, false, false })
	hit(plainly, func([]string) { s.Plain, s.Warm, s.Formal = true, false, false })
	if !plainly.MatchString(text) && !warmly.MatchString(text) {
		hit(formally, func([]string) { s.Formal, s.Warm = true, false })
	}
	hit(british, func([]string) { s.British = true })
	hit(openly, func([]string) { s.GapFirst = true })
	hit(greet, func(m []string) { s.Greeting = greetingOf(m[1]) })
	hit(askThem, func(m []string) { s.Ask, s.NoAsk = strings.TrimSpace(m[1]), false })
	hit(leaveOut, func(m []string) { s.leaveOut(strings.TrimSpace(m[1])) })
	return hits > 0
}

func (s *Style) leaveOut(what string) {
	what = strings.Trim(what, " .!?,")
	switch {
	case what == "" || openly.MatchString("hide "+what):
	case regexp.MustCompile(`(?i)^(?:the |my |a |any )?(?:bid|price|rate|money|amount|figure|pay)s?\b`).MatchString(what):
		s.NoBid = true
	case regexp.MustCompile(`(?i)^(?:the |my |a |any )?(?:closing |last )?questions?\b`).MatchString(what):
		s.NoAsk = true
	case regexp.MustCompile(`(?i)^(?:the |any )?greeting`).MatchString(what):
		s.Greeting = ""
	default:
		s.Without = append(s.Without, what)
	}
}

func greetingOf(word string) string {
	word = strings.Trim(word, " ,.!\"“”'")
	if word == "" {
		return "Hello,"
	}
	return capital(word) + ","
}

// mentioned returns what a sentence asks to be named.
func mentioned(text string) string {
	m := mention.FindStringSubmatch(text)
	if m == nil || regexp.MustCompile(`(?i)^\W*(?:please )?(?:do not|don['’]?t|never|no need to)`).MatchString(text) && !strings.Contains(strings.ToLower(text), "forget") {
		return ""
	}
	what, _, _ := strings.Cut(strings.TrimSpace(m[1]), " (")
	if greet.MatchString(text) || openly.MatchString(text) || bidWord.MatchString(what) && countWords(what) < 4 {
		return ""
	}
	return strings.TrimRight(what, " .!")
}

var (
	wordLimit = regexp.MustCompile(`(?i)(?:\b(?:under|below|at most|max(?:imum)?(?: of)?|no more than|within|less than|about|around|in|to|up to|than)\s+(\d{2,3})\s+words\b|\b(\d{2,3})[- ]words?\b)`)
	shorten   = regexp.MustCompile(`(?i)\b(?:shorter|shorten|cut (?:it|this|that) down|trim|too long|more concise|tighter|condense|half as long)\b`)
	briefly   = regexp.MustCompile(`(?i)\bnot too long\b|\bkeep it (?:short|brief)\b|\b(?:a|something|very|quite|really|nice and) (?:short|brief)\b|\bshort (?:one|proposal|and|version|please)\b|\bshort please\b`)
	lengthen  = regexp.MustCompile(`(?i)\b(?:longer|more detail(?:ed|s)?|elaborate)\b`)
	warmly    = regexp.MustCompile(`(?i)\b(?:warm(?:er|ly)?|friend(?:ly|lier)|less (?:cold|stiff|formal|dry)|softer|more (?:casual|personal|human|relaxed))\b`)
	plainly   = regexp.MustCompile(`(?i)\b(?:plain(?:er|ly)?|simpl(?:e|er)|less (?:salesy|fancy|flowery|warm)|no (?:fluff|bullshit|buzzwords|sales talk|blah)|matter[- ]of[- ]fact|sober|drier|to the point|isn['’]?t the usual|not the usual|no marketing)\b`)
	formally  = regexp.MustCompile(`(?i)\b(?:formal|more professional|dear (?:sir|hiring)|cover letter)\b`)
	british   = regexp.MustCompile(`(?i)\b(?:british|uk) (?:english|spelling)\b`)
	openly    = regexp.MustCompile(`(?i)\b(?:(?:don['’]?t|do not|not|never) (?:hide|oversell|over-sell|gloss|pretend|exaggerate|inflate)|be honest about|be (?:open|upfront|straight|honest)|say (?:it |so )?(?:openly|plainly|honestly)|admit|gap (?:first|up front|openly))`)
	greet     = regexp.MustCompile(`(?i)\b(?:start|begin|open) (?:it )?with\s+["“']?((?:hello|hi|dear|good (?:morning|day|evening)|hey)[^."”]{0,40})|\badd a (?:greeting|salutation|hello)()`)
	askThem   = regexp.MustCompile(`(?i)\bask (?:them|the client|her|him)?\s*(?:about )?((?:whether|if|how|when|what|which|who|where|why|for|about)\b[^.?!]{3,120})`)
	leaveOut  = regexp.MustCompile(`(?i)\b(?:leave (?:out|off)|(?:don['’]?t|do not|no need to|never) (?:mention|say|talk about|name|bring up|include)|drop|remove|take out|get rid of|without|cut out)\s+((?:the|my|any|a|that|all)?\s*[^.;!?]{2,80})`)
	mention   = regexp.MustCompile(`(?i)(?:^|, |\b(?:and|also|please|but|you can|could you|can you)\s+)(?:please |also |maybe |do )*(?:mention|include|bring in|work in|don['’]?t forget|put in|add|talk about|refer to|say something about)\s+(?:to (?:say|mention) )?(?:also |somewhere )?(?:that |how )?(.{2,200})$`)
	bidWord   = regexp.MustCompile(`(?i)\b(?:bid|price|rate|question|greeting|hello)s?\b`)
)

// mostWords is how long a proposal is at most.
const mostWords = 200
