package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
)

type trainAllCmd struct {
	All    bool     `help:"Train the embedder, the router, the ranker and the classifier of messages."`
	Tenant []string `help:"Sites whose documents and outcomes are learned from; all of them." sep:","`
	Seed   uint64   `help:"The same seed and documents give the same models." default:"1"`
	Epochs int      `help:"Times that the embedder goes through everything." default:"3"`
	Quiet  bool     `short:"q" help:"No progress, only the summary."`
}

// trainedOne is what became of one model.
type trainedOne struct {
	kind          string
	file          string
	score         string // what Before and After are, "" when nothing was held out
	before, after float64
	err           error // why it was not trained: the one in use stays
}

// Run trains one model after the other. What one cannot be trained on does not
// stop the others.
func (c trainAllCmd) Run(env *environ, command *kong.Context) error {
	if !c.All && !slices.Contains(command.Args, "all") {
		return fmt.Errorf("%w: say what to train: parley train embedder, router, ranker or moderation, or all of them by parley train --all", errUsage)
	}
	cfg, err := env.config()
	if err != nil {
		return err
	}
	quiet := *env
	quiet.out = io.Discard
	if c.Quiet {
		quiet.log = io.Discard
	}
	var done []trainedOne
	failed := 0
	for _, train := range []func(*environ, Config) trainedOne{c.embedder, c.router, c.ranker, c.moderation} {
		one := train(&quiet, cfg)
		if err := env.ctx.Err(); err != nil {
			return err
		}
		if one.err != nil {
			failed++
		}
		done = append(done, one)
	}
	if _, err := fmt.Fprint(env.out, trainedTable(done).draw(screenOf(env))); err != nil {
		return err
	}
	switch {
	case failed == len(done):
		return errors.New("no model was trained")
	case failed > 0:
		return fmt.Errorf("%d of %d models could not be trained and stay as they were (%w)", failed, len(done), errRefused)
	}
	fmt.Fprintln(env.out, "They are used from the next start on.")
	return nil
}

func (c trainAllCmd) embedder(env *environ, cfg Config) trainedOne {
	one := trainedOne{kind: "embedder", file: embedderFile(cfg.Data), score: "title finds its text"}
	var report embed.Report
	report, one.err = trainEmbedderCmd{Tenant: c.Tenant, Seed: c.Seed, Epochs: c.Epochs, Quiet: c.Quiet}.train(env)
	one.before, one.after = report.Before, report.After
	if report.Held == 0 {
		one.score = ""
	}
	return one
}

// router is scored by cross-validation, which the one in use was too.
func (c trainAllCmd) router(env *environ, cfg Config) trainedOne {
	one := trainedOne{kind: "router", file: routerFile(cfg.Data), score: "accuracy"}
	before, err := openRouter(cfg.Data)
	if err != nil {
		before = route.Default()
	}
	if one.err = (trainRouterCmd{Seed: c.Seed}).Run(env); one.err != nil {
		return one
	}
	after, err := openRouter(cfg.Data)
	if err != nil {
		one.err = err
		return one
	}
	one.before, one.after = firstScore(before.Artefact()), firstScore(after.Artefact())
	return one
}

// moderation is scored on messages whose authors it had not seen, as the one in use was.
func (c trainAllCmd) moderation(env *environ, cfg Config) trainedOne {
	one := trainedOne{kind: "moderation", file: classifierFile(cfg.Data), score: "AUC of any violation"}
	before, err := openClassifier(cfg.Data)
	if err != nil {
		before = classify.Default()
	}
	if one.err = (trainModerationCmd{Seed: c.Seed}).Run(env); one.err != nil {
		return one
	}
	after, err := openClassifier(cfg.Data)
	if err != nil {
		one.err = err
		return one
	}
	one.before, one.after = firstScore(before.Artefact()), firstScore(after.Artefact())
	return one
}

func firstScore(a *learn.Artefact) float64 {
	if len(a.Scores) == 0 {
		return 0
	}
	return a.Scores[0].Value
}

// ranker is scored beside the table, on the same outcomes.
func (c trainAllCmd) ranker(env *environ, cfg Config) trainedOne {
	one := trainedOne{kind: "ranker", file: rankerFile(cfg.Data), score: "pairs in order"}
	var report rank.TrainReport
	_, report, one.err = (&trainRankerCmd{Tenant: c.Tenant, Seed: c.Seed}).train(env)
	one.before, one.after = report.Table, report.Trained
	return one
}

func trainedTable(done []trainedOne) table {
	t := table{head: []string{"model", "version", "data", "score", "before", "after", "file"}, flex: 6, right: []int{4, 5}}
	for _, one := range done {
		cells := []string{one.kind, "", "", one.score, "", "", one.file}
		if one.score != "" && one.after > 0 {
			cells[4], cells[5] = fmt.Sprintf("%.3f", one.before), fmt.Sprintf("%.3f", one.after)
		}
		r := row{cells: cells}
		if artefact, err := learn.ReadFile(one.file); one.err == nil && err == nil {
			cells[1], cells[2] = fmt.Sprintf("%d-%.12s", artefact.Format, artefact.Hash()), fmt.Sprintf("%.12s", artefact.Data)
		}
		switch {
		case one.err != nil:
			cells[6] = "not trained"
			r.below = []string{explain(one.err)}
		case one.score != "" && one.after < one.before:
			r.below = []string{"The score is lower than before: remove the file to go back to the model of the binary."}
		}
		t.rows = append(t.rows, r)
	}
	return t
}
