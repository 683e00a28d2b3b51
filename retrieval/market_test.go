package retrieval_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// paid is a post that pays so much.
type paid struct {
	payType, currency string
	min, max          int64
	level             string
	days, hire        int
	skills            []string
}

// pricedPosts are posts about the same work.
func pricedPosts(prefix, category, about string, list ...paid) []retrieval.Document {
	var docs []retrieval.Document
	for i, p := range list {
		d := post(fmt.Sprintf("%s-%02d", prefix, i), about, fmt.Sprintf("%s, number %d of its kind", about, i*7919))
		d.Post.Category, d.Post.Level, d.Post.PayType, d.Post.Currency = category, p.level, p.payType, p.currency
		d.Post.PayMin, d.Post.PayMax, d.Post.DurationDays, d.Post.Skills = p.min, p.max, p.days, p.skills
		d.Post.PostedOn = fmt.Sprintf("2025-03-%02d", i+1)
		d.Post.Title = fmt.Sprintf("%s %d", about, i)
		if p.hire > 0 {
			d.Post.Outcome = &retrieval.Outcome{Hired: new(true), DaysToHire: p.hire}
		}
		docs = append(docs, d)
	}
	return docs
}

func fixed(amounts ...int64) []paid {
	var list []paid
	for _, amount := range amounts {
		list = append(list, paid{payType: "fixed", currency: "USD", min: amount, max: amount})
	}
	return list
}

// market loads posts and asks what work about something pays.
func market(t *testing.T, docs []retrieval.Document, text string, q retrieval.MarketQuery) retrieval.Market {
	t.Helper()
	r, _ := loaded(t, docs)
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: text, Limit: 60})
	if err != nil {
		t.Fatal(err)
	}
	q.Tenant, q.Hits = "t", hits
	m, err := r.Market(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func pay(m retrieval.Market, id string) *retrieval.PayFigure {
	for i := range m.Pay {
		if m.Pay[i].ID == id {
			return &m.Pay[i]
		}
	}
	return nil
}

func TestQuantile(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		p      float64
		want   float64
	}{
		{[]float64{7}, 0.25, 7},
		{[]float64{1, 2, 3, 4, 5}, 0.25, 2},
		{[]float64{1, 2, 3, 4}, 0.25, 1.75},
		{[]float64{1, 2, 3, 4}, 0.5, 2.5},
		{[]float64{1, 2, 3, 4}, 0.75, 3.25},
		{[]float64{1, 2, 3, 10}, 1, 10},
		{[]float64{5, 5, 5, 5, 5}, 0.75, 5},
	} {
		if got := retrieval.Quantile(tt.values, tt.p); got != tt.want {
			t.Errorf("quantile(%v, %v) = %v, want %v", tt.values, tt.p, got, tt.want)
		}
	}
}

func TestPayFigure(t *testing.T) {
	for _, tt := range []struct {
		name                           string
		posts                          []paid
		count                          int
		lowest, p25, p50, p75, highest int64
	}{
		{"quartiles", fixed(100, 200, 300, 400, 500), 5, 100, 200, 300, 400, 500},
		{"interpolated", fixed(100, 200, 300, 400, 500, 601), 6, 100, 225, 350, 475, 601},
		{"four are too few", fixed(100, 200, 300, 400), 0, 0, 0, 0, 0, 0},
		{"slips are left out", fixed(1, 10_000, 20_000, 30_000, 40_000, 50_000, 100_000_000_000), 5, 10_000, 20_000, 30_000, 40_000, 50_000},
		{"too few without slips", fixed(1, 10_000, 20_000, 30_000, 1_000_000_000), 0, 0, 0, 0, 0, 0},
		{"generous is no slip", fixed(10_000, 10_000, 10_000, 10_000, 10_000, 49_000), 6, 10_000, 10_000, 10_000, 10_000, 49_000},
		{"unknown pay is not 0", append(fixed(100, 200, 300, 400, 500), paid{payType: "fixed", currency: "USD"}, paid{}), 5, 100, 200, 300, 400, 500},
		{"ranges and bounds", []paid{
			{payType: "fixed", currency: "USD", min: 50, max: 150},
			{payType: "fixed", currency: "USD", min: 200},
			{payType: "fixed", currency: "USD", max: 300},
			{payType: "fixed", currency: "USD", min: 400, max: 400},
			{payType: "fixed", currency: "USD", min: 0, max: 500},
		}, 5, 100, 200, 300, 400, 500},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// Without a text all posts count the same, so that figures are exact.
			m := market(t, pricedPosts("p", "design", "logo for a bakery", tt.posts...), "", retrieval.MarketQuery{Category: "design"})
			figure := pay(m, "figure:fixed:USD")
			if tt.count == 0 {
				if figure != nil {
					t.Fatalf("figure %+v from too few posts", figure)
				}
				return
			}
			if figure == nil {
				t.Fatalf("no figure in %+v", m)
			}
			got := []int64{int64(figure.Posts), figure.Min, figure.P25, figure.P50, figure.P75, figure.Max}
			if want := []int64{int64(tt.count), tt.lowest, tt.p25, tt.p50, tt.p75, tt.highest}; !slices.Equal(got, want) {
				t.Errorf("posts and quartiles %v, want %v", got, want)
			}
			if figure.Effective != float64(tt.count) || figure.Low > figure.P50 || figure.High < figure.P50 || figure.Low < figure.Min || figure.High > figure.Max {
				t.Errorf("effective size and interval of %+v", figure)
			}
			if figure.Scope != "similar" || len(figure.Sample) != tt.count || figure.From == "" || figure.To < figure.From {
				t.Errorf("figure %+v", figure)
			}
		})
	}
}

