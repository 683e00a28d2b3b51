package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/gateway"
)

// modelsCmd groups commands about models.
type modelsCmd struct {
	Check modelsCheckCmd `cmd:"" help:"Ask the models of each purpose a short question, and tell how they answer."`
	List  modelsListCmd  `cmd:"" help:"List Parley's own trained models, and the language models that are configured."`
}

type modelsCheckCmd struct{}

// Run prints a line for each purpose and model: whether it answers, how fast, and for how much.
func (modelsCheckCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	if len(cfg.purposes()) == 0 {
		fmt.Fprintln(env.out, "No model server is configured: the built-in composer writes. Set OPENAI_API_KEY, or models in parley.yaml.")
		return nil
	}
	settings := cfg.gateway()
	settings.Budgets, settings.Limits = nil, nil // a check is no turn, and each is asked but once
	g, err := gateway.New(settings)
	if err != nil {
		return configError("models: %w", err)
	}
	defer g.Close()
	failed := 0
	t := table{head: []string{"purpose", "endpoint", "model", "", "first token", "tokens", "cost", "note"}, flex: 7, right: []int{4, 5, 6}}
	for _, r := range g.Check(env.ctx) {
		if !r.OK {
			failed++
		}
		t.rows = append(t.rows, row{cells: checkCells(r)})
	}
	fmt.Fprint(env.out, t.draw(screenOf(env)))
	if failed > 0 {
		return fmt.Errorf("%d of the models did not answer", failed)
	}
	return nil
}

func checkCells(r gateway.Row) []string {
	cells := []string{string(r.Purpose), r.Endpoint, r.Model, "ok", "", "", "", ""}
	switch {
	case r.Err != nil:
		cells[3], cells[7] = "failed", r.Err.Error()
		return cells
	case r.Model == "":
		cells[7] = "in this process, costs nothing"
		return cells
	}
	cells[4] = strconv.FormatInt(r.FirstToken.Milliseconds(), 10) + " ms"
	cells[5] = fmt.Sprintf("%d + %d", r.Usage.InputTokens, r.Usage.OutputTokens)
	cells[6] = cmp.Or(costText(r.Cost, r.Currency), "unknown")
	if r.Structured {
		cells[7] = "answered by a JSON schema"
	}
	if !r.Usage.Known {
		cells[7] = joined(cells[7], "tokens counted by Parley")
	}
	return cells
}

func joined(note, more string) string {
	if note == "" {
		return more
	}
	return note + "; " + more
}

// costText writes millionths of a currency; "" when the price is not known.
func costText(millionths int64, currency string) string {
	if currency == "" {
		return ""
	}
	return decimal(millionths) + " " + currency
}

// decimal writes millionths with two to six places.
func decimal(millionths int64) string {
	whole, places := millionths/1_000_000, fmt.Sprintf("%06d", millionths%1_000_000)
	if short := strings.TrimRight(places, "0"); len(short) > 2 {
		return fmt.Sprintf("%d.%s", whole, short)
	}
	return fmt.Sprintf("%d.%s", whole, places[:2])
}
