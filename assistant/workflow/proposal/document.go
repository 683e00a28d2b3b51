package proposal

import (
	"encoding/json"
	"fmt"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Kind is the kind of this workflow's drafts.
const Kind = "proposal"

// Status is how far a proposal has come.
type Status string

// The states of a proposal.
const (
	Gathering Status = "gathering" // the post, the profile or a fact is still asked for
	Drafted   Status = "drafted"
	Ready     Status = "ready" // the person said that it is done
)

// Document is a proposal as docs/wire.md describes it.
type Document struct {
	Status     Status      `json:"status"`
	JobPost    Subject     `json:"job_post"`
	Profile    Subject     `json:"profile"`
	Fit        []Point     `json:"fit"`
	Text       string      `json:"text"` // paragraphs parted by a blank line
	Answers    []Answer    `json:"answers"`
	Bid        *Bid        `json:"bid"`
	Original   string      `json:"original,omitempty"` // a draft that the person pasted; advice is about it
	Advice     []Advice    `json:"advice"`
	Similarity *Similarity `json:"similarity"`
	Patterns   *Patterns   `json:"patterns"`
	Words      int         `json:"words"` // of Text
	Memory     Memory      `json:"memory"`
}

// Subject names a document; ID is "" for one that was pasted.
type Subject struct {
	ID       string `json:"id,omitempty"`
	Title    string `json:"title,omitempty"`    // of a post
	Headline string `json:"headline,omitempty"` // of a profile
}

// Point is how the profile meets one requirement of the post.
type Point struct {
	Requirement string      `json:"requirement"` // its id
	Kind        fit.Kind    `json:"kind"`
	Text        string      `json:"text"`
	Must        bool        `json:"must"`
	Status      fit.Status  `json:"status"`
	Proofs      []fit.Proof `json:"proofs"`
	Note        string      `json:"note,omitempty"`
}

// Answer is one to a screening question of the post. Text is "" while nothing
// that the person said or has on the profile answers it.
type Answer struct {
	Question string `json:"question"`
	Text     string `json:"text"`
}

// Bid is a price to name, in minor units; an hour when Type is hourly, else of
// the whole or of a Unit.
type Bid struct {
	Amount   int64                `json:"amount"`
	Currency string               `json:"currency"`
	Type     string               `json:"type"`           // fixed, hourly, or "" for another Unit
	Unit     string               `json:"unit,omitempty"` // "word", "picture"
	Reason   string               `json:"reason"`
	Figure   *retrieval.PayFigure `json:"figure,omitempty"`
	// Said is the price in the person's own words, with where they said it.
	Said   string           `json:"said,omitempty"`
	Source *sessions.Source `json:"source,omitempty"`
}

// Advice is a remark on a line of Original, or of Text when the person wrote
// that. Start and End are UTF-16 positions in that text.
type Advice struct {
	Line   int    `json:"line"` // from 1
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Text   string `json:"text"` // what the remark is on; "" for the whole
	Kind   string `json:"kind"` // untraceable, generic, long, missing_answer, gap_hidden, no_question, tone
	Reason string `json:"reason"`
	Better string `json:"better,omitempty"`
}

// Memory is what the workflow carries from turn to turn.
type Memory struct {
	Post     *retrieval.JobPost `json:"post,omitempty"`    // as pasted
	Profile  *retrieval.Profile `json:"profile,omitempty"` // as pasted
	PostedIn string             `json:"posted_in,omitempty"`
	ReadFrom string             `json:"read_from,omitempty"` // message that the profile was pasted in
	Said     []Statement        `json:"said,omitempty"`
	Asked    []Asked            `json:"asked,omitempty"`
	Style    Style              `json:"style"`
	Rush     bool               `json:"rush,omitempty"`   // "just write it": no more questions
	Edited   []Statement        `json:"edited,omitempty"` // the text, where the person wrote it
	OwnText  bool               `json:"own_text,omitempty"`
	Variant  int                `json:"variant,omitempty"` // which way of putting it, where there are several
	Own      []string           `json:"own,omitempty"`     // fields that the person set: answers, bid
	Phrased  string             `json:"phrased,omitempty"` // what a model's text was made from
	Told     []string           `json:"told,omitempty"`    // what was said in the chat and need not be again
}

// Statement is a sentence of the person's, with where it stands.
type Statement struct {
	Text    string          `json:"text"`
	Source  sessions.Source `json:"source"`
	Answers int             `json:"answers,omitempty"` // the Asked question that it answers, from 1
	Break   bool            `json:"break,omitempty"`   // a paragraph begins with it
}

// Asked is a question that was put to the person.
type Asked struct {
	Slot string `json:"slot"`
	Text string `json:"text"`
	// Of is what it is about: a screening question's text, a requirement's id, or
	// the field of the profile.
	Of   string `json:"of,omitempty"`
	Done string `json:"done,omitempty"` // answered, skipped
}

// Style is how the person wants the text.
type Style struct {
	Limit    int      `json:"limit,omitempty"` // words
	Greeting string   `json:"greeting,omitempty"`
	Closing  string   `json:"closing,omitempty"`
	Warm     bool     `json:"warm,omitempty"`
	Formal   bool     `json:"formal,omitempty"`
	British  bool     `json:"british,omitempty"`
	Plain    bool     `json:"plain,omitempty"`
	GapFirst bool     `json:"gap_first,omitempty"`
	NoBid    bool     `json:"no_bid,omitempty"`
	NoAsk    bool     `json:"no_ask,omitempty"` // no question to the client
	Ask      string   `json:"ask,omitempty"`    // the question they want put
	Mention  []string `json:"mention,omitempty"`
	Without  []string `json:"without,omitempty"`
}

// decode reads a draft's document.
func decode(draft sessions.Draft) (Document, error) {
	var doc Document
	if err := json.Unmarshal(draft.Document, &doc); err != nil {
		return Document{}, fmt.Errorf("proposal: reading draft %s: %w", draft.ID, err)
	}
	return doc, nil
}

func newDocument() *Document {
	return &Document{Status: Gathering, Fit: []Point{}, Answers: []Answer{}, Advice: []Advice{}}
}
