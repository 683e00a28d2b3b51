package rank

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/learn"
)

// LeastPosts is how many posts with somebody chosen and somebody not there must
// be for weights to be trained: with fewer, the interval of what was won is
// wider than anything that could be.
const LeastPosts = 50

const (
	trainFolds     = 5
	trainResamples = 2_000
)

// ErrTooFew means that there are too few outcomes to learn from.
var ErrTooFew = errors.New("rank: too few outcomes")

// Applicant is somebody who sent a proposal for a post.
type Applicant struct {
	ID      string
	Profile retrieval.Profile
	Chosen  bool // hired or interviewed; false for declined and no reply
}

// Contest is a post with the values of the features of whoever sent a proposal
// for it, by Features, as ranking computes them.
type Contest struct {
	Post   string      `json:"post"` // id
	Chosen [][]float64 `json:"chosen"`
	Others [][]float64 `json:"others"`
}

// Teaches reports whether there is something to learn from a contest: somebody
// chosen and somebody not.
func (c Contest) Teaches() bool { return len(c.Chosen) > 0 && len(c.Others) > 0 }

// NewContest computes the features of a post's applicants on a day.
func NewContest(reader *fit.Reader, id string, post retrieval.JobPost, applicants []Applicant, day time.Time) Contest {
	work := Work{Post: post, Requirements: reader.Post(post, day), Today: day}
	contest := Contest{Post: id}
	for _, a := range slices.SortedFunc(slices.Values(applicants), func(a, b Applicant) int { return cmp.Compare(a.ID, b.ID) }) {
		candidate := Candidate{ID: a.ID, Profile: a.Profile}
		person := reader.Person(a.ID, a.Profile)
		for _, requirement := range work.Requirements {
			candidate.Findings = append(candidate.Findings, person.Check(requirement, day))
		}
		var values []float64
		for _, part := range Default().Rank(work, []Candidate{candidate}, nil)[0].Parts {
			values = append(values, part.Value)
		}
		if a.Chosen {
			contest.Chosen = append(contest.Chosen, values)
		} else {
			contest.Others = append(contest.Others, values)
		}
	}
	return contest
}

// TrainOptions are how weights are trained. The zero value is good.
type TrainOptions struct {
	Seed   uint64
	Source string // what the outcomes are, for people
	Least  int    // posts that must be there; LeastPosts if 0
}

// TrainReport tells how a training went. Scores are the mean over posts of the
// share of pairs that stand in the right order (the area under the ROC curve),
// each post judged by weights that were trained without it.
type TrainReport struct {
	Posts, Pairs int
	Table        float64 // with the weights of the table
	Trained      float64 // with the trained ones
	Low, High    float64 // 95% interval of the difference, of a paired bootstrap over posts
	Weights      Weights // what was trained on all posts
	Decisiveness float64 // by how much a score higher by one raises the log odds of being chosen
}

// Worse reports whether the trained weights order less well than the table.
func (r TrainReport) Worse() bool { return r.Trained < r.Table }

// Train finds the weights under which the people who were chosen stand before
// those who were not: pairwise logistic regression with weights that are not
// negative, drawn towards those of the table by a Gaussian prior. Each post
// counts as one observation, however many proposals it had, so that few
// outcomes move the weights little. The same contests and options give the same
// artefact. Errors are ErrTooFew and that of ctx.
func Train(ctx context.Context, contests []Contest, o TrainOptions) (*learn.Artefact, TrainReport, error) {
	contests = slices.DeleteFunc(slices.Clone(contests), func(c Contest) bool { return !c.Teaches() })
	slices.SortFunc(contests, func(a, b Contest) int { return cmp.Compare(a.Post, b.Post) })
	report := TrainReport{Posts: len(contests)}
	for _, c := range contests {
		report.Pairs += len(c.Chosen) * len(c.Others)
	}
	if least := cmp.Or(o.Least, LeastPosts); len(contests) < max(least, trainFolds) {
		return nil, report, fmt.Errorf("%w: %d posts have both somebody chosen and somebody not, and %d are needed", ErrTooFew, len(contests), max(least, trainFolds))
	}
	if err := report.validate(ctx, contests, o.Seed); err != nil {
		return nil, report, err
	}
	weights, decisiveness := fitWeights(contests)
	report.Weights, report.Decisiveness = toWeights(weights), round(decisiveness, 2)
	data, err := HashOf([]any{contests, FeatureVersion(), table(), spread, trainFolds, o.Seed})
	if err != nil {
		return nil, report, err
	}
	scores := []learn.Score{
		{Name: "pairs in order, cross-validated", Value: round(report.Trained, 4), Count: report.Posts},
		{Name: "by the table", Value: round(report.Table, 4), Count: report.Posts},
	}
	artefact, err := newArtefact(body{FeatureVersion(), report.Weights, report.Decisiveness}, o.Source, data, o.Seed, scores)
	return artefact, report, err
}

// validate scores the table and trained weights on posts that these were not trained on.
func (r *TrainReport) validate(ctx context.Context, contests []Contest, seed uint64) error {
	rng := rand.New(rand.NewPCG(seed, uint64(len(contests))))
	fold := make([]int, len(contests))
	for i, at := range rng.Perm(len(contests)) {
		fold[at] = i % trainFolds
	}
	trained, before := make([]float64, len(contests)), make([]float64, len(contests))
	for k := range trainFolds {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("rank: train: %w", err)
		}
		var learned []Contest
		for i, c := range contests {
			if fold[i] != k {
				learned = append(learned, c)
			}
		}
		weights, _ := fitWeights(learned)
		for i, c := range contests {
			if fold[i] == k {
				trained[i], before[i] = c.inOrder(weights), c.inOrder(table())
			}
		}
	}
	differences := make([]float64, trainResamples)
	for i := range differences {
		for range contests {
			at := rng.IntN(len(contests))
			differences[i] += (trained[at] - before[at]) / float64(len(contests))
		}
	}
	slices.Sort(differences)
	r.Trained, r.Table = mean(trained), mean(before)
	r.Low, r.High = differences[trainResamples*25/1000], differences[trainResamples*975/1000]
	return nil
}

// inOrder is the share of pairs of a contest in which who was chosen stands
// higher; level pairs count half.
func (c Contest) inOrder(weights []float64) float64 {
	right := 0.0
	for _, a := range c.Chosen {
		for _, b := range c.Others {
			switch d := inner(weights, a) - inner(weights, b); {
			case d > 1e-9:
				right++
			case d > -1e-9:
				right += 0.5
			}
		}
	}
	return right / float64(len(c.Chosen)*len(c.Others))
}
