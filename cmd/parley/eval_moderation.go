package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/eval"
	measured "github.com/parleyhq/parley/assistant/eval/moderation"
	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/web"
)

type evalModerationCmd struct {
	Cases     string  `help:"JSON lines with id, sender, text and labels, and where there are such thread, channel, lang and kind; without it the test cases of the binary." placeholder:"FILE" type:"existingfile"`
	Data      string  `help:"Folder with sets of others (PARLEY_TESTDATA); without it they are left out." placeholder:"DIR" type:"path"`
	NoJudge   bool    `help:"Do not ask the model that is configured for purpose moderate. Without this it is measured as well, which costs what its calls cost."`
	Recall    float64 `help:"Of the scripted judge: share of violations that it finds." default:"0.9"`
	Errs      float64 `help:"Of the scripted judge: share of clean messages that it takes for violations." default:"0.05"`
	Resamples int     `help:"Of the bootstrap that gives the intervals." default:"2000"`
	Seed      uint64  `help:"Of the resamples, the drawn messages and the scripted judge." default:"1"`
	JSON      bool    `help:"Everything as JSON."`
	Markdown  bool    `help:"The tables of docs/moderation.md."`
	Verbose   bool    `help:"Print the messages on which rules and classifier err."`
}

// scriptedConfidence is that of every verdict of the scripted judge.
const scriptedConfidence = 0.9

// Run measures the cascade of this installation: its rules, its classifier and
// the model that is configured as its judge. Nothing is stored.
func (c evalModerationCmd) Run(env *environ) error {
	switch {
	case c.Resamples < 1:
		return fmt.Errorf("%w: --resamples %d is not at least 1", errUsage, c.Resamples)
	case !(c.Recall >= 0 && c.Recall <= 1 && c.Errs >= 0 && c.Errs <= 1):
		return fmt.Errorf("%w: --recall and --errs are shares from 0 to 1", errUsage)
	case c.JSON && c.Markdown:
		return fmt.Errorf("%w: --json or --markdown", errUsage)
	}
	cases, err := c.read()
	if err != nil {
		return err
	}
	cfg, err := env.config()
	if err != nil {
		return err
	}
	log, err := newLogger(cfg, env.log)
	if err != nil {
		return err
	}
	options, closing, err := c.options(env, cfg, log)
	if err != nil {
		return err
	}
	defer closing()
	report, err := measured.Measure(env.ctx, cases, options)
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		return writeJSON(env.out, report)
	case c.Markdown:
		return report.WriteMarkdown(env.out)
	}
	return report.Write(env.out, c.Verbose)
}

func (c evalModerationCmd) read() ([]measured.Case, error) {
	open, name := func() (io.ReadCloser, error) { return eval.Cases("moderation") }, "moderation"
	if c.Cases != "" {
		open, name = func() (io.ReadCloser, error) { return os.Open(c.Cases) }, c.Cases
	}
	file, err := open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	defer file.Close()
	cases, err := measured.ReadCases(file)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", errUsage, name, err)
	}
	return cases, nil
}

// options are what is measured, and what closes it.
func (c evalModerationCmd) options(env *environ, cfg Config, log *slog.Logger) (o measured.Options, closing func(), err error) {
	o = measured.Options{
		Cascade:   measured.Cascade{Rules: rules.Default(), Log: log},
		Bootstrap: measured.Bootstrap{Resamples: c.Resamples, Seed: c.Seed},
		Accuracy:  measured.Accuracy{Recall: c.Recall, FalsePositive: c.Errs, Confidence: scriptedConfidence, Seed: c.Seed},
		Count:     gateway.Count, Prices: priceTable(cfg.gateway().Prices, time.Now()), Data: c.Data,
	}
	if o.Data == "" {
		o.Data = env.getenv("PARLEY_TESTDATA")
	}
	if cfg.Moderation.Rules != "" {
		watcher := rules.NewWatcher(cfg.Moderation.Rules, 0, log, nil)
		o.Rules = watcher.Set()
		watcher.Close()
	}
	if o.Classifier, err = openClassifier(cfg.Data); err != nil {
		return o, nil, err
	}
	if c.NoJudge {
		return o, func() {}, nil
	}
	models, err := openModels(cfg, log, web.NewMetrics(), nil)
	if err != nil {
		return o, nil, err
	}
	if judge, name := models.writer(model.Moderate); judge != nil {
		o.Judge = &measured.Judge{Model: judge, Name: name, AtOnce: judgeCalls, Count: gateway.Count}
		if cfg.Moderation.Judge.Calls > 0 {
			o.Judge.AtOnce = cfg.Moderation.Judge.Calls
		}
	}
	return o, models.Close, nil
}

// priceTable are the prices in force, one a model and endpoint, for a million tokens.
func priceTable(all []gateway.Price, now time.Time) (table []measured.Price) {
	const millionths = 1e6
	for _, p := range all {
		if best, known := gateway.PriceOf(all, p.Endpoint, p.Model, now); !known || best != p {
			continue
		}
		table = append(table, measured.Price{
			Model: p.Model, Input: float64(p.Input) / millionths, Output: float64(p.Output) / millionths, Currency: p.Currency,
		})
	}
	slices.SortStableFunc(table, func(a, b measured.Price) int {
		switch {
		case a.Input < b.Input:
			return -1
		case a.Input > b.Input:
			return 1
		}
		return 0
	})
	return table
}
