package gateway

import (
	"cmp"
	"maps"
	"slices"
)

// Spending is by how much accounts change; for adapters of a [Ledger].
type Spending map[Account]int64

// Add counts an amount for each account that a call may count against.
func (s Spending) Add(call Entry, amount int64) {
	for _, account := range call.Accounts() {
		s[account] += amount
	}
}

// Accounts returns the accounts in the one order in which all adapters lock them.
func (s Spending) Accounts() []Account {
	return slices.SortedFunc(maps.Keys(s), func(a, b Account) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Purpose, b.Purpose), cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Window, b.Window))
	})
}
