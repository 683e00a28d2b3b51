package shortlist_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/sessions"
)

func TestInvitation(t *testing.T) {
	c := rental(t)
	a := c.say("draft an invitation to c1")
	inv := c.invitation()
	if inv.ProfileID != "c1" || inv.JobPost.ID != "post-booking" || wordCount(inv.Text) > 120 {
		t.Errorf("%+v", inv)
	}
	for _, want := range []string{"We are looking for", "boat rental booking", "“Rebuilt the reservation pages", "€50–75 an hour", "25 hours", "23 March 2026", "send us a proposal"} {
		if !strings.Contains(inv.Text, want) {
			t.Errorf("%q is not in %q", want, inv.Text)
		}
	}
	if !strings.Contains(a.text, "I contact nobody myself") || len(dropped(t, a)) > 0 {
		t.Errorf("%s %v", a.text, dropped(t, a))
	}
	checkClaims(t, c.draft(shortlist.InvitationKind), inv.Text)

	c.say("shorter please")
	short := c.invitation()
	if wordCount(short.Text) >= wordCount(inv.Text) || strings.Contains(short.Text, "€") {
		t.Errorf("not shorter: %s", short.Text)
	}
	c.say("mention the start date")
	if got := c.invitation().Text; !strings.Contains(got, "23 March 2026") {
		t.Errorf("no date: %s", got)
	}
	c.say("leave out the date again, but mention that we can show the pages in a call")
	got := c.invitation()
	if !strings.Contains(got.Text, "We can show the pages in a call.") {
		t.Errorf("not added: %s", got.Text)
	}
	checkClaims(t, c.draft(shortlist.InvitationKind), got.Text)
	if n := len(c.drafts); n != 2 {
		t.Errorf("%d drafts, want the list and one invitation", n)
	}
	c.say("invite c2 too")
	if got := c.invitation(); got.ProfileID != "c2" || len(c.drafts) != 3 {
		t.Errorf("%s, %d drafts", got.ProfileID, len(c.drafts))
	}
}

// checkClaims looks up that every sentence of an invitation has a claim with a
// source, at its place.
func checkClaims(t *testing.T, d sessions.Draft, text string) {
	t.Helper()
	claimed := make(map[string]bool)
	for _, claim := range d.Claims {
		if claim.Path != "/text" {
			continue
		}
		claimed[claim.Text] = true
		if len(claim.Sources) == 0 {
			t.Errorf("%q has no source", claim.Text)
		}
		if !strings.Contains(text, claim.Text) {
			t.Errorf("%q does not stand in the text", claim.Text)
		}
	}
	for _, sentence := range grounding.Sentences(text) {
		if body := strings.TrimSpace(sentence); body != "" && !claimed[body] {
			t.Errorf("%q has no claim", body)
		}
	}
}

func TestInvitationAsksWhom(t *testing.T) {
	c := rental(t)
	a := c.say("draft an invitation")
	if a.question == nil || len(a.question.Suggestions) != 3 || len(c.drafts) != 1 {
		t.Fatalf("%+v: %s", a.question, a.text)
	}
	c.say(a.question.Suggestions[1].Text)
	if got := c.invitation().ProfileID; got != c.ids()[1] {
		t.Errorf("invited %s", got)
	}
}

// TestInvitationSaysNothingUnproved invites somebody who lacks most.
func TestInvitationSaysNothingUnproved(t *testing.T) {
	c := rental(t)
	c.say("draft an invitation to c8")
	text := c.invitation().Text
	for _, never := range []string{"Vue.js for ten", "ten years", "perfect", "impressed", "rank"} {
		if strings.Contains(text, never) {
			t.Errorf("%q in %q", never, text)
		}
	}
	if !strings.Contains(text, "your rate, which your profile does not name") {
		t.Errorf("the missing rate is not asked for: %s", text)
	}
}

