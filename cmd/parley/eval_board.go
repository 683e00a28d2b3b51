package main

import (
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/eval"
)

// evalBoardCmd is the scoreboard.
type evalBoardCmd struct {
	Data string `help:"Folder with labelled attacks (PARLEY_TESTDATA)." placeholder:"DIR" type:"path"`

	evalPlay `embed:""`
}

// boardTasks are played for the scoreboard, in this order.
var boardTasks = []evalTask{jobPosts, proposals, shortlists}

// Run measures every task on its test cases and tells the headline figures.
func (c evalBoardCmd) Run(env *environ) error {
	if err := c.check(); err != nil {
		return err
	}
	begun := time.Now()
	var all []any
	tell := func(b eval.Board, theirs *eval.Board) error {
		switch {
		case c.JSON && theirs != nil:
			all = append(all, eval.Versus{Ours: b, Theirs: *theirs})
		case c.JSON:
			all = append(all, b)
		case theirs != nil:
			return eval.Versus{Ours: b, Theirs: *theirs}.Write(env.out)
		default:
			return b.WriteMain(env.out)
		}
		return nil
	}
	routed, err := c.routing(env)
	if err != nil {
		return err
	}
	if err := tell(routed, nil); err != nil {
		return err
	}
	for _, task := range boardTasks {
		cases, err := task(evalFile{})
		if err != nil {
			return err
		}
		ours, theirs, err := c.both(env, cases)
		if err != nil {
			return err
		}
		if err := tell(ours, theirs); err != nil {
			return err
		}
	}
	attacks, err := evalInjectionCmd{Data: c.Data, Sample: 60, evalPlay: c.evalPlay}.boards(env, evalFile{})
	if err != nil {
		return err
	}
	for _, board := range attacks {
		if err := tell(board, nil); err != nil {
			return err
		}
	}
	if c.JSON {
		return writeJSON(env.out, map[string]any{"boards": all, "seconds": time.Since(begun).Seconds()})
	}
	_, err = fmt.Fprintf(env.out, "\nMeasured in %s. Searches are measured by \"parley eval retrieval\", which needs data with known answers.\n", time.Since(begun).Round(100*time.Millisecond))
	return err
}

// routing is the board of the router on its test cases.
func (c evalBoardCmd) routing(env *environ) (board eval.Board, err error) {
	file, err := eval.Cases("routing")
	if err != nil {
		return board, err
	}
	defer file.Close()
	cases, err := eval.ReadRoutingCases(file)
	if err != nil {
		return board, err
	}
	router, err := c.router(env)
	if err != nil {
		return board, err
	}
	board = eval.RoutingBoard(router, cases)
	board.Resamples, board.Seed = c.Resamples, c.Seed
	return board, nil
}
