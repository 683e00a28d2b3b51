package shortlist

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// rewords reports whether a message changes the invitation that was drafted or
// edited last: it speaks of one, or comes right after it and of nothing else.
func (t *turn) rewords(text string) bool {
	draft, ok := workflow.Current(t.in.Drafts, InvitationKind)
	if !ok || len(t.unknown) > 0 || actNewInvitation.MatchString(text) {
		return false
	}
	if !changeWords.MatchString(text) {
		return false
	}
	if invitationWords.MatchString(text) {
		return true
	}
	history := t.in.History
	return len(history) > 0 && draft.Message == history[len(history)-1].Message.ID
}

var (
	actNewInvitation = regexp.MustCompile(`(?i)\b(?:draft|write|compose|prepare|make|create)\b.{0,12}\b(?:an?|another|one more)\b.{0,12}\binvit|\binvite\b`)
	invitationWords  = regexp.MustCompile(`(?i)\b(?:invitation|message|letter|text|e-?mail|note)\b`)
	changeWords      = regexp.MustCompile(`(?i)\b(?:shorter|short|shorten|brief|briefer|longer|cut|trim|mention|mentions|add|include|say|says|state|tell them|put in|leave out|without|remove|drop|skip|no mention|take out|don['’]?t (?:mention|say)|again|rewrite|reword|back)\b`)
	shorten          = regexp.MustCompile(`(?i)\b(?:shorter|short|shorten|brief|briefer|cut it|trim)\b`)
	lengthen         = regexp.MustCompile(`(?i)\b(?:longer|full|all of it|everything|in full)\b`)
	takesOut         = regexp.MustCompile(`(?i)\b(?:leave out|without|remove|drop|skip|take out|no|not|don['’]?t)\b`)
	ownSentence      = regexp.MustCompile(`(?i)\b(?:add|mention|say|include|tell them|write|state)(?: in it| there| also| them)?(?: that|:)\s+(.{8,300})`)
)

// termWords are how people name the terms of an invitation.
var termWords = map[string]*regexp.Regexp{
	"pay":      regexp.MustCompile(`(?i)\b(?:pay|payment|budget|rate|money|price|salary|fee)\b`),
	"hours":    regexp.MustCompile(`(?i)\b(?:hours|weekly|workload)\b`),
	"duration": regexp.MustCompile(`(?i)\b(?:duration|how long|length|months|weeks)\b`),
	"start":    regexp.MustCompile(`(?i)\b(?:start|starts|starting|date|dates|begin|when)\b`),
	"zone":     regexp.MustCompile(`(?i)\b(?:time ?zone|overlap)\b`),
	"skills":   regexp.MustCompile(`(?i)\b(?:skills?|tools?|requirements?)\b`),
}

// reword changes the invitation as the message asks and writes it anew. A text
// that the person has edited stays theirs: sentences are added to its end.
func (w *Workflow) reword(ctx context.Context, t *turn) error {
	draft, _ := workflow.Current(t.in.Drafts, InvitationKind)
	inv, err := decodeInvitation(draft)
	if err != nil {
		return err
	}
	if t.board, err = w.build(ctx, t.in.Session.Tenant, t.doc, t.today); err != nil {
		return err
	}
	t.people = []string{inv.ProfileID}
	a := t.board.find(inv.ProfileID)
	if a.id == "" {
		t.absent(inv.ProfileID)
		return nil
	}
	if inv.Edited {
		t.fact(factNote, "You have edited that invitation, so I leave its text to you.", sessions.Source{Kind: "edit", ID: draft.ID})
		t.fact(factNext, "Say “invite "+inv.Label+"” and I draft a new one.")
		return nil
	}
	unknown := t.change(&inv)
	if err := w.compose(ctx, t, &inv, draft.ID, a); err != nil {
		return err
	}
	t.fact(factLead, fmt.Sprintf("The invitation to %s is changed and has %s now.", inv.Label, count(len(strings.Fields(inv.Text)), "word")), t.messageSource(""))
	if len(unknown) > 0 {
		t.fact(factNote, "The post says nothing of "+workflow.Join(unknown)+", so I cannot put that in; tell me what to write.")
	}
	return nil
}

// change reads what a message asks of an invitation, and returns the names of
// the terms that it asks for and the post does not say.
func (t *turn) change(inv *Invitation) (unknown []string) {
	text := t.in.Message.Text
	if shorten.MatchString(text) {
		inv.Short, inv.With = true, nil
	}
	if lengthen.MatchString(text) {
		inv.Short, inv.Without = false, nil
	}
	if m := ownSentence.FindStringSubmatch(text); m != nil {
		inv.Added = append(inv.Added, Added{Text: sentenceOf(m[1]), Source: t.messageSource(m[1])})
		return nil
	}
	out := takesOut.MatchString(text)
	has := make(map[string]bool)
	for _, term := range termsOf(t.doc) {
		has[term.key] = true
	}
	for _, key := range []string{"pay", "hours", "duration", "start", "zone", "skills"} {
		if !termWords[key].MatchString(text) {
			continue
		}
		inv.With = slices.DeleteFunc(inv.With, func(k string) bool { return k == key })
		inv.Without = slices.DeleteFunc(inv.Without, func(k string) bool { return k == key })
		switch {
		case out:
			inv.Without = append(inv.Without, key)
		case has[key]:
			inv.With = append(inv.With, key)
		default:
			unknown = append(unknown, map[string]string{"pay": "the pay", "hours": "hours a week", "duration": "how long it takes", "start": "a start", "zone": "a time zone", "skills": "skills"}[key])
		}
	}
	return unknown
}

// sentenceOf writes what the person told to add as a sentence.
func sentenceOf(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	text = strings.TrimRight(strings.Trim(text, "\"“”"), ". ")
	return capital(text) + "."
}
