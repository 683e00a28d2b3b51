package retrieval

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Rates are exchange rates of one day.
type Rates struct {
	On    string             // YYYY-MM-DD
	Units map[string]float64 // units of a currency that one unit of the base buys; the base has 1
}

const (
	ratesHeader = "date,base,currency,rate"
	maxRates    = 1000 // lines of a table
)

// ReadRates reads a table of exchange rates: CSV in UTF-8 with the header
//
//	date,base,currency,rate
//	2026-11-01,USD,EUR,0.8621
//	2026-11-01,USD,JPY,154.2
//
// where one unit of the base buys rate units of the currency. All lines are of
// the same date and base; each currency, by its code of ISO 4217, stands once. Anything
// else is an error that names the line and wraps ErrInvalid.
func ReadRates(from io.Reader) (*Rates, error) {
	text := bufio.NewReader(from)
	if mark, err := text.Peek(3); err == nil && string(mark) == "\uFEFF" {
		_, _ = text.Discard(3) // was peeked at
	}
	reader := csv.NewReader(text)
	reader.FieldsPerRecord, reader.TrimLeadingSpace = 4, true
	header, err := reader.Read()
	if err != nil || strings.ToLower(strings.Join(header, ",")) != ratesHeader {
		return nil, fmt.Errorf("%w: rates: the first line is not %q", ErrInvalid, ratesHeader)
	}
	rates := &Rates{Units: make(map[string]float64)}
	base := ""
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: rates: %w", ErrInvalid, err)
		}
		line, _ := reader.FieldPos(0)
		if err := rates.add(row, &base); err != nil {
			return nil, fmt.Errorf("%w: rates: line %d: %w", ErrInvalid, line, err)
		}
	}
	if base == "" {
		return nil, fmt.Errorf("%w: rates: the table is empty", ErrInvalid)
	}
	return rates, nil
}

// add takes in a row: date, base, currency, rate. The first one says date and base of all.
func (r *Rates) add(row []string, base *string) error {
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	date, from, currency := row[0], upper(row[1]), upper(row[2])
	var c checks
	c.date("date", date)
	if date == "" {
		c.failf("date", "is missing")
	}
	for _, code := range []string{from, currency} {
		if _, ok := CurrencyExponent(code); !ok {
			c.failf("currency", "%q is not an ISO 4217 code", short(code))
		}
	}
	rate, err := strconv.ParseFloat(row[3], 64)
	if err != nil || !(rate >= 1e-9 && rate <= 1e9) {
		c.failf("rate", "%q is no number above 0, such as 0.8621", short(row[3]))
	}
	if len(c) > 0 {
		return c[0]
	}
	if *base == "" {
		r.On, *base, r.Units[from] = date, from, 1
	}
	switch _, known := r.Units[currency]; {
	case date != r.On:
		return fmt.Errorf("date: %s differs from %s: a table is of one day", date, r.On)
	case from != *base:
		return fmt.Errorf("base: %s differs from %s: a table has one base", from, *base)
	case currency == *base && rate != 1:
		return fmt.Errorf("rate: the base buys %v of itself", rate)
	case known && currency != *base:
		return fmt.Errorf("currency: %s stands twice", currency)
	case len(r.Units) >= maxRates:
		return fmt.Errorf("the table has more than %d lines", maxRates)
	}
	r.Units[currency] = rate
	return nil
}

// Convert returns an amount of minor units in another currency, and false when
// one of the two has no rate.
func (r *Rates) Convert(amount int64, from, to string) (int64, bool) {
	if r == nil || from == to {
		return amount, from == to
	}
	a, b := r.Units[from], r.Units[to]
	if a <= 0 || b <= 0 {
		return 0, false
	}
	return round(float64(amount) / float64(MinorUnits(from)) / a * b * float64(MinorUnits(to))), true
}
