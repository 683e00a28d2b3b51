// Package learn is what our small trained models share: features by hashing
// ([Features]), multinomial logistic regression ([FitLogistic]) and one for several labels at once
// ([FitMultiLabel]), a small network ([FitNetwork]), calibration ([Temperature], [FitPlatt]), and the file in which a trained model is kept.
//
// An [Artefact] says what it is (kind and format), what it was trained on, with
// which seed and how well it did, and carries the model itself as bytes that
// only its own package understands. [Artefact.WriteTo] writes one, [Read] and
// [ReadFile] read one and refuse what is cut short, altered, of another kind or
// of a format that this program does not know. [WriteFile] replaces a file in
// one step, so that a reader sees the old model or the new one.
//
// The file is: the line "parley model 1", the length of the header (4 bytes,
// little endian), the header as JSON, the body, and the SHA-256 of all that
// precedes.
package learn

import (
	"errors"
	"fmt"
)

// Errors of reading, to be tested with errors.Is.
var (
	ErrNotModel = errors.New("learn: not a model file")
	ErrDamaged  = errors.New("learn: model file is damaged")
	ErrKind     = errors.New("learn: model is of another kind")
	ErrFormat   = errors.New("learn: model has a format that this version does not read")
)

// Artefact is a trained model with what is known about it.
type Artefact struct {
	Kind   string  `json:"kind"`   // what the model does: "embedder"
	Format int     `json:"format"` // version of Body; raised whenever older programs would misread it
	Source string  `json:"source"` // what it was trained on, for people, with attribution
	Data   string  `json:"data"`   // SHA-256 of the training data and settings, in hex
	Seed   uint64  `json:"seed"`
	Scores []Score `json:"scores,omitempty"`
	Body   []byte  `json:"-"`

	hash [hashSize]byte // of the file
}

// Score is how well a model did on data that it was not trained on.
type Score struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Count int     `json:"count"` // of cases
}

// Hash identifies the file that the artefact was written to or read from, in
// 64 hexadecimal digits; zeros before that.
func (a *Artefact) Hash() string { return fmt.Sprintf("%x", a.hash) }

// Expect returns an error that says what to do when the artefact is not of the
// wanted kind and format.
func (a *Artefact) Expect(kind string, format int) error {
	if a.Kind != kind {
		return fmt.Errorf("%w: %q, wanted %q", ErrKind, a.Kind, kind)
	}
	if a.Format != format {
		return fmt.Errorf("%w: format %d of %q, wanted %d; train it again", ErrFormat, a.Format, kind, format)
	}
	return nil
}
