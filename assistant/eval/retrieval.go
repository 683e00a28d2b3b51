package eval

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
)

// tenant is the site that documents are loaded into, alone in its index.
const tenant = "eval"

// Retrieval measures searches. The first three are required.
type Retrieval struct {
	// Open returns an empty index and what takes it away again. It is called once for each task.
	Open       func(context.Context) (index retrieval.Index, remove func() error, err error)
	Embedder   retrieval.Embedder
	Vocabulary *skills.Vocabulary

	Sample    int    // queries of each half and task; 0 for the task's own number
	Seed      uint64 // of the sample and of the resamples
	Resamples int    // of the bootstrap; 0 for 2,000
	Halves    []Half // nil for those of each task
	Queries   bool   // reports carry each query's scores

	Progress func(task, doing string) // nil is silent
}

const defaultResamples = 2000

// Run measures all systems on a task.
func (r Retrieval) Run(ctx context.Context, task Task) (report Report, err error) {
	grams, err := r.tuneGrams(ctx, task)
	if err != nil {
		return report, fmt.Errorf("eval: %s: %w", task.Name, err)
	}
	r.tell(task, "loading")
	index, remove, err := r.Open(ctx)
	if err != nil {
		return report, fmt.Errorf("eval: %s: open an index: %w", task.Name, err)
	}
	defer func() { err = errors.Join(err, remove()) }()
	retriever := retrieval.New(index, r.Embedder, r.Vocabulary)
	if _, err := retriever.Load(ctx, tenant, task.Documents); err != nil {
		return report, fmt.Errorf("eval: %s: %w", task.Name, err)
	}
	systems := systemsOf(task, grams, retriever)
	report = Report{Task: task.Name, Title: task.Title, Metric: task.MetricName, Documents: len(task.Documents), Embedding: r.Embedder.Name(), Grams: grams, Seed: r.Seed}
	halves := task.Halves
	if r.Halves != nil {
		halves = r.Halves
	}
	for _, half := range halves {
		result, err := r.measure(ctx, task, half, systems)
		if err != nil {
			return report, fmt.Errorf("eval: %s: %w", task.Name, err)
		}
		report.Results = append(report.Results, result)
	}
	return report, nil
}

func (r Retrieval) tell(task Task, doing string) {
	if r.Progress != nil {
		r.Progress(task.Name, doing)
	}
}

// measure ranks the queries of a half by each system.
func (r Retrieval) measure(ctx context.Context, task Task, half Half, systems []system) (Result, error) {
	queries := Pick(task.Queries, half, r.sample(task), r.Seed)
	if len(queries) == 0 {
		return Result{}, fmt.Errorf("%w: no queries of the half %q", ErrData, half)
	}
	result := Result{Half: half, Queries: len(queries)}
	for _, s := range systems {
		r.tell(task, s.title)
		scores, err := score(ctx, s, task.Metric, queries)
		if err != nil {
			return result, err
		}
		result.Systems = append(result.Systems, Score{System: s.name, Title: s.title, Baseline: s.baseline, Mean: Mean(scores), scores: scores})
	}
	if r.Queries {
		result.PerQuery = perQuery(queries, result.Systems)
	}
	return result, result.compare(r.resamples(), r.Seed)
}

func (r Retrieval) sample(task Task) int {
	if r.Sample > 0 {
		return r.Sample
	}
	return task.SampleLimit
}

func (r Retrieval) resamples() int {
	if r.Resamples > 0 {
		return r.Resamples
	}
	return defaultResamples
}

// score ranks queries on all processors at once.
func score(ctx context.Context, s system, metric Metric, queries []Query) ([]float64, error) {
	scores := make([]float64, len(queries))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, q := range queries {
		group.Go(func() error {
			ranked, err := s.rank(ctx, q)
			if err != nil {
				return err
			}
			scores[i] = metric(ranked, q.Gains)
			return nil
		})
	}
	return scores, group.Wait()
}

// tuningQueries are enough to tell lengths of grams apart.
const tuningQueries = 200

// tuneGrams finds which character n-grams suit the task best, on its tuning half.
func (r Retrieval) tuneGrams(ctx context.Context, task Task) (Grams, error) {
	r.tell(task, "tuning the baseline")
	queries := Pick(task.Queries, Tuning, tuningQueries, r.Seed)
	var best Grams
	highest := -1.0
	for _, g := range []Grams{{3, false}, {4, false}, {5, false}, {3, true}, {4, true}, {5, true}} {
		scores, err := score(ctx, baseline(SystemGrams, g.String(), NewBM25(task.Documents, g.Analyse), task.Depth), task.Metric, queries)
		if err != nil {
			return best, err
		}
		if mean := Mean(scores); mean > highest {
			best, highest = g, mean
		}
	}
	return best, nil
}
