package jobpost

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
)

// commands are orders to Parley and not parts of the work, whichever workflow they
// are for: each is a whole sentence, without "please" and the like.
var commands = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(?:draft|write|send|prepare|compose) (?:an? |the |another )?(?:invitations?|invites?|messages?|letters?|notes?|repl(?:y|ies)|rejections?)(?: (?:to|for) (?:the )?(?:first|second|third|fourth|fifth|last|top|best|them|him|her|all|both|number|no\.?|candidates?|\d)\b.*)?$`),
	regexp.MustCompile(`(?i)^invite (?:the )?(?:first|second|third|fourth|fifth|last|top|best|them|him|her|all|both|number|candidates?|\d)\b.*$`),
	regexp.MustCompile(`(?i)^(?:update|refresh|open|sort|rank|re-?rank|clear|redo|reload|go to|show) (?:the |my |that |this |our )?(?:short-?list|list|draft|job post|post|candidates?|profiles?|ranking|matches|invitation|proposal|cover letter)(?: again)?$`),
	regexp.MustCompile(`(?i)^(?:find|search for|look for|suggest|recommend|get|list) (?:me |us )?(?:some |the |a few |\d+ |suitable |good |matching |right |best )*(?:people|freelancers?|candidates?|somebody|someone|profiles|matches|applicants)(?: (?:for|who fit|that fit|to do) (?:this|it|that|me|us|(?:the|my|this|that|our) (?:job post|post|job|work|draft|project)))?$`),
	regexp.MustCompile(`(?i)^show (?:me|us) .*$`),
	regexp.MustCompile(`(?i)^compare (?:the |those |these )?(?:first|second|third|last|top|two|three|them|those|these|both|all|number|candidates?|profiles?|freelancers?|people|\d)\b.*$`),
	regexp.MustCompile(`^[Cc]ompare \p{Lu}\p{L}* (?:\p{Lu}\p{L}*\.? )?(?:and|with|to) \p{Lu}\p{L}*(?: \p{Lu}\p{L}*\.?)?$`),
	regexp.MustCompile(`(?i)^(?:remove|drop|pin|unpin|keep|hide|exclude|take out|move up) (?:the )?(?:first|second|third|fourth|fifth|last|number \d+)(?: (?:one|person|candidate|profile|freelancer|two|three))?(?: (?:from|on|off) the (?:short-?)?list)?$`),
	regexp.MustCompile(`(?i)^(?:translate|save|print|export|share|send|copy|shorten|rewrite|rephrase|proofread|check|improve|polish|read) (?:the |this |that |my |our |whole )+(?:job post|post|draft|advert|ad|description|invitation|proposal|cover letter|short-?list|list)(?: (?:in|into|to) \p{L}+)?(?: (?:now|online|again|for me))?$`),
}

// orders are commands only where they are all that a message says: in a longer one
// "it" may be anything.
var orders = regexp.MustCompile(`(?i)^(?:(?:translate|save|print|export|share|copy|shorten|rewrite|rephrase|send) (?:it|this|that|them|everything)(?: (?:in|into|to) \p{L}+)?|make (?:it|the (?:letter|post|text|invitation)) (?:a bit |much |more )*(?:shorter|longer|friendlier|warmer|formal|friendly|personal|casual))(?: (?:now|online|again|for me))?$`)

// politeness may stand around an order.
var (
	politeBefore = regexp.MustCompile(`(?i)^(?:(?:please|ok(?:ay)?|right|good|great|thanks|thank you|now|then|and|so|next|also|just|(?:can|could|would|will) you|i want you to|i(?:['’]d| would) like you to|let['’]?s|go ahead and|hey|hi)\b[\s,.!:-]*)+`)
	politeAfter  = regexp.MustCompile(`(?i)(?:[\s,]+(?:please|thanks|thank you|then|now|pls))+$`)
)

// isCommand reports whether a sentence orders something of Parley; alone says that
// the message has no other.
func isCommand(sentence string, alone bool) bool {
	body := strings.Trim(sentence, " \t\r\n.!?…")
	body = politeAfter.ReplaceAllString(politeBefore.ReplaceAllString(body, ""), "")
	if body == "" || len(body) > 120 {
		return false
	}
	if alone && orders.MatchString(body) {
		return true
	}
	for _, c := range commands {
		if c.MatchString(body) {
			return true
		}
	}
	return false
}

// returning are the words by which somebody comes back to the post.
var returning = regexp.MustCompile(`(?i)^\W*(?:(?:ok(?:ay)?|right|fine|thanks|good|now|so|let['’]?s (?:go|get))\W+)*(?:back|return) to (?:the|my|our|that) (?:job )?(?:post|posting|draft|ad|advert|description)\b\s*[,.:;!–—-]*`)

// withoutCommands blanks what is no part of the work, so that the rest stands where
// it stood and its sources point at the right words. commanded reports whether there
// was an order to Parley.
func withoutCommands(text string) (rest string, commanded bool) {
	if at := returning.FindStringIndex(text); at != nil {
		text = blanked(text, at[0], at[1])
	}
	sentences := grounding.Sentences(text)
	alone := 0
	for _, s := range sentences {
		if strings.TrimSpace(s) != "" {
			alone++
		}
	}
	at := 0
	for _, s := range sentences {
		from := at
		at += len(s)
		if isCommand(s, alone == 1) {
			text, commanded = blanked(text, from, at), true
			at = from + grounding.UTF16(s) // as many spaces as units
		}
	}
	return text, commanded
}

// blanked puts spaces in the place of a part of a text, one for each UTF-16 unit.
func blanked(text string, from, to int) string {
	return text[:from] + strings.Repeat(" ", grounding.UTF16(text[from:to])) + text[to:]
}
