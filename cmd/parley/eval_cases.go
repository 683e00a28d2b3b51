package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
	"github.com/parleyhq/parley/assistant/eval/jobpost"
	"github.com/parleyhq/parley/assistant/eval/proposal"
	"github.com/parleyhq/parley/assistant/eval/shortlist"
	"github.com/parleyhq/parley/assistant/eval/transcript"
)

// evalPlay says how conversations are played and graded.
type evalPlay struct {
	Against   string `help:"Play the cases also with a configured model: an endpoint of parley.yaml, or endpoint/model." placeholder:"NAME"`
	AtOnce    int    `help:"Conversations at the same time." default:"4"`
	Resamples int    `help:"Of the bootstrap that gives the intervals." default:"2000"`
	Seed      uint64 `help:"Of the resamples." default:"1"`
	JSON      bool   `help:"Everything as JSON, each failed case with its dialogue."`
}

// evalFile says which cases of a task are played.
type evalFile struct {
	Cases   string   `help:"JSON lines, one case each; without it the test cases of the binary." placeholder:"FILE" type:"existingfile"`
	Case    []string `help:"Only these cases, by their ids." placeholder:"ID" sep:","`
	Verbose bool     `help:"Print what was said."`
}

type (
	evalJobPostCmd struct {
		evalFile `embed:""`
		evalPlay `embed:""`
	}
	evalProposalCmd struct {
		evalFile `embed:""`
		evalPlay `embed:""`
	}
	evalShortlistCmd struct {
		evalFile `embed:""`
		evalPlay `embed:""`
	}
)

func (c evalJobPostCmd) Run(env *environ) error   { return c.run(env, jobPosts, c.evalFile) }
func (c evalProposalCmd) Run(env *environ) error  { return c.run(env, proposals, c.evalFile) }
func (c evalShortlistCmd) Run(env *environ) error { return c.run(env, shortlists, c.evalFile) }

// evalCases are cases that were read, ready to be played on a server.
type evalCases struct {
	n    int
	id   func(i int) string
	demo bool // played on the site with the demo marketplace
	play func(ctx context.Context, s *evalServer, atOnce int, progress func(done int)) (eval.Board, error)
}

// evalTask reads the cases of a task.
type evalTask func(f evalFile) (evalCases, error)

func jobPosts(f evalFile) (evalCases, error) {
	cases, err := readCases(f, "job_post", jobpost.ReadCases, func(c jobpost.Case) string { return c.ID })
	return evalCases{len(cases), func(i int) string { return cases[i].ID }, true, func(ctx context.Context, s *evalServer, atOnce int, progress func(int)) (eval.Board, error) {
		return jobpost.Run(ctx, s.market, cases, atOnce, progress)
	}}, err
}

func proposals(f evalFile) (evalCases, error) {
	cases, err := readCases(f, "proposal", proposal.ReadCases, func(c proposal.Case) string { return c.ID })
	return evalCases{len(cases), func(i int) string { return cases[i].ID }, false, func(ctx context.Context, s *evalServer, atOnce int, progress func(int)) (eval.Board, error) {
		return proposal.Run(ctx, s.site, cases, atOnce, progress)
	}}, err
}

func shortlists(f evalFile) (evalCases, error) {
	cases, err := readCases(f, "shortlist", shortlist.ReadCases, func(c shortlist.Case) string { return c.ID })
	return evalCases{len(cases), func(i int) string { return cases[i].ID }, false, func(ctx context.Context, s *evalServer, atOnce int, progress func(int)) (eval.Board, error) {
		return shortlist.Run(ctx, s.site, cases, atOnce, progress)
	}}, err
}

