package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// Timing is how long a part of the cascade takes for a message, on one core:
// of each message the least of three runs, which leaves out what else the
// machine was doing.
type Timing struct {
	Name   string        `json:"name"`
	Title  string        `json:"title"`
	Median time.Duration `json:"median_ns"`
	P99    time.Duration `json:"p99_ns"`
	Most   time.Duration `json:"most_ns"`
	Second float64       `json:"per_second"`
}

const timedRuns = 3

// times measures rules, classifier and both with the decision.
func (c Cascade) times(ctx context.Context, cases []Case) []Timing {
	if len(cases) == 0 {
		return nil
	}
	m := c.moderator()
	defer m.Close()
	found := make([]rules.Result, len(cases))
	return []Timing{
		timed("rules", "Rules", len(cases), func(i int) { found[i] = c.Rules.Check(cases[i].Message) }),
		timed("classifier", "Classifier", len(cases), func(i int) { c.Classifier.Score(cases[i].Message, found[i]) }),
		timed("both", "Rules, classifier and decision", len(cases), func(i int) { m.Screen(ctx, tenant, cases[i].Message) }),
	}
}

func timed(name, title string, n int, do func(i int)) Timing {
	least := make([]time.Duration, n)
	for run := range timedRuns {
		for i := range least {
			start := time.Now()
			do(i)
			if took := time.Since(start); run == 0 || took < least[i] {
				least[i] = took
			}
		}
	}
	var sum time.Duration
	for _, d := range least {
		sum += d
	}
	slices.Sort(least)
	return Timing{
		Name: name, Title: title, Median: least[(n-1)/2], P99: least[(n-1)*99/100], Most: least[n-1],
		Second: float64(n) / max(sum.Seconds(), 1e-9),
	}
}
