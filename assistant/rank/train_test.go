package rank_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval/learn"
)

// contests are posts with four applicants of random features, of whom the one
// is chosen for whom better gives most.
func contests(n int, seed uint64, better func(values []float64) float64) []rank.Contest {
	rng := rand.New(rand.NewPCG(seed, 1))
	list := make([]rank.Contest, n)
	for i := range list {
		var people [][]float64
		for range 4 {
			values := make([]float64, len(rank.Features()))
			for f := range values {
				values[f] = rng.Float64()
			}
			people = append(people, values)
		}
		slices.SortFunc(people, func(a, b []float64) int {
			if better(a) > better(b) {
				return -1
			}
			return 1
		})
		list[i] = rank.Contest{Post: fmt.Sprintf("p%04d", i), Chosen: people[:1], Others: people[1:]}
	}
	return list
}

func feature(values []float64, f rank.Feature) float64 {
	return values[slices.Index(rank.Features(), f)]
}

func train(t *testing.T, list []rank.Contest) (*learn.Artefact, rank.TrainReport) {
	t.Helper()
	artefact, report, err := rank.Train(t.Context(), list, rank.TrainOptions{Seed: 1, Source: "a test"})
	if err != nil {
		t.Fatal(err)
	}
	for feature, weight := range report.Weights {
		if weight < 0 {
			t.Errorf("the weight of %s is %g", feature, weight)
		}
	}
	return artefact, report
}

// TestTrainFindsWhatCounts: where clients choose by price and experience, the weights say so
// and order people better than the table does.
func TestTrainFindsWhatCounts(t *testing.T) {
	_, report := train(t, contests(300, 7, func(v []float64) float64 { return 2*feature(v, rank.Pay) + feature(v, rank.Must) }))
	table := rank.DefaultWeights()
	if report.Weights[rank.Pay] < 2*table[rank.Pay] || report.Weights[rank.Zone] > table[rank.Zone]+1 {
		t.Errorf("weights %v", report.Weights)
	}
	if report.Worse() || report.Low <= 0 || report.Trained-report.Table < 0.1 || report.Pairs != 900 {
		t.Errorf("report %+v", report)
	}
}

// TestTableIsNotOverturnedByFew: outcomes against all sense, of as few posts as are taken, move
// no weight far; nor do outcomes by lot.
func TestTableIsNotOverturnedByFew(t *testing.T) {
	total := 0.0
	for _, weight := range rank.DefaultWeights() {
		total += weight
	}
	lot := rand.New(rand.NewPCG(3, 3))
	for name, better := range map[string]func([]float64) float64{
		"against must-haves": func(v []float64) float64 { return -feature(v, rank.Must) },
		"by lot":             func([]float64) float64 { return lot.Float64() },
	} {
		_, report := train(t, contests(rank.LeastPosts, 5, better))
		for feature, weight := range report.Weights {
			if table := 100 * rank.DefaultWeights()[feature] / total; math.Abs(weight-table) > 6 {
				t.Errorf("%s: the weight of %s went from %.1f to %.1f", name, feature, table, weight)
			}
		}
	}
}

// TestTrainingByTheTable: where people are chosen as the table would, it stays.
func TestTrainingByTheTable(t *testing.T) {
	table := rank.DefaultWeights()
	_, report := train(t, contests(200, 9, func(v []float64) (sum float64) {
		for i, f := range rank.Features() {
			sum += table[f] * v[i]
		}
		return sum
	}))
	if report.Table != 1 || report.Trained < 0.97 {
		t.Errorf("report %+v", report)
	}
}

func TestTrainRefusesTooFew(t *testing.T) {
	list := contests(rank.LeastPosts-1, 1, func(v []float64) float64 { return v[0] })
	// Posts of which nothing can be learned do not count.
	list = append(list, rank.Contest{Post: "all chosen", Chosen: list[0].Others}, rank.Contest{Post: "none", Others: list[0].Others})
	if _, report, err := rank.Train(t.Context(), list, rank.TrainOptions{}); !errors.Is(err, rank.ErrTooFew) || report.Posts != rank.LeastPosts-1 {
		t.Errorf("%v, %+v", err, report)
	}
}

func TestTrainIsRepeatable(t *testing.T) {
	list := contests(80, 2, func(v []float64) float64 { return v[0] + v[4] })
	one, _ := train(t, list)
	slices.Reverse(list)
	two, _ := train(t, list)
	if one.Hash() != two.Hash() || one.Data != two.Data {
		t.Error("the same outcomes in another order gave another ranker")
	}
	list[0].Others = list[0].Others[:1]
	three, _ := train(t, list)
	if three.Data == one.Data {
		t.Error("other outcomes have the same data hash")
	}
}

func TestArtefactRoundTrip(t *testing.T) {
	artefact, report := train(t, contests(120, 4, func(v []float64) float64 { return feature(v, rank.Pay) }))
	path := filepath.Join(t.TempDir(), "ranker.parley")
	if err := learn.WriteFile(path, artefact); err != nil {
		t.Fatal(err)
	}
	ranker, err := rank.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for feature, weight := range ranker.Weights() {
		if weight != report.Weights[feature] {
			t.Errorf("%s: %g, trained %g", feature, weight, report.Weights[feature])
		}
	}
	identity := ranker.Identity()
	if identity.Hash != artefact.Hash() || identity.Name == rank.Default().Identity().Name {
		t.Errorf("it calls itself %+v", identity)
	}
}

func TestOpenRefuses(t *testing.T) {
	good := rank.Default().Artefact()
	changed := func(change func(*learn.Artefact)) *learn.Artefact {
		a := *good
		a.Body = bytes.Clone(good.Body)
		change(&a)
		return &a
	}
	for name, tt := range map[string]struct {
		artefact *learn.Artefact
		want     error
	}{
		"the table itself": {good, nil},
		"another kind":     {changed(func(a *learn.Artefact) { a.Kind = "router" }), learn.ErrKind},
		"another format":   {changed(func(a *learn.Artefact) { a.Format++ }), learn.ErrFormat},
		"other features": {changed(func(a *learn.Artefact) {
			a.Body = bytes.Replace(a.Body, []byte(`"features":"`), []byte(`"features":"0`), 1)
		}), rank.ErrFeatures},
		"a negative weight":  {changed(func(a *learn.Artefact) { a.Body = bytes.Replace(a.Body, []byte(`"must":`), []byte(`"must":-`), 1) }), learn.ErrDamaged},
		"an unknown feature": {changed(func(a *learn.Artefact) { a.Body = bytes.Replace(a.Body, []byte(`"must":`), []byte(`"name":`), 1) }), learn.ErrDamaged},
		"no JSON":            {changed(func(a *learn.Artefact) { a.Body = a.Body[1:] }), learn.ErrDamaged},
	} {
		if _, err := rank.FromArtefact(tt.artefact); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}
