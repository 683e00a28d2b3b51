package shortlist

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// why explains where somebody stands: what their score is made of, what proves
// it, and what speaks against it. Without anybody named it explains the order.
func (t *turn) why() {
	if t.tellUnknown() {
		return
	}
	if len(t.people) == 0 {
		t.explainOrder()
		return
	}
	id := t.people[0]
	c := t.doc.candidate(id)
	if c == nil {
		t.absent(id)
		return
	}
	place := slices.Index(t.board.order, id) + 1
	t.stands(*c, place)
	if reason := telling(t.doc, *c); reason != nil {
		t.fact(factCandidate, "What proves most: “"+telltale(t.doc, reason)+"”.", profileSource(id, reason.Quote))
	}
	t.parts(*c)
	if len(t.people) > 1 {
		t.between(*c, t.people[1])
		return
	}
	t.gaps(*c, 2)
}

// stands says where somebody stands, and that it is not first where the
// message took them to be.
func (t *turn) stands(c Candidate, place int) {
	where := fmt.Sprintf("is number %d of %d", place, t.doc.Passed)
	switch {
	case t.doc.Passed == 1:
		where = "is the only one on the list"
	case place == 1:
		where = fmt.Sprintf("is first of %d", t.doc.Passed)
	case asFirst.MatchString(t.in.Message.Text):
		where = fmt.Sprintf("is not first but number %d of %d", place, t.doc.Passed)
	}
	t.fact(factLead, fmt.Sprintf("%s %s, with %.0f of 100 points.", called(c.Label, c.Headline), where, c.Score), profileSource(c.ProfileID, c.Headline))
}

var asFirst = regexp.MustCompile(`(?i)\b(?:first|on top|at the top|number one|the best)\W*$`)

// parts tells what most of a score comes from, and what it loses most by.
func (t *turn) parts(c Candidate) {
	parts := slices.Clone(c.Parts)
	slices.SortStableFunc(parts, func(a, b rank.Part) int { return cmp.Compare(b.Points, a.Points) })
	told := make(map[rank.Feature]bool)
	var most []string
	for _, p := range parts[:min(2, len(parts))] {
		if p.Value > rank.Unsaid {
			told[p.Feature] = true
			most = append(most, fmt.Sprintf("%s (%s of %s)", featureName(p.Feature), points(p.Points), points(100*p.Weight)))
		}
	}
	if len(most) > 0 {
		t.fact(factPart, "Most points come from "+workflow.Join(most)+".", profileSource(c.ProfileID, ""))
	}
	slices.SortStableFunc(parts, func(a, b rank.Part) int { return cmp.Compare(lost(b), lost(a)) })
	if p := parts[0]; lost(p) >= 3 && !told[p.Feature] {
		t.fact(factPart, fmt.Sprintf("Most is lost on %s, %s of %s points: %s.", featureName(p.Feature), points(lost(p)), points(100*p.Weight), inner(p.Why)), profileSource(c.ProfileID, ""))
	}
}

func lost(p rank.Part) float64 { return 100*p.Weight - p.Points }

func points(x float64) string { return fmt.Sprintf("%.0f", x) }

func featureName(f rank.Feature) string {
	switch f {
	case rank.Must:
		return "must-haves"
	case rank.Nice:
		return "nice-to-haves"
	case rank.Fit:
		return "likeness to the work"
	case rank.Zone:
		return "time zone"
	case rank.TrackRecord:
		return "track record"
	case rank.Recency:
		return "recent work"
	}
	return string(f)
}

// between tells why one candidate stands above another.
func (t *turn) between(c Candidate, otherID string) {
	other := t.doc.candidate(otherID)
	if other == nil {
		t.absent(otherID)
		return
	}
	a, b := c, *other
	if b.Score > a.Score {
		a, b = b, a
	}
	sources := []sessions.Source{profileSource(a.ProfileID, ""), profileSource(b.ProfileID, "")}
	for _, of := range []struct{ late, early Candidate }{{c, *other}, {*other, c}} {
		if len(of.late.Limits) > 0 && len(of.early.Limits) == 0 {
			t.fact(factOrder, fmt.Sprintf("Past a limit of the post, %s stands behind all who keep to it, %s among them.", of.late.Label, of.early.Label), sources...)
			return
		}
	}
	if part := ahead(a, b); part != nil {
		t.fact(factOrder, fmt.Sprintf("%s is ahead of %s most on %s: %s.", a.Label, b.Label, featureName(part.Feature), inner(part.Why)), sources...)
		return
	}
	t.fact(factOrder, a.Label+" and "+b.Label+" are level in nearly everything.", sources...)
}

func (t *turn) explainOrder() {
	doc := t.doc
	t.fact(factLead, "The order comes from a score of up to 100 points; its parts stand beside each person on the list.")
	weights := doc.Weights
	features := rank.Features()
	slices.SortStableFunc(features, func(a, b rank.Feature) int { return cmp.Compare(weights[b], weights[a]) })
	var names []string
	for _, f := range features[:3] {
		names = append(names, featureName(f))
	}
	t.fact(factPart, "Most counts "+workflow.Join(names)+".")
	if len(doc.Candidates) > 0 {
		c := doc.Candidates[0]
		t.people = []string{c.ProfileID}
		t.present(c, 0, longestQuote)
	}
	t.fact(factNext, "The choice is yours: say what matters more to you, and I count it so.")
}

