package advice

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"

	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
)

// figures are what the marketplace's history says to a question.
type figures struct {
	wanted bool // the question asks for one
	told   bool
	pay    *retrieval.PayFigure
	days   *retrieval.DaysFigure
	ask    string // of days: duration, hire
	market retrieval.Market
	trend  *retrieval.Trend
}

var (
	asksPay = regexp.MustCompile(`(?i)\b(?:costs?|charges?|rates?|pays?|paid|prices?|priced|pricing|budgets?|salar(?:y|ies)|expensive|how much|going rate|worth|earn|per hour|hourly)\b`)
	// asksPrice is asked by who wants a figure and nothing else.
	asksPrice  = regexp.MustCompile(`(?i)\b(?:how much (?:does|do|is|are|should|would|will)|what (?:do|does|would|is|are|should)\b.{0,40}\b(?:costs?|charges?|rates?|pay for|prices? (?:of|for)|paid for)|usually (?:pay|cost|charge)|going rate)\b`)
	asksLength = regexp.MustCompile(`(?i)\bhow (?:long|many (?:days|weeks|months))\b.*\b(?:take|takes|last|need|project|build|write|make)\b`)
	asksHire   = regexp.MustCompile(`(?i)\bhow (?:long|soon|fast|quickly|many days)\b.*\b(?:hire|hired|find (?:some|a|an|the)|fill|get (?:some|a|an))`)
	asksTrend  = regexp.MustCompile(`(?i)\b(?:demand|trend(?:s|ing)?|growing|declining|grow|popular|market for|in demand|fewer jobs|more jobs|dying|future of)\b`)
	asksHourly = regexp.MustCompile(`(?i)\b(?:per|an|by the) hour\b|\bhourly\b`)
	asksFixed  = regexp.MustCompile(`(?i)\bfixed\b|\b(?:per|for the|for a) (?:project|whole)\b|\bin total\b`)
)

const leastSimilar = 0.25 // a post less like the question than this is not called similar

// retrieve looks up figures where the question names work and asks for one. A
// failed search is no failed turn: the handbook still answers.
func (w *Workflow) retrieve(ctx context.Context, t *turn) error {
	q := t.question
	pay, length, hire, trend := asksPay.MatchString(q), asksLength.MatchString(q), asksHire.MatchString(q), asksTrend.MatchString(q)
	if !pay && !length && !hire && !trend {
		return ctx.Err()
	}
	t.figures.wanted = true
	err := w.market(ctx, t, pay, length, hire)
	if err == nil && trend {
		err = w.trend(ctx, t)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		t.problem = "figures failed"
	}
	return nil
}

func (w *Workflow) market(ctx context.Context, t *turn, pay, length, hire bool) error {
	tenant := t.in.Session.Tenant
	hits, err := w.library.Search(ctx, retrieval.Query{Filter: retrieval.Filter{Tenant: tenant, Kind: retrieval.KindJobPost}, Text: t.question, Limit: retrieval.SimilarPosts})
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return fmt.Errorf("advice: market: %w", err)
	}
	hits, category := alike(hits)
	if len(hits) < retrieval.MinPosts || !namesWork(t.question, hits) {
		return nil
	}
	t.figures.market, err = w.library.Market(ctx, retrieval.MarketQuery{Tenant: tenant, Category: category, Hits: hits})
	if err != nil {
		return fmt.Errorf("advice: market: %w", err)
	}
	m := &t.figures.market
	switch {
	case hire && m.TimeToHire != nil:
		t.figures.days, t.figures.ask = m.TimeToHire, "hire"
	case length && m.Duration != nil:
		t.figures.days, t.figures.ask = m.Duration, "duration"
	}
	if pay {
		t.figures.pay = choosePay(m.Pay, t.question)
	}
	return nil
}

