package classify

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/parleyhq/parley/retrieval/learn"
)

const (
	artefactKind   = "moderation"
	artefactFormat = 1
)

// ErrFeatures means that an artefact was trained on features that this program does not make.
var ErrFeatures = errors.New("classify: the classifier was trained for other features; run parley train moderation")

//go:generate go run ../../../cmd/parley train moderation --out artefact/moderation.parley
//go:embed artefact/moderation.parley
var shipped []byte

// meta is what a model's use depends on beside its weights: the first line of the body, as JSON.
type meta struct {
	Features    string               `json:"features"`
	Rules       string               `json:"rules"` // whose hits it was trained on
	Costs       Costs                `json:"costs"`
	Thresholds  Thresholds           `json:"thresholds"`
	Calibration [outputs]learn.Platt `json:"calibration"`
}

// featureVersion names how features are made, the lexicon included: an artefact of
// another version is refused.
func featureVersion() string { return featureRules + "-" + words().version }

// Default returns the classifier of the binary. What it was trained on is said
// in artefact/NOTICE.md.
var Default = sync.OnceValue(func() *Classifier {
	c, err := Parse(shipped)
	if err != nil {
		panic(err) // embedded, and kept valid by a test
	}
	return c
})

// Open opens a classifier that was trained before. Errors wrap those of package
// learn or of the file system, or [ErrFeatures].
func Open(path string) (*Classifier, error) {
	artefact, err := learn.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("classify: open: %w", err)
	}
	c, err := New(artefact)
	if err != nil {
		return nil, fmt.Errorf("classify: open %s: %w", path, err)
	}
	return c, nil
}

// Parse reads a classifier from the bytes of its file. Errors are as those of [Open].
func Parse(file []byte) (*Classifier, error) {
	artefact, err := learn.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("classify: %w", err)
	}
	return New(artefact)
}

// New makes a classifier of an artefact.
func New(artefact *learn.Artefact) (*Classifier, error) {
	if err := artefact.Expect(artefactKind, artefactFormat); err != nil {
		return nil, err
	}
	m, model, err := decode(artefact.Body)
	if err != nil {
		return nil, err
	}
	return &Classifier{meta: m, model: model, artefact: artefact}, nil
}

func encode(m meta, model *learn.MultiLabel) ([]byte, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("classify: encode: %w", err)
	}
	return model.AppendBinary(append(body, '\n'))
}

func decode(body []byte) (m meta, model *learn.MultiLabel, err error) {
	line, rest, ok := bytes.Cut(body, []byte("\n"))
	if !ok {
		return m, nil, fmt.Errorf("%w: no description of the classifier", learn.ErrDamaged)
	}
	if err := json.Unmarshal(line, &m); err != nil {
		return m, nil, fmt.Errorf("%w: description of the classifier: %w", learn.ErrDamaged, err)
	}
	if m.Features != featureVersion() {
		return m, nil, fmt.Errorf("%w (%s, this program makes %s)", ErrFeatures, m.Features, featureVersion())
	}
	for _, p := range m.Calibration {
		if !(p.Slope > 0) || math.IsInf(p.Slope, 0) || math.IsNaN(p.Shift) {
			return m, nil, fmt.Errorf("%w: calibration %+v", learn.ErrDamaged, p)
		}
	}
	if model, err = learn.ParseMultiLabel(rest); err != nil {
		return m, nil, err
	}
	if model.Labels() != outputs || model.Inputs() != 1<<hashBits {
		return m, nil, fmt.Errorf("%w: %d outputs and %d inputs", learn.ErrDamaged, model.Labels(), model.Inputs())
	}
	return m, model, nil
}
