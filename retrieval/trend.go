package retrieval

import (
	"context"
	"fmt"
	"math"
	"time"
)

const (
	MaxTrendMonths = 120 // that are over, which a Trend covers at most
	usualMonths    = 24
	usualPeriod    = 6

	monthForm = "2006-01"
)

// TrendQuery asks how the demand for a skill, for a category, or for a skill
// within a category moves.
type TrendQuery struct {
	Tenant   string // required
	Skill    string // in any spelling that the vocabulary knows
	Category string
	From, To string // YYYY-MM, both included; "" is the month of the newest post for To, and for From two years or both periods before it
	Months   int    // that each of the two compared periods has; 0 for 6, or less where From and To leave less
}

// Trend counts the posts of each month, and compares the last months that are
// over with as many before them. All posts of the tenant count, by the day they
// were posted; those that say none count nowhere, and Undated tells how many.
// What is wrong with the query is an error that wraps ErrInvalid.
func (r *Retriever) Trend(ctx context.Context, q TrendQuery) (Trend, error) {
	if err := q.check(); err != nil {
		return Trend{}, fmt.Errorf("retrieval: trend: %w", err)
	}
	t := Trend{Category: q.Category}
	part, all := Filter{Tenant: q.Tenant, Kind: KindJobPost, Category: q.Category}, Filter{Tenant: q.Tenant, Kind: KindJobPost}
	if q.Skill != "" {
		t.Skill = r.filterSkill(q.Skill)
		part.AllSkills, all.Category = []string{t.Skill}, q.Category
	}
	posts, err := r.index.Months(ctx, part)
	if err != nil {
		return Trend{}, fmt.Errorf("retrieval: trend: %w", err)
	}
	of, err := r.index.Months(ctx, all)
	if err != nil {
		return Trend{}, fmt.Errorf("retrieval: trend: %w", err)
	}
	present := r.histories.now().UTC().Format(monthForm)
	t.Undated = posts[""]
	t.Months = months(q, posts, of, present)
	t.Growth = growth(t.Months, q.Months)
	return t, nil
}

func (q TrendQuery) check() error {
	var c checks
	if q.Tenant == "" {
		c.failf("tenant", "is missing")
	}
	if q.Skill == "" && q.Category == "" {
		c.failf("skill", "is missing, and so is category: name one of them or both")
	}
	c.text("skill", q.Skill, MaxSkill, false)
	c.text("category", q.Category, MaxSkill, false)
	c.month("from", q.From)
	c.month("to", q.To)
	if q.From != "" && q.To != "" && q.From > q.To {
		c.failf("from", "%s is after to, %s", q.From, q.To)
	}
	if q.Months < 0 || q.Months > MaxTrendMonths/2 {
		c.failf("months", "%d is not between 1 and %d", q.Months, MaxTrendMonths/2)
	}
	if len(c) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrInvalid, c[0])
}

// months lists the months from q.From to q.To: of those that are over the latest
// MaxTrendMonths, and the present one.
func months(q TrendQuery, posts, of map[string]int, present string) []Month {
	first, last := "", ""
	for month := range of {
		if month != "" && month <= present { // a date to come is a slip
			last = max(last, month)
			if first == "" || month < first {
				first = month
			}
		}
	}
	if last == "" {
		return nil
	}
	if q.To != "" {
		last = min(q.To, present)
	}
	if q.From != "" {
		first = q.From
	} else {
		first = max(first, monthsBefore(last, max(usualMonths, 2*q.Months+1)-1)) // the last may not be over
		for first < last && of[first] == 0 {
			first = monthsBefore(first, -1)
		}
	}
	most := MaxTrendMonths
	if last == present {
		most++
	}
	first = max(first, monthsBefore(last, most-1))
	var list []Month
	sumPosts, sumOf := 0, 0
	for month := first; month <= last; month = monthsBefore(month, -1) {
		list = append(list, Month{Month: month, Posts: posts[month], Of: of[month], Partial: month == present})
		sumPosts, sumOf = sumPosts+posts[month], sumOf+of[month]
	}
	for i := range list {
		if m := &list[i]; m.Of > 0 && sumPosts > 0 {
			m.Index = math.Round(1000*float64(m.Posts)/float64(m.Of)*float64(sumOf)/float64(sumPosts)) / 10
		}
	}
	return list
}

// MonthOf is the month, YYYY-MM, of a day, YYYY-MM-DD.
func MonthOf(day string) string { return day[:min(len(day), len(monthForm))] }

// monthsBefore is the month n months before another.
func monthsBefore(month string, n int) string {
	at, err := time.Parse(monthForm, month)
	if err != nil { // an index gave it, or check let it pass
		return month
	}
	return at.AddDate(0, -n, 0).Format(monthForm)
}

// growth compares the last n months that are over with the n before them; fewer
// when there are not as many, unless that leaves none.
func growth(list []Month, n int) *Growth {
	if len(list) > 0 && list[len(list)-1].Partial {
		list = list[:len(list)-1]
	}
	if n == 0 {
		n = min(usualPeriod, len(list)/2)
	}
	if n == 0 || len(list) < 2*n {
		return nil
	}
	list = list[len(list)-2*n:]
	g := &Growth{Before: period(list[:n]), After: period(list[n:])}
	if g.Before.Posts < MinPosts || g.After.Posts < MinPosts {
		return nil
	}
	g.interval(dispersion(list[:n], g.Before)+dispersion(list[n:], g.After), 2*n-2)
	return g
}

func period(list []Month) Period {
	p := Period{From: list[0].Month, To: list[len(list)-1].Month}
	for _, m := range list {
		p.Posts, p.Of = p.Posts+m.Posts, p.Of+m.Of
	}
	return p
}

// dispersion is Pearson's chi square of the months' counts about the share of
// their period.
func dispersion(list []Month, p Period) float64 {
	share, sum := float64(p.Posts)/float64(p.Of), 0.0
	for _, m := range list {
		expected := share * float64(m.Of)
		if spread := expected * (1 - share); spread > 0 {
			sum += (float64(m.Posts) - expected) * (float64(m.Posts) - expected) / spread
		}
	}
	return sum
}

// interval fills in the ratio of the two shares and its 90% interval, normal on
// the logarithm of the ratio. Demand comes in waves, so months differ more than
// chance alone has them differ; the variance is widened by what they do, chi
// square over its degrees of freedom (McCullagh and Nelder 1989, 4.5), and
// never narrowed.
func (g *Growth) interval(chiSquare float64, freedom int) {
	ratio, spread := shareRatio(g.After.Posts, g.After.Of, g.Before.Posts, g.Before.Of)
	if freedom > 0 {
		spread *= math.Sqrt(max(1, chiSquare/float64(freedom)))
	}
	g.Change = thousandth(ratio - 1)
	g.Low, g.High = thousandth(ratio*math.Exp(-z90*spread)-1), thousandth(ratio*math.Exp(z90*spread)-1)
}

func thousandth(x float64) float64 { return math.Round(1000*x) / 1000 }
