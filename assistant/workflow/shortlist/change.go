package shortlist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// mostNames is how many people are named in one sentence.
const mostNames = 6

// tellChange says what a wish did to the list: how many are left and who, who
// went off and why, who came back, who moved, and what now holds.
func (t *turn) tellChange(wish fit.Wish, gone []Condition) {
	if t.doc.Passed == 0 {
		t.nobody()
		return
	}
	off, back := t.moved()
	if len(off)+len(back) > 0 || wish.Reset || len(wish.Weights) == 0 {
		t.left()
	}
	t.off(off)
	if len(back) > 0 && len(back) < t.doc.Passed {
		t.fact(factBack, "Back on the list: "+t.some(back)+".", t.messageSource(""))
	}
	t.reordered(wish, off, back)
	t.inForce(wish, gone)
	if rest := strings.TrimSpace(wish.Rest); len(strings.Fields(rest)) > 2 {
		t.fact(factNote, "I could make nothing of “"+excerpt(rest)+"”, so it changes nothing.", t.messageSource(rest))
	}
	if t.doc.Passed == 1 {
		t.fact(factNext, "Ask me why, or say “back to everybody” to start over.")
	}
}

// left says how many people remain, and who.
func (t *turn) left() {
	order := t.board.order
	source := t.messageSource("")
	switch n := len(order); {
	case n == t.doc.Considered-t.doc.Unsuited:
		t.fact(factLead, fmt.Sprintf("All %d are on the list, %s first.", n, t.doc.label(order[0])), source)
	case n == 1:
		t.fact(factLead, "One left: "+called(t.doc.label(order[0]), t.board.find(order[0]).profile.Headline)+".", source)
	case n <= mostNames:
		t.fact(factLead, fmt.Sprintf("%s left of %d: %s.", capital(number(n)), t.doc.Considered, workflow.Join(t.doc.labels(order))), source)
	default:
		t.fact(factLead, fmt.Sprintf("%s left of %d; %s come first.", capital(number(n)), t.doc.Considered, workflow.Join(t.doc.labels(order[:3]))), source)
	}
}

// moved tells who was on the list before the turn and is not now, and the other way round.
func (t *turn) moved() (off, back []string) {
	now := make(map[string]bool, len(t.board.order))
	for _, id := range t.board.order {
		now[id] = true
	}
	was := make(map[string]bool)
	for _, c := range t.before.Candidates {
		was[c.ProfileID] = true
		if !now[c.ProfileID] {
			off = append(off, c.ProfileID)
		}
	}
	for _, d := range t.before.Dropped {
		if now[d.ProfileID] && !was[d.ProfileID] {
			back = append(back, d.ProfileID)
		}
	}
	return off, back
}

// off says why people went off the list: three with the reason, then how many more.
func (t *turn) off(ids []string) {
	const told = 3
	var parts []string
	var sources []sessions.Source
	for _, id := range ids {
		if slices.Contains(t.doc.Removed, id) || len(parts) == told {
			continue
		}
		a := t.board.find(id)
		if len(a.failed) == 0 {
			continue
		}
		f := a.failed[0]
		parts = append(parts, t.doc.label(id)+" ("+inner(f.text(a.profile))+")")
		sources = append(sources, profileSource(id, ""))
	}
	if len(parts) == 0 {
		return
	}
	text := workflow.Join(parts)
	if rest := len(ids) - len(parts); rest > 0 {
		text = strings.Join(parts, ", ") + fmt.Sprintf(" and %d more", rest)
	}
	t.fact(factOff, "Off the list: "+text+".", sources...)
}

func (t *turn) some(ids []string) string {
	labels := t.doc.labels(ids)
	if len(labels) <= mostNames {
		return workflow.Join(labels)
	}
	return strings.Join(labels[:mostNames-1], ", ") + fmt.Sprintf(" and %d more", len(labels)-mostNames+1)
}

// reordered says who comes first now, where the list is the same but for its order.
func (t *turn) reordered(wish fit.Wish, off, back []string) {
	soft := slices.ContainsFunc(wish.Add, func(r fit.Requirement) bool { return !r.Hard })
	if len(wish.Weights) == 0 && !soft || len(t.before.Candidates) == 0 || len(t.doc.Candidates) == 0 {
		return
	}
	first, former := t.doc.Candidates[0], t.before.Candidates[0]
	for feature, factor := range wish.Weights {
		more := map[bool]string{true: "counts four times as much as usual now", false: "counts a quarter of what it usually does"}[factor > 1]
		t.fact(factOrder, capital(string(feature))+" "+more+".", t.messageSource(""))
	}
	if first.ProfileID == former.ProfileID {
		t.fact(factOrder, first.Label+" still comes first.", t.messageSource(""))
		return
	}
	text := first.Label + " comes first now"
	if c := t.doc.candidate(former.ProfileID); c != nil {
		text += ", before " + c.Label
		if part := ahead(first, *c); part != nil {
			text += ": " + inner(part.Why)
		}
	}
	t.fact(factOrder, text+".", profileSource(first.ProfileID, ""))
}

