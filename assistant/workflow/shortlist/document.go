package shortlist

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// The kinds of this workflow's drafts.
const (
	Kind           = "shortlist"
	InvitationKind = "invitation"
)

// Status is what a shortlist holds.
type Status string

// A shortlist has people on it or none.
const (
	Ready Status = "ready"
	Empty Status = "empty"
)

// How much of a list is kept and shown.
const (
	mostCandidates = 50 // in a document
	mostDropped    = 50
	shownAtFirst   = 10 // on the page
)

// Document is a shortlist as docs/wire.md describes it.
type Document struct {
	Status       Status            `json:"status"`
	Title        string            `json:"title"`
	Source       Source            `json:"source"`
	Requirements []fit.Requirement `json:"requirements"`
	Conditions   []Condition       `json:"conditions"`
	Candidates   []Candidate       `json:"candidates"` // in rank order
	Dropped      []Dropped         `json:"dropped"`
	Considered   int               `json:"considered"` // profiles looked at
	Unsuited     int               `json:"unsuited"`   // of them, who show nothing of what the work needs and are not listed
	Passed       int               `json:"passed"`     // of them, who may be more than Candidates holds
	Shown        int               `json:"shown"`      // how many candidates the person has asked to see
	Weights      rank.Weights      `json:"weights"`
	Notes        map[string]string `json:"notes,omitempty"`   // the person's own, by profile id
	Pinned       []string          `json:"pinned,omitempty"`  // profile ids that the person put first
	Removed      []string          `json:"removed,omitempty"` // profile ids that the person took off
	Decision     string            `json:"decision,omitempty"`
	Memory       Memory            `json:"memory"`
}

// Source is what a shortlist was made for.
type Source struct {
	Kind  string `json:"kind"`         // draft, document, message
	ID    string `json:"id,omitempty"` // of the draft, job post or message
	Title string `json:"title,omitempty"`
}

// Condition is something that the person said must be, beyond the post.
type Condition struct {
	ID          string          `json:"id"` // "k1"; also that of its requirement
	Text        string          `json:"text"`
	Requirement fit.Requirement `json:"requirement"`
	Source      sessions.Source `json:"source"`
}

// number counts conditions in the order in which they were set.
func (c Condition) number() int {
	n, err := strconv.Atoi(strings.TrimPrefix(c.ID, "k"))
	if err != nil { // not one of ours, so nothing was settled before it
		return math.MaxInt
	}
	return n
}

// Candidate is somebody on the list.
type Candidate struct {
	ProfileID     string                `json:"profile_id"`
	Label         string                `json:"label"` // what they are called in the conversation: "c3"
	Headline      string                `json:"headline"`
	Category      string                `json:"category,omitempty"`
	Level         string                `json:"level,omitempty"`
	Rate          int64                 `json:"rate,omitempty"` // minor units an hour; 0 is not given
	Currency      string                `json:"currency,omitempty"`
	Country       string                `json:"country,omitempty"`
	TimeZone      string                `json:"time_zone,omitempty"`
	Languages     []retrieval.Language  `json:"languages,omitempty"`
	HoursPerWeek  int                   `json:"hours_per_week,omitempty"`
	AvailableFrom string                `json:"available_from,omitempty"`
	TrackRecord   retrieval.TrackRecord `json:"track_record"`
	Demo          bool                  `json:"demo,omitempty"`
	Score         float64               `json:"score"` // 0–100
	Parts         []rank.Part           `json:"parts"`
	Findings      []fit.Finding         `json:"findings"` // for each requirement, then for each condition
	Reasons       []Reason              `json:"reasons"`
	Gaps          []string              `json:"gaps"`
	// Limits say which limits of the post somebody is past, a sentence each: who
	// is past one stands behind everybody who is not.
	Limits []string `json:"limits,omitempty"`
	Note   string   `json:"note,omitempty"`
	Pinned bool     `json:"pinned,omitempty"`
}

// Reason is how a candidate meets one requirement, with the phrase that proves it.
type Reason struct {
	Requirement string     `json:"requirement"`
	Status      fit.Status `json:"status"`
	Text        string     `json:"text"`
	Quote       string     `json:"quote"`
	Field       string     `json:"field"` // JSON pointer into the profile
}

// Dropped is somebody who was looked at and is not on the list.
type Dropped struct {
	ProfileID string `json:"profile_id"`
	Label     string `json:"label"`
	Headline  string `json:"headline"`
	// Requirement is the id of the condition that they do not meet, or of the
	// post's requirement whose limit they are past; "" where Note says it all.
	Requirement string `json:"requirement,omitempty"`
	Removed     bool   `json:"removed,omitempty"` // the person took them off, and can put them back
	Note        string `json:"note"`              // a sentence
}

// Memory is what the workflow carries from turn to turn.
type Memory struct {
	Post    retrieval.JobPost        `json:"post"`              // as it was when the list was made
	Version int                      `json:"version"`           // of the draft that it comes from
	Labels  map[string]string        `json:"labels"`            // by profile id
	Next    int                      `json:"next"`              // the next condition's number
	Kept    map[string]int           `json:"kept,omitempty"`    // who was put back against conditions and limits, with the number of the last condition then
	Factors map[rank.Feature]float64 `json:"factors,omitempty"` // by which the person made features count more or less
}

// decode reads a draft's document.
func decode(draft sessions.Draft) (*Document, error) {
	var doc Document
	if err := json.Unmarshal(draft.Document, &doc); err != nil {
		return nil, fmt.Errorf("shortlist: reading draft %s: %w", draft.ID, err)
	}
	return &doc, nil
}

// candidate returns somebody on the list by profile id, nil for nobody.
func (d *Document) candidate(id string) *Candidate {
	for i := range d.Candidates {
		if d.Candidates[i].ProfileID == id {
			return &d.Candidates[i]
		}
	}
	return nil
}

// requirement returns a requirement or condition's requirement by id.
func (d *Document) requirement(id string) (fit.Requirement, bool) {
	for _, r := range d.Requirements {
		if r.ID == id {
			return r, true
		}
	}
	for _, c := range d.Conditions {
		if c.ID == id {
			return c.Requirement, true
		}
	}
	return fit.Requirement{}, false
}
