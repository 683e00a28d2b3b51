package rank

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/learn"
)

const (
	artefactKind   = "ranker"
	artefactFormat = 1
)

// ErrFeatures means that weights were trained on features that this program
// computes otherwise.
var ErrFeatures = errors.New("rank: the ranker was trained for other features; run parley train ranker")

// body is what an artefact of this package holds.
type body struct {
	Features string  `json:"features"` // FeatureVersion of the training
	Weights  Weights `json:"weights"`
	// Decisiveness is by how much a difference of one in the score raises the
	// logarithm of the odds of being chosen, as it was among the outcomes.
	Decisiveness float64 `json:"decisiveness,omitempty"`
}

// newArtefact is an artefact of weights with its hash.
func newArtefact(b body, source, data string, seed uint64, scores []learn.Score) (*learn.Artefact, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("rank: artefact: %w", err)
	}
	a := &learn.Artefact{Kind: artefactKind, Format: artefactFormat, Source: source, Data: data, Seed: seed, Scores: scores, Body: text}
	if _, err := a.WriteTo(io.Discard); err != nil { // for its hash
		return nil, fmt.Errorf("rank: artefact: %w", err)
	}
	return a, nil
}

// Open opens a ranker that was trained before. Errors wrap those of package
// learn or of the file system, or ErrFeatures.
func Open(path string) (*Ranker, error) {
	artefact, err := learn.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("rank: open: %w", err)
	}
	ranker, err := FromArtefact(artefact)
	if err != nil {
		return nil, fmt.Errorf("rank: open %s: %w", path, err)
	}
	return ranker, nil
}

// FromArtefact makes a Ranker of an artefact.
func FromArtefact(artefact *learn.Artefact) (*Ranker, error) {
	if err := artefact.Expect(artefactKind, artefactFormat); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(artefact.Body))
	decoder.DisallowUnknownFields()
	var b body
	if err := decoder.Decode(&b); err != nil {
		return nil, fmt.Errorf("%w: weights: %w", learn.ErrDamaged, err)
	}
	if b.Features != FeatureVersion() {
		return nil, fmt.Errorf("%w (%s, this program computes %s)", ErrFeatures, b.Features, FeatureVersion())
	}
	ranker, err := New(b.Weights)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", learn.ErrDamaged, err)
	}
	ranker.artefact = artefact
	return ranker, nil
}

// Artefact tells what the ranker's weights come from. Weights that were not
// trained get one that says so. Callers must not change it.
func (r *Ranker) Artefact() *learn.Artefact {
	if r.artefact != nil {
		return r.artefact
	}
	source := "weights that were given"
	if maps.Equal(r.weights, DefaultWeights()) {
		source = "the table of docs/shortlist.md"
	}
	data, err := HashOf(r.weights)
	if err == nil {
		var a *learn.Artefact
		if a, err = newArtefact(body{Features: FeatureVersion(), Weights: r.weights}, source, data, 0, nil); err == nil {
			return a
		}
	}
	panic(err) // weights are finite numbers: see Weights.Validate
}

// Identity names the ranker: "table" for the default weights, "ranker-" and the
// first digits of its hash for others.
func (r *Ranker) Identity() Identity {
	hash := r.Artefact().Hash()
	name := "ranker-" + hash[:12]
	if r.artefact == nil && maps.Equal(r.weights, DefaultWeights()) {
		name = "table"
	}
	return Identity{Kind: artefactKind, Name: name, Hash: hash}
}

// FeatureVersion names how features are computed: two programs with the same
// version give the same values to the same candidates. It is a hash of what
// the features give for a few made-up people, so that it changes whenever the
// code does, without anybody having to think of it.
var FeatureVersion = sync.OnceValue(func() string {
	work := Work{
		Post: retrieval.JobPost{
			Title: "paint the hull of a wooden boat", Description: "scraping, priming and two coats on a hull of nine metres", Level: "intermediate",
			PayType: retrieval.PayHourly, PayMin: 2000, PayMax: 4000, Currency: "EUR", HoursPerWeek: 20, TimeZone: "Etc/GMT-1",
		},
		Requirements: []fit.Requirement{
			{ID: "r1", Kind: fit.Experience, Must: true}, {ID: "r2", Kind: fit.Skill, Must: true}, {ID: "r3", Kind: fit.Skill}, {ID: "r4", Kind: fit.Language, Must: true},
		},
		Today: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
	}
	values := []any{Features()}
	for _, probe := range probes() {
		for _, part := range Default().Rank(work, []Candidate{probe}, nil)[0].Parts {
			values = append(values, round(part.Value, 3))
		}
	}
	hash, err := HashOf(values)
	if err != nil {
		panic(err) // strings and finite numbers
	}
	return fmt.Sprintf("%d-%s", len(Features()), hash[:8])
})

// probes are made-up candidates that between them reach every rule of the features.
func probes() []Candidate {
	var list []Candidate
	for i, level := range []string{"", "entry", "intermediate", "expert"} {
		step := float64(i) / 3
		list = append(list, Candidate{
			ID: fmt.Sprint("p", i),
			Profile: retrieval.Profile{
				Headline: []string{"", "boat painter", "scraping and priming of a hull", "gardener"}[i], Level: level, Rate: int64(1500 * i), Currency: []string{"", "EUR", "EUR", "USD"}[i],
				TimeZone: []string{"", "Etc/GMT-3", "Etc/GMT+4", "Etc/GMT-11"}[i], HoursPerWeek: 9 * i, AvailableFrom: []string{"", "2026-03-01", "2026-03-30", "2026-06-01"}[i],
				Experience:  []retrieval.Experience{{Title: "yard", From: "2019-01", To: []string{"", "2025-12", "2023-06", "2015-01"}[i]}},
				TrackRecord: retrieval.TrackRecord{Jobs: i * i * 7, Rating: math.Min(5, 3.1+step*2), Reviews: 3 * i},
			},
			Findings: []fit.Finding{
				{Requirement: "r1", Status: fit.Partly, Degree: step}, {Requirement: "r2", Status: fit.Met, Degree: 1},
				{Requirement: "r3", Status: fit.Missing, Degree: 0}, {Requirement: "r4", Status: fit.Silent},
			},
		})
	}
	return list
}
