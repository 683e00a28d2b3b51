package classify

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/retrieval/learn"
)

const (
	// fewAuthors is below how many the examples are held out in blocks and not by author.
	fewAuthors, folds = 3, 5

	// neighbours is how many examples one after the other are a block: who writes
	// them has the same things in mind.
	neighbours = 20
)

// ErrExamples means that nothing can be learned from what was given.
var ErrExamples = errors.New("classify: unusable examples")

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
