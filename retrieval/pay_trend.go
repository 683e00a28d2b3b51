package retrieval

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// PayTrendQuery asks how the pay of a kind of work has moved.
type PayTrendQuery struct {
	Tenant   string // required
	Skill    string // in any spelling that the vocabulary knows
	Category string
	Level    string
	PayType  string // with Currency; when either is empty, the pair that most of the posts have of what is left open
	Currency string
}

// PayTrend is what posts of one way of paying paid, by the period in which they
// were posted.
type PayTrend struct {
	Skill    string      `json:"skill,omitempty"`
	Category string      `json:"category,omitempty"`
	Level    string      `json:"level,omitempty"`
	PayType  string      `json:"pay_type,omitempty"`
	Currency string      `json:"currency,omitempty"`
	Every    string      `json:"every,omitempty"`   // length of a period: month, quarter or year
	Periods  []PayPeriod `json:"periods,omitempty"` // without gaps, oldest first
	Posts    int         `json:"posts"`             // behind all periods
	Demo     bool        `json:"demo,omitempty"`
}

// PayPeriod is one period of a PayTrend.
type PayPeriod struct {
	From  string     `json:"from"`          // its first month, YYYY-MM
	Posts int        `json:"posts"`         // that say what they pay
	Pay   *PayFigure `json:"pay,omitempty"` // absent with fewer than MinPosts posts
}

// PayTrend computes quartiles of pay by month, quarter or year: by the shortest
// of them in which most posts fall into periods that have a figure. Where fewer
// than two periods have one, it widens as figures do: first to all levels, then
// to all skills of the category, then to all posts; what it stands on is in its
// Skill, Category and Level. The newest 20,000 posts count; sums are never
// converted. What is wrong with the query is an error that wraps ErrInvalid.
func (r *Retriever) PayTrend(ctx context.Context, q PayTrendQuery) (PayTrend, error) {
	if err := q.check(); err != nil {
		return PayTrend{}, fmt.Errorf("retrieval: pay trend: %w", err)
	}
	for {
		t, err := r.payTrend(ctx, q)
		if err != nil {
			return PayTrend{}, fmt.Errorf("retrieval: pay trend: %w", err)
		}
		if t.told() > 1 || !q.widen() {
			return t, nil
		}
	}
}

// widen asks for more than was asked for, and reports false when there is no more.
func (q *PayTrendQuery) widen() bool {
	switch {
	case q.Level != "":
		q.Level = ""
	case q.Skill != "" && q.Category != "":
		q.Skill = ""
	case q.Skill != "" || q.Category != "":
		q.Skill, q.Category = "", ""
	default:
		return false
	}
	return true
}

// told is how many periods have a figure.
func (t PayTrend) told() (n int) {
	for _, p := range t.Periods {
		if p.Pay != nil {
			n++
		}
	}
	return n
}

func (r *Retriever) payTrend(ctx context.Context, q PayTrendQuery) (PayTrend, error) {
	t := PayTrend{Category: q.Category, Level: q.Level}
	filter := Filter{Tenant: q.Tenant, Kind: KindJobPost, Category: q.Category, Level: q.Level, PayType: q.PayType, Currency: q.Currency}
	if q.Skill != "" {
		t.Skill = r.filterSkill(q.Skill)
		filter.AllSkills = []string{t.Skill}
	}
	facets, err := r.index.Facets(ctx, filter, nil, historyPosts)
	if err != nil {
		return PayTrend{}, err
	}
	present := r.histories.now().UTC().Format(monthForm)
	posts, key := mostPaid(facets, present)
	t.PayType, t.Currency, t.Posts, t.Demo = key.payType, key.currency, len(posts), anyDemo(posts)
	t.Every, t.Periods = payPeriods(posts, key)
	return t, nil
}

func (q PayTrendQuery) check() error {
	if q.Tenant == "" {
		return fmt.Errorf("%w: tenant is required", ErrInvalid)
	}
	var c checks
	c.text("skill", q.Skill, MaxSkill, false)
	c.text("category", q.Category, MaxSkill, false)
	c.choice("level", q.Level, levels)
	c.choice("pay_type", q.PayType, payTypes)
	c.currency(q.Currency)
	if len(c) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrInvalid, c[0])
}

// mostPaid are the posts of the last MaxTrendMonths of the way of paying that
// most have, oldest first. A date to come is a slip.
func mostPaid(facets []Facets, present string) ([]counted, payKey) {
	by := map[payKey][]counted{}
	first := monthsBefore(present, MaxTrendMonths-1)
	for _, f := range facets {
		month := MonthOf(f.PostedOn)
		if key := payKeyOf(f); key.known() && month >= first && month <= present && middle(f) > 0 {
			by[key] = append(by[key], counted{Facets: f, weight: 1})
		}
	}
	var best payKey
	for key, posts := range by {
		if n, most := len(posts), len(by[best]); n > most || n == most && key.payType+key.currency < best.payType+best.currency {
			best = key
		}
	}
	posts := paidBy(by[best], best)
	slices.SortStableFunc(posts, func(a, b counted) int { return strings.Compare(a.PostedOn, b.PostedOn) })
	return posts, best
}

// payPeriods groups posts by the shortest length of period that tells something
// of most of them.
func payPeriods(posts []counted, key payKey) (every string, periods []PayPeriod) {
	if len(posts) == 0 {
		return "", nil
	}
	for _, length := range []struct {
		name   string
		months int
	}{{"month", 1}, {"quarter", 3}, {"year", 12}} {
		every, periods = length.name, groupedBy(length.months, posts, key)
		told := 0
		for _, p := range periods {
			if p.Pay != nil {
				told += p.Posts
			}
		}
		if 5*told >= 4*len(posts) {
			break
		}
	}
	return every, periods
}

func groupedBy(months int, posts []counted, key payKey) []PayPeriod {
	members := map[string][]counted{}
	for _, post := range posts {
		first := periodOf(MonthOf(post.PostedOn), months)
		members[first] = append(members[first], post)
	}
	var periods []PayPeriod
	last := periodOf(MonthOf(posts[len(posts)-1].PostedOn), months)
	for first := periodOf(MonthOf(posts[0].PostedOn), months); first <= last; first = monthsBefore(first, -months) {
		p := PayPeriod{From: first, Posts: len(members[first])}
		if figure, ok := payFigure(members[first], key, nil); ok {
			p.Pay = &figure
		}
		periods = append(periods, p)
	}
	return periods
}

// periodOf is the first month of the period of so many months that a month is in.
func periodOf(month string, months int) string {
	at, err := time.Parse(monthForm, month)
	if err != nil { // an index gave it, and documents are checked
		return month
	}
	return at.AddDate(0, -(int(at.Month())-1)%months, 0).Format(monthForm)
}
