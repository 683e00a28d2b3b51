package main

import (
	"context"
	"fmt"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/injection"
)

// evalInjectionCmd plays attacks.
type evalInjectionCmd struct {
	Data   string `help:"Folder with labelled attacks (PARLEY_TESTDATA); without it only the cases are played." placeholder:"DIR" type:"path"`
	Sample int    `help:"Labelled attacks to be played as conversations; all of them are routed." default:"60"`

	evalFile `embed:""`
	evalPlay `embed:""`
}

// Run plays the cases and, where they are at hand, labelled attacks of others.
func (c evalInjectionCmd) Run(env *environ) error {
	if err := c.check(); err != nil {
		return err
	}
	boards, err := c.boards(env, c.evalFile)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(env.out, map[string]any{"boards": boards, "n": len(boards[0].Outcomes), "injection": boards[0].Measure(boards[0].Figures[0]).Value, "failures": boards[0].Failed()})
	}
	for _, board := range boards {
		if c.Verbose {
			if err := writeDialogues(env.out, board); err != nil {
				return err
			}
		}
		if err := board.Write(env.out); err != nil {
			return err
		}
		fmt.Fprintln(env.out)
	}
	return nil
}

// boards are those of the cases, of labelled attacks in conversations, and of
// labelled attacks that are routed.
func (c evalInjectionCmd) boards(env *environ, file evalFile) ([]eval.Board, error) {
	attacks, err := readCases(file, "injection", injection.Read, func(a injection.Attack) string { return a.ID })
	if err != nil {
		return nil, err
	}
	own, err := c.attack(env, attacks, "Texts that carry instructions")
	if err != nil {
		return nil, err
	}
	folder := c.Data
	if folder == "" {
		folder = env.getenv("PARLEY_TESTDATA")
	}
	if folder == "" {
		own.Notes = append(own.Notes, "Labelled attacks of others were not played: name their folder with --data or PARLEY_TESTDATA.")
		return []eval.Board{own}, nil
	}
	labelled, err := injection.ReadLabelled(folder)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	played, err := c.attack(env, injection.Sample(labelled, c.Sample, c.Seed), "Labelled attacks in profiles, posts and messages")
	if err != nil {
		return nil, err
	}
	router, err := c.router(env)
	if err != nil {
		return nil, err
	}
	routed := injection.Routed(router, labelled)
	routed.Resamples, routed.Seed = c.Resamples, c.Seed
	return []eval.Board{own, played, routed}, nil
}

func (c evalInjectionCmd) attack(env *environ, attacks []injection.Attack, title string) (eval.Board, error) {
	cfg, err := env.config()
	if err != nil {
		return eval.Board{}, err
	}
	board, err := c.play(env, cfg.builtinOnly(), evalCases{n: injection.SitesNeeded(len(attacks)), play: func(ctx context.Context, s *evalServer, atOnce int, progress func(int)) (eval.Board, error) {
		return injection.Run(ctx, s.site, attacks, atOnce, progress)
	}})
	board.Title = title
	return board, err
}

// router is the one that this installation uses.
func (evalPlay) router(env *environ) (eval.Router, error) {
	cfg, err := env.config()
	if err != nil {
		return nil, err
	}
	return openRouter(cfg.Data)
}
