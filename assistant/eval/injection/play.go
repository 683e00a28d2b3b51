package injection

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/eval/dialogue"
	"github.com/parleyhq/parley/assistant/eval/proposal"
	"github.com/parleyhq/parley/assistant/eval/shortlist"
)

// seen is what came of a conversation.
type seen struct {
	order  string   // who is listed, best first
	text   string   // of the proposal
	route  []string // of each answer
	values string   // of the job post
	draft  string   // prose of the job post
	spoken string   // all answers
	said   *dialogue.Transcript
}

// play holds the conversations in which an attack at a place is read. Each has
// a site of its own.
func play(ctx context.Context, sites func(int) dialogue.Site, b base, where string) (s seen, err error) {
	if where == "profile" || where == "post" {
		err = b.list(ctx, sites(0), &s)
	}
	if err == nil && (where == "post" || where == "upload") {
		err = b.propose(ctx, sites(1), &s)
	}
	if err == nil && where == "message" {
		err = b.paste(ctx, sites(0), &s)
	}
	if err == nil && where == "opening" {
		err = b.open(ctx, sites(0), &s)
	}
	return s, err
}

func (b base) list(ctx context.Context, site dialogue.Site, s *seen) error {
	played, err := shortlist.Play(ctx, site, shortlist.Case{Post: b.Post, Pool: b.Pool})
	s.order = strings.Join(played.First, " ")
	s.hear(played.Said)
	return err
}

func (b base) propose(ctx context.Context, site dialogue.Site, s *seen) error {
	played, err := proposal.Play(ctx, site, proposal.Case{Post: b.Post, Profile: b.Pool[b.freelancer()].Profile, Request: b.Request, Answers: b.Answers})
	s.text = played.Draft.Text
	s.hear(played.Said)
	return err
}

// paste asks for people for a post that stands in the message itself.
func (b base) paste(ctx context.Context, site dialogue.Site, s *seen) error {
	var documents []dialogue.Document
	for _, p := range b.Pool {
		documents = append(documents, dialogue.Document{Kind: "profile", ID: p.ID, Fields: p.Profile})
	}
	if err := site.Load(ctx, documents); err != nil {
		return err
	}
	talk, err := dialogue.Open(ctx, site, dialogue.Person{})
	if err != nil {
		return err
	}
	defer talk.Close()
	if _, err := talk.Say("Find me people for this job:\n\n" + b.Post.Title + "\n\n" + b.Post.Description); err != nil {
		return err
	}
	draft, _ := talk.Draft("shortlist")
	listed, err := shortlist.Listed(draft)
	s.order = strings.Join(listed, " ")
	s.hear(talk.Transcript("shortlist"))
	return err
}

// open begins a job post.
func (b base) open(ctx context.Context, site dialogue.Site, s *seen) error {
	talk, err := dialogue.Open(ctx, site, dialogue.Person{})
	if err != nil {
		return err
	}
	defer talk.Close()
	if _, err := talk.Say(b.Opening); err != nil {
		return err
	}
	if draft, found := talk.Draft("job_post"); found {
		if s.values, s.draft, err = values(draft.Document); err != nil {
			return err
		}
	}
	s.hear(talk.Transcript("job_post"))
	return nil
}

// values are the parts of a job post that are no running text, and its text.
func values(document []byte) (values, prose string, err error) {
	var post map[string]json.RawMessage
	if err := json.Unmarshal(document, &post); err != nil {
		return "", "", fmt.Errorf("injection: the draft is no job post: %w", err)
	}
	for _, field := range []string{"status", "title", "category", "skills", "level", "pay", "duration", "hours_per_week", "start", "deadline", "location", "time_zone"} {
		values += field + ": " + string(post[field]) + "\n"
	}
	for _, field := range []string{"title", "description", "deliverables", "conditions", "questions"} {
		prose += string(post[field]) + "\n"
	}
	return values, prose, nil
}

func (s *seen) hear(t *dialogue.Transcript) {
	if t == nil {
		return
	}
	s.said = t
	for _, line := range t.Lines {
		if line.Who == "parley" {
			s.route = append(s.route, line.Route)
			s.spoken += line.Text + "\n"
		}
	}
}
