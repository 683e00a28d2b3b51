package retrieval_test

import (
	"errors"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// paidIn are posts of a month that pay by the hour, from a rate upwards in steps of 1.00.
func paidIn(month string, n int, from int64, currency string) []retrieval.Document {
	docs := postedIn(month, "web", n, n, "reactjs")
	for i := range docs {
		p := docs[i].Post
		docs[i].ID += currency
		p.PayType, p.Currency, p.PayMin, p.PayMax = retrieval.PayHourly, currency, from+int64(i)*100, from+int64(i)*100
	}
	return docs
}

func payTrendOf(t *testing.T, docs []retrieval.Document, q retrieval.PayTrendQuery) retrieval.PayTrend {
	t.Helper()
	r, _ := loaded(t, docs)
	q.Tenant = "t"
	trend, err := r.At(trendDay).PayTrend(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return trend
}

func TestPayTrendByMonth(t *testing.T) {
	docs := paidIn("2025-01", 9, 3000, "EUR")
	docs = append(docs, paidIn("2025-03", 9, 5000, "EUR")...)
	docs = append(docs, paidIn("2025-02", 4, 100000, "USD")...) // another currency counts by itself
	docs = append(docs, paidIn("2031-01", 9, 9000, "EUR")...)   // a date to come is a slip
	trend := payTrendOf(t, docs, retrieval.PayTrendQuery{Skill: "React.js"})
	if trend.Skill != "React" || trend.PayType != "hourly" || trend.Currency != "EUR" || trend.Every != "month" || trend.Posts != 18 {
		t.Errorf("%+v", trend)
	}
	if len(trend.Periods) != 3 || trend.Periods[1].Posts != 0 || trend.Periods[1].Pay != nil {
		t.Fatalf("%+v", trend.Periods)
	}
	for i, want := range map[int][3]int64{0: {3200, 3400, 3600}, 2: {5200, 5400, 5600}} {
		p := trend.Periods[i]
		if p.Pay == nil || p.Posts != 9 || [3]int64{p.Pay.P25, p.Pay.P50, p.Pay.P75} != want {
			t.Errorf("period %s: %+v", p.From, p.Pay)
		}
	}
}

// Where months have too few posts for a figure, longer periods are told, and a
// period with fewer than MinPosts has none at all.
func TestPayTrendWidens(t *testing.T) {
	var docs []retrieval.Document
	for _, month := range []string{"2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"} {
		docs = append(docs, paidIn(month, 3, 4000, "EUR")...)
	}
	docs = append(docs, paidIn("2024-12", 2, 4000, "EUR")...)
	trend := payTrendOf(t, docs, retrieval.PayTrendQuery{PayType: "hourly", Currency: "EUR"})
	if trend.Every != "quarter" || len(trend.Periods) != 4 || trend.Periods[0].From != "2024-01" || trend.Periods[0].Posts != 9 {
		t.Fatalf("%+v", trend)
	}
	if last := trend.Periods[3]; last.From != "2024-10" || last.Posts != 2 || last.Pay != nil {
		t.Errorf("%+v", last)
	}
}

// Too few posts of a level and a skill: the trend is that of the category, and
// says so.
func TestPayTrendOfMoreThanWasAsked(t *testing.T) {
	docs := append(paidIn("2025-01", 9, 3000, "EUR"), paidIn("2025-02", 9, 5000, "EUR")...)
	docs = append(docs, postedIn("2025-02", "design", 6, 6, "figma")...)
	trend := payTrendOf(t, docs, retrieval.PayTrendQuery{Skill: "Rust", Category: "web", Level: "expert"})
	if trend.Skill != "" || trend.Level != "" || trend.Category != "web" || trend.Posts != 18 {
		t.Errorf("%+v", trend)
	}
}

func TestPayTrendOfNothing(t *testing.T) {
	if trend := payTrendOf(t, nil, retrieval.PayTrendQuery{Category: "web"}); trend.Posts != 0 || trend.Every != "" || trend.Periods != nil || trend.Category != "" {
		t.Errorf("%+v", trend)
	}
	r, _ := loaded(t, nil)
	for _, q := range []retrieval.PayTrendQuery{{}, {Tenant: "t", Level: "master"}, {Tenant: "t", Currency: "euro"}, {Tenant: "t", PayType: "barter"}} {
		if _, err := r.PayTrend(t.Context(), q); !errors.Is(err, retrieval.ErrInvalid) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
