package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
)

type dataCmd struct {
	Synth struct {
		Moderation synthModerationCmd `cmd:"" help:"Grow labelled messages: variants in other words, in disguise, in other company."`
	} `cmd:"" help:"Make data from data."`
}

type synthModerationCmd struct {
	In        []string `arg:"" optional:"" help:"Labelled messages, one JSON object a line; those that come with Parley without any." type:"existingfile" placeholder:"FILE"`
	Out       string   `help:"Where the variants go; - for the standard output." default:"-" placeholder:"FILE"`
	Seed      uint64   `help:"The same seed gives the same variants." default:"1"`
	Per       int      `help:"Variants wished for of each message." default:"2"`
	Operator  []string `help:"Use only these operators; see --list." placeholder:"NAME"`
	Exclude   []string `help:"Messages that no variant may repeat, for example those of a test." type:"existingfile" placeholder:"FILE"`
	Originals bool     `help:"Write the messages themselves too."`
	List      bool     `help:"List the operators, and make nothing."`
}

// Run grows messages and says what came of it.
func (c synthModerationCmd) Run(env *environ) error {
	names, about := corpus.Operators()
	if c.List {
		t := table{head: []string{"operator", "what it does"}, flex: 1}
		for _, name := range names {
			t.rows = append(t.rows, row{cells: []string{name, about[name]}})
		}
		_, err := fmt.Fprint(env.out, t.draw(screenOf(env)))
		return err
	}
	for _, name := range c.Operator {
		if about[name] == "" {
			return fmt.Errorf("%w: no operator is named %q (see --list)", errUsage, name)
		}
	}
	list, err := examples(c.In)
	if err != nil {
		return err
	}
	o := corpus.GrowOptions{Seed: c.Seed, Per: c.Per, Operators: c.Operator, Exclude: map[uint64]bool{}}
	for _, name := range c.Exclude {
		kept, err := readExamples(name)
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		for _, e := range kept {
			o.Exclude[corpus.Fingerprint(e.Text)] = true
		}
	}
	grown := corpus.Grow(list, o)
	all := grown
	if c.Originals {
		all = append(append([]corpus.Example{}, list...), grown...)
	}
	if err := c.write(env, all); err != nil {
		return err
	}
	by := map[string]int{}
	for _, e := range grown {
		by[e.Operator]++
	}
	t := table{head: []string{"operator", "variants"}, right: []int{1}}
	for _, name := range names {
		if by[name] > 0 {
			t.rows = append(t.rows, row{cells: []string{name, grouped(by[name])}})
		}
	}
	fmt.Fprint(env.log, t.draw(screenOfLog(env)))
	fmt.Fprintf(env.log, "\n%s variants of %s messages.\n", grouped(len(grown)), grouped(len(list)))
	return nil
}

func (c synthModerationCmd) write(env *environ, list []corpus.Example) (err error) {
	out := env.out
	if c.Out != "-" {
		f, err := os.Create(c.Out)
		if err != nil {
			return fmt.Errorf("%w: --out: %w", errUsage, err)
		}
		defer f.Close()
		out = f
	}
	w := bufio.NewWriter(out)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, e := range list {
		if err := encoder.Encode(e); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return w.Flush()
}

// examples reads labelled messages of files, or those of the binary.
func examples(files []string) ([]corpus.Example, error) {
	if len(files) == 0 {
		return corpus.Written()
	}
	var list []corpus.Example
	for _, name := range files {
		read, err := readExamples(name)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errUsage, err)
		}
		list = append(list, read...)
	}
	return list, nil
}
