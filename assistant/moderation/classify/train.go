package classify

import (
	"context"
	"fmt"
	"math"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/retrieval/learn"
)

// Chosen by cross-validation over authors.
const (
	penalty = 5e-5
	steps   = 40

	// rarest is the least that a feature is multiplied by, however common it is.
	rarest = 0.02
)

// Options are how the classifier is trained.
type Options struct {
	Seed  uint64 // of the folds, where examples have too few authors to be held out by
	Costs Costs  // DefaultCosts when zero
	Rules *rules.Set
	// Extra are examples that are learned from and not measured on: variants
	// made of others. They are held out together with what they were made of.
	Extra  []corpus.Example
	Source string // what the examples are, for people; "" for the embedded ones
}

// Train fits the classifier on examples and returns it as an artefact. It is
// measured, calibrated and given its thresholds on what models say that have not
// seen the author of a message. The same examples and options give the same artefact.
func Train(ctx context.Context, list []corpus.Example, o Options) (*learn.Artefact, Report, error) {
	if o.Rules == nil {
		o.Rules = rules.Default()
	}
	if o.Costs == (Costs{}) {
		o.Costs = DefaultCosts()
	}
	examples, folds, err := prepare(ctx, list, o)
	if err != nil {
		return nil, Report{}, err
	}
	held, err := holdOut(ctx, examples, folds)
	if err != nil {
		return nil, Report{}, err
	}
	m := meta{Features: featureVersion(), Rules: o.Rules.Version(), Costs: o.Costs}
	m.calibrate(held)
	judgements := m.judge(held)
	m.Thresholds = o.Costs.choose(judgements)
	report := measure(held, judgements, m)
	report.Extra = len(examples) - len(held)
	model, err := fit(examples)
	if err != nil {
		return nil, report, fmt.Errorf("classify: train: %w", err)
	}
	report.Fit = fitted(examples, model)
	body, err := encode(m, model)
	if err != nil {
		return nil, report, err
	}
	data, err := fingerprint(m, examples)
	if err != nil {
		return nil, report, err
	}
	source := o.Source
	if source == "" {
		source = fmt.Sprintf("%d messages written for Parley", len(list))
	}
	if len(o.Extra) > 0 {
		source += fmt.Sprintf("; %d variants of them", len(o.Extra))
	}
	return &learn.Artefact{
		Kind: artefactKind, Format: artefactFormat, Source: source, Data: data, Seed: o.Seed, Scores: report.scores(), Body: body,
	}, report, nil
}

// fit finds the weights. Features are multiplied by how rare they are, so that
// what is in every message is held to be noise; the model is given that back.
func fit(examples []example) (*learn.MultiLabel, error) {
	rarity := rarityOf(examples)
	samples := make([]learn.LabelledSample, len(examples))
	for i, e := range examples {
		features := make([]learn.Feature, len(e.features))
		for j, f := range e.features {
			features[j] = learn.Feature{Input: f.Input, Value: f.Value * rarity[f.Input]}
		}
		samples[i] = learn.LabelledSample{Features: features, Labels: e.labels, Weight: 1}
	}
	model, err := learn.FitMultiLabel(samples, learn.MultiLabelOptions{Labels: outputs, Inputs: 1 << hashBits, Penalty: penalty, Steps: steps})
	if err != nil {
		return nil, err
	}
	model.Rescale(rarity)
	return model, nil
}

// rarityOf is the inverse document frequency of inputs, about 1 for one in
// twenty messages.
func rarityOf(examples []example) []float32 {
	count, last := make([]int, 1<<hashBits), make([]int, 1<<hashBits)
	for i, e := range examples {
		for _, f := range e.features {
			if last[f.Input] != i+1 {
				last[f.Input] = i + 1
				count[f.Input]++
			}
		}
	}
	rarity := make([]float32, len(count))
	for input, n := range count {
		if n > 0 {
			rarity[input] = float32(max(rarest, math.Log(float64(len(examples))/float64(1+n))/3))
		}
	}
	return rarity
}
