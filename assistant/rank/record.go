package rank

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// RecordVersion is the form of the records that this program writes and reads.
const RecordVersion = 1

// MostRecorded bounds the candidates of a record, and those it says were left
// out: the first ones are kept.
const MostRecorded = 200

// ErrRecord means that a record is not what was written.
var ErrRecord = errors.New("rank: decision record")

// Record is what the order of candidates rested on, so that it can be computed
// again: ids, numbers and hashes, and no word of a post, a profile or a message.
// Hashes are SHA-256 in hexadecimal, over canonical JSON; those of profiles are
// cut to 32 digits, since there are many. Records of a session are chained: each
// holds the hash of the one before.
type Record struct {
	ID       string    `json:"id"`       // "<session>-" and the first 8 digits of Hash
	Hash     string    `json:"hash"`     // of all the rest but ID
	Version  int       `json:"version"`  // RecordVersion
	Session  string    `json:"session"`  //
	Previous string    `json:"previous"` // hash of the record before, "" for the first
	Created  time.Time `json:"created"`  // when it was asked for, with the person's offset: that day counts as today

	Post         string `json:"post"`         // hash of the post
	Requirements string `json:"requirements"` // hash of what was read from it and of the person's conditions

	Ranker   Identity   `json:"ranker"`
	Rules    string     `json:"rules"`             // FeatureVersion
	Models   []Identity `json:"models,omitempty"`  // others that were in use: router, embedder
	Prompts  []Identity `json:"prompts,omitempty"` // that words the answer; it has no part in the order
	Features []Feature  `json:"features"`          // in the order of weights and values
	Weights  []float64  `json:"weights"`           // as counted, with what the person asked to count more or less

	Considered int      `json:"considered"` // profiles looked at
	Passed     int      `json:"passed"`     // of them, who may be more than Candidates holds
	Candidates []Valued `json:"candidates"` // by id
	Order      []string `json:"order"`      // their ids, best first
	Dropped    []Left   `json:"dropped,omitempty"`
}

// Identity names a model or a prompt as it was.
type Identity struct {
	Kind string `json:"kind"` // ranker, router, embedder, prompt
	Name string `json:"name"`
	Hash string `json:"hash,omitempty"`
}

// Valued is a candidate with the values of the features.
type Valued struct {
	ID      string    `json:"id"`
	Profile string    `json:"profile"`       // hash of the profile as it was ranked
	Values  []float64 `json:"values"`        // by Record.Features
	Pin     int       `json:"pin,omitempty"` // place that the person gave, from 1; 0 for none
	// Past is set for who is past a limit of the post, and so stands behind
	// everybody who is not.
	Past bool `json:"past,omitempty"`
}

// Left is a profile that was looked at and left out.
type Left struct {
	ID          string `json:"id"`
	Profile     string `json:"profile"`               // hash of the profile
	Requirement string `json:"requirement,omitempty"` // that it fails; "" for who the person took off
}

// Decision is what a Record is made of.
type Decision struct {
	Session      string
	Previous     string // Hash of the session's record before, "" for none
	Created      time.Time
	Post         retrieval.JobPost
	Requirements []fit.Requirement
	Ranker       *Ranker
	Weights      Weights // as counted
	Models       []Identity
	Prompts      []Identity
	Considered   int
	Ranked       []Standing // best first
	Dropped      []Dropped
}

// Standing is a candidate where it was put.
type Standing struct {
	Ranked
	Profile retrieval.Profile
	Pin     int  // see Valued
	Past    bool // see Valued
}

// Dropped is a profile that was left out.
type Dropped struct {
	ID          string
	Profile     retrieval.Profile
	Requirement string // see Left
}

// NewRecord makes the record of a decision, with its hash and id. What has no
// JSON is an error.
func NewRecord(d Decision) (Record, error) {
	r := Record{
		Version: RecordVersion, Session: d.Session, Previous: d.Previous, Created: d.Created.Truncate(time.Microsecond),
		Ranker: d.Ranker.Identity(), Rules: FeatureVersion(), Models: d.Models, Prompts: d.Prompts,
		Features: Features(), Considered: d.Considered, Passed: len(d.Ranked), Candidates: []Valued{}, Order: []string{},
	}
	for _, feature := range r.Features {
		r.Weights = append(r.Weights, d.Weights[feature])
	}
	var err error
	if r.Post, err = HashOf(d.Post); err != nil {
		return r, err
	}
	if r.Requirements, err = HashOf(d.Requirements); err != nil {
		return r, err
	}
	if err := r.note(d); err != nil {
		return r, err
	}
	if r.Hash, err = r.hash(); err != nil {
		return r, err
	}
	r.ID = r.name()
	return r, nil
}

