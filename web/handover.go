package web

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/hooks"
)

// handover is what a site gets of a draft that was published: the same in a
// webhook, in the list and by the draft's id.
type handover struct {
	Draft     string        `json:"draft_id"`
	Version   int           `json:"version"`
	Kind      string        `json:"kind"`
	Published time.Time     `json:"published"`
	Subject   string        `json:"subject,omitempty"` // the site's id of the user; none for a visitor
	Role      sessions.Role `json:"role"`
	Demo      bool          `json:"demo"` // what it was written from is invented
	URL       string        `json:"url,omitempty"`
	Document  any           `json:"document"`
}

func newHandover(h sessions.Handover) (handover, error) {
	document, demo, err := published(h.Draft)
	if err != nil {
		return handover{}, fmt.Errorf("web: read published draft: %w", err)
	}
	made := handover{
		Draft: h.Draft.ID, Version: h.Draft.Version, Kind: h.Draft.Kind, Published: h.Draft.Published.UTC(),
		Role: h.Session.Role, Demo: demo, URL: h.Draft.URL, Document: document,
	}
	if !auth.IsVisitor(h.Session.Owner) {
		made.Subject = h.Session.Owner
	}
	return made, nil
}

// published is what of a draft's document its site is given, without what helped
// to write it, and whether that came from the demo marketplace.
func published(d sessions.Draft) (document any, demo bool, err error) {
	switch d.Kind {
	case jobpost.Kind:
		var post jobpost.Document
		err = json.Unmarshal(d.Document, &post)
		return publishedPost(post), ofDemo(post), err
	case shortlist.InvitationKind:
		var i shortlist.Invitation
		err = json.Unmarshal(d.Document, &i)
		return publishedInvitation{i.ProfileID, i.JobPost, i.Subject, i.Text}, false, err
	case proposal.Kind:
		var p proposal.Document
		err = json.Unmarshal(d.Document, &p)
		return newPublishedProposal(p), false, err
	case shortlist.Kind:
		var l shortlist.Document
		err = json.Unmarshal(d.Document, &l)
		return newPublishedShortlist(l), false, err
	}
	return nil, false, fmt.Errorf("kind %q", d.Kind)
}

func ofDemo(post jobpost.Document) bool {
	if post.Market != nil && post.Market.Demo {
		return true
	}
	for _, similar := range post.Similar {
		if similar.Demo {
			return true
		}
	}
	return false
}

type publishedInvitation struct {
	Profile string           `json:"profile_id"`
	JobPost shortlist.Source `json:"job_post"`
	Subject string           `json:"subject"`
	Text    string           `json:"text"`
}

type publishedProposal struct {
	JobPost proposal.Subject  `json:"job_post"`
	Profile proposal.Subject  `json:"profile"`
	Text    string            `json:"text"`
	Answers []proposal.Answer `json:"answers"`
	Bid     *publishedBid     `json:"bid"`
}

type publishedBid struct {
	Amount   int64  `json:"amount"` // minor units
	Currency string `json:"currency"`
	Type     string `json:"type"`
	Unit     string `json:"unit,omitempty"`
}

func newPublishedProposal(d proposal.Document) publishedProposal {
	p := publishedProposal{JobPost: d.JobPost, Profile: d.Profile, Text: d.Text, Answers: append([]proposal.Answer{}, d.Answers...)}
	if b := d.Bid; b != nil {
		p.Bid = &publishedBid{b.Amount, b.Currency, b.Type, b.Unit}
	}
	return p
}

type publishedShortlist struct {
	Title      string            `json:"title"`
	Source     shortlist.Source  `json:"source"`
	Candidates []publishedPerson `json:"candidates"` // in order
}

type publishedPerson struct {
	Profile string `json:"profile_id"`
	Note    string `json:"note,omitempty"` // the person's own
}

func newPublishedShortlist(d shortlist.Document) publishedShortlist {
	l := publishedShortlist{Title: d.Title, Source: d.Source, Candidates: []publishedPerson{}}
	for _, c := range d.Candidates {
		l.Candidates = append(l.Candidates, publishedPerson{c.ProfileID, c.Note})
	}
	return l
}

// draftKey is what events of a draft keep their order by; drafts of a session begin alike.
func draftKey(draft string) string { return "draft:" + draft }

// DraftPublished is the event by which a site is told of a published version. Its
// id is that of the version, however often it is made.
func DraftPublished(h sessions.Handover) (hooks.Event, error) {
	told, err := newHandover(h)
	if err != nil {
		return hooks.Event{}, err
	}
	data, err := json.Marshal(told)
	if err != nil {
		return hooks.Event{}, fmt.Errorf("web: encode published draft: %w", err)
	}
	return hooks.Event{
		ID: fmt.Sprintf("%s-v%d", told.Draft, told.Version), Tenant: h.Session.Tenant, Type: hooks.DraftPublished,
		Key: draftKey(told.Draft), Data: data, Created: told.Published,
	}, nil
}
