package shortlist

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/sessions"
)

// wishContext is what a wish is read against.
func wishContext(in sessions.Turn, doc *Document) fit.WishContext {
	c := fit.WishContext{Locale: in.Session.Locale, Zone: in.Session.TimeZone}
	if doc == nil {
		return c
	}
	post := doc.Memory.Post
	c.Country, c.Currency, c.Hours, c.Work = post.Country, post.Currency, post.HoursPerWeek, post.Title
	if post.TimeZone != "" {
		c.Zone = post.TimeZone
	}
	for _, k := range doc.Conditions {
		c.Earlier = append(c.Earlier, k.Requirement)
	}
	for _, p := range doc.Candidates {
		c.People = append(c.People, fit.Shown{ID: p.ProfileID, Label: p.Label, Headline: p.Headline, Rate: p.Rate, Currency: p.Currency, Country: p.Country})
	}
	for _, p := range doc.Dropped {
		c.People = append(c.People, fit.Shown{ID: p.ProfileID, Label: p.Label, Headline: p.Headline})
	}
	return c
}

// refine narrows, widens or reorders the list as the message asks, and tells
// what that changed.
func (w *Workflow) refine(ctx context.Context, t *turn) error {
	wish := w.reader.Wish(t.in.Message.Text, t.today, wishContext(t.in, t.doc))
	if wish.Empty() {
		return w.astray(ctx, t)
	}
	gone := t.apply(wish)
	var err error
	if t.board, err = w.build(ctx, t.in.Session.Tenant, t.doc, t.today); err != nil {
		return err
	}
	t.evidence = evidenceOf(t.doc)
	t.tellChange(wish, gone)
	return t.keep()
}

// apply brings conditions, weights and who was taken off up to date with a
// wish, and returns the conditions that are gone.
func (t *turn) apply(wish fit.Wish) (gone []Condition) {
	doc := t.doc
	var earlier []fit.Requirement
	for _, c := range doc.Conditions {
		earlier = append(earlier, c.Requirement)
	}
	now, _ := wish.Apply(earlier)
	before := doc.Conditions
	doc.Conditions = nil
	for _, r := range now {
		if i := slices.IndexFunc(before, func(c Condition) bool { return c.ID == r.ID }); i >= 0 {
			kept := before[i]
			kept.Requirement = r
			doc.Conditions = append(doc.Conditions, kept)
			continue
		}
		doc.Conditions = append(doc.Conditions, t.condition(r))
	}
	for _, c := range before {
		if !slices.ContainsFunc(doc.Conditions, func(k Condition) bool { return k.ID == c.ID }) {
			gone = append(gone, c)
		}
	}
	t.shift(wish)
	return gone
}

// shift takes people off the list or puts them back, and changes what counts.
func (t *turn) shift(wish fit.Wish) {
	doc := t.doc
	if wish.Reset {
		doc.Removed, doc.Memory.Factors = nil, nil
	}
	for _, id := range wish.Exclude {
		if !slices.Contains(doc.Removed, id) {
			doc.Removed = append(doc.Removed, id)
		}
		doc.Pinned = slices.DeleteFunc(doc.Pinned, func(pinned string) bool { return pinned == id })
	}
	doc.Removed = slices.DeleteFunc(doc.Removed, func(id string) bool { return slices.Contains(wish.Include, id) })
	for feature, factor := range wish.Weights {
		for _, own := range counted[feature] {
			factors := maps.Clone(doc.Memory.Factors)
			if factors == nil {
				factors = make(map[rank.Feature]float64)
			}
			factors[own] = factor
			doc.Memory.Factors = factors
		}
	}
}

// counted are the features that a wish means.
var counted = map[fit.Feature][]rank.Feature{
	fit.FeatureSkills: {rank.Must, rank.Nice}, fit.FeatureExperience: {rank.Must, rank.Recency}, fit.FeatureLevel: {rank.Level}, fit.FeaturePay: {rank.Pay},
	fit.FeatureZone: {rank.Zone}, fit.FeatureAvailability: {rank.Availability}, fit.FeatureRecord: {rank.TrackRecord},
}

// astray answers a message that nothing was understood of.
func (w *Workflow) astray(ctx context.Context, t *turn) error {
	if len(t.people) > 0 {
		var err error
		if t.board, err = w.build(ctx, t.in.Session.Tenant, t.doc, t.today); err != nil {
			return err
		}
		t.why()
		return nil
	}
	if t.tellUnknown() {
		return nil
	}
	t.fact(factNote, "I could not tell what that means for the list, so it stays as it is.")
	t.fact(factNext, "I understand what people must have, know, cost, speak, where they live and when they are free; and questions about somebody on the list.")
	return nil
}

// tellUnknown says which labels nobody has, and reports whether there are any.
func (t *turn) tellUnknown() bool {
	if len(t.unknown) == 0 || len(t.people) > 0 {
		return false
	}
	t.fact(factNote, "There is no "+strings.Join(t.unknown, " or ")+" among those I looked at.")
	return true
}
