package classify

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"runtime"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/policy"
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

const (
	// fewAuthors is below how many the examples are held out in blocks and not by author.
	fewAuthors, folds = 3, 5

	// neighbours is how many examples one after the other are a block: who writes
	// them has the same things in mind.
	neighbours = 20
)

// Errors of training, to be tested with errors.Is.
var ErrExamples = errors.New("classify: unusable examples")

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

// example is a message to learn from.
type example struct {
	corpus.Example
	features []learn.Feature
	windows  [][]learn.Feature // of a long text
	labels   uint64
	fold     int
	rules    int // what rules alone lead to
	extra    bool
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

// prepare reads examples, and tells how many folds they are in.
func prepare(ctx context.Context, list []corpus.Example, o Options) ([]example, int, error) {
	fold, n := foldsOf(list, o.Seed)
	violating := 0
	examples := make([]example, 0, len(list)+len(o.Extra))
	for i, e := range slices.Concat(list, o.Extra) {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		x := example{Example: e, extra: i >= len(list), fold: fold(e)}
		for _, label := range e.Labels {
			at := policy.Index(label)
			if at < 0 {
				return nil, 0, fmt.Errorf("%w: %s has the label %q", ErrExamples, e.ID, label)
			}
			x.labels |= 1<<at | 1<<labelCount
		}
		if !x.Clean() && !x.extra {
			violating++
		}
		r := readers.Get().(*reader)
		found := o.Rules.Check(e.Message)
		x.rules = levelOf(found)
		r.read(e.Message, found)
		x.features = r.features()
		r.windows(func() { x.windows = append(x.windows, r.features()) })
		r.release()
		examples = append(examples, x)
	}
	if violating < folds || len(list)-violating < folds {
		return nil, 0, fmt.Errorf("%w: %d of %d break a policy; at least %d must, and as many must not", ErrExamples, violating, len(list), folds)
	}
	return examples, n, nil
}

// features are those that were read, for training.
func (r *reader) features() []learn.Feature {
	list := make([]learn.Feature, len(r.list))
	for i, s := range r.list {
		list[i] = learn.Feature{Input: s.input, Value: r.values[s.group]}
	}
	return list
}

// foldsOf tells in which fold an example is held out: each author's examples,
// with all that were made of them, are one. What is in a language that only one
// author wrote would be judged by a model that has not seen the language: it is
// dealt out in blocks, as all is where authors are too few.
func foldsOf(list []corpus.Example, seed uint64) (fold func(corpus.Example) int, n int) {
	numbers, writers := make(map[string]int), make(map[string]map[string]bool) // authors by language
	origin, place := make(map[string]corpus.Example), make(map[string]int)
	for i, e := range list {
		numbers[e.Author] = 0
		if writers[e.Lang] == nil {
			writers[e.Lang] = make(map[string]bool)
		}
		writers[e.Lang][e.Author] = true
		if e.Source == "" {
			origin[e.ID], place[e.ID] = e, i/neighbours
		}
	}
	for i, name := range slices.Sorted(maps.Keys(numbers)) {
		numbers[name] = i
	}
	n = len(numbers)
	if n < fewAuthors {
		n = folds
	}
	return func(e corpus.Example) int {
		block := e.Family()
		if first, known := origin[block]; known {
			e, block = first, strconv.Itoa(place[block])
		}
		if len(numbers) >= fewAuthors && len(writers[e.Lang]) > 1 {
			return numbers[e.Author]
		}
		h := fnv.New64a()
		fmt.Fprintf(h, "%d %s %s", seed, e.Author, block)
		return int(h.Sum64() >> 8 % uint64(n))
	}, n
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
		out[i] = judged{scores: m.probabilities(h.odds), labels: h.labels, hard: h.Kind == corpus.Hard && h.Clean(), rules: h.rules}
	}
	return out
}

// fingerprint is the SHA-256 of examples and settings.
func fingerprint(m meta, examples []example) (string, error) {
	sum := sha256.New()
	encoder := json.NewEncoder(sum)
	for _, e := range examples {
		if err := encoder.Encode(e.Example); err != nil {
			return "", fmt.Errorf("classify: fingerprint: %w", err)
		}
	}
	fmt.Fprint(sum, m.Features, m.Rules, m.Costs, penalty, steps)
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
}
