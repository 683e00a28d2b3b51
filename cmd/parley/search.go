package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

type searchCmd struct {
	Text   []string `arg:"" help:"What is looked for, in any words."`
	Kind   string   `help:"Kind of document: ${enum}." enum:"job_post,profile,proposal" default:"job_post"`
	Limit  int      `help:"Documents wanted." default:"10"`
	Tenant string   `help:"Site to search." default:"default"`
	JSON   bool     `help:"Print JSON lines."`
}

// Run prints what was found, best first.
func (c searchCmd) Run(env *environ) error {
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.sites.Get(c.Tenant); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	hits, err := a.retriever.Search(env.ctx, retrieval.Query{
		Tenant: c.Tenant, Kind: retrieval.Kind(c.Kind), Text: strings.Join(c.Text, " "), Limit: c.Limit,
	})
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return err
	}
	if err != nil {
		fmt.Fprintln(env.log, "parley: only one of the two ranked lists answered:", err)
	}
	for _, h := range hits {
		if err := c.print(env, h); err != nil {
			return err
		}
	}
	return nil
}

func (c searchCmd) print(env *environ, h retrieval.Hit) error {
	if c.JSON {
		return json.NewEncoder(env.out).Encode(h)
	}
	facts := []string{h.ID}
	if f := h.Facets; f.PayMin > 0 || f.PayMax > 0 {
		facts = append(facts, brief.Pay{Type: f.PayType, Min: f.PayMin, Max: f.PayMax, Currency: f.Currency}.String())
	}
	if len(h.Words) > 0 {
		facts = append(facts, "words: "+strings.Join(h.Words, ", "))
	}
	if len(h.Skills) > 0 {
		facts = append(facts, "skills: "+strings.Join(h.Skills, ", "))
	}
	_, err := fmt.Fprintf(env.out, "%.2f  %s\n      %s\n", h.Similarity, h.Facets.Title, strings.Join(facts, " · "))
	return err
}

// openTool puts the product together for a command that does not serve.
func openTool(env *environ) (*app, error) {
	cfg, err := env.config()
	if err != nil {
		return nil, err
	}
	cfg.Log = "warn"
	log, err := newLogger(cfg, env.log)
	if err != nil {
		return nil, err
	}
	return newApp(env.ctx, cfg, log)
}
