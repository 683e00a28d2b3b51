// Package classify is the second stage of moderation: a small trained model
// that tells how probable it is that a message breaks each policy.
//
// [Default] is the model of the binary, [Open] one that an installation trained
// on its own reviews, and [Train] trains one. [Classifier.Score] takes some tens
// of microseconds and no network; its probabilities are calibrated on writers
// that the model has not learned from. [Classifier.Thresholds] are the points at
// which to act, chosen from what mistakes cost, and [Classifier.Words] shows a
// reviewer what weighed most.
//
// The model is one logistic regression a label, and one for any of them, on
// hashed features: words and pieces of words of the text as the rules read it,
// the classes of words in lexicon.txt and which of them stand together, the
// hits of rules, who writes where, the line before, and what the text looks
// like.
package classify

import (
	"math"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/retrieval/learn"
)

const (
	// labelCount is the number of [policy.Labels]. The model has one output
	// more: that a message breaks any of them.
	labelCount = 10
	outputs    = labelCount + 1

	// together is how much the labels' own odds count in those of any violation,
	// beside what was learned of it directly. Chosen by cross-validation.
	together = 0.75
)

// Scores are calibrated probabilities, 0–1: that a message breaks any policy,
// and that it breaks each, in the order of [policy.Labels]. Any is no less than each.
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

// Classifier is the trained model. It is immutable and safe for concurrent use.
type Classifier struct {
	meta     meta
	model    *learn.MultiLabel
	artefact *learn.Artefact
}

// Artefact tells what the classifier was trained on, and how well it did.
// Callers must not change it.
func (c *Classifier) Artefact() *learn.Artefact { return c.artefact }

// Thresholds returns the operating points that were chosen in training.
func (c *Classifier) Thresholds() Thresholds { return c.meta.Thresholds }

// Version identifies the model.
func (c *Classifier) Version() string { return c.artefact.Hash()[:12] }

// odds are the logarithmic odds of the labels and of any violation.
type odds [outputs]float64

// Score judges a message, in which rules found what is in found. Of a very
// long text, the beginning and the end are read.
func (c *Classifier) Score(m message.Message, found rules.Result) Scores {
	r := readers.Get().(*reader)
	defer r.release()
	r.read(m, found)
	whole := r.odds(c.model)
	if len(r.tokens) >= longText {
		worst := whole
		for i := range worst {
			worst[i] = math.Inf(-1)
		}
		r.windows(func() { worst.worst(r.odds(c.model)) })
		whole.beside(worst)
	}
	return c.meta.probabilities(whole)
}

// odds adds up what the features that were collected weigh for each output.
func (r *reader) odds(model *learn.MultiLabel) (o odds) {
	var sums [outputs]float32
	for _, s := range r.list {
		value := r.values[s.group]
		for i, weight := range model.Weights(s.input)[:outputs] {
			sums[i] += value * weight
		}
	}
	for i, bias := range model.Bias() {
		o[i] = float64(sums[i]) + bias
	}
	o.combine()
	return o
}

// combine joins what was learned of any violation with the sum of the odds of the labels.
func (o *odds) combine() {
	sum := 0.0
	for _, x := range o[:labelCount] {
		sum += math.Exp(x)
	}
	o[labelCount] += together * math.Log(sum)
}

// probabilities calibrates odds. A label is no likelier than that there is any violation.
func (m *meta) probabilities(o odds) (s Scores) {
	s.Any = m.Calibration[labelCount].Probability(o[labelCount])
	for i := range s.Label {
		s.Label[i] = min(m.Calibration[i].Probability(o[i]), s.Any)
	}
	return s
}
