package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
)

// trainedModel is one of Parley's own models: the one of the binary, and those
// that were trained on an installation.
type trainedModel struct {
	builtIn func() *learn.Artefact
	files   []func(data string) string // where trained ones lie, the one in use last
	open    func(path string) error    // refuses what this program cannot use
	unused  func(cfg Config) string    // why none of them is in use, "" when one is; nil for always
}

var trainedModels = []trainedModel{
	{
		builtIn: func() *learn.Artefact { return embed.Default().Artefact() },
		files:   []func(string) string{formerEmbedderFile, embedderFile},
		open:    func(path string) error { _, err := embed.Open(path); return err },
		unused: func(cfg Config) string {
			if cfg.Retrieval.Embedding.Model == "" {
				return ""
			}
			return cfg.Retrieval.Embedding.Model + " embeds"
		},
	},
	{
		builtIn: func() *learn.Artefact { return route.Default().Artefact() },
		files:   []func(string) string{formerRouterFile, routerFile},
		open:    func(path string) error { _, err := route.Open(path); return err },
	},
	{
		builtIn: func() *learn.Artefact { return rank.Default().Artefact() },
		files:   []func(string) string{formerRankerFile, rankerFile},
		open:    func(path string) error { _, err := rank.Open(path); return err },
	},
	{
		builtIn: func() *learn.Artefact { return classify.Default().Artefact() },
		files:   []func(string) string{formerClassifierFile, classifierFile},
		open:    func(path string) error { _, err := classify.Open(path); return err },
	},
}

type modelsListCmd struct{}

// Run lists what is there, without asking any server.
func (modelsListCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	s := screenOf(env)
	fmt.Fprintln(env.out, s.bold("Trained by Parley"))
	err = listTrained(env.out, s, cfg)
	fmt.Fprintln(env.out)
	fmt.Fprintln(env.out, s.bold("Language models"))
	fmt.Fprint(env.out, languageModels(cfg, time.Now()).draw(s))
	return err
}

// listTrained returns an error when a file cannot be used: the server would
// not start with it.
func listTrained(w io.Writer, s screen, cfg Config) error {
	t := table{head: []string{"model", "format", "where", "data", "seed", "scores", ""}, flex: 5, right: []int{1, 4}}
	var broken []error
	for _, m := range trainedModels {
		where, active, use := "built in", m.builtIn(), "in use"
		for _, file := range m.files {
			path := file(cfg.Data)
			artefact, err := learn.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err == nil {
				err = m.open(path)
			}
			if err != nil {
				broken = append(broken, err)
				t.rows = append(t.rows, row{cells: []string{active.Kind, "", path, "", "", "", "cannot be used"}})
				use = "" // the server does not start
				continue
			}
			t.rows = append(t.rows, trainedRow(active, where, "replaced"))
			where, active = path, artefact
		}
		if m.unused != nil {
			use = cmp.Or(m.unused(cfg), use)
		}
		t.rows = append(t.rows, trainedRow(active, where, use))
	}
	fmt.Fprint(w, t.draw(s))
	if len(broken) > 0 {
		return configError("%w (train again, or remove the file)", errors.Join(broken...))
	}
	return nil
}

func trainedRow(a *learn.Artefact, where, use string) row {
	var scores []string
	for _, score := range a.Scores {
		scores = append(scores, fmt.Sprintf("%s %.3f of %d", score.Name, score.Value, score.Count))
	}
	return row{cells: []string{
		a.Kind, fmt.Sprint(a.Format), where, fmt.Sprintf("%.12s", a.Data), fmt.Sprint(a.Seed), strings.Join(scores, ", "), use,
	}}
}

// languageModels are what is configured, with the prices of a day.
func languageModels(cfg Config, at time.Time) table {
	t := table{head: []string{"purpose", "endpoint", "model", "address", "input / output of 1M tokens", "since", ""}, flex: 3}
	settings := cfg.gateway()
	for _, purpose := range model.Purposes() {
		for i, choice := range settings.Purposes[purpose] {
			cells := []string{string(purpose), choice.Endpoint, choice.Model, "", "", "", ""}
			if i > 0 {
				cells[6] = "when that does not answer"
			}
			if choice.Endpoint != builtin.Name {
				endpoint := settings.Endpoints[choice.Endpoint]
				cells[3], cells[4] = endpoint.BaseURL, "unknown"
				if price, known := gateway.PriceOf(settings.Prices, choice.Endpoint, choice.Model, at); known {
					cells[4] = decimal(price.Input) + " / " + costText(price.Output, price.Currency)
					cells[5] = price.From.Format(time.DateOnly)
				}
				if !endpoint.Trusted {
					cells[6] = joined(cells[6], "personal data masked")
				}
			}
			t.rows = append(t.rows, row{cells: cells})
		}
	}
	return t
}
