// Command count counts the stems of the demo marketplace and of the skill
// vocabulary and writes the table of package words. Run it by go generate
// after either has changed.
package main

import (
	"fmt"
	"os"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

func main() {
	table, err := count()
	if err == nil {
		err = os.WriteFile("table.txt", []byte(table), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func count() (string, error) {
	docs, err := demo.Documents()
	if err != nil {
		return "", err
	}
	counter := words.NewCounter(demo.Categories)
	category := make(map[string]string)
	for _, doc := range docs {
		if doc.Kind == retrieval.KindJobPost {
			category[doc.ID] = doc.Post.Category
		}
	}
	for _, doc := range docs {
		topic := doc.Facets().Category
		if doc.Kind == retrieval.KindProposal {
			topic = category[doc.Proposal.JobPost]
		}
		counter.Text(topic, doc.SearchText())
	}
	for _, skill := range skills.Default().Skills() {
		counter.Phrase(skill.Category, skill.Name)
		for _, alias := range skill.Aliases {
			counter.Phrase(skill.Category, alias)
		}
	}
	return counter.Table(), nil
}
