package rules_test

import (
	"slices"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// What the rules must be worth on the messages that were written by hand: how
// many of the hits of a strength are of a label that the message has.
const (
	certainPrecision = 0.97
	likelyPrecision  = 0.85
)

// TestPrecision counts, by label, what the strongest hit of every message is
// worth. It prints the table with -v.
func TestPrecision(t *testing.T) {
	examples, err := corpus.Written()
	if err != nil || len(examples) == 0 {
		t.Skipf("no corpus: %v", err)
	}
	type tally struct{ right, wrong int }
	total := map[rules.Strength]*tally{rules.Hint: {}, rules.Likely: {}, rules.Certain: {}}
	byLabel := map[policy.Label]map[rules.Strength]*tally{}
	having := map[policy.Label]int{}
	for _, l := range policy.Labels() {
		byLabel[l] = map[rules.Strength]*tally{rules.Hint: {}, rules.Likely: {}, rules.Certain: {}}
	}
	set := rules.Default()
	for _, e := range examples {
		result := set.Check(e.Message)
		for _, l := range policy.Labels() {
			has := slices.Contains(e.Labels, l)
			if has {
				having[l]++
			}
			if h, found := result.Strongest(l); found && has {
				byLabel[l][h.Strength].right++
				total[h.Strength].right++
			} else if found {
				byLabel[l][h.Strength].wrong++
				total[h.Strength].wrong++
			}
		}
	}
	for _, l := range policy.Labels() {
		c, k, h := byLabel[l][rules.Certain], byLabel[l][rules.Likely], byLabel[l][rules.Hint]
		t.Logf("%-22s of %4d: certain %3d (%d wrong), likely %3d (%d wrong), hint %3d (%d wrong)", l, having[l], c.right, c.wrong, k.right, k.wrong, h.right, h.wrong)
	}
	for strength, least := range map[rules.Strength]float64{rules.Certain: certainPrecision, rules.Likely: likelyPrecision} {
		n := total[strength]
		if p := float64(n.right) / float64(max(1, n.right+n.wrong)); p < least {
			t.Errorf("precision of %s is %.3f (%d right, %d wrong), less than %.2f", strength, p, n.right, n.wrong, least)
		}
	}
}
