package figures_test

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/figures"
)

// memory is a store whose month is summed up, as JSON as databases keep it.
type memory struct {
	figures.Store
	until  time.Time
	at     []time.Time
	bodies [][]byte
}

func (m *memory) Standing(context.Context, string) (figures.Standing, error) {
	return figures.Standing{Until: m.until, First: m.at[0]}, nil
}

func (m *memory) Rows(context.Context, string, time.Time, time.Time) (figures.Rows, error) {
	return figures.Rows{}, nil
}

func (m *memory) Sums(context.Context, string, time.Time, time.Time) ([]figures.Sum, error) {
	sums := make([]figures.Sum, len(m.bodies))
	for i, body := range m.bodies {
		if err := json.Unmarshal(body, &sums[i]); err != nil {
			return nil, err
		}
		sums[i].At = m.at[i]
	}
	return sums, nil
}

// BenchmarkReport is a month of a million turns and 1.5 million model calls, without the database.
func BenchmarkReport(b *testing.B) {
	now := time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)
	m, size := &memory{until: now}, 0
	random := rand.New(rand.NewPCG(1, 1))
	around := func() time.Duration {
		return time.Duration(math.Exp(random.NormFloat64()*0.7) * float64(2*time.Second))
	}
	routes, models := []string{"job_post", "advice", "shortlist", "proposal"}, []string{"small", "large"}
	for at := now.AddDate(0, 0, -30); at.Before(now); at = at.Add(figures.Slot) {
		var rows figures.Rows
		for n := range 347 {
			rows.Turns = append(rows.Turns, figures.Turn{At: at, Route: routes[n%4], Model: models[n%2], Outcome: "completed", FirstText: around(), Whole: around()})
		}
		for n := range 520 {
			rows.Calls = append(rows.Calls, figures.Call{At: at, Purpose: routes[n%4], Model: models[n%2], Endpoint: "a", Currency: "USD", Status: "settled", Cost: 5, FirstToken: around(), Total: around()})
		}
		body, err := json.Marshal(figures.Summarise(rows, nil)[0])
		if err != nil {
			b.Fatal(err)
		}
		m.at, m.bodies = append(m.at, at), append(m.bodies, body)
		size += len(body)
	}
	b.Logf("%d sums of %d bytes", len(m.at), size/len(m.at))
	span, err := figures.Last(30, figures.ByDay, now, time.UTC)
	if err != nil {
		b.Fatal(err)
	}
	f := figures.New(m, func() time.Time { return now })
	for b.Loop() {
		if _, err := f.Report(b.Context(), figures.Query{Tenant: "shop", Span: span}); err != nil {
			b.Fatal(err)
		}
	}
}
