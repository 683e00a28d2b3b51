package retrieval_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// postedIn are posts of a month of which so many list a skill.
func postedIn(month, category string, posts, listing int, skill string) []retrieval.Document {
	var docs []retrieval.Document
	for i := range posts {
		d := post(fmt.Sprintf("%s-%s-%03d", category, month, i), "Work", fmt.Sprintf("Work of %s, number %d", month, i))
		d.Post.Category, d.Post.Skills = category, nil
		if month != "" {
			d.Post.PostedOn = fmt.Sprintf("%s-%02d", month, i%28+1)
		}
		if i < listing {
			d.Post.Skills = []string{skill}
		}
		docs = append(docs, d)
	}
	return docs
}

var trendDay = time.Date(2025, 5, 10, 0, 0, 0, 0, time.UTC)

func trendOf(t *testing.T, docs []retrieval.Document, q retrieval.TrendQuery) retrieval.Trend {
	t.Helper()
	r, _ := loaded(t, docs)
	q.Tenant = "t"
	trend, err := r.At(trendDay).Trend(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return trend
}

func TestTrendOfASkill(t *testing.T) {
	var docs []retrieval.Document
	for month, counts := range map[string][2]int{"2025-01": {40, 8}, "2025-02": {20, 4}, "2025-04": {30, 12}, "2025-05": {10, 9}, "2031-01": {3, 3}, "": {5, 2}} {
		docs = append(docs, postedIn(month, "web", counts[0], counts[1], "reactjs")...)
	}
	docs = append(docs, postedIn("2025-04", "design", 10, 0, "")...)
	trend := trendOf(t, docs, retrieval.TrendQuery{Skill: "React.js", Months: 2})
	if trend.Skill != "React" || trend.Undated != 2 {
		t.Errorf("skill %q, %d without a date", trend.Skill, trend.Undated)
	}
	want := []retrieval.Month{
		{Month: "2025-01", Posts: 8, Of: 40}, {Month: "2025-02", Posts: 4, Of: 20}, {Month: "2025-03"},
		{Month: "2025-04", Posts: 12, Of: 40}, {Month: "2025-05", Posts: 9, Of: 10, Partial: true},
	}
	if len(trend.Months) != len(want) {
		t.Fatalf("months %+v", trend.Months)
	}
	for i, m := range trend.Months {
		share := 0.0
		if m.Of > 0 {
			share = float64(m.Posts) / float64(m.Of) / (33.0 / 110) * 100
		}
		if math.Abs(m.Index-share) > 0.1 {
			t.Errorf("%s has index %v, want %.1f", m.Month, m.Index, share)
		}
		m.Index = 0
		if m != want[i] {
			t.Errorf("%+v, want %+v", m, want[i])
		}
	}
	g := trend.Growth
	if g == nil || g.Before != (retrieval.Period{From: "2025-01", To: "2025-02", Posts: 12, Of: 60}) || g.After != (retrieval.Period{From: "2025-03", To: "2025-04", Posts: 12, Of: 40}) {
		t.Fatalf("growth %+v", g)
	}
	if g.Change != 0.5 || g.Low >= 0 || g.High <= 0.5 {
		t.Errorf("growth %+v, want 0.5 in an interval that 24 posts do not keep above 0", g)
	}
}

func TestTrendOfACategory(t *testing.T) {
	var docs []retrieval.Document
	for i := range 12 {
		month := fmt.Sprintf("2024-%02d", i+1)
		docs = append(docs, postedIn(month, "web", 20+10*(i/6), 5, "PHP")...)
		docs = append(docs, postedIn(month, "design", 20, 0, "")...)
	}
	trend := trendOf(t, docs, retrieval.TrendQuery{Category: "web"})
	if g := trend.Growth; g == nil || g.Before.Posts != 120 || g.After.Of != 300 || math.Abs(g.Change-0.2) > 0.001 || g.Low >= g.Change || g.High <= g.Change {
		t.Errorf("growth of the category %+v", trend.Growth)
	}
	within := trendOf(t, docs, retrieval.TrendQuery{Category: "web", Skill: "PHP", From: "2024-06", To: "2024-07", Months: 1})
	if len(within.Months) != 2 || within.Months[0].Of != 20 || within.Months[1].Of != 30 {
		t.Errorf("months of the skill within the category %+v", within.Months)
	}
	if g := within.Growth; g == nil || math.Abs(g.Change+0.333) > 0.001 {
		t.Errorf("growth within the category %+v", g)
	}
	if few := trendOf(t, docs, retrieval.TrendQuery{Skill: "Haskell"}); few.Growth != nil || len(few.Months) != 12 {
		t.Errorf("a skill without posts: %+v", few)
	}
	if none := trendOf(t, nil, retrieval.TrendQuery{Skill: "PHP"}); len(none.Months) != 0 || none.Growth != nil {
		t.Errorf("a marketplace without posts: %+v", none)
	}
}

// TestTrendOfLongPeriods compares periods of up to five years without saying
// when they begin, on a day on which the last month is not over.
func TestTrendOfLongPeriods(t *testing.T) {
	var docs []retrieval.Document
	first := trendDay.AddDate(-11, 0, -9)
	for month := first; month.Before(trendDay); month = month.AddDate(0, 1, 0) {
		docs = append(docs, postedIn(month.Format("2006-01"), "web", 2, 1, "PHP")...)
	}
	for _, n := range []int{6, 12, 13, 60} {
		trend := trendOf(t, docs, retrieval.TrendQuery{Skill: "PHP", Months: n})
		if g := trend.Growth; g == nil || g.Before.Posts != n || g.After.Posts != n || g.After.To != "2025-04" || len(trend.Months) < 24 {
			t.Errorf("%d months: growth %+v of %d months", n, g, len(trend.Months))
		}
	}
}

func TestTrendRefuses(t *testing.T) {
	r, _ := loaded(t, nil)
	for _, q := range []retrieval.TrendQuery{
		{Skill: "PHP"}, {Tenant: "t"}, {Tenant: "t", Skill: "PHP", From: "2024"}, {Tenant: "t", Skill: "PHP", To: "2024-13"},
		{Tenant: "t", Skill: "PHP", From: "2024-05", To: "2024-04"}, {Tenant: "t", Skill: "PHP", Months: -1}, {Tenant: "t", Skill: "PHP", Months: 61},
	} {
		if _, err := r.Trend(t.Context(), q); !errors.Is(err, retrieval.ErrInvalid) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// TestGrowthIntervalHolds draws months of a skill whose share does not change,
// posted evenly and in waves: the 90% interval holds "no change" about nine times of ten.
func TestGrowthIntervalHolds(t *testing.T) {
	for name, wave := range map[string]float64{"even": 0, "in waves": 0.5} {
		random := rand.New(rand.NewPCG(4, 2))
		const rounds = 300
		held := 0
		for range rounds {
			months := make([]retrieval.Month, 12)
			for i := range months {
				share := 0.1 * math.Exp(wave*random.NormFloat64())
				months[i] = retrieval.Month{Month: fmt.Sprintf("2024-%02d", i+1), Of: 200}
				for range months[i].Of {
					if random.Float64() < share {
						months[i].Posts++
					}
				}
			}
			if g := retrieval.GrowthOf(months, 6); g != nil && g.Low <= 0 && g.High >= 0 {
				held++
			}
		}
		if share := float64(held) / rounds; share < 0.83 || share > 0.97 {
			t.Errorf("%s: the interval holds no change %.3f of the time", name, share)
		}
	}
}
