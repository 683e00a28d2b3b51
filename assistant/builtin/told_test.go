package builtin

import (
	"testing"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

// TestToldStands checks that none of the composer's own sentences is taken for
// a claim without a source.
func TestToldStands(t *testing.T) {
	for key, texts := range told {
		facts := []model.Fact{{ID: "f1", Kind: kindIntent, Key: key}}
		checker := grounding.NewChecker(facts, skills.Default(), false)
		for _, text := range texts {
			if v := checker.Check(text+".", []string{"f1"}); !v.OK {
				t.Errorf("%s: %q would be dropped for %q", key, text, v.Missing)
			}
		}
	}
}
