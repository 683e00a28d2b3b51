package shortlist

import (
	"cmp"
	"context"
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
	t.fact(factLead, fmt.Sprintf("%s is number %d of %d, with %.0f of 100 points.", called(c.Label, c.Headline), place, t.doc.Passed, c.Score), profileSource(id, c.Headline))
	t.parts(*c)
	if reason := telling(t.doc, *c); reason != nil {
		t.fact(factCandidate, "What proves most: “"+telltale(t.doc, reason)+"”.", profileSource(id, reason.Quote))
	}
	if len(t.people) > 1 {
		t.between(*c, t.people[1])
		return
	}
	t.gaps(*c, 2)
}

// parts tells what most of a score comes from, and what it loses most by.
func (t *turn) parts(c Candidate) {
	parts := slices.Clone(c.Parts)
	slices.SortStableFunc(parts, func(a, b rank.Part) int { return cmp.Compare(b.Points, a.Points) })
	told := make(map[rank.Feature]bool)
	for _, p := range parts[:min(2, len(parts))] {
		if p.Value > rank.Unsaid {
			told[p.Feature] = true
			t.fact(factPart, fmt.Sprintf("%s: %s of %s points, %s.", capital(featureName(p.Feature)), points(p.Points), points(100*p.Weight), inner(p.Why)), profileSource(c.ProfileID, ""))
		}
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
		t.present(c, 0)
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
		t.fact(factLead, who+" is off the list because of what you set: "+inner(conditionsOf(a.failed))+".", profileSource(id, ""))
		for _, f := range a.failed[:min(3, len(a.failed))] {
			t.fact(factGap, gapText(f.condition.Requirement, f.finding, a.profile), profileSource(id, ""))
		}
	case a.unsuited:
		t.fact(factLead, who+" is not on the list because the profile shows nothing of what the work needs.", profileSource(id, ""))
	default:
		t.fact(factLead, fmt.Sprintf("%s is below the first %d that the list holds.", who, mostCandidates), profileSource(id, ""))
	}
}

func conditionsOf(failed []failure) string {
	var texts []string
	for _, f := range failed {
		texts = append(texts, inner(f.condition.Text))
	}
	return workflow.Join(texts)
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
	for _, text := range list[:min(most, len(list))] {
		t.fact(factGap, text, profileSource(c.ProfileID, ""))
	}
	if rest := len(list) - most; rest > 0 {
		t.fact(factGap, fmt.Sprintf("The list names %s more.", count(rest, "gap")))
	}
}

// ask answers who has something, or whether somebody has it, and leaves the list as it is.
func (w *Workflow) ask(ctx context.Context, t *turn) error {
	text := workflow.Clip(t.in.Message.Text, longestWish)
	if t.act == actAbout {
		text = unnamed(t.doc, text)
	}
	wish := w.reader.Wish(text, t.today, wishContext(t.in, t.doc))
	if kind := askedFor(text); t.act == actAbout && kind != "" {
		t.tell(t.people, kind)
		return nil
	}
	if len(wish.Add) == 0 {
		if t.act == actAbout && len(t.people) > 0 && len(wish.Exclude)+len(wish.Include)+len(wish.Weights) == 0 {
			t.describe(t.people[0])
			return nil
		}
		return w.refine(ctx, t)
	}
	if t.act == actAbout {
		for _, id := range t.people[:min(3, len(t.people))] {
			t.answer(id, wish.Add)
		}
		return nil
	}
	t.whoHas(wish.Add)
	return nil
}

// askedFor is which value of a profile a question with "how much", "when" or
// "where" is about, "" for none.
func askedFor(text string) fit.Kind {
	for _, a := range []struct {
		kind    fit.Kind
		pattern *regexp.Regexp
	}{
		{fit.Pay, howMuch}, {fit.Place, whereLives}, {fit.Start, whenFree}, {fit.Hours, howManyHours}, {fit.Language, whichLanguages}, {fit.Record, howRated}, {fit.Level, howSenior},
	} {
		if a.pattern.MatchString(text) {
			return a.kind
		}
	}
	return ""
}

var (
	howMuch        = regexp.MustCompile(`(?i)\b(?:how much|what)\b.{0,30}\b(?:cost|costs|charge|charges|ask|asks|rate|price|want|wants|take|expensive)\b|\bhow (?:much|expensive|cheap)\b`)
	whereLives     = regexp.MustCompile(`(?i)\bwhere\b|\b(?:what|which) (?:country|city|place|time ?zone)\b`)
	whenFree       = regexp.MustCompile(`(?i)\b(?:when|how soon|from what day|how early)\b`)
	howManyHours   = regexp.MustCompile(`(?i)\bhow many hours\b`)
	whichLanguages = regexp.MustCompile(`(?i)\b(?:what|which) (?:other )?languages?\b`)
	howRated       = regexp.MustCompile(`(?i)\bhow many (?:jobs|reviews)\b|\bhow (?:is|are|was) .{1,30} rated\b|\bwhat.{0,20}\b(?:rating|reviews|track record)\b`)
	howSenior      = regexp.MustCompile(`(?i)\bhow (?:senior|experienced)\b|\bwhat level\b`)
)