func TestPayIsNeverMixed(t *testing.T) {
	var list []paid
	for i := range int64(6) {
		list = append(list, paid{payType: "fixed", currency: "USD", min: 100_000 + i},
			paid{payType: "hourly", currency: "USD", min: 5_000 + i}, paid{payType: "fixed", currency: "JPY", min: 300 + i})
	}
	list = append(list, paid{payType: "hourly", currency: "EUR", min: 4_000}, paid{payType: "", currency: "USD", min: 77})
	m := market(t, pricedPosts("p", "web", "online shop", list...), "online shop", retrieval.MarketQuery{Category: "web"})
	for id, want := range map[string]int64{"figure:fixed:USD": 100_002, "figure:hourly:USD": 5_002, "figure:fixed:JPY": 302} {
		figure := pay(m, id)
		if figure == nil || figure.Posts != 6 || figure.P25 > want || figure.P75 < want {
			t.Errorf("%s: %+v", id, figure)
		}
	}
	if len(m.Pay) != 3 {
		t.Errorf("%d figures, want 3: %+v", len(m.Pay), m.Pay)
	}
}

func TestFiguresWiden(t *testing.T) {
	far := func(n int, level string) []paid {
		list := make([]paid, n)
		for i := range list {
			list[i] = paid{payType: "fixed", currency: "USD", min: int64(1000 + i), level: level, days: 10, hire: 3}
		}
		return list
	}
	near := pricedPosts("near", "web", "online shop for pet food", far(2, "entry")...)
	for _, tt := range []struct {
		name             string
		docs             []retrieval.Document
		level            string
		scope, saidLevel string
	}{
		{"enough similar of the level", pricedPosts("a", "web", "online shop for pet food", far(5, "entry")...), "entry", "similar", "entry"},
		{"enough similar of other levels", pricedPosts("a", "web", "online shop for pet food", far(6, "expert")...), "entry", "similar", ""},
		{"few similar, and more of the level", append(pricedPosts("a", "web", "online shop for pet food", far(11, "entry")...), pricedPosts("b", "web", "kernel driver for telescopes", far(9, "entry")...)...), "entry", "level", "entry"},
		{"many similar", append(pricedPosts("a", "web", "online shop for pet food", far(12, "entry")...), pricedPosts("b", "web", "kernel driver for telescopes", far(9, "entry")...)...), "entry", "similar", "entry"},
		{"level of the category", append(near, pricedPosts("b", "web", "kernel driver for telescopes", far(5, "entry")...)...), "entry", "level", "entry"},
		{"category", append(near, pricedPosts("b", "web", "kernel driver for telescopes", far(5, "expert")...)...), "entry", "category", ""},
		{"other categories do not count", append(near, pricedPosts("b", "design", "kernel driver for telescopes", far(9, "entry")...)...), "entry", "", ""},
		{"nothing", nil, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := market(t, tt.docs, "online shop for pet food", retrieval.MarketQuery{Category: "web", Level: tt.level, PayType: "fixed", Currency: "USD"})
			if tt.scope == "" {
				if len(m.Pay) != 0 || m.Duration != nil || m.TimeToHire != nil {
					t.Errorf("figures from too few posts: %+v", m)
				}
				return
			}
			if len(m.Pay) != 1 || m.Pay[0].Scope != tt.scope || m.Pay[0].Level != tt.saidLevel {
				t.Errorf("pay %+v, want scope %s and level %q", m.Pay, tt.scope, tt.saidLevel)
			}
			if m.Duration == nil || m.Duration.P50 != 10 || m.TimeToHire == nil || m.TimeToHire.P50 != 3 {
				t.Errorf("durations %+v, %+v", m.Duration, m.TimeToHire)
			}
		})
	}
}

