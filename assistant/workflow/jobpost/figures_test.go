package jobpost

import (
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
)

var dollars = retrieval.PayFigure{ID: "figure:fixed:USD", PayType: "fixed", Currency: "USD", Scope: "similar", Posts: 14, Min: 90000, P25: 280000, P50: 360000, P75: 450000, Max: 900000, From: "2025-01-03", To: "2026-10-20"}

func TestFigureText(t *testing.T) {
	hourly := dollars
	hourly.PayType, hourly.P25, hourly.P50, hourly.P75, hourly.Scope = "hourly", 1825, 2350, 3100, "category"
	yen := dollars
	yen.Currency, yen.P25, yen.P50, yen.P75, yen.To = "JPY", 40000, 60000, 80000, "2025-01-30"
	for _, test := range []struct {
		figure retrieval.PayFigure
		want   string
	}{
		{dollars, "Similar fixed-price posts mostly paid $2,800–4,500 (median $3,600, 14 posts, Jan 2025 – Oct 2026)."},
		{hourly, "Too few posts are close to this one; hourly posts in Design in general mostly paid $18.25–31 an hour (median $24, 14 posts, Jan 2025 – Oct 2026)."},
		{yen, "Similar fixed-price posts mostly paid ¥40,000–80,000 (median ¥60,000, 14 posts, Jan 2025)."},
	} {
		if got := workflow.FigureText(test.figure, "design"); got != test.want {
			t.Errorf("got  %q\nwant %q", got, test.want)
		}
	}
}

func TestPlaceText(t *testing.T) {
	pay := func(sum int64) brief.Pay { return brief.Pay{Type: "fixed", Min: sum, Max: sum, Currency: "USD"} }
	for _, test := range []struct {
		pay  brief.Pay
		want string
	}{
		{pay(50000), "is less than any of them paid"},
		{pay(100000), "is less than three in four of them paid"},
		{pay(300000), "lies in the lower half of that range"},
		{pay(360000), "is right at the median"},
		{pay(400000), "lies in the upper half of that range"},
		{pay(500000), "is more than three in four of them paid"},
		{pay(2000000), "is more than any of them paid"},
		{brief.Pay{Type: "fixed", Min: 200000, Max: 520000, Currency: "USD"}, "is right at the median"},
		{brief.Pay{Min: 400000, Max: 400000, Currency: "USD"}, "lies in the upper half of that range"},
		{brief.Pay{Type: "fixed", Min: 400000, Max: 400000, Currency: "EUR"}, ""},
		{brief.Pay{Type: "hourly", Min: 4000, Max: 4000, Currency: "USD"}, ""},
		{brief.Pay{Per: "month", Min: 400000, Max: 400000, Currency: "USD"}, ""},
		{brief.Pay{Type: "fixed", Currency: "USD"}, ""},
	} {
		if got := placeText(dollars, test.pay, true); got != test.want {
			t.Errorf("%+v: got %q, want %q", test.pay, got, test.want)
		}
	}
}

func TestPayFigureNeverMixesCurrencies(t *testing.T) {
	euros := dollars
	euros.Currency, euros.ID, euros.Posts = "EUR", "figure:fixed:EUR", 6
	market := &retrieval.Market{Pay: []retrieval.PayFigure{dollars, euros}}
	for _, test := range []struct {
		pay  brief.Pay
		want string
	}{
		{brief.Pay{}, "figure:fixed:USD"},
		{brief.Pay{Currency: "EUR"}, "figure:fixed:EUR"},
		{brief.Pay{Type: "fixed", Currency: "EUR", Min: 100, Max: 100}, "figure:fixed:EUR"},
		{brief.Pay{Currency: "GBP"}, ""},
		{brief.Pay{Type: "hourly"}, ""},
		{brief.Pay{Per: "month", Currency: "USD"}, ""},
	} {
		got := ""
		if f := payFigure(market, test.pay); f != nil {
			got = f.ID
		}
		if got != test.want {
			t.Errorf("%+v: got %q, want %q", test.pay, got, test.want)
		}
	}
	if payFigure(nil, brief.Pay{}) != nil {
		t.Error("a figure without a market")
	}
}

func TestFriendly(t *testing.T) {
	for _, test := range []struct {
		minor    int64
		currency string
		want     int64
	}{{363700, "USD", 360000}, {4375, "USD", 4400}, {50, "USD", 100}, {81234, "JPY", 81000}, {995, "USD", 1000}} {
		if got := friendly(test.minor, test.currency); got != test.want {
			t.Errorf("%d %s: %d, want %d", test.minor, test.currency, got, test.want)
		}
	}
}
