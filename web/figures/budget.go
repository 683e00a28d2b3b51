package figures

import (
	"context"
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
)

// BudgetState is how much of a budget is spent in its present day or month, of UTC.
type BudgetState struct {
	Purpose  string    `json:"purpose,omitempty"` // "" for all together
	Shared   bool      `json:"shared,omitempty"`  // with the other sites
	Currency string    `json:"currency"`
	Per      string    `json:"per"`    // day, month
	Amount   int64     `json:"amount"` // millionths of Currency, as those that follow
	Spent    int64     `json:"spent"`
	Left     int64     `json:"left"`
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
	// Empty is when the budget will be spent at the pace of its window so far;
	// missing when it will last.
	Empty *time.Time `json:"empty,omitempty"`
}

// leastPace is the least time that a pace is worked out from: a first call says
// little of a month.
const leastPace = time.Hour

// Spent tells how budgets stand.
type Spent func(ctx context.Context, budget gateway.Budget, at time.Time) (int64, error)

// Budgets tells how those budgets stand that hold for a tenant. Those of all
// tenants together are told only where shared is set: they say what others spend.
func Budgets(ctx context.Context, spent Spent, budgets []gateway.Budget, tenant string, shared bool, now time.Time) ([]BudgetState, error) {
	states := []BudgetState{}
	for _, b := range budgets {
		if b.Tenant != tenant && (b.Tenant != "" || !shared) {
			continue
		}
		sum, err := spent(ctx, b, now)
		if err != nil {
			return nil, unavailable(err)
		}
		state, err := budgetState(b, sum, now)
		if err != nil {
			return nil, err
		}
		states = append(states, state)
	}
	return states, nil
}

func budgetState(b gateway.Budget, spent int64, now time.Time) (BudgetState, error) {
	from, until, err := b.Account(now).Span()
	s := BudgetState{
		Purpose: string(b.Purpose), Shared: b.Tenant == "", Currency: b.Currency, Per: string(b.Per),
		Amount: b.Amount, Spent: spent, Left: max(0, b.Amount-spent), From: from, Until: until,
	}
	if err != nil || spent <= 0 {
		return s, err
	}
	pace := float64(spent) / float64(max(now.Sub(from), leastPace))
	// As a float: at a slow pace the rest would last for longer than a Duration can say.
	if rest := float64(s.Left) / pace; rest < float64(until.Sub(now)) {
		empty := now.Add(time.Duration(rest)).UTC().Truncate(time.Second)
		s.Empty = &empty
	}
	return s, nil
}