func TestCompanions(t *testing.T) {
	var list []paid
	for i := range 8 {
		p := paid{skills: []string{"Shopify", "CSS"}}
		if i < 6 {
			p.skills = append(p.skills, "Stripe", "E-commerce Development", fmt.Sprint("Knack ", i))
		}
		list = append(list, p)
	}
	docs := pricedPosts("shop", "web", "online shop for pet food", list...)
	docs = append(docs, pricedPosts("else", "web", "kernel driver for telescopes", slices.Repeat([]paid{{skills: []string{"C", "CSS"}}}, 24)...)...)
	m := market(t, docs, "online shop for pet food", retrieval.MarketQuery{Category: "web", Skills: []string{"Shopify"}})
	names := make(map[string]retrieval.Companion)
	for _, c := range m.Companions {
		names[c.Skill] = c
	}
	stripe, ok := names["Stripe"]
	if !ok {
		for name, c := range names {
			t.Logf("%s %+v", name, c)
		}
		t.Fatal("Stripe is no companion of Shopify")
	}
	if stripe.Posts != 6 || stripe.Of != 8 || stripe.Lift != 4 {
		t.Errorf("%+v, want 6 of 8 with lift (6/8)/(6/32) = 4", stripe)
	}
	for _, unwanted := range []string{"Shopify", "CSS", "E-commerce Development"} {
		if _, ok := names[unwanted]; ok {
			t.Errorf("%s is a companion: named, everywhere, or above what is named", unwanted)
		}
	}
}

func TestCopiesAreNoCompanions(t *testing.T) {
	copied := paid{skills: []string{"Shopify", "Juggling", "Chess", "Fencing", "Sailing"}}
	docs := pricedPosts("copy", "web", "online shop for pet food", slices.Repeat([]paid{copied}, 9)...)
	docs = append(docs, pricedPosts("own", "web", "online shop for pet food", slices.Repeat([]paid{{skills: []string{"Shopify", "Stripe"}}}, 4)...)...)
	docs = append(docs, pricedPosts("else", "web", "kernel driver for telescopes", slices.Repeat([]paid{{skills: []string{"C"}}}, 24)...)...)
	m := market(t, docs, "online shop for pet food", retrieval.MarketQuery{Category: "web"})
	has := make(map[string]int)
	for _, c := range m.Companions {
		has[c.Skill] = c.Of
	}
	if has["Stripe"] != 5 || has["Juggling"] != 0 {
		t.Errorf("companions %+v, want Stripe of 5 and no Juggling", m.Companions)
	}
}

func TestMarketFollowsLoads(t *testing.T) {
	r, _ := loaded(t, pricedPosts("a", "web", "online shop", fixed(100, 100, 100, 100)...))
	ask := func() int {
		m, err := r.Market(t.Context(), retrieval.MarketQuery{Tenant: "t", Category: "web", PayType: "fixed", Currency: "USD"})
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Pay) == 0 {
			return 0
		}
		return m.Pay[0].Posts
	}
	if got := ask(); got != 0 {
		t.Errorf("%d posts behind a figure of four", got)
	}
	if _, err := r.Load(t.Context(), "t", pricedPosts("b", "web", "online shop", fixed(100, 100)...)); err != nil {
		t.Fatal(err)
	}
	if got := ask(); got != 6 {
		t.Errorf("%d posts after a load, want 6", got)
	}
	if _, err := r.Delete(t.Context(), "t", retrieval.KindJobPost, []string{"a-00"}); err != nil {
		t.Fatal(err)
	}
	if got := ask(); got != 5 {
		t.Errorf("%d posts after a deletion, want 5", got)
	}
}

func TestMarketMarksDemo(t *testing.T) {
	docs := pricedPosts("a", "web", "online shop", fixed(100, 200, 300, 400, 500)...)
	if m := market(t, docs, "online shop", retrieval.MarketQuery{Category: "web"}); m.Demo {
		t.Error("no demo post, but marked")
	}
	docs[2].Demo = true
	if m := market(t, docs, "online shop", retrieval.MarketQuery{Category: "web"}); !m.Demo {
		t.Error("a demo post is not marked")
	}
	if m := market(t, docs, "", retrieval.MarketQuery{Category: "web"}); m.Posts != 5 {
		t.Errorf("%d posts looked at", m.Posts)
	}
}

func TestMarketTogether(t *testing.T) {
	r, _ := loaded(t, pricedPosts("a", "web", "online shop", fixed(100, 200, 300, 400, 500)...))
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			if i%4 == 0 {
				if _, err := r.Load(t.Context(), "t", pricedPosts(fmt.Sprint("b", i), "web", "online shop", fixed(100)...)); err != nil {
					t.Error(err)
				}
			}
			m, err := r.Market(t.Context(), retrieval.MarketQuery{Tenant: "t", Category: "web", PayType: "fixed", Currency: "USD"})
			if err != nil || len(m.Pay) != 1 {
				t.Errorf("%+v, %v", m, err)
			}
		})
	}
	all.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Delete(t.Context(), "t", retrieval.KindJobPost, []string{"a-00"}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Market(ctx, retrieval.MarketQuery{Tenant: "t"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := r.Market(t.Context(), retrieval.MarketQuery{Tenant: "t"}); err != nil {
		t.Errorf("after a cancelled one: %v", err)
	}
	if _, err := r.Market(t.Context(), retrieval.MarketQuery{}); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("no tenant: %v", err)
	}
}
