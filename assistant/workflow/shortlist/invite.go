package shortlist

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// Invitation is a message to somebody on the list, in the name of the person
// who hires. It is never sent by Parley.
type Invitation struct {
	ProfileID string   `json:"profile_id"`
	Label     string   `json:"label"`
	JobPost   Source   `json:"job_post"`
	Subject   string   `json:"subject"`
	Text      string   `json:"text"`
	Short     bool     `json:"short,omitempty"`   // asked for: nothing but who, what and the closing
	With      []string `json:"with,omitempty"`    // terms that were asked for
	Without   []string `json:"without,omitempty"` // terms that were asked to go
	Added     []Added  `json:"added,omitempty"`   // sentences that the person told to add
	Edited    bool     `json:"edited,omitempty"`  // the person has rewritten the text: it stays theirs
}

// Added is a sentence of the person's own.
type Added struct {
	Text   string          `json:"text"`
	Source sessions.Source `json:"source"`
}

// invite drafts an invitation to whom the message names, or asks to whom.
func (w *Workflow) invite(ctx context.Context, t *turn) error {
	if t.tellUnknown() {
		return nil
	}
	if len(t.people) == 0 {
		var replies []string
		for _, c := range t.doc.Candidates[:min(3, len(t.doc.Candidates))] {
			replies = append(replies, "Draft an invitation to "+c.Label)
		}
		if len(replies) == 0 {
			t.fact(factLead, "There is nobody on the list to invite.")
			return nil
		}
		t.ask("person", "Whom is the invitation for?", replies...)
		t.fact(factQuestion, t.question.Text)
		return nil
	}
	a := t.board.find(t.people[0])
	if a.id == "" {
		t.absent(t.people[0])
		return nil
	}
	inv := Invitation{ProfileID: a.id, Label: t.doc.label(a.id), JobPost: t.doc.Source, Subject: subject(t.doc.Source.Title)}
	id := ""
	for _, d := range t.in.Drafts { // one for the same person goes on
		if old, err := decodeInvitation(d); d.Kind == InvitationKind && err == nil && old.ProfileID == a.id {
			id = d.ID
		}
	}
	inv.Added = nil
	if err := w.compose(ctx, t, &inv, id, a); err != nil {
		return err
	}
	t.fact(factLead, fmt.Sprintf("I have drafted an invitation to %s, %s long.", called(inv.Label, a.profile.Headline), count(len(strings.Fields(inv.Text)), "word")), profileSource(a.id, ""))
	if c := t.doc.candidate(a.id); c != nil && len(c.Limits) > 0 {
		t.fact(factGap, "Mind that "+said([]string{c.Label}, c.Limits[0])+", which is past what the post says.", profileSource(a.id, ""))
	}
	t.fact(factNext, "Change it as you like, here or on the page; sending it is up to you, I contact nobody myself.")
	return nil
}

func subject(title string) string {
	if title == "" {
		return "Invitation to apply"
	}
	return "Invitation: " + workflow.Clip(title, 100)
}

func decodeInvitation(draft sessions.Draft) (Invitation, error) {
	var inv Invitation
	if err := json.Unmarshal(draft.Document, &inv); err != nil {
		return inv, fmt.Errorf("shortlist: reading draft %s: %w", draft.ID, err)
	}
	return inv, nil
}

// compose writes the text of an invitation and makes it a draft.
func (w *Workflow) compose(ctx context.Context, t *turn, inv *Invitation, id string, a *assessed) error {
	facts := invitationFacts(t.doc, inv, a)
	request := workflow.Request(t.in, model.Shortlist, "invitation", prompts["invitation"], facts.List)
	said, err := w.speaker.Say(ctx, request, true, func(string) error { return nil })
	t.calls = append(t.calls, said.Calls...)
	if err != nil {
		return err
	}
	inv.Text = said.Text
	claims := workflow.Claims(facts.Citations("/text", said.Claims))
	claims.Value("/subject", inv.Subject, "quote", []sessions.Source{workSource(t.doc, inv.JobPost.Title)})
	document, err := json.Marshal(inv)
	if err != nil {
		return fmt.Errorf("shortlist: writing invitation: %w", err)
	}
	t.drafts = append(t.drafts, sessions.Draft{ID: id, Kind: InvitationKind, Document: document, Claims: claims, Changed: []string{"/text"}})
	return nil
}

