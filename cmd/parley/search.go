package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/web"
)

type searchCmd struct {
	Text []string `arg:"" optional:"" help:"What is looked for, in any words; the newest documents without it. Quoted within it, words must stand next to each other."`
	Kind string   `help:"Kind of document: ${enum}." enum:"job_post,profile,proposal" default:"job_post"`

	Skill    []string `help:"Skill that is listed; with several, each of them." placeholder:"NAME" sep:"none"`
	AnySkill []string `help:"Skill of which one at least is listed." placeholder:"NAME" sep:"none"`
	Category string   `help:"Category." placeholder:"NAME"`
	Level    string   `help:"Level: ${enum}." enum:",entry,intermediate,expert" default:""`

	MinRate   string `help:"Least pay an hour, with its currency: 40EUR." placeholder:"SUM"`
	MaxRate   string `help:"Most pay an hour: 60EUR." placeholder:"SUM"`
	MinBudget string `help:"Least fixed price: 500USD." placeholder:"SUM"`
	MaxBudget string `help:"Most fixed price: 3000USD." placeholder:"SUM"`
	Convert   bool   `help:"Take other currencies too, by the table of retrieval.rates."`

	Country     []string `help:"Country, ISO 3166-1; with several, any of them." placeholder:"CODE"`
	TZ          string   `name:"tz" help:"Time zone, and how many hours others may differ: Europe/Berlin±3, UTC+2±3, UTC-5+-2." placeholder:"ZONE"`
	Language    []string `help:"Language, ISO 639-1; with several, any of them." placeholder:"CODE"`
	From        string   `help:"Posted or sent on that day or later." placeholder:"YYYY-MM-DD"`
	To          string   `help:"Posted or sent on that day or before." placeholder:"YYYY-MM-DD"`
	AvailableBy string   `help:"Free by that day." placeholder:"YYYY-MM-DD"`
	MinHours    int      `help:"Hours a week, at least." placeholder:"N"`
	Credential  []string `help:"Part of a credential; with several, each of them." placeholder:"TEXT" sep:"none"`

	Limit   int    `help:"Documents wanted, at most 50." default:"10"`
	Tenant  string `help:"Site to search." default:"default"`
	Explain bool   `help:"Say why each was found."`
	JSON    bool   `help:"Print one JSON object, as POST /v1/search answers."`
}

// Run prints what was found, best first.
func (c searchCmd) Run(env *environ) error {
	request, err := c.request()
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	q, err := request.Query(c.Tenant, time.Now())
	if err != nil {
		return asUsage(err)
	}
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.sites.Get(c.Tenant); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	hits, err := a.retriever.Search(env.ctx, q)
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return asUsage(err)
	}
	if err != nil {
		fmt.Fprintln(env.log, "parley: there may be more, or better ones:", err)
	}
	if c.JSON {
		return printJSON(env, web.NewSearchAnswer(q.Kind, hits, err != nil))
	}
	if len(hits) == 0 {
		fmt.Fprintln(env.log, "Nothing was found.")
		return nil
	}
	_, err = fmt.Fprint(env.out, hitTable(q.Kind, hits, c.Explain).draw(screenOf(env)))
	return err
}

// request is what the command line asks for.
func (c searchCmd) request() (web.SearchRequest, error) {
	r := web.SearchRequest{
		Kind: retrieval.Kind(c.Kind), Text: strings.Join(c.Text, " "), AllSkills: c.Skill, AnySkills: c.AnySkill,
		Category: c.Category, Level: c.Level, Convert: c.Convert, Countries: c.Country, TimeZone: c.TZ, Languages: c.Language,
		From: c.From, To: c.To, AvailableBy: c.AvailableBy, MinHours: c.MinHours, Credentials: c.Credential, Limit: c.Limit,
	}
	if c.Limit < 1 {
		return r, errors.New("--limit is at least 1")
	}
	rate, err := payRange("rate", c.MinRate, c.MaxRate)
	if err != nil {
		return r, err
	}
	budget, err := payRange("budget", c.MinBudget, c.MaxBudget)
	switch {
	case err != nil:
		return r, err
	case rate != nil && budget != nil:
		return r, errors.New("a document is paid by the hour or at a fixed price: give --max-rate 60EUR or --max-budget 3000EUR, not both")
	case rate != nil:
		r.PayType, r.Pay = retrieval.PayHourly, []web.PayRange{*rate}
	case budget != nil:
		r.PayType, r.Pay = retrieval.PayFixed, []web.PayRange{*budget}
	}
	return r, nil
}

// asUsage marks what the command line asked for wrongly, in its own words.
func asUsage(err error) error {
	if words, refused := web.Refusal(err); refused {
		return fmt.Errorf("%w: %s", errUsage, strings.TrimSuffix(words, "."))
	}
	return err
}

func printJSON(env *environ, value any) error {
	encoder := json.NewEncoder(env.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// openTool puts the product together for a command that does not serve.
func openTool(env *environ) (*app, error) {
	cfg, err := env.config()
	if err != nil {
		return nil, err
	}
	cfg.Log = "error" // what a server should log is no news to who runs a command
	log, err := newLogger(cfg, env.log)
	if err != nil {
		return nil, err
	}
	return newApp(env.ctx, cfg, log)
}
