package shortlist

import (
	"context"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/sessions"
)

// start makes a list for the work that the message names, or asks what it is.
func (w *Workflow) start(ctx context.Context, t *turn) error {
	found, err := w.findWork(ctx, t.in)
	if err != nil {
		return err
	}
	if found == nil {
		if t.doc != nil { // "search again": for the same work
			t.renew(w.reader)
			return w.relist(ctx, t)
		}
		t.act = actAgain
		t.ask("work", "What work should I find people for?")
		t.fact(factNote, "I look through the profiles here for a post, or for a sentence on the work.")
		t.fact(factQuestion, t.question.Text)
		return nil
	}
	labels := map[string]string{}
	if t.doc != nil && t.doc.Source.Kind == found.source.Kind && t.doc.Source.ID == found.source.ID {
		labels = t.doc.Memory.Labels // the same work again
	}
	t.doc = &Document{Title: listTitle(found.source.Title), Source: found.source, Memory: Memory{Post: found.post, Version: found.version, Labels: labels}}
	t.doc.Requirements = w.reader.Post(found.post, t.today)
	for _, r := range found.conditions {
		t.doc.Conditions = append(t.doc.Conditions, t.condition(r))
	}
	return w.relist(ctx, t)
}

// relist builds the list and tells of it as a whole.
func (w *Workflow) relist(ctx context.Context, t *turn) error {
	var err error
	if t.board, err = w.build(ctx, t.in.Session.Tenant, t.doc, t.today); err != nil {
		return err
	}
	t.evidence = evidenceOf(t.doc)
	t.introduce()
	return t.keep()
}

func listTitle(work string) string {
	if work == "" {
		return "Shortlist"
	}
	return "Shortlist: " + workflow.Clip(work, 120)
}

// renew reads the post anew when it has changed since the list was made.
func (t *turn) renew(reader *fit.Reader) {
	if t.doc.Source.Kind != "draft" {
		return
	}
	for _, draft := range t.in.Drafts {
		if draft.Kind != jobpost.Kind || draft.ID != t.doc.Source.ID || draft.Version == t.doc.Memory.Version {
			continue
		}
		post, err := jobpost.AsPost(draft)
		if err != nil {
			return // the list stays as it is
		}
		t.doc.Memory.Post, t.doc.Memory.Version = post, draft.Version
		t.doc.Source.Title, t.doc.Title = post.Title, listTitle(post.Title)
		t.doc.Requirements = reader.Post(post, t.today)
		t.fact(factNote, "The post has changed since, so I read it again.", sessions.Source{Kind: "wording"})
	}
}

// ask puts a question at the end of the answer.
func (t *turn) ask(slot, text string, replies ...string) {
	t.question = &sessions.Question{Slot: slot, Text: text}
	for _, reply := range replies {
		t.question.Suggestions = append(t.question.Suggestions, sessions.QuickReply{Text: reply})
	}
}

// condition makes a requirement one that the person set.
func (t *turn) condition(r fit.Requirement) Condition {
	t.doc.Memory.Next++
	r.ID = fmt.Sprintf("k%d", t.doc.Memory.Next)
	quote := r.Quote
	if !strings.Contains(t.in.Message.Text, quote) { // it was read from other words for the same
		quote = workflow.Clip(t.in.Message.Text, 200)
	}
	return Condition{ID: r.ID, Text: strings.TrimPrefix(strings.TrimRight(r.Text, "."), "credential: "), Requirement: r, Source: t.messageSource(quote)}
}

// introduce tells of a new list: how many there are, the first three with what
// speaks for and against them, and who is past a limit.
func (t *turn) introduce() {
	doc := t.doc
	if doc.Considered == 0 {
		t.fact(factLead, "There are no profiles here that I could look through yet.")
		return
	}
	t.fact(factLead, leadText(doc), t.messageSource(""))
	if doc.Unsuited > 0 {
		t.fact(factOff, fmt.Sprintf("%d show nothing of what the work needs and are not on the list.", doc.Unsuited))
	}
	if doc.Passed == 0 {
		t.nobody()
		return
	}
	for place, c := range doc.Candidates[:min(3, len(doc.Candidates))] {
		t.present(c, place)
	}
	t.limits()
	t.demo()
	t.fact(factNext, "Tell me what to narrow, ask why, or have me draft an invitation.")
}