// readCases reads the test cases of a task, or those of the file that was named.
func readCases[C any](f evalFile, task string, read func(io.Reader) ([]C, error), id func(C) string) ([]C, error) {
	source, err := eval.Cases(task)
	name := task
	if f.Cases != "" {
		name = f.Cases
		source, err = os.Open(f.Cases)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	defer source.Close()
	cases, err := read(source)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", errUsage, name, err)
	}
	if len(f.Case) == 0 {
		return cases, nil
	}
	cases = slices.DeleteFunc(cases, func(c C) bool { return !slices.Contains(f.Case, id(c)) })
	if len(cases) == 0 {
		return nil, fmt.Errorf("%w: %s has no case %v", errUsage, name, f.Case)
	}
	return cases, nil
}

func (p evalPlay) check() error {
	if p.Resamples < 1 || p.AtOnce < 1 {
		return fmt.Errorf("%w: --resamples and --at-once count: %d, %d", errUsage, p.Resamples, p.AtOnce)
	}
	return nil
}

// run plays the cases of one task and tells how they went.
func (p evalPlay) run(env *environ, task evalTask, file evalFile) error {
	if err := p.check(); err != nil {
		return err
	}
	cases, err := task(file)
	if err != nil {
		return err
	}
	ours, theirs, err := p.both(env, cases)
	if err != nil {
		return err
	}
	switch {
	case p.JSON && theirs != nil:
		return writeJSON(env.out, eval.Versus{Ours: ours, Theirs: *theirs})
	case p.JSON:
		return writeJSON(env.out, ours)
	}
	if file.Verbose {
		if err := writeDialogues(env.out, ours); err != nil {
			return err
		}
	}
	if theirs != nil {
		return eval.Versus{Ours: ours, Theirs: *theirs}.Write(env.out)
	}
	return ours.Write(env.out)
}

// both plays cases with the built-in composer and, where one was named, with
// another model.
func (p evalPlay) both(env *environ, cases evalCases) (ours eval.Board, theirs *eval.Board, err error) {
	cfg, err := env.config()
	if err != nil {
		return ours, nil, err
	}
	other, model := cfg, ""
	if p.Against != "" { // known to be there before anything is played
		if other, model, err = cfg.writtenBy(p.Against); err != nil {
			return ours, nil, err
		}
	}
	if ours, err = p.play(env, cfg.builtinOnly(), cases); err != nil || p.Against == "" {
		return ours, nil, err
	}
	board, err := p.play(env, other, cases)
	board.Model = model
	board.Notes = append(board.Notes, writtenShare(board))
	return ours, &board, err
}

// play starts a server, plays the cases on it, and stops it.
func (p evalPlay) play(env *environ, cfg Config, cases evalCases) (board eval.Board, err error) {
	progress := newEvalProgress(env.log)
	defer progress.clear()
	server, err := startEvalServer(env, cfg, cases.n, cases.demo)
	if err != nil {
		return board, err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	board, err = cases.play(env.ctx, server, p.AtOnce, func(done int) { progress.tell("eval", fmt.Sprintf("%d of %d cases", done, cases.n)) })
	board.Resamples, board.Seed = p.Resamples, p.Seed
	return board, err
}

// writtenShare tells how many answers the model really wrote: the others came from the
// built-in composer, since the model failed or was not needed.
func writtenShare(b eval.Board) string {
	wrote, all := 0, 0
	for _, o := range b.Outcomes {
		said, ok := o.Said.(*dialogue.Transcript)
		if !ok || said == nil {
			continue
		}
		for _, line := range said.Lines {
			if line.Who == "parley" {
				all++
			}
			if line.Tokens > 0 {
				wrote++
			}
		}
	}
	return fmt.Sprintf("%s wrote %d of %d answers, the built-in composer the others.", b.Model, wrote, all)
}

// writeDialogues writes what was said in each case, as Markdown.
func writeDialogues(w io.Writer, b eval.Board) error {
	for _, o := range b.Outcomes {
		said, ok := o.Said.(*dialogue.Transcript)
		if !ok || said == nil {
			continue
		}
		if err := transcript.Write(w, transcript.Record{Kind: b.Task, Case: o.ID, Said: said}); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	return nil
}

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