func TestReviseList(t *testing.T) {
	c := rental(t)
	c.say("only people in the EU")
	c.say("under 70 euros")
	first := c.list().Conditions[0]
	for _, step := range []struct {
		patch string
		check func(shortlist.Document) bool
	}{
		{`{"notes": {"c3": "Met her at a fair."}}`, func(d shortlist.Document) bool {
			return d.Notes["c3"] == "Met her at a fair." && slices.ContainsFunc(d.Candidates, func(x shortlist.Candidate) bool { return x.Note != "" && x.ProfileID == "c3" })
		}},
		{`{"pinned": ["c3"]}`, func(d shortlist.Document) bool { return d.Candidates[0].ProfileID == "c3" && d.Candidates[0].Pinned }},
		{`{"removed": ["c1"]}`, func(d shortlist.Document) bool { return d.Candidates[0].ProfileID == "c3" && !listed(d, "c1") }},
		{`{"removed": []}`, func(d shortlist.Document) bool { return listed(d, "c1") }},
		{`{"notes": {"c3": null}}`, func(d shortlist.Document) bool { return d.Notes["c3"] == "" }},
		{`{"conditions": []}`, func(d shortlist.Document) bool { return len(d.Candidates) == 8 && len(d.Conditions) == 0 }},
	} {
		if err := c.revise(shortlist.Kind, step.patch); err != nil {
			t.Fatalf("%s: %v", step.patch, err)
		}
		if d := c.list(); !step.check(d) {
			t.Errorf("%s: %v %v %v", step.patch, c.ids(), d.Notes, d.Pinned)
		}
	}
	if first.ID == "" || first.Text == "" {
		t.Errorf("condition %+v", first)
	}
	c.say("under 50 euros")
	if got := c.ids(); got[0] != "c3" {
		t.Errorf("a turn took the pin away: %v", got)
	}
}

func listed(d shortlist.Document, id string) bool {
	return slices.ContainsFunc(d.Candidates, func(x shortlist.Candidate) bool { return x.ProfileID == id })
}

func TestReviseRefuses(t *testing.T) {
	c := rental(t)
	c.say("under 70 euros")
	c.say("draft an invitation to c1")
	for _, test := range []struct{ kind, patch string }{
		{shortlist.Kind, `[]`},
		{shortlist.Kind, `{"candidates": []}`},
		{shortlist.Kind, `{"requirements": []}`},
		{shortlist.Kind, `{"notes": {"nobody": "x"}}`},
		{shortlist.Kind, `{"notes": {"c1": "` + strings.Repeat("x", 2001) + `"}}`},
		{shortlist.Kind, `{"pinned": ["c1", "c1"]}`},
		{shortlist.Kind, `{"pinned": ["c1"], "removed": ["c1"]}`},
		{shortlist.Kind, `{"pinned": "c1"}`},
		{shortlist.Kind, `{"conditions": [{"id": "k9", "text": "anything"}]}`},
		{shortlist.Kind, `{"shown": 5000}`},
		{shortlist.InvitationKind, `{"profile_id": "c2"}`},
		{shortlist.InvitationKind, `{"subject": "two\nlines"}`},
		{shortlist.InvitationKind, `{"text": 5}`},
	} {
		if err := c.revise(test.kind, test.patch); !errors.Is(err, sessions.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", test.patch, err)
		}
	}
}

func TestEditedInvitationStays(t *testing.T) {
	c := rental(t)
	c.say("draft an invitation to c1")
	before := c.invitation()
	if err := c.revise(shortlist.InvitationKind, `{"text": "Hello.\n\nCould you start in April?"}`); err != nil {
		t.Fatal(err)
	}
	draft := c.draft(shortlist.InvitationKind)
	checkClaims(t, draft, c.invitation().Text)
	a := c.say("make it shorter")
	if got := c.invitation(); got.Text == before.Text || !got.Edited || !strings.Contains(got.Text, "April") || !strings.Contains(a.text, "edited") {
		t.Errorf("%q: %s", got.Text, a.text)
	}
}
