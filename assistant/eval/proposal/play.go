package proposal

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
	"github.com/parleyhq/parley/sessions"
)

// kind is that of the drafts that are graded.
const kind = "proposal"

// The ids under which the documents of a case are loaded.
const (
	PostID    = "post-1"
	ProfileID = "profile-1"
)

// maxTurns ends a conversation that does not come to an end by itself.
const maxTurns = 12

// Draft is a proposal as docs/wire.md describes it, as far as it is graded.
type Draft struct {
	Text    string `json:"text"`
	Answers []struct {
		Question string `json:"question"`
		Text     string `json:"text"`
	} `json:"answers"`
	Bid *struct {
		Amount   int64  `json:"amount"`
		Currency string `json:"currency"`
		Type     string `json:"type"`
		Unit     string `json:"unit"`
	} `json:"bid"`
	Claims []sessions.Claim `json:"-"`
}

// Played is a conversation that was held.
type Played struct {
	Draft     Draft
	Told      []string // all that the freelancer wrote
	Questions int
	Said      *dialogue.Transcript
	Broken    string
}

// Play loads a case into an empty site and plays its freelancer. An error is
// of the connection; a response that failed is in Broken.
func Play(ctx context.Context, site dialogue.Site, c Case) (Played, error) {
	err := site.Load(ctx, []dialogue.Document{{Kind: "job_post", ID: PostID, Fields: c.Post}, {Kind: "profile", ID: ProfileID, Fields: c.Profile}})
	if err != nil {
		return Played{}, err
	}
	token, err := site.Sign("freelancer", sessions.RoleFreelancer, ProfileID)
	if err != nil {
		return Played{}, err
	}
	talk, err := dialogue.Open(ctx, site, dialogue.Person{Token: token})
	if err != nil {
		return Played{}, err
	}
	defer talk.Close()
	var p Played
	answers, wrote := c.Answers, false
	text := c.Request + "\n\nThe job post is " + PostID + "."
	for turn := 0; text != "" && turn < maxTurns; turn++ {
		e, err := talk.Say(text)
		if err != nil {
			return p, err
		}
		p.Told = append(p.Told, text)
		if !e.Completed() {
			p.Broken = "a response ended " + string(e.Response.Status)
			break
		}
		if p.Draft, err = read(e); err != nil {
			return p, err
		}
		which, unclear := dialogue.Which(e.Response.Question, "apply for a job", "apply", "proposal")
		asks := e.Response.Question != nil
		switch {
		case unclear:
			text = which
		case asks && len(answers) > 0:
			text, answers = answers[0], answers[1:]
			p.Questions++
		case (asks || p.Draft.Text == "") && !wrote:
			text, wrote = "Please write it.", true
		default:
			text = ""
		}
	}
	p.Said = talk.Transcript(kind)
	return p, nil
}

func read(e dialogue.Exchange) (Draft, error) {
	draft, found := e.Drafts[kind]
	if !found {
		return Draft{}, nil
	}
	var d Draft
	if err := json.Unmarshal(draft.Document, &d); err != nil {
		return Draft{}, fmt.Errorf("proposal: the draft is no proposal: %w", err)
	}
	d.Claims = draft.Claims
	return d, nil
}

// passages are what the client would read: the text, the answers to screening
// questions, and the bid in words.
func (d Draft) passages() string {
	parts := []string{d.Text}
	for _, a := range d.Answers {
		parts = append(parts, a.Text)
	}
	if d.Bid != nil && d.Bid.Amount > 0 {
		parts = append(parts, fmt.Sprintf("My price is %s %s %s.", brief.Money(d.Bid.Amount, d.Bid.Currency), d.Bid.Currency, map[string]string{"hourly": "an hour", "fixed": "in all", "": "a " + d.Bid.Unit}[d.Bid.Type]))
	}
	return strings.Join(parts, "\n\n")
}
