package route

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/parleyhq/parley/retrieval/learn"
)

const (
	artefactKind   = "router"
	artefactFormat = 2
)

// ErrFeatures means that an artefact was trained on features that this program does not make.
var ErrFeatures = errors.New("route: the router was trained for other features; run parley train router")

//go:embed artefact/router.parley
var shipped []byte

// meta is what of a model's training its use depends on: the first line of the body, as JSON.
type meta struct {
	Features    string  `json:"features"`
	Utterances  string  `json:"utterances"`     // SHA-256 of the files
	Site        string  `json:"site,omitempty"` // of the utterances of a site
	Negatives   string  `json:"negatives,omitempty"`
	Temperature float64 `json:"temperature"`
}

// featureVersion names how features are made, the lists of words included: an
// artefact of another version is refused. Neither the vocabulary of skills nor
// the reading of words for search has a part in it, so that those may change freely.
func featureVersion() string { return featureRules + "-" + lists() }

// lists is a short hash of the lists of words that features are made of.
var lists = sync.OnceValue(func() string {
	sum := sha256.New()
	encoder := json.NewEncoder(sum) // sorts the keys of maps
	for _, list := range []any{
		cues, plain, topics, questionKinds, nouns, verbs, leads, selves, yous, others, auxiliaries, asking, negations, polite, adverbs,
		offered, places, offering, phraseTexts(),
	} {
		if err := encoder.Encode(list); err != nil {
			panic(err) // strings
		}
	}
	return fmt.Sprintf("%.4x", sum.Sum(nil))
})

// hash is that of the training data and of all that the result depends on.
func (m meta) hash() string {
	settings := fmt.Sprint(m.Features, m.Utterances, m.Site, m.Negatives, negativeWeight, negativeShare, negativesElsewhere,
		penalty, steps, hidden, rounds, rate, decay, leftOut, netSeed, rarity, folds)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(settings)))
}

// fingerprint is the SHA-256 of utterances.
func fingerprint(list []Utterance) (string, error) {
	content, err := json.Marshal(list)
	if err != nil {
		return "", fmt.Errorf("route: utterances: %w", err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(content)), nil
}

func encode(m meta, model classifier) ([]byte, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("route: encode: %w", err)
	}
	return model.appendBinary(append(body, '\n'))
}

func decode(body []byte) (m meta, model classifier, err error) {
	line, rest, ok := bytes.Cut(body, []byte("\n"))
	if !ok {
		return m, model, fmt.Errorf("%w: no description of the router", learn.ErrDamaged)
	}
	if err := json.Unmarshal(line, &m); err != nil {
		return m, model, fmt.Errorf("%w: description of the router: %w", learn.ErrDamaged, err)
	}
	if m.Features != featureVersion() {
		return m, model, fmt.Errorf("%w (%s, this program makes %s)", ErrFeatures, m.Features, featureVersion())
	}
	if !(m.Temperature > 0) || math.IsInf(m.Temperature, 0) {
		return m, model, fmt.Errorf("%w: temperature %g", learn.ErrDamaged, m.Temperature)
	}
	model, err = parseClassifier(rest)
	return m, model, err
}

// Default returns the router of the binary. What it was trained on is said in artefact/NOTICE.md.
var Default = sync.OnceValue(func() *Router {
	artefact, err := learn.Parse(shipped)
	if err != nil {
		panic(err) // embedded, and kept valid by a test
	}
	router, err := New(artefact)
	if err != nil {
		panic(err)
	}
	return router
})

// Open opens a router that was trained before. Errors wrap those of package
// learn or of the file system, or [ErrFeatures].
func Open(path string) (*Router, error) {
	artefact, err := learn.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("route: open: %w", err)
	}
	router, err := New(artefact)
	if err != nil {
		return nil, fmt.Errorf("route: open %s: %w", path, err)
	}
	return router, nil
}

// New makes a router of an artefact.
func New(artefact *learn.Artefact) (*Router, error) {
	if err := artefact.Expect(artefactKind, artefactFormat); err != nil {
		return nil, err
	}
	m, model, err := decode(artefact.Body)
	if err != nil {
		return nil, err
	}
	return &Router{model: model, meta: m, artefact: artefact}, nil
}
