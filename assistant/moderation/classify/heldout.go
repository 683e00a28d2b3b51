package classify

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/retrieval/learn"
)

// held is an example with the odds by a model that has not seen its fold.
type held struct {
	example
	odds odds
}

// holdOut scores each example by a model fitted on the other folds.
func holdOut(ctx context.Context, examples []example, folds int) ([]held, error) {
	parts := make([][]held, folds)
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for fold := range folds {
		work.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			if parts[fold], err = judgeFold(examples, fold); err != nil {
				return fmt.Errorf("classify: fold %d: %w", fold, err)
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(parts...), nil
}

func judgeFold(examples []example, fold int) (out []held, err error) {
	var known []example
	for _, e := range examples {
		if e.fold != fold {
			known = append(known, e)
		}
	}
	if len(known) == len(examples) {
		return nil, nil
	}
	model, err := fit(known)
	if err != nil {
		return nil, err
	}
	for _, e := range examples {
		if e.fold != fold || e.extra {
			continue
		}
		out = append(out, held{example: e, odds: e.score(model)})
	}
	return out, nil
}

// fitted is the area under the ROC curve of a model on its own examples.
func fitted(examples []example, model *learn.MultiLabel) float64 {
	var scores []float64
	var right []bool
	for _, e := range examples {
		if e.extra {
			continue
		}
		scores, right = append(scores, e.score(model)[labelCount]), append(right, !e.Clean())
	}
	return learn.AreaUnderROC(scores, right)
}

// score is what [Classifier.Score] does before calibration.
func (e *example) score(model *learn.MultiLabel) odds {
	var whole, one, worst odds
	model.Scores(e.features, whole[:])
	whole.combine()
	for i, features := range e.windows {
		model.Scores(features, one[:])
		one.combine()
		if i == 0 {
			worst = one
		}
		worst.worst(one)
	}
	if len(e.windows) > 0 {
		whole.beside(worst)
	}
	return whole
}

// calibrate finds how odds become probabilities.
func (m *meta) calibrate(list []held) {
	scores, right := make([]float64, len(list)), make([]bool, len(list))
	for i := range m.Calibration {
		for j, h := range list {
			scores[j], right[j] = h.odds[i], h.labels>>i&1 != 0
		}
		m.Calibration[i] = learn.FitPlatt(scores, right)
		if m.Calibration[i].Slope <= 0 { // a label that cannot be learned from these examples
			m.Calibration[i].Slope = 1e-3
		}
	}
}

// judge calibrates what was held out.
func (m *meta) judge(list []held) []judged {
	out := make([]judged, len(list))
	for i, h := range list {
		out[i] = judged{scores: m.probabilities(h.odds), labels: h.labels, hard: h.Kind == corpus.Hard && h.Clean(), rules: h.rules, blind: corpus.Blind(h.Author)}
	}
	return out
}
