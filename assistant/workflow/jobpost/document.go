package jobpost

import (
	"encoding/json"
	"fmt"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Kind is the kind of this workflow's drafts.
const Kind = "job_post"

// Status is how far a post has come.
type Status string

// A post is being drafted until the person says that it is done.
const (
	Drafting Status = "drafting"
	Ready    Status = "ready"
)

// Document is a job post as docs/wire.md describes it.
type Document struct {
	Status       Status          `json:"status"`
	Title        string          `json:"title"`
	Category     string          `json:"category"`
	Description  string          `json:"description"`
	Deliverables []string        `json:"deliverables"`
	Skills       Skills          `json:"skills"`
	Level        string          `json:"level"`
	Pay          *Pay            `json:"pay"`
	Duration     *brief.Period   `json:"duration"`
	Hours        *brief.Hours    `json:"hours_per_week"`
	Start        *brief.Day      `json:"start"`
	Deadline     *brief.Day      `json:"deadline"`
	Location     *brief.Location `json:"location"`
	TimeZone     string          `json:"time_zone"`
	Conditions   []string        `json:"conditions"`
	Questions    []string        `json:"questions"`
	Dismissed    []string        `json:"dismissed,omitempty"` // ids of suggestions that the person turned down

	Missing  []brief.Slot        `json:"missing"`
	Warnings []Warning           `json:"warnings"`
	Market   *retrieval.Market   `json:"market"`
	Similar  []sessions.Evidence `json:"similar"`
	Brief    Knowledge           `json:"brief"`
}

// Skills are what the work needs, and what would be welcome.
type Skills struct {
	Must []string `json:"must"`
	Nice []string `json:"nice"`
}

// Pay is brief.Pay with its type always written.
type Pay struct {
	Type     string `json:"type"`
	Per      string `json:"per,omitempty"`
	Min      int64  `json:"min"`
	Max      int64  `json:"max"`
	Currency string `json:"currency"`
	Around   bool   `json:"around,omitempty"`
}

// Warning is wording in the post that should not be published as it is. Start
// and End are UTF-16 positions in the text at Path.
type Warning struct {
	Path   string `json:"path"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Word   string `json:"word"`
	Kind   string `json:"kind"` // unlawful, excluding, gender_coded
	Reason string `json:"reason"`
	Better string `json:"better"`
}

// Knowledge is what the workflow carries from turn to turn: the brief, and
// what it has worked out for it.
type Knowledge struct {
	brief.Brief
	Memory Memory `json:"memory"`
}

// Memory is what is not worth working out again.
type Memory struct {
	Key       string         `json:"key,omitempty"`       // what the similar posts were searched for
	Aspects   map[string]int `json:"aspects,omitempty"`   // how many similar posts mention each aspect
	Posts     int            `json:"posts,omitempty"`     // how many similar posts were looked at
	Spread    *Spread        `json:"spread,omitempty"`    // what they vary in
	Pending   brief.Slot     `json:"pending,omitempty"`   // asked, and not answered yet
	Rush      bool           `json:"rush,omitempty"`      // "just write it": no more questions
	NoTerms   bool           `json:"no_terms,omitempty"`  // the person took the closing paragraph out
	Phrased   string         `json:"phrased,omitempty"`   // what the description was phrased from by a model
	Quoted    string         `json:"quoted,omitempty"`    // the figure that was last told
	Warned    []string       `json:"warned,omitempty"`    // reasons that were told in the chat
	Suggested []string       `json:"suggested,omitempty"` // suggestions that were told in the chat
	DemoSaid  bool           `json:"demo_said,omitempty"`
	Enough    bool           `json:"enough,omitempty"` // that nothing more is asked was told
}

// decode reads a draft's document.
func decode(draft sessions.Draft) (Document, error) {
	var doc Document
	if err := json.Unmarshal(draft.Document, &doc); err != nil {
		return Document{}, fmt.Errorf("jobpost: reading draft %s: %w", draft.ID, err)
	}
	return doc, nil
}
