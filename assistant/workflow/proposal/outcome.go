package proposal

import (
	"slices"

	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// detail is what a turn did, for review: decisions and ids, no texts.
type detail struct {
	Status  Status `json:"status"`
	Asked   string `json:"asked,omitempty"`
	Facts   int    `json:"facts"` // statements taken from the message
	Refused int    `json:"refused,omitempty"`
	Advice  int    `json:"advice,omitempty"`
	Words   int    `json:"words"`
	Variant int    `json:"variant,omitempty"`
}

// outcome is what a turn leaves beside what it emitted.
func (t *turn) outcome() sessions.Outcome {
	a := workflow.Annotations{Route: Kind, Calls: t.calls, Stages: t.stages}
	for _, id := range []string{t.doc.JobPost.ID, t.doc.Profile.ID} {
		if id != "" {
			a.Evidence = append(a.Evidence, id)
		}
	}
	if t.findErr != nil {
		a.Problem = "search failed"
	}
	d := detail{Status: t.doc.Status, Facts: len(t.read.facts), Refused: len(t.refused), Advice: len(t.doc.Advice), Words: t.doc.Words, Variant: t.doc.Memory.Variant}
	if t.ask != nil {
		d.Asked = t.ask.Slot
	}
	a.Detail = d
	var citations []sessions.Claim
	if t.facts != nil {
		citations = t.facts.Citations("", t.spoken.Claims)
	}
	title := ""
	if t.doc.JobPost.Title != "" {
		title = "Proposal: " + t.doc.JobPost.Title
	}
	return a.Conclude(title, t.spoken, citations)
}

// changed lists what differs between two versions of a document.
func changed(before, after *Document) (paths []string) {
	if before == nil {
		return nil
	}
	add := func(path string, same bool) {
		if !same {
			paths = append(paths, path)
		}
	}
	add("/status", before.Status == after.Status)
	add("/job_post", before.JobPost == after.JobPost)
	add("/profile", before.Profile == after.Profile)
	add("/text", before.Text == after.Text)
	add("/answers", slices.Equal(before.Answers, after.Answers))
	add("/bid", before.Bid == nil && after.Bid == nil || before.Bid != nil && after.Bid != nil && before.Bid.Amount == after.Bid.Amount && before.Bid.Currency == after.Bid.Currency && before.Bid.Type == after.Bid.Type)
	add("/advice", slices.Equal(before.Advice, after.Advice))
	return paths
}
