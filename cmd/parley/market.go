package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

type marketCmd struct {
	Text []string `arg:"" optional:"" help:"What the work is, in any words."`

	Category string   `help:"Category of the work." placeholder:"NAME"`
	Level    string   `help:"Level: ${enum}." enum:",entry,intermediate,expert" default:""`
	PayType  string   `help:"How it is paid: ${enum}." enum:",fixed,hourly" default:""`
	Currency string   `help:"Currency, ISO 4217." placeholder:"CODE"`
	Convert  bool     `help:"Count posts of other currencies too, by the table of retrieval.rates."`
	Skill    []string `help:"Skill that the work calls for." placeholder:"NAME" sep:"none"`

	Trend  string `help:"Show how the demand for a skill moves, within the category where one is named." placeholder:"SKILL"`
	Months int    `help:"Months in each of the two periods that a trend compares; half of what there is, at most 6, without it." placeholder:"N"`

	Tenant string `help:"Site to look at." default:"default"`
	JSON   bool   `help:"Print one JSON object."`
}

// marketAnswer is what --json prints: the answers of GET /v1/market and GET /v1/market/trend.
type marketAnswer struct {
	Market *retrieval.Market `json:"market,omitempty"`
	Trend  *retrieval.Trend  `json:"trend,omitempty"`
}

// Run prints figures of what such work pays, takes and calls for.
func (c marketCmd) Run(env *environ) error {
	asks := len(c.Text) > 0 || len(c.Skill) > 0
	if !asks && c.Category == "" && c.Trend == "" {
		return fmt.Errorf(`%w: say what the work is, as in parley market "logo for a bakery", or name a --category or a --trend`, errUsage)
	}
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.sites.Get(c.Tenant); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	var answer marketAnswer
	if asks || c.Category != "" && c.Trend == "" {
		if answer.Market, err = c.market(env, a.retriever); err != nil {
			return asUsage(err)
		}
	}
	if c.Trend != "" || c.Category != "" && !asks {
		trend, err := a.retriever.Trend(env.ctx, retrieval.TrendQuery{Tenant: c.Tenant, Skill: c.Trend, Category: c.Category, Months: c.Months})
		if err != nil {
			return asUsage(err)
		}
		answer.Trend = &trend
	}
	if c.JSON {
		return printJSON(env, answer)
	}
	_, err = fmt.Fprint(env.out, answer.draw(strings.Join(c.Text, " "), screenOf(env)))
	return err
}

func (c marketCmd) market(env *environ, r *retrieval.Retriever) (*retrieval.Market, error) {
	hits, err := r.Search(env.ctx, retrieval.Query{
		Filter: retrieval.Filter{Tenant: c.Tenant, Kind: retrieval.KindJobPost, Category: c.Category},
		Text:   strings.Join(c.Text, " "), Skills: c.Skill, Limit: retrieval.SimilarPosts,
	})
	if errors.Is(err, retrieval.ErrPartial) {
		fmt.Fprintln(env.log, "parley: there may be more, or better ones:", err)
	} else if err != nil {
		return nil, err
	}
	m, err := r.Market(env.ctx, retrieval.MarketQuery{
		Tenant: c.Tenant, Category: c.Category, Level: c.Level, PayType: c.PayType, Currency: c.Currency, Convert: c.Convert, Skills: c.Skill, Hits: hits,
	})
	return &m, err
}

// readRates reads the table of exchange rates of the configuration; nil without one.
func readRates(file string) (*retrieval.Rates, error) {
	if file == "" {
		return nil, nil
	}
	content, err := os.Open(file)
	if err != nil {
		return nil, configError("retrieval.rates: %w", err)
	}
	defer content.Close()
	rates, err := retrieval.ReadRates(content)
	if err != nil {
		return nil, configError("retrieval.rates: %s: %w", file, err)
	}
	return rates, nil
}
