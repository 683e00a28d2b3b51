package grounding_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

func TestScreenDropsWhatMayNotBeSaid(t *testing.T) {
	checker := grounding.NewChecker([]model.Fact{{ID: "f1", Kind: "summary", Text: "A shop for bicycles."}, {ID: "f2", Kind: "summary", Text: "Two dogs guard it."}}, skills.Default(), true)
	var said strings.Builder
	stream := grounding.NewStream(checker, func(text string) error { said.WriteString(text); return nil })
	var asked []string
	stream.Screen(func(sentence string) []string {
		asked = append(asked, sentence)
		if strings.Contains(sentence, "dogs") {
			return []string{"policy", "abuse"}
		}
		return nil
	})
	if err := stream.Write("A shop for bicycles [f1]. Two dogs guard it [f2]. It costs $99,999. "); err != nil {
		t.Fatal(err)
	}
	if err := stream.Close(); err != nil {
		t.Fatal(err)
	}
	if said.String() != "A shop for bicycles." || len(stream.Claims()) != 1 {
		t.Errorf("said %q", said.String())
	}
	dropped := stream.Dropped()
	if len(dropped) != 2 || dropped[0].Text != "Two dogs guard it." || strings.Join(dropped[0].Missing, " ") != "policy abuse" {
		t.Errorf("dropped %+v", dropped)
	}
	if len(asked) != 2 {
		t.Errorf("asked about %q: what has no source needs no second judge", asked)
	}
}
