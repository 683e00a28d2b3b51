package main

import (
	"errors"
	"fmt"

	"github.com/parleyhq/parley/assistant/route"
)

type trainRouterCmd struct {
	Utterances string `help:"JSON lines with role, context, text and route: messages of the site, learned from beside Parley's own." placeholder:"FILE" type:"existingfile"`
	Negatives  string `help:"CSV file of CLINC150, gzipped or not, with the columns split, intent and text: more examples of what is out of scope." placeholder:"FILE" type:"existingfile"`
	Seed       uint64 `help:"Of the folds of the cross-validation." default:"1"`
	Out        string `help:"File of the model; models/router.parley in the data folder." placeholder:"FILE" type:"path"`
}

// Run trains on the utterances of the binary and, where there are, on those of the site, and
// writes the model as a whole or not at all.
func (c trainRouterCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	if c.Out == "" {
		c.Out = routerFile(cfg.Data)
	}
	options, err := c.options()
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	artefact, report, err := route.Train(env.ctx, options)
	if err != nil {
		return err
	}
	if err := writeRouter(cfg.Data, c.Out, artefact); err != nil {
		return err
	}
	fmt.Fprintf(env.out, "Trained on %d utterances and %d negatives.\n", report.Utterances, report.Negatives)
	fmt.Fprintf(env.out, "Cross-validated, without the rules: accuracy %.3f, out-of-scope F1 %.3f, calibration error %.3f.\n", report.Accuracy, report.OutOfScope, report.Calibration)
	fmt.Fprintf(env.out, "It would ask about %.1f%% of messages; of the others %.3f are right.\n", 100*report.Asked, report.AccuracySure)
	fmt.Fprintf(env.out, "The router is in %s.\n", c.Out)
	if c.Out == routerFile(cfg.Data) {
		fmt.Fprintln(env.out, "It is used from the next start on.")
	}
	return nil
}

// errNoUtterances means that a file was named and has nothing to learn from.
var errNoUtterances = errors.New("no utterances in it")

func (c trainRouterCmd) options() (o route.TrainOptions, err error) {
	o.Seed = c.Seed
	if c.Negatives != "" {
		if o.Negatives, err = route.ReadNegatives(c.Negatives); err != nil {
			return o, err
		}
	}
	if c.Utterances != "" {
		if o.Site, err = route.ReadUtterances(c.Utterances); err == nil && len(o.Site) == 0 {
			err = fmt.Errorf("%s: %w", c.Utterances, errNoUtterances)
		}
	}
	return o, err
}
