package shortlist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// nobody says in one paragraph that nobody is left: what each condition leaves
// out, who comes nearest, and which condition to let go.
func (t *turn) nobody() {
	if t.nothing() {
		return
	}
	lead := fmt.Sprintf("Nobody of the %s meets all of that", count(t.doc.Considered, "profile"))
	if t.before != nil && t.before.Passed == 0 {
		lead = "Still nobody meets all of that"
	}
	cost := t.board.costs(t.doc)
	text, sources := leavesOut(cost)
	if text != "" {
		lead += ": " + text
	}
	t.fact(factLead, lead+".", append(sources, t.messageSource(""))...)
	if n := len(t.doc.Removed); n > 0 {
		t.fact(factOff, "You took "+count(n, "person")+" off the list yourself.")
	}
	t.nearest()
	if len(cost) == 0 {
		return
	}
	if c := cost[0]; c.frees > 0 {
		t.fact(factNote, fmt.Sprintf("Without “%s” there would be %s.", inner(c.condition.Text), souls(c.frees)), c.condition.Source)
	}
	var replies []string
	for _, c := range cost[:min(mostReplies, len(cost))] {
		replies = append(replies, "Forget “"+c.condition.Text+"”")
	}
	t.ask("condition", "What shall I let go?", replies...)
	t.fact(factQuestion, t.question.Text)
}

// mostReplies is how many quick replies are offered.
const mostReplies = 3

// cost is what one condition does to a list.
type cost struct {
	condition Condition
	out       int // how many it leaves out, whatever else does
	frees     int // how many it alone leaves out
}

// costs tells what each condition does, the one that it helps most to let go first.
func (b *board) costs(doc *Document) []cost {
	var list []cost
	for _, c := range doc.Conditions {
		one := cost{condition: c}
		for _, a := range b.all {
			if !slices.ContainsFunc(a.failed, func(f failure) bool { return f.condition.ID == c.ID }) {
				continue
			}
			one.out++
			if len(a.failed) == 1 && !slices.Contains(doc.Removed, a.id) && !showsNothing(doc.Requirements, a.findings) {
				one.frees++
			}
		}
		if one.out > 0 {
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(x, y cost) int {
		if x.frees != y.frees {
			return y.frees - x.frees
		}
		return y.out - x.out
	})
	return list
}

// leavesOut says what the three conditions do that leave out most.
func leavesOut(list []cost) (string, []sessions.Source) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y cost) int { return y.out - x.out })
	var parts []string
	var sources []sessions.Source
	for i, c := range list[:min(3, len(list))] {
		verb := " leaves out "
		if i > 0 {
			verb = " "
		}
		parts = append(parts, fmt.Sprintf("“%s”%s%d", inner(c.condition.Text), verb, c.out))
		sources = append(sources, c.condition.Source)
	}
	return workflow.Join(parts), sources
}

// nearest names who misses least, and what.
func (t *turn) nearest() {
	var best *assessed
	for i := range t.board.all {
		a := &t.board.all[i]
		if len(a.failed) == 0 || slices.Contains(t.doc.Removed, a.id) || showsNothing(t.doc.Requirements, a.findings) {
			continue
		}
		if best == nil || len(a.failed) < len(best.failed) || len(a.failed) == len(best.failed) && closeness(a) > closeness(best) {
			best = a
		}
	}
	if best == nil {
		return
	}
	label := t.doc.label(best.id)
	var misses []string
	for _, f := range best.failed[:min(2, len(best.failed))] {
		misses = append(misses, strings.TrimPrefix(said([]string{label}, f.text(best.profile)), label+" "))
	}
	t.fact(factGap, called(label, best.profile.Headline)+" comes nearest, but "+strings.Join(misses, ", and ")+".", profileSource(best.id, ""))
}

// closeness orders those who miss equally many conditions: by how far they
// meet what they miss, then by all that is asked.
func closeness(a *assessed) float64 {
	sum := 0.0
	for _, f := range a.failed {
		sum += 10 * f.finding.Degree
	}
	for _, f := range a.findings {
		sum += f.Degree
	}
	return sum
}

func souls(n int) string {
	if n == 1 {
		return "one person"
	}
	return number(n) + " people"
}
