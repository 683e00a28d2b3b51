package figures_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/web/figures"
)

func TestBudgets(t *testing.T) {
	now := time.Date(2026, 4, 11, 0, 0, 0, 0, time.UTC) // ten days of thirty
	budgets := []gateway.Budget{
		{Tenant: "shop", Amount: 1000, Currency: "USD", Per: gateway.Month},
		{Tenant: "shop", Purpose: "job_post", Amount: 4000, Currency: "USD", Per: gateway.Month},
		{Tenant: "other", Amount: 1, Currency: "USD", Per: gateway.Month},
		{Amount: 700, Currency: "USD", Per: gateway.Day},
	}
	at := func(day int, hours time.Duration) *time.Time {
		at := time.Date(2026, 4, day, 0, 0, 0, 0, time.UTC).Add(hours * time.Hour)
		return &at
	}
	spent := func(sum int64) figures.Spent {
		return func(context.Context, gateway.Budget, time.Time) (int64, error) { return sum, nil }
	}
	for _, c := range []struct {
		name   string
		spent  int64
		shared bool
		empty  []*time.Time
	}{
		{"half in a third", 500, false, []*time.Time{at(21, 0), nil}},
		{"all", 1000, false, []*time.Time{at(11, 0), nil}},
		{"more than all", 1200, false, []*time.Time{at(11, 0), nil}},
		{"nothing", 0, true, []*time.Time{nil, nil, nil}},
		{"next to nothing", 1, false, []*time.Time{nil, nil}},
		{"a day's in its first hour", 350, true, []*time.Time{at(29, 1), nil, at(11, 1)}},
	} {
		states, err := figures.Budgets(t.Context(), spent(c.spent), budgets, "shop", c.shared, now)
		if err != nil {
			t.Fatal(err)
		}
		var empty []*time.Time
		for _, s := range states {
			empty = append(empty, s.Empty)
			if s.Left != max(0, s.Amount-c.spent) || s.Shared != (s.Per == "day") {
				t.Errorf("%s: %+v", c.name, s)
			}
		}
		if c.name == "a day's in its first hour" { // 350 in ten days: the rest of 1000 lasts 18.57 days
			if states[0].Empty == nil || states[0].Empty.Format(time.DateOnly) != "2026-04-29" {
				t.Errorf("%s: %v", c.name, states[0].Empty)
			}
			empty[0] = c.empty[0]
		}
		if diff := cmp.Diff(c.empty, empty); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	broken := func(context.Context, gateway.Budget, time.Time) (int64, error) { return 0, errors.New("gone") }
	if _, err := figures.Budgets(t.Context(), broken, budgets, "shop", false, now); !errors.Is(err, figures.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}
