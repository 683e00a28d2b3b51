package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/route"
)

type evalRoutingCmd struct {
	Cases     string `help:"JSON lines with id, role, context, text and route, in place of Parley's own cases." placeholder:"FILE" type:"existingfile"`
	Model     string `help:"A trained router, in place of that of the binary." placeholder:"FILE" type:"existingfile"`
	Resamples int    `help:"Of the bootstrap that gives the interval." default:"2000"`
	Seed      uint64 `help:"Of the resamples." default:"1"`
	JSON      bool   `help:"Everything as JSON, each failed case with it."`
}

// Run routes each case as a conversation would. Nothing is stored.
func (c evalRoutingCmd) Run(env *environ) error {
	if c.Resamples < 1 {
		return fmt.Errorf("%w: --resamples %d is not at least 1", errUsage, c.Resamples)
	}
	cases, err := c.cases()
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	router, err := c.router()
	if err != nil {
		return err
	}
	report, err := eval.Routing(router, cases, c.Resamples, c.Seed)
	if err != nil {
		return err
	}
	if !c.JSON {
		return report.Write(env.out)
	}
	out := json.NewEncoder(env.out)
	out.SetIndent("", "  ")
	return out.Encode(report)
}

func (c evalRoutingCmd) cases() ([]eval.RoutingCase, error) {
	open, name := func() (io.ReadCloser, error) { return os.Open(c.Cases) }, c.Cases
	if name == "" {
		open, name = func() (io.ReadCloser, error) { return eval.Cases("routing") }, "routing"
	}
	file, err := open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	cases, err := eval.ReadRoutingCases(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return cases, nil
}

func (c evalRoutingCmd) router() (*route.Router, error) {
	if c.Model == "" {
		return route.Default(), nil
	}
	router, err := route.Open(c.Model)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	return router, nil
}