func leadText(doc *Document) string {
	what := "this work"
	if doc.Source.Title != "" {
		what = "“" + workflow.Clip(doc.Source.Title, 60) + "”"
	}
	people := count(doc.Considered, "profile")
	if len(doc.Conditions) > 0 && doc.Passed < doc.Considered {
		return fmt.Sprintf("I looked at %s for %s; %s", people, what, meets(doc.Passed)+" “"+conditionsText(doc.Conditions)+"”.")
	}
	return fmt.Sprintf("I looked at %s for %s.", people, what)
}

func meets(n int) string {
	if n == 1 {
		return "1 meets"
	}
	return fmt.Sprintf("%d meet", n)
}

func conditionsText(list []Condition) string {
	var out []string
	for _, c := range list {
		if c.Requirement.Hard {
			out = append(out, inner(c.Text))
		}
	}
	return workflow.Join(out)
}

var placed = []string{"comes first", "is second", "is third"}

// present tells what speaks for and against one of the first.
func (t *turn) present(c Candidate, place int) {
	who := called(c.Label, c.Headline) + " " + placed[place]
	if reason := telling(t.doc, c); reason != nil {
		quote := telltale(t.doc, reason)
		text := who + ": “" + quote + "”"
		if topics := shown(t.doc, c, reason.Quote); len(topics) > 0 {
			text += ", which shows " + workflow.Join(topics)
		}
		t.fact(factCandidate, text+".", profileSource(c.ProfileID, reason.Quote))
	} else if listed := listedSkills(t.doc, c); len(listed) > 0 {
		t.fact(factCandidate, who+" and lists "+workflow.Join(listed)+", without an example.", profileSource(c.ProfileID, strings.Join(listed, ", ")))
	} else {
		t.fact(factCandidate, who+".", profileSource(c.ProfileID, c.Headline))
	}
	a := t.board.find(c.ProfileID)
	if gap := mainGap(t.doc, c, a.person); gap != "" {
		t.fact(factGap, "Gap: "+inner(gap)+".", profileSource(c.ProfileID, ""))
	}
}

func listedSkills(doc *Document, c Candidate) []string {
	var out []string
	for _, r := range c.Reasons {
		if requirement, _ := doc.requirement(r.Requirement); requirement.Kind == fit.Skill && len(out) < 3 {
			out = append(out, topic(requirement))
		}
	}
	return out
}

// limits tells who is past a limit of the post, of those who were not presented.
func (t *turn) limits() {
	var parts []string
	var sources []sessions.Source
	n := 0
	for i, c := range t.doc.Candidates {
		if len(c.Limits) == 0 {
			continue
		}
		n++
		if i >= 3 && len(parts) < 2 {
			parts = append(parts, c.Label+" ("+inner(c.Limits[0])+")")
			sources = append(sources, profileSource(c.ProfileID, ""))
		}
	}
	if len(parts) == 0 {
		return
	}
	text := "Past what the work allows, and so at the end: "
	if rest := n - len(parts); rest > 0 {
		text += strings.Join(parts, ", ") + fmt.Sprintf(" and %d more", rest)
	} else {
		text += workflow.Join(parts)
	}
	t.fact(factLimit, text+".", sources...)
}

// demo says when the people are made up.
func (t *turn) demo() {
	for _, c := range t.doc.Candidates {
		if !c.Demo {
			return
		}
	}
	if len(t.doc.Candidates) > 0 {
		t.fact(factNote, "These people are demo data.")
	}
}

// find returns who was looked at by id; somebody without findings for nobody.
func (b *board) find(id string) *assessed {
	for i := range b.all {
		if b.all[i].id == id {
			return &b.all[i]
		}
	}
	return &assessed{}
}