// workSource is what the list was made for, as a source.
func workSource(doc *Document, quote string) sessions.Source {
	kind := map[string]string{"draft": "edit", "document": "document", "message": "message"}[doc.Source.Kind]
	return sessions.Source{Kind: kind, ID: doc.Source.ID, Quote: quote}
}

// The kinds of facts that an invitation is made of.
const (
	factGreeting = "greeting"
	factWork     = "work"
	factProof    = "proof"
	factTerm     = "term"
	factAdded    = "added"
	factClosing  = "closing"
)

// invitationFacts are the sentences of an invitation: the work, what of the
// profile speaks for writing to this person, terms of the post, and what the
// person told to add. Nothing else is known, so nothing else is said.
func invitationFacts(doc *Document, inv *Invitation, a *assessed) *workflow.Facts {
	f := &workflow.Facts{}
	i, me := "I am", "me"
	if plural.MatchString(doc.Memory.Post.Description) {
		i, me = "We are", "us"
	}
	f.Add(factGreeting, "", "Hello.", nil)
	if title := workflow.Clip(doc.Source.Title, 100); title != "" {
		f.Add(factWork, "", i+" looking for somebody for this work: “"+strings.NewReplacer("“", "", "”", "", "\"", "").Replace(title)+"”.", nil, workSource(doc, title))
	} else {
		f.Add(factWork, "", i+" looking for somebody for a piece of work.", nil, workSource(doc, ""))
	}
	if c := doc.candidate(a.id); c != nil {
		if reason := telling(doc, *c); reason != nil {
			f.Add(factProof, "", "What made "+me+" write to you is this line of your profile: “"+telltale(doc, reason)+"”.", nil, profileSource(a.id, reason.Quote))
		}
	}
	for _, term := range termsOf(doc) {
		if inv.says(term.key) {
			f.Add(factTerm, term.key, term.text, nil, workSource(doc, term.text))
		}
	}
	for _, added := range inv.Added {
		f.Add(factAdded, "", added.Text, nil, added.Source)
	}
	closing := "If that interests you, please send " + me + " a proposal."
	if a.profile.Rate == 0 && !inv.Short {
		closing = "If that interests you, please send " + me + " a proposal with your rate, which your profile does not name."
	}
	f.Add(factClosing, "", closing, nil, profileSource(a.id, ""))
	return f
}

var plural = regexp.MustCompile(`(?i)\b(?:we|our|us|we're|we['’]ve)\b`)

type term struct{ key, text string }

// termsOf are what the post says of pay, time and place, a sentence each.
func termsOf(doc *Document) []term {
	p := doc.Memory.Post
	var out []term
	if p.PayMax > 0 || p.PayMin > 0 {
		pay := brief.Pay{Type: p.PayType, Min: p.PayMin, Max: p.PayMax, Currency: p.Currency}
		out = append(out, term{"pay", "The pay is " + pay.String() + "."})
	}
	if p.HoursPerWeek > 0 {
		out = append(out, term{"hours", fmt.Sprintf("It takes about %d hours a week.", p.HoursPerWeek)})
	}
	if p.DurationDays > 0 {
		out = append(out, term{"duration", "It is planned for " + (brief.Period{MinDays: p.DurationDays, MaxDays: p.DurationDays}).String() + "."})
	}
	for _, r := range doc.Requirements {
		if by, err := time.Parse(time.DateOnly, r.By); err == nil && r.Kind == fit.Start {
			out = append(out, term{"start", "The work should begin by " + by.Format("2 January 2006") + "."})
			break
		}
	}
	if p.TimeZone != "" {
		out = append(out, term{"zone", "The time zone is " + p.TimeZone + "."})
	}
	if len(p.Skills) > 0 {
		out = append(out, term{"skills", "It calls for " + workflow.Join(p.Skills[:min(4, len(p.Skills))]) + "."})
	}
	return out
}

// usual are the terms that stand in an invitation unless they are asked to go.
var usual = []string{"pay", "hours", "duration", "start"}

func (inv *Invitation) says(key string) bool {
	if slices.Contains(inv.Without, key) {
		return false
	}
	return slices.Contains(inv.With, key) || !inv.Short && slices.Contains(usual, key)
}
