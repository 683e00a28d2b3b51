package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/retrieval/learn"
)

type trainModerationCmd struct {
	Data    []string `help:"Folders of JSON lines with text and labels, each file by another author, learned from beside Parley's own messages." placeholder:"DIR" sep:"none" type:"existingdir"`
	Reviews []string `help:"Files of JSON lines: messages with the labels that reviewers gave them." placeholder:"FILE" sep:"none" type:"existingfile"`
	Seed    uint64   `help:"Of the blocks in which messages are held out where authors are too few." default:"1"`
	Out     string   `help:"File of the model; models/moderation.parley in the data folder." placeholder:"FILE" type:"path"`
}

// spellings are what messages are grown by before they are learned from: how a
// person writes must not decide what becomes of a message, nor what else it says.
var spellings = []string{"careless", "dialect", "within"}

// formerClassifierFile is where the classifier before the one in use lies, to go back to.
func formerClassifierFile(data string) string {
	return filepath.Join(data, "models", "moderation.former.parley")
}

// Run trains on the messages of the binary and, where there are, on those of the
// site, and writes the model as a whole or not at all.
func (c trainModerationCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	if c.Out == "" {
		c.Out = classifierFile(cfg.Data)
	}
	examples, variants, err := c.examples()
	if err != nil {
		return err
	}
	variants = append(variants, corpus.Grow(examples, corpus.GrowOptions{Seed: c.Seed, Per: 1, Operators: spellings})...)
	artefact, report, err := classify.Train(env.ctx, examples, classify.Options{Seed: c.Seed, Extra: variants})
	if err != nil {
		return err
	}
	if added := len(c.Data) + len(c.Reviews); added > 0 {
		artefact.Source += fmt.Sprintf(", with %d files of the site", added)
	}
	if err := writeClassifier(cfg.Data, c.Out, artefact); err != nil {
		return err
	}
	c.print(env.out, report)
	if c.Out == classifierFile(cfg.Data) {
		fmt.Fprintln(env.out, "It is used from the next start on.")
	}
	return nil
}

func (c trainModerationCmd) print(w io.Writer, r classify.Report) {
	fmt.Fprintf(w, "Trained on %d messages, of which %d break a policy, and on %d variants of them.\n", r.Examples, r.Violating, r.Extra)
	fmt.Fprintf(w, "On authors that it had not seen: AUC %.3f, calibration error %.3f.\n", r.Any, r.Calibration)
	fmt.Fprintf(w, "Where one message in ten breaks a policy, a judge would see %.1f%% of them; %.1f%% of violations reach it or are stopped, and %.1f%% of the clean messages that look like one are held.\n",
		100*r.Judged, 100*r.Stopped, 100*r.HardHeld)
	var labels []string
	for _, l := range r.Labels {
		labels = append(labels, fmt.Sprintf("%s %.3f", l.Label, l.AUC))
	}
	fmt.Fprintf(w, "AUC by label: %s.\n", strings.Join(labels, ", "))
	fmt.Fprintf(w, "The classifier is in %s.\n", c.Out)
}

// examples are the messages that are learned from and measured on, and the
// variants that are only learned from.
func (c trainModerationCmd) examples() (list, variants []corpus.Example, err error) {
	if list, err = corpus.Written(); err != nil {
		return nil, nil, err
	}
	files := slices.Clone(c.Reviews)
	for _, folder := range c.Data {
		found, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
		if err != nil || len(found) == 0 {
			return nil, nil, fmt.Errorf("%w: no .jsonl files in %s", errUsage, folder)
		}
		files = append(files, found...)
	}
	for _, name := range files {
		some, err := readExamples(name)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", errUsage, err)
		}
		list = append(list, some...)
	}
	list, variants = apart(list)
	return list, variants, nil
}

// apart takes out the variants: examples that "parley data synth" has grown, or
// that somebody made of another author's.
func apart(all []corpus.Example) (list, variants []corpus.Example) {
	author := make(map[string]string)
	for _, e := range all {
		author[e.ID] = e.Author
	}
	for _, e := range all {
		if of, known := author[e.Source]; e.Operator != "" || known && e.Source != "" && of != e.Author {
			variants = append(variants, e)
			continue
		}
		list = append(list, e)
	}
	return list, variants
}

// readExamples reads a file of examples. Who wrote them is the file's name,
// where they do not say.
func readExamples(name string) ([]corpus.Example, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := corpus.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i := range list {
		if list[i].Author == "" {
			list[i].Author = name
		}
	}
	return list, nil
}

// writeClassifier writes a trained classifier to a file as a whole or not at
// all. Where it takes the place of the one in use, that is kept beside it.
func writeClassifier(data, file string, artefact *learn.Artefact) error {
	if file == classifierFile(data) {
		// One that cannot be opened judges nothing, and may go.
		if former, err := classify.Open(file); err == nil && former.Artefact().Data != artefact.Data {
			if err := keep(file, formerClassifierFile(data)); err != nil {
				return err
			}
		}
	}
	return learn.WriteFile(file, artefact)
}
