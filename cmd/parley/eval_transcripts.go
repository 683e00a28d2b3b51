package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
	"github.com/parleyhq/parley/assistant/eval/transcript"
	"github.com/parleyhq/parley/assistant/route"
)

// evalTranscriptsCmd writes conversations for people to read.
type evalTranscriptsCmd struct {
	Seed  uint64 `help:"Chooses the cases." default:"1"`
	Count int    `help:"Conversations to write." default:"10"`
	Out   string `help:"Folder to write them into." placeholder:"DIR" required:"" type:"path"`
}

// Run plays test cases that the seed draws, one kind after the other in turn, and writes them
// as Markdown.
func (c evalTranscriptsCmd) Run(env *environ) error {
	if c.Count < 1 {
		return fmt.Errorf("%w: --count %d is not at least 1", errUsage, c.Count)
	}
	records, err := c.play(env)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return err
	}
	for i, r := range records {
		name := filepath.Join(c.Out, fmt.Sprintf("%02d-%s.md", i+1, r.Kind))
		if err := writeTranscript(name, r); err != nil {
			return err
		}
		fmt.Fprintln(env.out, name)
	}
	return nil
}

func writeTranscript(name string, r transcript.Record) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(transcript.Write(file, r), file.Close())
}

// play draws the cases and plays them, a kind at a time.
func (c evalTranscriptsCmd) play(env *environ) ([]transcript.Record, error) {
	random := rand.New(rand.NewPCG(c.Seed, 0))
	kinds := []struct {
		name string
		task evalTask
	}{{"job_post", jobPosts}, {"shortlist", shortlists}, {"proposal", proposals}, {"advice", advices}}
	records := make([]transcript.Record, c.Count)
	for k, kind := range kinds {
		n := (c.Count - k + len(kinds) - 1) / len(kinds)
		if n <= 0 {
			continue
		}
		board, err := drawn(env, kind.task, n, random)
		if err != nil {
			return nil, err
		}
		for i, outcome := range board.Outcomes {
			said, _ := outcome.Said.(*dialogue.Transcript)
			records[k+i*len(kinds)] = transcript.Record{Kind: kind.name, Case: outcome.ID, Said: said}
		}
	}
	return records, nil
}

// drawn plays n cases of a task.
func drawn(env *environ, task evalTask, n int, random *rand.Rand) (eval.Board, error) {
	all, err := task(evalFile{})
	if err != nil {
		return eval.Board{}, err
	}
	var chosen []string
	for _, i := range random.Perm(all.n)[:min(n, all.n)] {
		chosen = append(chosen, all.id(i))
	}
	cases, err := task(evalFile{Case: chosen})
	if err != nil {
		return eval.Board{}, err
	}
	cfg, err := env.config()
	if err != nil {
		return eval.Board{}, err
	}
	return evalPlay{AtOnce: 1, Resamples: 1}.play(env, cfg.builtinOnly(), cases)
}

// advices are the questions for advice among the routing cases that open a
// conversation: they have no answers that could be graded, and are read.
func advices(f evalFile) (evalCases, error) {
	cases, err := readCases(f, "routing", openingQuestions, func(c eval.RoutingCase) string { return c.ID })
	return evalCases{len(cases), func(i int) string { return cases[i].ID }, true, func(ctx context.Context, s *evalServer, atOnce int, progress func(int)) (eval.Board, error) {
		board := eval.Board{Task: "advice", Outcomes: make([]eval.Outcome, len(cases))}
		return board, dialogue.Each(ctx, len(cases), atOnce, progress, func(ctx context.Context, i int) error {
			talk, err := dialogue.Open(ctx, s.market(i), dialogue.Person{})
			if err != nil {
				return err
			}
			defer talk.Close()
			_, err = talk.Say(cases[i].Text)
			board.Outcomes[i] = eval.Outcome{ID: cases[i].ID, Said: talk.Transcript("")}
			return err
		})
	}}, err
}

func openingQuestions(r io.Reader) ([]eval.RoutingCase, error) {
	all, err := eval.ReadRoutingCases(r)
	var questions []eval.RoutingCase
	for _, c := range all {
		if c.Route == route.Advice && c.Context == (route.Context{}) {
			questions = append(questions, c)
		}
	}
	return questions, err
}
