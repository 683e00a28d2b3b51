// Package rank orders candidates for a piece of work by features that a person
// can read, each with what it counts. It knows findings (package fit) and
// facts of profiles, and neither names nor anything else that is protected.
//
// [Ranker.Rank] gives each candidate a score from 0 to 100: the weighted mean
// of nine features, whose parts come with it, in words. What a profile does not
// say is neutral and not zero. The same candidates always stand in the same
// order, whichever order they came in.
package rank

import (
	"cmp"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/learn"
)

// Unsaid is the value of a feature that nothing is known of.
const Unsaid = 0.5

// Work is what candidates are ranked for.
type Work struct {
	Post         retrieval.JobPost
	Requirements []fit.Requirement
	Today        time.Time
}

// Candidate is a profile with what was found in it, a finding for each
// requirement of the work.
type Candidate struct {
	ID       string
	Profile  retrieval.Profile
	Findings []fit.Finding
}

// Ranked is a candidate's place and how it came about.
type Ranked struct {
	ProfileID string  `json:"profile_id"`
	Score     float64 `json:"score"` // 0–100
	Parts     []Part  `json:"parts"` // in the order of Features
}

// Part is what one feature contributes to a score.
type Part struct {
	Feature Feature `json:"feature"`
	Value   float64 `json:"value"`  // 0–1
	Weight  float64 `json:"weight"` // of 1: all weights together are 1
	Points  float64 `json:"points"` // of 100: Value × Weight × 100
	Why     string  `json:"why"`    // a sentence
}

// Ranker orders candidates. It is read-only and safe for concurrent use.
type Ranker struct {
	weights  Weights
	artefact *learn.Artefact // that they were trained into, nil for none
}

// New returns a Ranker that counts by weights; nil stands for DefaultWeights.
// Weights that are not valid are an error.
func New(weights Weights) (*Ranker, error) {
	if weights == nil {
		weights = DefaultWeights()
	}
	if err := weights.Validate(); err != nil {
		return nil, err
	}
	return &Ranker{weights: weights}, nil
}

// Default returns a Ranker with DefaultWeights.
func Default() *Ranker { return &Ranker{weights: DefaultWeights()} }

// Weights returns a copy of what the Ranker counts by.
func (r *Ranker) Weights() Weights { return r.weights.Times(nil) }

// Rank orders candidates, best first and by id where scores are equal. Weights
// replace the Ranker's own; nil keeps them.
func (r *Ranker) Rank(work Work, candidates []Candidate, weights Weights) []Ranked {
	if weights == nil || weights.Validate() != nil {
		weights = r.weights
	}
	var sum float64
	for _, feature := range Features() {
		sum += weights[feature]
	}
	reader := newReader(work)
	ranked := make([]Ranked, len(candidates))
	for i, c := range candidates {
		ranked[i] = Ranked{ProfileID: c.ID, Parts: make([]Part, 0, len(Features()))}
		for _, feature := range Features() {
			value := reader.value(feature, c)
			part := Part{Feature: feature, Value: round(value.value, 4), Weight: weights[feature] / sum, Why: value.why}
			part.Points = 100 * part.Value * part.Weight
			ranked[i].Score += part.Points
			part.Weight, part.Points = round(part.Weight, 4), round(part.Points, 2)
			ranked[i].Parts = append(ranked[i].Parts, part)
		}
		ranked[i].Score = round(ranked[i].Score, 3)
	}
	slices.SortFunc(ranked, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ProfileID, b.ProfileID))
	})
	return ranked
}
