package inspecttest

import (
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

// Bench measures the queries of the console on a store whose site "shop" has
// 100,000 sessions s0 … s99999, a second apart, with three turns each.
func Bench(b *testing.B, store inspect.Store) {
	reader := inspect.Reader{Store: store}
	deep := inspect.Cursor{Updated: time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC), ID: "s36000"}
	for name, f := range map[string]inspect.Filter{
		"newest":            {},
		"deep":              {After: deep},
		"running":           {Status: sessions.StatusRunning},
		"failed, 1%":        {Status: sessions.StatusFailed},
		"workflow, 90%":     {Workflow: "job_post"},
		"workflow, none":    {Workflow: "nothing"},
		"rated down, 2%":    {Down: true},
		"person":            {Person: "person-77"},
		"problem, 1%":       {Problem: "unavailable"},
		"rare word":         {Text: "needle777"},
		"word in 1%":        {Text: "wordpress"},
		"word in every one": {Text: "website"},
		"two words":         {Text: "website needle777"},
		"session's id":      {Text: "s4242"},
		"last hour":         {From: time.Date(2026, 1, 2, 2, 50, 0, 0, time.UTC)},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := reader.List(b.Context(), "shop", f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("a turn", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Turn(b.Context(), "shop", "s500-r1"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