// alike keeps the hits that are like the question, when most of them are of
// one category: sums of all sorts of work say nothing of one.
func alike(hits []retrieval.Hit) ([]retrieval.Hit, string) {
	counts := make(map[string]int)
	var near []retrieval.Hit
	for _, h := range hits {
		if h.Similarity >= leastSimilar || len(h.Skills) > 0 {
			near = append(near, h)
			counts[h.Facets.Category]++
		}
	}
	for category, n := range counts {
		if 2*n > len(near) {
			return near, category
		}
	}
	return nil, ""
}

// namesWork reports whether a question says which work it means: a skill, or
// words that the titles of the nearest posts have too.
func namesWork(question string, hits []retrieval.Hit) bool {
	if len(skills.Default().Match(question)) > 0 {
		return true
	}
	asked := questionTerms(asksPay.ReplaceAllString(question, " "))
	for _, h := range hits[:min(5, len(hits))] {
		for term := range telling(h.Facets.Title) {
			if asked[term] {
				return true
			}
		}
	}
	return false
}

func choosePay(list []retrieval.PayFigure, question string) *retrieval.PayFigure {
	hourly, fixed := asksHourly.MatchString(question), asksFixed.MatchString(question)
	for i := range list {
		if hourly == fixed || (list[i].PayType == "hourly") == hourly {
			return &list[i]
		}
	}
	return nil
}

func (w *Workflow) trend(ctx context.Context, t *turn) error {
	q := retrieval.TrendQuery{Tenant: t.in.Session.Tenant, Category: t.figures.market.Category}
	if named := skills.Default().Match(t.question); len(named) > 0 {
		q.Skill, q.Category = named[0].Skill.Name, ""
	}
	if q.Skill == "" && q.Category == "" {
		return nil
	}
	trend, err := w.library.Trend(ctx, q)
	if err != nil {
		return fmt.Errorf("advice: trend: %w", err)
	}
	if trend.Growth != nil {
		t.figures.trend = &trend
	}
	return nil
}

// tell adds the figures' sentences and evidence.
func (f *figures) tell(t *turn) {
	add := func(text, id string) {
		f.told = true
		t.facts.Add(factFigure, "", text, nil, sessions.Source{Kind: "figure", ID: id})
	}
	if f.pay != nil {
		add(workflow.FigureText(*f.pay, f.market.Category), f.pay.ID)
		t.evidence = append(t.evidence, workflow.FigureEvidence(*f.pay, f.market.Category, f.market.Demo))
	}
	if f.days != nil {
		add(daysText(*f.days, f.ask), f.days.ID)
	}
	if f.trend != nil {
		add(trendText(*f.trend), "figure:trend")
	}
	if f.told && f.market.Demo {
		t.facts.Add(factNotice, "", workflow.DemoNotice, nil)
	}
}

func daysText(f retrieval.DaysFigure, ask string) string {
	subject := "Similar work was mostly planned for"
	if ask == "hire" {
		subject = "Similar posts mostly found somebody in"
	}
	span := fmt.Sprintf("%d to %d days", f.P25, f.P75)
	if f.P25 == f.P75 {
		span = fmt.Sprintf("%d days", f.P25)
	}
	return fmt.Sprintf("%s %s (median %d, %s).", subject, span, f.P50, workflow.Behind(f.Posts, f.From, f.To))
}

// trendText says how demand moved, and where chance alone could explain it.
func trendText(t retrieval.Trend) string {
	g := t.Growth
	subject := "The share of posts that ask for " + t.Skill
	if t.Skill == "" {
		subject = "The share of posts of this kind"
	}
	counts := fmt.Sprintf("%d of %d posts from %s to %s, %d of %d in the months before", g.After.Posts, g.After.Of, g.After.From, g.After.To, g.Before.Posts, g.Before.Of)
	percent := math.Round(100 * math.Abs(g.Change))
	switch {
	case g.Low > 0:
		return fmt.Sprintf("%s rose by about %.0f percent (%s).", subject, percent, counts)
	case g.High < 0:
		return fmt.Sprintf("%s fell by about %.0f percent (%s).", subject, percent, counts)
	}
	return fmt.Sprintf("%s shows no clear change (%s).", subject, counts)
}
