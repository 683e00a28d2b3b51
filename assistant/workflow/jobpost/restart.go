package jobpost

import (
	"regexp"
	"strings"
)

var (
	// restarts begin another post in the place of the one that is written.
	restarts = regexp.MustCompile(`(?i)^\W*(?:(?:ok(?:ay)?|no|sorry|please|actually|wait|hm+|well|let['’]?s|let us|can we|could we|i want to|i(?:['’]d| would) like to|we)\W+)*(?:just )?(?:(?:start|begin) (?:over|again|afresh|anew|from scratch|from the beginning|all over)(?: again)?|(?:scratch|forget|discard|drop|delete) (?:all (?:of )?(?:that|this|it)|everything|the whole (?:thing|post))|(?:a )?(?:completely |totally )?new post)(?: (?:please|then|now))?\s*(?:[:;,.!–—-]+|$)`)
	// cancels give the whole post up.
	cancels = regexp.MustCompile(`(?i)^\W*(?:(?:ok(?:ay)?|no|sorry|please|actually|wait|never ?mind|forget it|well|just|you can)\W+)*(?:cancel|stop|abort|forget|drop|scrap|delete|discard) (?:everything|all of (?:it|this|that)|it all|all|the whole (?:thing|post)|the (?:job )?post|the draft|this (?:job )?post|(?:this|it)(?: all)?)(?: (?:please|then|now|altogether|we do ?n['’]?t need (?:it|anyone|anybody)(?: any ?more)?))*\W*$|^\W*(?:(?:ok(?:ay)?|no|sorry|actually|wait)\W+)*(?:never ?mind|forget (?:it|about it)|i(?:['’]ve| have) changed my mind|we do ?n['’]?t need (?:anyone|anybody|it) any ?more)\W*$`)
)

// restarted returns a message that begins another post without the words that say
// so. What is left is blank when it says nothing of the new work.
func restarted(text string) (rest string, ok bool) {
	at := restarts.FindStringIndex(text)
	if at == nil {
		return text, false
	}
	return blanked(text, at[0], at[1]), true
}

// startsOver makes the turn's draft a new one where the person begins again, and
// returns the message to be read. Only the person's own words count: without any on the new
// work the draft stays until there are some.
func (t *turn) startsOver() (text string, fresh bool) {
	text, ok := restarted(t.in.Message.Text)
	if ok {
		return text, strings.TrimSpace(text) != ""
	}
	if n := len(t.in.History); n > 0 {
		before, again := restarted(t.in.History[n-1].Message.Text)
		return text, again && strings.TrimSpace(before) == "" && len(strings.Fields(text)) > 2 && !strings.Contains(text, "?")
	}
	return text, false
}
