package shortlist

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

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
			t.fact(factGap, said(t.doc.labels([]string{id}), gapText(fit.Requirement{Kind: kind}, fit.Finding{Status: fit.Silent}, a.profile))+".", profileSource(id, ""))
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
			t.fact(factGap, said([]string{label}, gapText(r, f, a.profile))+".", profileSource(id, quote))
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
		texts = append(texts, inner(ownWords(t.in.Message.Text, r)))
	}
	what := "“" + strings.Join(texts, ", ") + "”"
	switch {
	case len(on)+len(off) == 0:
		t.fact(factLead, "Nobody I looked at shows "+what+".", t.messageSource(""))
		return
	case len(on) > 0:
		t.fact(factLead, "Of those on the list, "+t.some(on)+map[bool]string{true: " fits ", false: " fit "}[len(on) == 1]+what+".", sources...)
	default:
		t.fact(factLead, "Nobody on the list fits "+what+".", sources...)
	}
	if len(off) > 0 {
		t.fact(factOff, "Of those who are off the list, "+t.some(off)+map[bool]string{true: " does.", false: " do."}[len(off) == 1], sources...)
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
