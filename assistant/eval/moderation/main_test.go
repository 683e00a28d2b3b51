package moderation

import (
	"log/slog"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func cascade() Cascade {
	return Cascade{Rules: rules.Default(), Classifier: classify.Default(), Log: slog.New(slog.DiscardHandler)}
}

// written are messages by an author of the corpus. The classifier has learned
// from them: they exercise the measurement and measure nothing.
func written(t testing.TB, n int) (cases []Case) {
	t.Helper()
	all, err := corpus.Written()
	if err != nil {
		t.Fatal(err)
	}
	step := max(1, len(all)/n)
	for i := 0; i < len(all) && len(cases) < n; i += step {
		c := Case{all[i]}
		if err := c.check(i + 1); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	return cases
}

func read(t *testing.T, lines ...string) []Case {
	t.Helper()
	cases, err := ReadCases(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}
