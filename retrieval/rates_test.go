package retrieval_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func TestReadRates(t *testing.T) {
	rates, err := retrieval.ReadRates(strings.NewReader("\uFEFFdate,base,currency,rate\r\n2026-11-01,USD,EUR,0.8\r\n2026-11-01, usd, jpy, 150\r\n2026-11-01,USD,USD,1\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		amount   int64
		from, to string
		want     int64
		ok       bool
	}{
		{100_00, "USD", "EUR", 80_00, true},
		{80_00, "EUR", "USD", 100_00, true},
		{80_00, "EUR", "JPY", 15_000, true}, // no minor unit
		{15_000, "JPY", "EUR", 80_00, true},
		{5, "GBP", "GBP", 5, true},
		{5, "GBP", "USD", 0, false},
	} {
		if got, ok := rates.Convert(tt.amount, tt.from, tt.to); got != tt.want || ok != tt.ok {
			t.Errorf("%d %s is %d %s, %v; want %d, %v", tt.amount, tt.from, got, tt.to, ok, tt.want, tt.ok)
		}
	}
	if rates.On != "2026-11-01" {
		t.Errorf("rates of %q", rates.On)
	}
	for name, tt := range map[string]struct{ table, says string }{
		"empty":            {"", "first line"},
		"no header":        {"2026-11-01,USD,EUR,0.8\n", "first line"},
		"no rows":          {"date,base,currency,rate\n", "empty"},
		"two dates":        {"date,base,currency,rate\n2026-11-01,USD,EUR,0.8\n2026-11-02,USD,GBP,0.7\n", "line 3: date"},
		"two bases":        {"date,base,currency,rate\n2026-11-01,USD,EUR,0.8\n2026-11-01,EUR,GBP,0.7\n", "line 3: base"},
		"twice":            {"date,base,currency,rate\n2026-11-01,USD,EUR,0.8\n2026-11-01,USD,EUR,0.8\n", "twice"},
		"unknown currency": {"date,base,currency,rate\n2026-11-01,USD,EUX,0.8\n", "EUX"},
		"no date":          {"date,base,currency,rate\n,USD,EUR,0.8\n", "date: is missing"},
		"no such day":      {"date,base,currency,rate\n2026-02-30,USD,EUR,0.8\n", "2026-02-30"},
		"zero":             {"date,base,currency,rate\n2026-11-01,USD,EUR,0\n", "rate"},
		"negative":         {"date,base,currency,rate\n2026-11-01,USD,EUR,-1\n", "rate"},
		"not a number":     {"date,base,currency,rate\n2026-11-01,USD,EUR,NaN\n", "rate"},
		"infinite":         {"date,base,currency,rate\n2026-11-01,USD,EUR,Inf\n", "rate"},
		"base not one":     {"date,base,currency,rate\n2026-11-01,USD,USD,2\n", "itself"},
		"three fields":     {"date,base,currency,rate\n2026-11-01,USD,EUR\n", "wrong number of fields"},
		"binary":           {"\x00\x01\x02", "first line"},
	} {
		if _, err := retrieval.ReadRates(strings.NewReader(tt.table)); !errors.Is(err, retrieval.ErrInvalid) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
}

func TestPayIsConvertedOnRequest(t *testing.T) {
	posts := append(fixed(100_00, 200_00, 300_00), paid{payType: "fixed", currency: "EUR", min: 320_00, max: 320_00},
		paid{payType: "fixed", currency: "EUR", min: 400_00, max: 400_00}, paid{payType: "fixed", currency: "GBP", min: 1_00, max: 1_00})
	plain, _ := loaded(t, pricedPosts("p", "web", "online shop", posts...))
	rates, err := retrieval.ReadRates(strings.NewReader("date,base,currency,rate\n2026-11-01,USD,EUR,0.8\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := plain.With(retrieval.Options{Rates: rates})
	for _, similar := range []bool{true, false} { // from the hits, and widened to the category
		q := retrieval.MarketQuery{Tenant: "t", Category: "web", PayType: "fixed", Currency: "USD"}
		if similar {
			if q.Hits, err = r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Limit: 60}); err != nil {
				t.Fatal(err)
			}
		}
		m, err := r.Market(t.Context(), q)
		if err != nil || len(m.Pay) != 0 {
			t.Errorf("three posts in dollars give %+v, %v", m.Pay, err)
		}
		if _, err := plain.Market(t.Context(), convert(q)); !errors.Is(err, retrieval.ErrInvalid) {
			t.Errorf("converted without rates: %v", err)
		}
		m, err = r.Market(t.Context(), convert(q))
		if err != nil || len(m.Pay) != 1 {
			t.Fatalf("%+v, %v", m.Pay, err)
		}
		if f := m.Pay[0]; f.Posts != 5 || f.P50 != 300_00 || f.Max != 500_00 || f.Converted["EUR"] != 2 || f.Converted["GBP"] != 0 || f.RatesOn != "2026-11-01" {
			t.Errorf("converted: %+v", f)
		}
		q.Currency = "GBP"
		if _, err := r.Market(t.Context(), convert(q)); !errors.Is(err, retrieval.ErrInvalid) {
			t.Errorf("to a currency without a rate: %v", err)
		}
	}
}

func convert(q retrieval.MarketQuery) retrieval.MarketQuery {
	q.Convert = true
	return q
}