// whyNot explains why somebody is not on the list, or not higher.
func (t *turn) whyNot() {
	if t.tellUnknown() || len(t.people) == 0 {
		return
	}
	id := t.people[0]
	c := t.doc.candidate(id)
	if c == nil {
		t.absent(id)
		return
	}
	place := slices.Index(t.board.order, id)
	t.fact(factLead, fmt.Sprintf("%s is on the list, at number %d of %d.", called(c.Label, c.Headline), place+1, t.doc.Passed), profileSource(id, c.Headline))
	t.gaps(*c, 3)
	if place > 0 {
		t.between(*c, t.board.order[0])
	}
}

// absent tells why somebody is not on the list.
func (t *turn) absent(id string) {
	a := t.board.find(id)
	who := called(t.doc.label(id), a.profile.Headline)
	switch {
	case a.id == "":
		t.fact(factLead, t.doc.label(id)+" is not among the profiles any more.")
	case slices.Contains(t.doc.Removed, id):
		t.fact(factLead, who+" is off the list because you took them off.", t.messageSource(""))
		t.fact(factNext, "Say “put "+t.doc.label(id)+" back” to undo that.")
	case len(a.failed) > 0:
		t.offBecause(who, a)
	case a.unsuited:
		t.fact(factLead, who+" is not on the list because the profile shows nothing of what the work needs.", profileSource(id, ""))
	default:
		t.fact(factLead, fmt.Sprintf("%s is below the first %d that the list holds.", who, mostCandidates), profileSource(id, ""))
	}
}

// offBecause says what leaves somebody out, and how they come back.
func (t *turn) offBecause(who string, a *assessed) {
	var why []string
	limit := true
	for _, f := range a.failed[:min(3, len(a.failed))] {
		why = append(why, inner(f.text(a.profile)))
		limit = limit && f.limit != ""
	}
	text := " is off the list: "
	if limit {
		text = " is past what the post says, which counts since you narrow the list: "
	}
	t.fact(factLead, who+text+strings.Join(why, "; ")+".", profileSource(a.id, ""))
	t.fact(factNext, "“Put "+t.doc.label(a.id)+" back” keeps them on it all the same.")
}

// lacks tells all that somebody does not have.
func (t *turn) lacks() {
	if t.tellUnknown() {
		return
	}
	for _, id := range t.people[:min(2, len(t.people))] {
		c := t.doc.candidate(id)
		if c == nil {
			t.absent(id)
			continue
		}
		if len(c.Gaps) == 0 {
			t.fact(factLead, called(c.Label, c.Headline)+" meets all that the work asks for, as far as the profile tells.", profileSource(id, ""))
			continue
		}
		met := len(c.Findings) - len(c.Gaps)
		t.fact(factLead, fmt.Sprintf("%s meets %d of %s in full.", called(c.Label, c.Headline), max(met, 0), count(len(c.Findings), "requirement")), profileSource(id, ""))
		t.gaps(*c, 6)
	}
}

// gaps tells what speaks against somebody, limits first.
func (t *turn) gaps(c Candidate, most int) {
	list := slices.Clone(c.Limits)
	for _, f := range c.Findings {
		requirement, ok := t.doc.requirement(f.Requirement)
		if !ok || f.Status == fit.Met {
			continue
		}
		if text := gapText(requirement, f, t.board.find(c.ProfileID).profile); !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	if len(list) == 0 {
		return
	}
	var parts []string
	for i, text := range list[:min(most, len(list))] {
		part := said([]string{c.Label}, text)
		if i > 0 {
			part = strings.TrimPrefix(part, c.Label+" ")
		}
		parts = append(parts, part)
	}
	t.fact(factGap, strings.Join(parts, "; ")+".", profileSource(c.ProfileID, ""))
	if rest := len(list) - most; rest > 0 {
		t.fact(factGap, fmt.Sprintf("The list names %s more.", count(rest, "gap")))
	}
}

// more shows the next ones.
func (t *turn) more() error {
	from := t.doc.Shown
	if from >= len(t.doc.Candidates) {
		t.fact(factLead, fmt.Sprintf("That is everybody: %s on the list.", count(len(t.doc.Candidates), "person")))
		if n := len(t.doc.Dropped); n > 0 {
			t.fact(factOff, fmt.Sprintf("Left out are %d; the list names the reason for each.", n))
		}
		return nil
	}
	t.doc.Shown = min(from+shownAtFirst, len(t.doc.Candidates))
	var labels []string
	for _, c := range t.doc.Candidates[from:t.doc.Shown] {
		labels = append(labels, c.Label)
	}
	t.fact(factLead, fmt.Sprintf("The list now shows %d of %d; new are %s.", t.doc.Shown, t.doc.Passed, workflow.Join(labels)))
	return t.keep()
}
