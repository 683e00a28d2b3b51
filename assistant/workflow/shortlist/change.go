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
	off, back := t.moved()
	if t.already(wish, off, back) {
		return
	}
	if t.doc.Passed == 0 {
		t.nobody()
		return
	}
	if len(off)+len(back) > 0 || wish.Reset || len(wish.Weights) == 0 {
		t.left()
	}
	t.off(off)
	if len(back) > 0 && len(back) < t.doc.Passed {
		t.fact(factBack, "Back on the list: "+t.some(back)+".", t.messageSource(""))
	}
	for _, id := range back {
		if c := t.doc.candidate(id); slices.Contains(wish.Include, id) && c != nil {
			if text := t.against(*c); text != "" {
				t.fact(factGap, "Mind that "+said([]string{c.Label}, text)+".", profileSource(id, ""))
			}
		}
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

// already answers a wish to take off whom the list does not have, or to put
// back who is on it.
func (t *turn) already(wish fit.Wish, off, back []string) bool {
	if len(off)+len(back) > 0 || wish.Reset || len(wish.Add)+len(wish.Weights)+len(wish.Drop)+len(wish.Allow) > 0 {
		return false
	}
	for _, id := range wish.Exclude {
		t.fact(factLead, t.doc.label(id)+" was not on the list, and now stays off it whatever you change.", t.messageSource(""))
	}
	for _, id := range wish.Include {
		if t.doc.candidate(id) != nil {
			t.fact(factLead, t.doc.label(id)+" is on the list already.", t.messageSource(""))
		}
	}
	return len(wish.Exclude)+len(wish.Include) > 0
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

// against is what would leave somebody out whom the person has put back, "" for nothing.
func (t *turn) against(c Candidate) string {
	if len(c.Limits) > 0 {
		return c.Limits[0]
	}
	a := t.board.find(c.ProfileID)
	for _, k := range t.doc.Conditions {
		if f := finding(a.findings, k.ID); k.Requirement.Hard && !k.Requirement.Keeps(f) {
			return gapText(k.Requirement, f, a.profile)
		}
	}
	return ""
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

// off says why people went off the list, those together who went for the same
// reason: three reasons, then how many more.
func (t *turn) off(ids []string) {
	const told = 3
	groups, order := make(map[string][]string), []string(nil)
	for _, id := range ids {
		a := t.board.find(id)
		if slices.Contains(t.doc.Removed, id) || len(a.failed) == 0 {
			continue
		}
		text := a.failed[0].text(a.profile)
		if groups[text] == nil {
			order = append(order, text)
		}
		groups[text] = append(groups[text], id)
	}
	var parts []string
	var sources []sessions.Source
	rest := 0
	for i, text := range order {
		if i >= told {
			rest += len(groups[text])
			continue
		}
		parts = append(parts, said(t.brief(groups[text]), text))
		for _, id := range groups[text] {
			sources = append(sources, profileSource(id, ""))
		}
	}
	if len(parts) == 0 {
		return
	}
	if rest > 0 {
		parts = append(parts, fmt.Sprintf("%d more have reasons of their own, which the list names", rest))
		if rest == 1 {
			parts[told] = "1 more has a reason that the list names"
		}
	}
	t.fact(factOff, "Off the list: "+strings.Join(parts, "; ")+".", sources...)
}

// brief are the labels of people, of many the first few and how many more.
func (t *turn) brief(ids []string) []string {
	labels := t.doc.labels(ids)
	if len(labels) <= mostNames {
		return labels
	}
	return append(labels[:mostNames-1:mostNames-1], fmt.Sprintf("%d more", len(labels)-mostNames+1))
}

func (t *turn) some(ids []string) string { return workflow.Join(t.brief(ids)) }

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
		if len(wish.Weights) > 0 {
			t.fact(factOrder, first.Label+" still comes first.", t.messageSource(""))
		}
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
		texts = append(texts, inner(ownWords(t.in.Message.Text, r)))
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
