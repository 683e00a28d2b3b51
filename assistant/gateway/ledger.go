package gateway

import (
	"context"
	"errors"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// ErrBudget is a budget that does not cover the call it was given for.
var ErrBudget = errors.New("gateway: the budget does not cover the call")

// Errors of a call that was not made. Both match model.ErrUnavailable in what
// a Gateway returns: the next choice is tried.
var (
	ErrOverBudget  = errors.New("gateway: over budget")
	ErrRateLimited = errors.New("gateway: over the limit of a minute")
)

// Status is how far a call has come.
type Status string

// A call is reserved until it ends in one of the other ways. One that stays
// reserved after Expires was lost with its process, and counts by its estimate.
const (
	Reserved  Status = "reserved"
	Settled   Status = "settled"   // it answered
	Failed    Status = "failed"    // it did not, or not to the end, or was not made: see Error
	Cancelled Status = "cancelled" // by whoever asked
)

// Entry is what a ledger keeps of a call: no text of anybody.
type Entry struct {
	Tenant   string
	ID       string // unguessable
	Session  string
	Response string

	Purpose  model.Purpose
	Task     string
	Endpoint string
	Model    string // as configured
	Prompt   string // name and version

	Status   Status
	Estimate model.Usage // at most, by what is sent and what the answer is limited to
	Used     model.Usage // none while reserved; Known when the server said so, counted here otherwise
	// Costs are in millionths of Currency, which is "" when the price is not known.
	EstimatedCost int64
	Cost          int64 // 0 while reserved
	Currency      string

	Created    time.Time
	Expires    time.Time // when a call that is still reserved must have ended
	Ended      time.Time // zero while reserved
	FirstToken time.Duration
	Total      time.Duration
	Error      string // its class: see the table in docs/models.md; "" when it answered
}

// Charge is what the call counts for in budgets.
func (e Entry) Charge() int64 {
	if e.Status == Reserved {
		return e.EstimatedCost
	}
	return e.Cost
}

// Accounts are those that the call may count against, whether or not there is
// a budget for them; none when its price is not known.
func (e Entry) Accounts() []Account {
	if e.Currency == "" {
		return nil
	}
	var accounts []Account
	for _, tenant := range either(e.Tenant) {
		for _, purpose := range either(e.Purpose) {
			for _, period := range []Period{Day, Month} {
				accounts = append(accounts, Account{tenant, purpose, e.Currency, period.Window(e.Created)})
			}
		}
	}
	return accounts
}

// either returns a name and the one that stands for all together.
func either[T ~string](name T) []T {
	if name == "" {
		return []T{""}
	}
	return []T{"", name}
}

// Ledger keeps a row for each call of a model at an endpoint, and adds up what
// the calls of each [Account] with a budget cost. Package ledgertest is the suite for it.
type Ledger interface {
	// Reserve adds a call that is about to be made if its estimated cost fits
	// each of the budgets, and counts it against them, at once and whatever other
	// processes do meanwhile. Otherwise it changes nothing and returns
	// ErrOverBudget. An account that is not kept yet begins with what
	// the calls of its window that are already there come to.
	Reserve(ctx context.Context, call Entry, budgets []Budget) error
	// Record writes calls in their order, all or none. A reserved one is added
	// unless it is there. Any other ends the reserved call of its ID, or is added; what
	// has already ended stays as it is. So writing the same again changes nothing.
	Record(ctx context.Context, calls []Entry) error
	// Calls returns the calls for a response, oldest first.
	Calls(ctx context.Context, tenant, response string) ([]Entry, error)
	// Spent returns what counts against a budget in the window of that time.
	Spent(ctx context.Context, budget Budget, at time.Time) (int64, error)
}
