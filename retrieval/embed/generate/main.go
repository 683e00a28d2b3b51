// Command generate trains the embedder that comes with the binary, and writes
// artefact/embedder.parley. Run it by go generate after the demo marketplace, the skill
// vocabulary or the reading of words has changed.
//
// Beside those it needs public files, which PARLEY_TESTDATA names the folder
// of: names and descriptions of occupations and skills (ESCO), job titles, tasks and
// technologies (O*NET), sentences of job ads (SkillSpan). Without it the
// committed artefact stays as it is.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
)

const (
	output = "artefact/embedder.parley"
	source = "Parley's demo marketplace and skill vocabulary; ESCO occupations and skills (European Commission); " +
		"O*NET database (U.S. Department of Labor, CC BY 4.0); SkillSpan (Zhang et al. 2022)"
)

func main() {
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		fmt.Fprintln(os.Stderr, "PARLEY_TESTDATA is not set:", output, "stays as it is")
		return
	}
	if err := generate(folder); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate(folder string) error {
	corpus, err := assemble(folder)
	if err != nil {
		return err
	}
	progress := func(done, total int, loss float64) {
		if done%500 == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d batches, loss %.3f\n", done, total, loss)
		}
	}
	embedder, report, err := embed.Train(context.Background(), corpus, embed.TrainOptions{Seed: 1, Source: source, Epochs: 4, Progress: progress})
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%+v\n", report)
	return learn.WriteFile(output, embedder.Artefact())
}

// assemble puts the corpus together.
func assemble(folder string) (*embed.Corpus, error) {
	documents, err := demo.Documents()
	if err != nil {
		return nil, err
	}
	corpus := embed.NewCorpus()
	corpus.Documents(documents)
	corpus.Vocabulary(skills.Default())
	for _, add := range []func(*embed.Corpus, string) error{addOccupations, addSkills, addJobTitles, addTechnologies, addSentences} {
		if err := add(corpus, folder); err != nil {
			return nil, err
		}
	}
	return corpus, nil
}
