package main

import (
	"fmt"
	"path/filepath"

	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/retrieval/learn"
)

type trainRouterCmd struct {
	Negatives string `help:"CSV file of CLINC150, gzipped or not, with the columns split, intent and text: more examples of what is out of scope." placeholder:"FILE" type:"existingfile"`
	Seed      uint64 `help:"Of the folds of the cross-validation." default:"1"`
	Out       string `help:"File of the model; models/router.parley in the data folder." placeholder:"FILE" type:"path"`
}

// Run trains on the utterances of the binary and writes the model as a whole or not at all.
func (c trainRouterCmd) Run(env *environ) error {
	if c.Out == "" {
		cfg, err := env.config()
		if err != nil {
			return err
		}
		c.Out = filepath.Join(cfg.Data, "models", "router.parley")
	}
	options := route.TrainOptions{Seed: c.Seed}
	if c.Negatives != "" {
		negatives, err := route.ReadNegatives(c.Negatives)
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		options.Negatives = negatives
	}
	artefact, report, err := route.Train(env.ctx, options)
	if err != nil {
		return err
	}
	if err := learn.WriteFile(c.Out, artefact); err != nil {
		return err
	}
	fmt.Fprintf(env.out, "Trained on %d utterances and %d negatives.\n", report.Utterances, report.Negatives)
	fmt.Fprintf(env.out, "Cross-validated, without the rules: accuracy %.3f, out-of-scope F1 %.3f, calibration error %.3f.\n", report.Accuracy, report.OutOfScope, report.Calibration)
	fmt.Fprintf(env.out, "It would ask about %.1f%% of messages; of the others %.3f are right.\n", 100*report.Asked, report.AccuracySure)
	fmt.Fprintf(env.out, "The router is in %s.\n", c.Out)
	return nil
}
