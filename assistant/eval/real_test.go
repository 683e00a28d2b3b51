package eval_test

import (
	"math"
	"os"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
)

// TestRealTalentCLEF measures all 105 queries: the baselines score what others
// have measured with them, and both lists together are well above.
func TestRealTalentCLEF(t *testing.T) {
	folder := os.Getenv("PARLEY_TESTDATA")
	switch {
	case folder == "":
		t.Skip("PARLEY_TESTDATA is not set: needs judged job titles")
	case underRace:
		t.Skip("figures do not depend on the race detector, which makes this very slow")
	}
	task, err := eval.TalentCLEF(folder)
	if err != nil {
		t.Fatal(err)
	}
	measure, _ := measuring(t)
	measure.Halves = []eval.Half{eval.All}
	report, err := measure.Run(t.Context(), task)
	if err != nil {
		t.Fatal(err)
	}
	result := report.Results[0]
	if result.Queries != 105 || report.Documents != 2619 {
		t.Errorf("%d queries among %d documents", result.Queries, report.Documents)
	}
	for _, s := range result.Systems {
		t.Logf("%s: MAP %.3f", s.Title, s.Mean)
		switch s.System {
		case eval.SystemWords:
			about(t, s, 0.265)
		case eval.SystemGrams:
			about(t, s, 0.34)
		case eval.SystemFull:
			if s.Against.Relative < 0.15 || s.Against.Relative95.Low <= 0 {
				t.Errorf("%s gains %+v", s.Title, *s.Against)
			}
		}
	}
}

func about(t *testing.T, s eval.Score, want float64) {
	t.Helper()
	if math.Abs(s.Mean-want) > 0.01 {
		t.Errorf("%s: MAP %.3f, want about %.3f", s.Title, s.Mean, want)
	}
}
