package shortlist

import (
	"context"

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
	if found.source.Kind == "message" {
		t.refuse(w.reader.Wish(workflow.Clip(t.in.Message.Text, longestWish), t.today, fit.WishContext{}))
	}
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