// note puts down who was ranked and who was left out.
func (r *Record) note(d Decision) error {
	for _, s := range d.Ranked[:min(len(d.Ranked), MostRecorded)] {
		hash, err := profileHash(s.Profile)
		if err != nil {
			return err
		}
		v := Valued{ID: s.ProfileID, Profile: hash, Pin: s.Pin, Past: s.Past, Values: make([]float64, len(r.Features))}
		for _, part := range s.Parts {
			if at := slices.Index(r.Features, part.Feature); at >= 0 {
				v.Values[at] = part.Value
			}
		}
		r.Candidates = append(r.Candidates, v)
		r.Order = append(r.Order, s.ProfileID)
	}
	slices.SortFunc(r.Candidates, func(a, b Valued) int { return cmp.Compare(a.ID, b.ID) })
	for _, left := range d.Dropped[:min(len(d.Dropped), MostRecorded)] {
		hash, err := profileHash(left.Profile)
		if err != nil {
			return err
		}
		r.Dropped = append(r.Dropped, Left{ID: left.ID, Profile: hash, Requirement: left.Requirement})
	}
	slices.SortFunc(r.Dropped, func(a, b Left) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

func profileHash(p retrieval.Profile) (string, error) {
	hash, err := HashOf(p)
	return hash[:min(len(hash), 32)], err
}

// hash is that of everything but the hash and what is made of it.
func (r Record) hash() (string, error) {
	r.ID, r.Hash = "", ""
	return HashOf(r)
}

func (r Record) name() string { return r.Session + "-" + r.Hash[:8] }

// Verify reports whether the record is as it was written: its hash and id fit
// its content, and its values and weights give its order. Errors wrap ErrRecord.
func (r Record) Verify() error {
	switch {
	case r.Version != RecordVersion:
		return fmt.Errorf("%w %s has version %d, this program reads %d", ErrRecord, r.ID, r.Version, RecordVersion)
	case len(r.Weights) != len(r.Features):
		return fmt.Errorf("%w %s was altered: %d weights of %d features", ErrRecord, r.ID, len(r.Weights), len(r.Features))
	}
	for _, c := range r.Candidates {
		if len(c.Values) != len(r.Features) {
			return fmt.Errorf("%w %s was altered: %d values of %s for %d features", ErrRecord, r.ID, len(c.Values), c.ID, len(r.Features))
		}
	}
	hash, err := r.hash()
	if err != nil {
		return fmt.Errorf("%w %s: %w", ErrRecord, r.ID, err)
	}
	if hash != r.Hash {
		return fmt.Errorf("%w %s was altered: its content has the hash %.12s, it says %.12s", ErrRecord, r.ID, hash, r.Hash)
	}
	if r.ID != r.name() {
		return fmt.Errorf("%w %s was altered: its hash belongs to %s", ErrRecord, r.ID, r.name())
	}
	if again := r.Recompute(); !slices.Equal(again, r.Order) {
		return fmt.Errorf("%w %s does not hold: its values and weights give %s before %s", ErrRecord, r.ID, again[differs(again, r.Order)], r.Order[differs(again, r.Order)])
	}
	return nil
}

// differs is the first place at which two orders of the same length are not
// the same; 0 when their lengths differ.
func differs(a, b []string) int {
	if len(a) != len(b) {
		return 0
	}
	for i := range a {
		if a[i] != b[i] {
			return i
		}
	}
	return 0
}

// Recompute orders the candidates anew by the values and weights of the record.
func (r Record) Recompute() []string {
	scores := make(map[string]float64, len(r.Candidates))
	for _, c := range r.Candidates {
		scores[c.ID] = r.Score(c)
	}
	sorted := slices.SortedFunc(slices.Values(r.Candidates), func(a, b Valued) int {
		return cmp.Or(cmp.Compare(a.place(), b.place()), cmp.Compare(scores[b.ID], scores[a.ID]), cmp.Compare(a.ID, b.ID))
	})
	order := make([]string, len(sorted))
	for i, c := range sorted {
		order[i] = c.ID
	}
	return order
}

// Score is that of a candidate of the record, 0–100, as Ranker.Rank counts it.
func (r Record) Score(c Valued) float64 {
	var sum, score float64
	for _, weight := range r.Weights {
		sum += weight
	}
	for i, weight := range r.Weights {
		score += 100 * c.Values[i] * (weight / sum)
	}
	return round(score, 3)
}

// Counting returns a Ranker that counts by the weights of the record.
func (r Record) Counting() (*Ranker, error) {
	weights := make(Weights, len(r.Features))
	for i, feature := range r.Features {
		weights[feature] = r.Weights[i]
	}
	return New(weights)
}

// Candidate returns the candidate of an id, false for none.
func (r Record) Candidate(id string) (Valued, bool) {
	at, ok := slices.BinarySearchFunc(r.Candidates, id, func(c Valued, id string) int { return cmp.Compare(c.ID, id) })
	if !ok {
		return Valued{}, false
	}
	return r.Candidates[at], true
}

// place is where a candidate stands before any score counts: those whom the
// person put first, in their order, then who keeps within the post's limits,
// then who is past one.
func (v Valued) place() int {
	switch {
	case v.Pin > 0:
		return math.MinInt32 + v.Pin
	case v.Past:
		return 1
	}
	return 0
}