// ahead is the part by which one candidate is most ahead of another, nil for none.
func ahead(a, b Candidate) *rank.Part {
	var best *rank.Part
	most := 0.5 // points
	for i := range a.Parts {
		for _, other := range b.Parts {
			if d := a.Parts[i].Points - other.Points; other.Feature == a.Parts[i].Feature && d > most {
				best, most = &a.Parts[i], d
			}
		}
	}
	return best
}

// inForce says what no longer counts, and what the person has set then.
func (t *turn) inForce(wish fit.Wish, gone []Condition) {
	if wish.Reset && len(t.doc.Conditions) == 0 || len(gone)+len(wish.Allow) == 0 {
		return
	}
	var texts []string
	var sources []sessions.Source
	for _, c := range gone {
		texts = append(texts, "“"+inner(c.Text)+"”")
		sources = append(sources, c.Source)
	}
	if len(texts) > 0 && !wish.Reset {
		verb := " no longer counts."
		if len(texts) > 1 {
			verb = " no longer count."
		}
		t.fact(factInForce, capital(workflow.Join(texts))+verb, sources...)
	}
	if len(t.doc.Conditions) == 0 {
		return
	}
	texts, sources = nil, nil
	for _, c := range t.doc.Conditions {
		text := inner(c.Text)
		if !c.Requirement.Hard {
			text += " if possible"
		}
		texts = append(texts, text)
		sources = append(sources, c.Source)
	}
	t.fact(factInForce, "What you have set now: "+strings.Join(texts, "; ")+".", sources...)
}

// nobodyHas answers a question that nobody on the list fits, and leaves the
// list as it is.
func (t *turn) nobodyHas(wish fit.Wish) {
	var texts []string
	for _, r := range wish.Add {
		texts = append(texts, inner(r.Text))
	}
	t.fact(factLead, "Nobody on the list fits “"+strings.Join(texts, ", ")+"”, so the list stays as it is.", t.messageSource(""))
	for _, a := range t.board.all {
		if t.before.candidate(a.id) != nil || len(a.failed) == 0 || slices.ContainsFunc(wish.Add, func(r fit.Requirement) bool { return !r.Keeps(a.fit.Check(r, t.today)) }) {
			continue
		}
		t.fact(factOff, "Off the list it holds for "+t.doc.label(a.id)+".", profileSource(a.id, ""))
		return
	}
}

// nobody says that the conditions leave nobody, what each of them leaves out,
// and who comes nearest.
func (t *turn) nobody() {
	t.fact(factLead, fmt.Sprintf("That leaves nobody of the %s.", count(t.doc.Considered, "profile")), t.messageSource(""))
	alone := make(map[string]int)
	var nearest *assessed
	for i := range t.board.all {
		a := &t.board.all[i]
		for _, f := range a.failed {
			alone[f.condition.ID]++
		}
		if len(a.failed) > 0 && !slices.Contains(t.doc.Removed, a.id) && (nearest == nil || len(a.failed) < len(nearest.failed) || len(a.failed) == len(nearest.failed) && closeness(a) > closeness(nearest)) {
			nearest = a
		}
	}
	var parts []string
	var sources []sessions.Source
	for _, c := range t.doc.Conditions {
		if n := alone[c.ID]; n > 0 {
			parts = append(parts, fmt.Sprintf("“%s” leaves out %d", inner(c.Text), n))
			sources = append(sources, c.Source)
		}
	}
	if len(parts) > 0 {
		t.fact(factOff, "Taken alone, "+workflow.Join(parts)+".", sources...)
	}
	if n := len(t.doc.Removed); n > 0 {
		t.fact(factOff, "You took "+count(n, "person")+" off the list yourself.")
	}
	if nearest != nil {
		var misses []string
		for _, f := range nearest.failed[:min(2, len(nearest.failed))] {
			misses = append(misses, inner(f.text(nearest.profile)))
		}
		t.fact(factGap, "The nearest is "+called(t.doc.label(nearest.id), nearest.profile.Headline)+"; what speaks against it: "+strings.Join(misses, "; ")+".", profileSource(nearest.id, ""))
	}
	var replies []string
	for _, c := range t.doc.Conditions {
		if alone[c.ID] > 0 && len(replies) < mostReplies {
			replies = append(replies, "Forget “"+c.Text+"”")
		}
	}
	if len(replies) == 0 {
		return
	}
	t.ask("condition", "What shall I let go?", replies...)
	t.fact(factQuestion, t.question.Text)
}

// mostReplies is how many quick replies are offered.
const mostReplies = 4

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

func capital(text string) string {
	if text != "" && text[0] >= 'a' && text[0] <= 'z' {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

var numbers = strings.Fields("nobody one two three four five six seven eight nine ten")

func number(n int) string {
	if n < len(numbers) {
		return numbers[n]
	}
	return fmt.Sprint(n)
}
