package grounding_test

import (
	"fmt"
	"testing"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

// benchFacts are as many as a long proposal is written from.
func benchFacts(n int) []model.Fact {
	base := []string{
		"I built 12 online shops for bakeries in Leeds between 2016 and 2021.",
		"Two years of Kafka at Northwind Rail, moving 40 services off a queue.",
		"Five years of Java and Spring, mostly billing.",
		"I led a team of eight and cut the time to deploy from 40 minutes to 6.",
		"My rate is €65 an hour, and I have up to 30 hours a week.",
		"I have not used Kubernetes in production.",
	}
	var list []model.Fact
	for i := range n {
		list = append(list, model.Fact{ID: fmt.Sprintf("f%d", i+1), Kind: "proof", Text: base[i%len(base)]})
	}
	return list
}

func BenchmarkCheck(b *testing.B) {
	c := grounding.NewChecker(benchFacts(30), skills.Default(), true)
	for name, cited := range map[string][]string{"cited": {"f4", "f5"}, "uncited": nil} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Check("I led a team of eight, cut the time to deploy from 40 minutes to 6 and charge €65 an hour.", cited)
			}
		})
	}
}

func BenchmarkNewChecker(b *testing.B) {
	facts := benchFacts(30)
	b.ReportAllocs()
	for b.Loop() {
		grounding.NewChecker(facts, skills.Default(), true)
	}
}
