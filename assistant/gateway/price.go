package gateway

import (
	"fmt"
	"math/big"
	"regexp"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// Price is what a model costs from a day on. Of several prices the one with the
// latest day that is not after the call holds, and one that names the call's
// endpoint goes before one that names none.
type Price struct {
	Endpoint string // "" for every endpoint
	Model    string
	From     time.Time
	Input    int64  // millionths of Currency for a million tokens
	Output   int64  // likewise
	Currency string // ISO 4217
}

// perMillion is what token counts are divided by: prices are for a million.
const perMillion = 1_000_000

// cost is in millionths of the price's currency, rounded up, so that no call
// of a priced model looks free.
func (p Price) cost(usage model.Usage) int64 {
	return charge(usage.InputTokens, p.Input) + charge(usage.OutputTokens, p.Output)
}

func charge(tokens int, price int64) int64 {
	total := new(big.Int).Mul(big.NewInt(int64(tokens)), big.NewInt(price))
	total.Add(total, big.NewInt(perMillion-1)).Quo(total, big.NewInt(perMillion))
	if !total.IsInt64() {
		return 1 << 62 // tokens that no server counts: more than any budget
	}
	return total.Int64()
}

// PriceOf returns the price of a model in force at a time; false when it is not known.
func PriceOf(prices []Price, endpoint, name string, at time.Time) (best Price, known bool) {
	for _, p := range prices {
		if p.Model != name || p.Endpoint != "" && p.Endpoint != endpoint || p.From.After(at) {
			continue
		}
		own, bestOwn := p.Endpoint != "", best.Endpoint != ""
		if !known || own && !bestOwn || own == bestOwn && p.From.After(best.From) {
			best, known = p, true
		}
	}
	return best, known
}

var amount = regexp.MustCompile(`^\d{1,9}(\.\d{1,9})?$`)

// Millionths reads an amount of money such as "0.15", for times units, exactly.
// Amounts with more places than there are millionths are errors.
func Millionths(text string, times int64) (int64, error) {
	if !amount.MatchString(text) {
		return 0, fmt.Errorf("%w: %q is no amount: write it like 0.15", ErrConfig, text)
	}
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		return 0, fmt.Errorf("%w: %q is no amount", ErrConfig, text)
	}
	value.Mul(value, new(big.Rat).SetInt64(times*1_000_000))
	if !value.IsInt() || !value.Num().IsInt64() {
		return 0, fmt.Errorf("%w: %q has more decimal places than are counted", ErrConfig, text)
	}
	return value.Num().Int64(), nil
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

func (p Price) validate(c Config) error {
	_, known := c.Endpoints[p.Endpoint]
	switch {
	case p.Model == "":
		return fmt.Errorf("the model's name is missing")
	case p.Endpoint != "" && !known:
		return fmt.Errorf("model %s: there is no endpoint %q", p.Model, p.Endpoint)
	case !currencyCode.MatchString(p.Currency):
		return fmt.Errorf("model %s: currency %q is not of the form USD", p.Model, p.Currency)
	case p.Input < 0 || p.Output < 0:
		return fmt.Errorf("model %s: prices must not be negative", p.Model)
	}
	return nil
}
