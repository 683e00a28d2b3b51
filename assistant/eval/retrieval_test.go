package eval_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// measuring measures on the embedded index; removed counts indexes that were taken away.
func measuring(t *testing.T) (measure eval.Retrieval, removed *int) {
	removed = new(int)
	return eval.Retrieval{
		Embedder: embed.Default(), Vocabulary: skills.Default(), Seed: 1, Resamples: 200,
		Open: func(ctx context.Context) (retrieval.Index, func() error, error) {
			db, err := migrations.OpenSQLite(t.TempDir())
			if err != nil {
				return nil, nil, err
			}
			if err := migrations.SQLite(ctx, db.Write); err != nil {
				return nil, nil, err
			}
			index, err := sqliteindex.New(ctx, db)
			return index, func() error { *removed++; return db.Close() }, err
		},
	}, removed
}

func TestRun(t *testing.T) {
	measure, removed := measuring(t)
	measure.Halves, measure.Queries = []eval.Half{eval.All}, true
	report, err := measure.Run(t.Context(), read(t, eval.TalentCLEF))
	if err != nil {
		t.Fatal(err)
	}
	if *removed != 1 {
		t.Errorf("%d indexes were taken away", *removed)
	}
	if len(report.Results) != 1 || report.Results[0].Queries != 4 || report.Documents != 7 {
		t.Fatalf("%+v", report)
	}
	for _, q := range report.Results[0].PerQuery {
		for _, system := range []string{eval.SystemWords, eval.SystemGrams, eval.SystemLexical, eval.SystemAliases, eval.SystemNearest, eval.SystemHybrid, eval.SystemFull} {
			score, ok := q.Scores[system]
			if !ok || score < 0 || score > 1 {
				t.Errorf("%s scores %v for %q", system, score, q.Text)
			}
			if q.Text == "roofer" && score != 1 {
				t.Errorf("%s scores %v for a title that is there as it is", system, score)
			}
		}
	}
	for _, s := range report.Results[0].Systems {
		if s.Baseline != (s.Against == nil) {
			t.Errorf("%s: baseline %v, compared %v", s.System, s.Baseline, s.Against != nil)
		}
	}
}

// TestRunTwice: the same seed gives the same report, to the last digit.
func TestRunTwice(t *testing.T) {
	var reports [2]string
	for i := range reports {
		measure, _ := measuring(t)
		measure.Halves, measure.Queries, measure.Sample = []eval.Half{eval.All}, true, 3
		report, err := measure.Run(t.Context(), read(t, eval.TalentCLEF))
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		reports[i] = string(text)
	}
	if reports[0] != reports[1] {
		t.Errorf("two reports differ:\n%s\n%s", reports[0], reports[1])
	}
}

func TestReportForPeople(t *testing.T) {
	measure, _ := measuring(t)
	measure.Halves = []eval.Half{eval.All}
	report, err := measure.Run(t.Context(), read(t, eval.TalentCLEF))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.Write(&b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, line := range []string{
		`TalentCLEF 2025 A, English: job title to job titles\n4 queries, all of them, among 7 documents; embedding \S+\n`,
		`\n  system +MAP +gain +90% interval +95% interval +difference \(95%\)\n`,
		`\n  BM25, words( \*)? +\d\.\d{3}\n`,
		`\n  Parley, both with aliases +\d\.\d{3} +[+-]\d+\.\d% +[+-]\d+\.\d% to [+-]\d+\.\d% `,
	} {
		if !regexp.MustCompile(line).MatchString(text) {
			t.Errorf("no line like %q in\n%s", line, text)
		}
	}
	if strings.Count(text, " *") != 1 {
		t.Errorf("one baseline is the better one:\n%s", text)
	}
}

type brokenEmbedder struct{ *embed.Trained }

var errBroken = errors.New("the model is gone")

func (brokenEmbedder) Embed(context.Context, []string) ([][]float32, error) { return nil, errBroken }

func TestRunFails(t *testing.T) {
	task := read(t, eval.TalentCLEF)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	errFull := errors.New("disk full")
	for _, tt := range []struct {
		name    string
		ctx     context.Context
		change  func(*eval.Retrieval)
		want    error
		removed int
	}{
		{"canceled", canceled, func(*eval.Retrieval) {}, context.Canceled, 0},
		{"no index", t.Context(), func(m *eval.Retrieval) {
			m.Open = func(context.Context) (retrieval.Index, func() error, error) { return nil, nil, errFull }
		}, errFull, 0},
		// A search without vectors would be measured as something it is not.
		{"embedder", t.Context(), func(m *eval.Retrieval) { m.Embedder = brokenEmbedder{embed.Default()} }, errBroken, 1},
		{"half without queries", t.Context(), func(m *eval.Retrieval) { m.Halves = []eval.Half{"third"} }, eval.ErrData, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			measure, removed := measuring(t)
			tt.change(&measure)
			if _, err := measure.Run(tt.ctx, task); !errors.Is(err, tt.want) {
				t.Errorf("the error is %v, want %v", err, tt.want)
			}
			if *removed != tt.removed {
				t.Errorf("%d indexes were taken away, want %d", *removed, tt.removed)
			}
		})
	}
}
