package shortlist

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
)

// condition makes a requirement one that the person set.
func (t *turn) condition(r fit.Requirement) Condition {
	t.doc.Memory.Next++
	r.ID = fmt.Sprintf("k%d", t.doc.Memory.Next)
	quote := r.Quote
	if !strings.Contains(t.in.Message.Text, quote) { // it was read from other words for the same
		quote = workflow.Clip(t.in.Message.Text, 200)
	}
	text := ownWords(t.in.Message.Text, r)
	if slices.ContainsFunc(t.doc.Conditions, func(c Condition) bool { return strings.Contains(c.Text, text) }) {
		text = strings.TrimRight(r.Text, ".")
	}
	return Condition{ID: r.ID, Text: text, Requirement: r, Source: t.messageSource(quote)}
}

// ownWords is a condition as the person has put it.
func ownWords(message string, r fit.Requirement) string {
	text := strings.TrimPrefix(strings.TrimRight(r.Text, "."), "credential: ")
	if r.Kind == fit.Experience || r.Kind == fit.Credential {
		return whole(message, text)
	}
	return text
}

// whole is a phrase of a message with the brackets that it was cut at: "run
// Meta" of "have run Meta (Facebook/Instagram) campaigns".
func whole(message, phrase string) string {
	at := strings.Index(message, phrase)
	if at < 0 || phrase == "" {
		return phrase
	}
	from, to := at, at+len(phrase)
	if m := bracketBehind.FindString(message[to:]); m != "" {
		to += len(m)
	}
	if m := bracketBefore.FindStringIndex(message[:from]); m != nil && !strings.Contains(phrase, "(") {
		from = m[0]
		if end := strings.IndexByte(message[to:], ')'); end >= 0 && end < 60 {
			to += end + 1
		}
	}
	return strings.TrimSpace(message[from:to])
}

var (
	bracketBehind = regexp.MustCompile(`^ ?\([^()]{1,60}\)`)
	bracketBefore = regexp.MustCompile(`[\p{L}\p{N}&+#./-]+ ?\([^()]{0,60}$`)
)

// explains reports whether what is asked for stands in brackets behind
// something else that is asked for, and so tells only what that means: "Meta
// (Facebook/Instagram)" is one thing and not two.
func explains(message string, r fit.Requirement, all []fit.Requirement) bool {
	at := strings.Index(message, r.Quote)
	if r.Kind != fit.Experience || r.Quote == "" || at < 0 {
		return false
	}
	open := strings.LastIndexByte(message[:at], '(')
	if open < 0 || strings.IndexByte(message[open:at], ')') >= 0 {
		return false
	}
	before := strings.TrimRight(message[:open], " ")
	return slices.ContainsFunc(all, func(other fit.Requirement) bool {
		return covers(other.Kind) && other.Quote != "" && strings.HasSuffix(before, other.Quote)
	})
}
