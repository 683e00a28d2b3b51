package shortlist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/parleyhq/parley/assistant/eval/dialogue"
	"github.com/parleyhq/parley/sessions"
)

// kind is that of the drafts that are graded.
const kind = "shortlist"

// PostID is the id under which the post of a case is loaded.
const PostID = "post-1"

// Played is a conversation that was held.
type Played struct {
	First   []string   // profile ids of the first list, best first
	Refined [][]string // of the list after each refinement
	Said    *dialogue.Transcript
	Broken  string

	Clarified int // questions what a message was about
}

// Play loads a case into an empty site and plays its client. An error is of
// the connection; a response that failed and documents that were refused are in Broken.
func Play(ctx context.Context, site dialogue.Site, c Case) (Played, error) {
	documents := []dialogue.Document{{Kind: "job_post", ID: PostID, Fields: c.Post}}
	for _, p := range c.Pool {
		documents = append(documents, dialogue.Document{Kind: "profile", ID: p.ID, Fields: p.Profile})
	}
	var p Played
	if err := site.Load(ctx, documents); errors.Is(err, dialogue.ErrRefused) {
		p.Broken = err.Error()
	} else if err != nil {
		return p, err
	}
	talk, err := dialogue.Open(ctx, site, dialogue.Person{})
	if err != nil {
		return p, err
	}
	defer talk.Close()
	say := func(text string) ([]string, error) {
		e, err := talk.Say(text)
		if which, asked := dialogue.Which(e.Response.Question, "find people", "people"); asked && err == nil {
			p.Clarified++
			e, err = talk.Say(which)
		}
		if err != nil {
			return nil, err
		}
		if !e.Completed() {
			p.Broken = "a response ended " + string(e.Response.Status)
		}
		draft, _ := talk.Draft(kind)
		return Listed(draft)
	}
	if p.First, err = say("Find me people for this post: " + PostID); err != nil {
		return p, err
	}
	for _, r := range c.Refinements {
		list, err := say(r.Text)
		if err != nil {
			return p, err
		}
		p.Refined = append(p.Refined, list)
	}
	p.Said = talk.Transcript(kind)
	return p, nil
}

// Listed are the profile ids of a shortlist, best first; none of no draft.
func Listed(draft sessions.Draft) ([]string, error) {
	if len(draft.Document) == 0 {
		return nil, nil
	}
	var list struct {
		Candidates []struct {
			Profile string `json:"profile_id"`
		} `json:"candidates"`
	}
	if err := json.Unmarshal(draft.Document, &list); err != nil {
		return nil, fmt.Errorf("shortlist: the draft is no shortlist: %w", err)
	}
	ids := make([]string, len(list.Candidates))
	for i, c := range list.Candidates {
		ids[i] = c.Profile
	}
	return ids, nil
}
