package route

import (
	"context"
	"fmt"
	"hash/fnv"

	"github.com/parleyhq/parley/retrieval/learn"
)

const folds = 5

// example is a message to learn from.
type example struct {
	learn.Sample
	group string
	extra bool // learned from, not measured on
}

// prepare makes examples of utterances.
func prepare(list []Utterance, weight float64) []example {
	features := learn.NewFeatures(hashBits)
	examples := make([]example, len(list))
	for i, u := range list {
		extract(features, u.input().known())
		examples[i] = example{
			Sample: learn.Sample{Features: append([]learn.Feature(nil), features.List()...), Class: class(u.Route), Weight: weight},
			group:  u.group(),
		}
	}
	return examples
}

// foldOf tells in which fold a group is held out.
func foldOf(group string, seed uint64) int {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", seed, group)
	return int(h.Sum64() >> 8 % folds)
}

// held is the scores of examples by models that have not seen their groups.
type held struct {
	scores  [][]float64
	classes []int
	at      []int // which example
}

// crossValidate scores each utterance by a model fitted on the other folds.
func crossValidate(ctx context.Context, examples []example, seed uint64) (held, error) {
	var h held
	for fold := range folds {
		if err := ctx.Err(); err != nil {
			return h, err
		}
		var known []example
		for _, e := range examples {
			if e.extra || foldOf(e.group, seed) != fold {
				known = append(known, e)
			}
		}
		model, err := fit(known)
		if err != nil {
			return h, fmt.Errorf("route: fold %d: %w", fold, err)
		}
		for i, e := range examples {
			if e.extra || foldOf(e.group, seed) != fold {
				continue
			}
			scores := make([]float64, len(routes))
			model.scores(e.Features, scores)
			h.scores, h.classes, h.at = append(h.scores, scores), append(h.classes, e.Class), append(h.at, i)
		}
	}
	return h, nil
}

// TrainOptions are how the router is trained.
type TrainOptions struct {
	Seed      uint64 // of the folds
	Negatives *Negatives
	Site      []Utterance // of the site itself, learned from and measured on like the others
}

// Report is how a training went. All figures are of utterances that the model
// that judged them was not fitted on.
type Report struct {
	Utterances int
	Negatives  int
	Accuracy   float64
	OutOfScope float64 // F1 of out_of_scope
	Calibration,
	Asked float64 // share of decisions that are unsure
	AccuracySure float64 // of the others
	Temperature  float64
}

// Train fits the router on the embedded utterances and returns it as an
// artefact. The same utterances, negatives and seed give the same artefact.
func Train(ctx context.Context, o TrainOptions) (*learn.Artefact, Report, error) {
	list, hash, err := Utterances()
	if err != nil {
		return nil, Report{}, err
	}
	source := fmt.Sprintf("%d utterances written for Parley", len(list))
	made := meta{Features: featureVersion(), Utterances: hex(hash)}
	if len(o.Site) > 0 {
		list = append(list, o.Site...)
		source += fmt.Sprintf("; %d of the site", len(o.Site))
		if made.Site, err = fingerprint(o.Site); err != nil {
			return nil, Report{}, err
		}
	}
	examples := prepare(list, 1)
	report := Report{Utterances: len(list)}
	if o.Negatives != nil {
		more := prepare(o.Negatives.elsewhere(list), negativeWeight)
		for i := range more {
			more[i].extra = true
		}
		examples = append(examples, more...)
		report.Negatives = len(more)
		made.Negatives = o.Negatives.hash
		source += fmt.Sprintf("; %d texts of %s", len(more), o.Negatives.source)
	}
	out, err := crossValidate(ctx, examples, o.Seed)
	if err != nil {
		return nil, report, err
	}
	made.Temperature = learn.Temperature(out.scores, out.classes)
	report.measure(out, made.Temperature)
	model, err := fit(examples)
	if err != nil {
		return nil, report, fmt.Errorf("route: train: %w", err)
	}
	body, err := encode(made, model)
	if err != nil {
		return nil, report, err
	}
	return &learn.Artefact{
		Kind: artefactKind, Format: artefactFormat, Source: source, Data: made.hash(), Seed: o.Seed, Scores: report.scores(), Body: body,
	}, report, nil
}

// measure fills in what the scores of held out utterances say.
func (r *Report) measure(out held, temperature float64) {
	r.Temperature = temperature
	right, found, said, are := make([]bool, len(out.scores)), 0, 0, 0
	confidence := make([]float64, len(out.scores))
	sure, sureRight, rights := 0, 0, 0
	last := len(routes) - 1
	for i, scores := range out.scores {
		learn.Softmax(scores, temperature)
		best, _ := top(scores)
		right[i], confidence[i] = best == out.classes[i], scores[best]
		if right[i] {
			rights++
		}
		if confidence[i] >= Threshold {
			sure++
			if right[i] {
				sureRight++
			}
		}
		if best == last {
			said++
		}
		if out.classes[i] == last {
			are++
			if right[i] {
				found++
			}
		}
	}
	n := float64(max(1, len(out.scores)))
	r.Accuracy = float64(rights) / n
	r.OutOfScope = 2 * float64(found) / float64(max(1, said+are))
	r.Calibration = learn.CalibrationError(confidence, right)
	r.Asked = 1 - float64(sure)/n
	r.AccuracySure = float64(sureRight) / float64(max(1, sure))
}

func (r Report) scores() []learn.Score {
	return []learn.Score{
		{Name: "accuracy, cross-validated", Value: r.Accuracy, Count: r.Utterances},
		{Name: "out-of-scope F1, cross-validated", Value: r.OutOfScope, Count: r.Utterances},
		{Name: "calibration error", Value: r.Calibration, Count: r.Utterances},
	}
}

// top returns the classes with the highest and the second highest score.
func top(scores []float64) (best, second int) {
	second = 1
	if scores[1] > scores[0] {
		best, second = 1, 0
	}
	for i := 2; i < len(scores); i++ {
		switch {
		case scores[i] > scores[best]:
			best, second = i, best
		case scores[i] > scores[second]:
			second = i
		}
	}
	return best, second
}