// tell says what profiles give for one of their values.
func (t *turn) tell(ids []string, kind fit.Kind) {
	for _, id := range ids[:min(mostCompared, len(ids))] {
		a := t.board.find(id)
		switch value := valueText(kind, a.profile); {
		case a.id == "":
			t.absent(id)
		case value == "":
			t.fact(factGap, "For "+t.doc.label(id)+", "+inner(gapText(fit.Requirement{Kind: kind}, fit.Finding{Status: fit.Silent}, a.profile))+".", profileSource(id, ""))
		default:
			t.fact(factCandidate, t.doc.label(id)+" "+inner(value)+".", profileSource(id, ""))
		}
	}
}

// answer tells how one person meets what was asked.
func (t *turn) answer(id string, list []fit.Requirement) {
	a := t.board.find(id)
	if a.id == "" {
		return
	}
	label := t.doc.label(id)
	for _, r := range list {
		f := a.fit.Check(r, t.today)
		_, quote := proof(f)
		value := valueText(r.Kind, a.profile)
		switch {
		case value != "" && f.Status != fit.Silent:
			word := map[bool]string{true: "Yes", false: "No"}[r.Keeps(f)]
			t.fact(factCandidate, word+", "+label+" "+inner(value)+".", profileSource(id, quote))
		case f.Status == fit.Met && quote != "":
			t.fact(factCandidate, "Yes, "+label+" shows "+topic(r)+": “"+excerpt(quote)+"”.", profileSource(id, quote))
		case f.Status == fit.Met:
			t.fact(factCandidate, "Yes, as far as the profile of "+label+" tells.", profileSource(id, ""))
		default:
			t.fact(factGap, label+": "+inner(gapText(r, f, a.profile))+".", profileSource(id, quote))
		}
	}
}

// whoHas names those of everybody looked at who have something.
func (t *turn) whoHas(list []fit.Requirement) {
	var on, off []string
	var sources []sessions.Source
	for _, a := range t.board.all {
		if slices.Contains(t.people, a.id) || slices.ContainsFunc(list, func(r fit.Requirement) bool { return !r.Keeps(a.fit.Check(r, t.today)) }) {
			continue
		}
		if slices.Contains(t.board.order, a.id) {
			on = append(on, a.id)
		} else {
			off = append(off, a.id)
		}
		sources = append(sources, profileSource(a.id, ""))
	}
	slices.SortStableFunc(on, func(a, b string) int { return slices.Index(t.board.order, a) - slices.Index(t.board.order, b) })
	var texts []string
	for _, r := range list {
		texts = append(texts, inner(r.Text))
	}
	what := "“" + strings.Join(texts, ", ") + "”"
	switch {
	case len(on)+len(off) == 0:
		t.fact(factLead, "Nobody I looked at shows "+what+".", t.messageSource(""))
		return
	case len(on) > 0:
		t.fact(factLead, "On the list, "+what+" holds for "+t.some(on)+".", sources...)
	default:
		t.fact(factLead, "On the list, "+what+" holds for nobody.", sources...)
	}
	if len(off) > 0 {
		t.fact(factOff, "Of those who are off the list it holds for "+t.some(off)+".", sources...)
	}
	t.fact(factNext, "Say “only those” with it, and I narrow the list.")
}

// describe tells the plain facts of somebody.
func (t *turn) describe(id string) {
	a := t.board.find(id)
	if a.id == "" {
		t.absent(id)
		return
	}
	var parts []string
	for _, kind := range []fit.Kind{fit.Place, fit.Pay, fit.Hours, fit.Start, fit.Language} {
		if text := valueText(kind, a.profile); text != "" {
			parts = append(parts, inner(text))
		}
	}
	parts = append(parts, inner(trackRecord(a.profile.TrackRecord)))
	t.fact(factLead, called(t.doc.label(id), a.profile.Headline)+": "+strings.Join(parts, "; ")+".", profileSource(id, a.profile.Headline))
	if c := t.doc.candidate(id); c != nil {
		if reason := telling(t.doc, *c); reason != nil {
			t.fact(factCandidate, "What proves most: “"+telltale(t.doc, reason)+"”.", profileSource(id, reason.Quote))
		}
		t.gaps(*c, 2)
		return
	}
	t.absent(id)
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
