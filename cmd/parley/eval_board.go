package main

import (
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/eval"
)

// evalBoardCmd is the scoreboard.
type evalBoardCmd struct {
	Data     string `help:"Folder with labelled attacks (PARLEY_TESTDATA)." placeholder:"DIR" type:"path"`
	Markdown bool   `help:"Every figure, as the table of docs/quality.md."`

	evalPlay `embed:""`
}

// sampled is how many labelled attacks are played as conversations.
const sampled = 60

// boardTasks are played for the scoreboard, in this order.
var boardTasks = []evalTask{jobPosts, proposals, shortlists}

// Run measures every task on its test cases and tells the headline figures.
func (c evalBoardCmd) Run(env *environ) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Markdown && c.Against != "" {
		return fmt.Errorf("%w: --markdown is of the built-in composer alone", errUsage)
	}
	begun := time.Now()
	s := scoreboard{env: env, c: c}
	if err := s.measure(); err != nil {
		return err
	}
	took := time.Since(begun)
	switch {
	case c.JSON:
		return writeJSON(env.out, map[string]any{"boards": s.told, "seconds": took.Seconds()})
	case c.Markdown:
		return eval.WriteMarkdown(env.out, s.boards)
	}
	_, err := fmt.Fprintf(env.out, "\nMeasured in %s. Searches are measured by \"parley eval retrieval\", which needs data with known answers, moderation by \"parley eval moderation\".\n", took.Round(100*time.Millisecond))
	return err
}

// scoreboard measures board after board, and tells each at once where it is
// for people.
type scoreboard struct {
	env    *environ
	c      evalBoardCmd
	boards []eval.Board
	told   []any // boards, and comparisons with another model
}

func (s *scoreboard) measure() error {
	routed, err := s.c.routing(s.env)
	if err != nil {
		return err
	}
	if err := s.tell(routed, nil); err != nil {
		return err
	}
	for _, task := range boardTasks {
		cases, err := task(evalFile{})
		if err != nil {
			return err
		}
		ours, theirs, err := s.c.both(s.env, cases)
		if err != nil {
			return err
		}
		if err := s.tell(ours, theirs); err != nil {
			return err
		}
	}
	attacks, err := evalInjectionCmd{Data: s.c.Data, Sample: sampled, evalPlay: s.c.evalPlay}.boards(s.env, evalFile{})
	if err != nil {
		return err
	}
	for _, board := range attacks {
		if err := s.tell(board, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *scoreboard) tell(board eval.Board, theirs *eval.Board) error {
	s.boards = append(s.boards, board)
	if theirs == nil {
		s.told = append(s.told, board)
	} else {
		s.told = append(s.told, eval.Versus{Ours: board, Theirs: *theirs})
	}
	switch {
	case s.c.JSON || s.c.Markdown:
		return nil
	case theirs != nil:
		return eval.Versus{Ours: board, Theirs: *theirs}.Write(s.env.out)
	}
	return board.WriteMain(s.env.out)
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
