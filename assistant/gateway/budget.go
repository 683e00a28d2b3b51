package gateway

import (
	"errors"
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// Period is how long a budget lasts. Days and months are those of UTC.
type Period string

// The periods of a budget.
const (
	Day   Period = "day"
	Month Period = "month"
)

// Budget is the most that the calls it covers may cost in a day or month. A
// budget without tenant covers the calls of all tenants together, one without
// purpose those for all purposes. A call must fit every budget that covers it.
type Budget struct {
	Tenant   string
	Purpose  model.Purpose
	Amount   int64 // millionths of Currency
	Currency string
	Per      Period
}

// Account is where a ledger adds up what calls cost: all that a budget covers,
// in one of its windows.
type Account struct {
	Tenant   string        // "" for all together
	Purpose  model.Purpose // "" for all together
	Currency string
	Window   string // "2026-03-02" or "2026-03"
}

// Account is the one that a call made at that time counts against.
func (b Budget) Account(at time.Time) Account {
	return Account{b.Tenant, b.Purpose, b.Currency, b.Per.Window(at)}
}

// Window names the period that a time is in: "2026-03-02" or "2026-03".
func (p Period) Window(at time.Time) string {
	if p == Day {
		return at.UTC().Format(time.DateOnly)
	}
	return at.UTC().Format("2006-01")
}

// Span returns the beginning of the account's window, and its end, which is
// not part of it.
func (a Account) Span() (from, until time.Time, err error) {
	if from, err = time.Parse(time.DateOnly, a.Window); err == nil {
		return from, from.AddDate(0, 0, 1), nil
	}
	if from, err = time.Parse("2006-01", a.Window); err != nil {
		return from, until, fmt.Errorf("gateway: %q is neither a day nor a month", a.Window)
	}
	return from, from.AddDate(0, 1, 0), nil
}

func (b Budget) covers(tenant string, purpose model.Purpose) bool {
	return (b.Tenant == "" || b.Tenant == tenant) && (b.Purpose == "" || b.Purpose == purpose)
}

func (b Budget) validate(c Config) error {
	switch {
	case b.Purpose != "" && !b.Purpose.Known():
		return fmt.Errorf("there is no purpose %q", b.Purpose)
	case b.Amount <= 0:
		return errors.New("the amount must be more than 0")
	case !currencyCode.MatchString(b.Currency):
		return fmt.Errorf("currency %q is not of the form USD", b.Currency)
	case b.Per != Day && b.Per != Month:
		return fmt.Errorf("per must be day or month, not %q", b.Per)
	}
	for purpose, choices := range c.Purposes {
		if !b.covers(b.Tenant, purpose) {
			continue
		}
		for _, choice := range choices {
			if err := b.priced(c, choice); err != nil {
				return fmt.Errorf("purpose %s: %w", purpose, err)
			}
		}
	}
	return nil
}

// priced makes sure that what a model costs can be held against the budget.
func (b Budget) priced(c Config, choice Choice) error {
	if _, remote := c.Endpoints[choice.Endpoint]; !remote {
		return nil
	}
	price, known := PriceOf(c.Prices, choice.Endpoint, choice.Model, time.Now())
	if !known {
		return fmt.Errorf("model %s at %s has a budget and needs a price in force", choice.Model, choice.Endpoint)
	}
	if price.Currency != b.Currency {
		return fmt.Errorf("model %s at %s is priced in %s, its budget is in %s", choice.Model, choice.Endpoint, price.Currency, b.Currency)
	}
	for _, p := range c.Prices {
		if p.Model == choice.Model && (p.Endpoint == "" || p.Endpoint == choice.Endpoint) && p.Currency != b.Currency && p.From.After(price.From) {
			return fmt.Errorf("model %s at %s will be priced in %s, its budget is in %s", choice.Model, choice.Endpoint, p.Currency, b.Currency)
		}
	}
	return nil
}
