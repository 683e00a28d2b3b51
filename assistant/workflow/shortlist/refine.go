package shortlist

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval/words"
	"github.com/parleyhq/parley/sessions"
)

// longestWish is how many characters of a message are read as a wish.
const longestWish = 4_000

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
		c.People = append(c.People, fit.Shown{ID: p.ProfileID, Label: p.Label, Headline: p.Headline, Off: true})
	}
	return c
}

// refine narrows, widens or reorders the list as the message asks, and tells
// what that changed.
func (w *Workflow) refine(ctx context.Context, t *turn) error {
	wish, gone := fit.Wish{}, t.forget()
	if len(gone) == 0 {
		var err error
		if wish, err = w.wish(ctx, t); err != nil {
			return err
		}
		if wish.Empty() {
			return w.astray(ctx, t)
		}
		gone = t.apply(wish)
	}
	var err error
	if t.board, err = w.build(ctx, t.in.Session.Tenant, t.doc, t.today); err != nil {
		return err
	}
	if t.doc.Passed == 0 && len(t.before.Candidates) > 0 && yesNo.MatchString(t.in.Message.Text) {
		t.nobodyHas(wish)
		return nil
	}
	t.evidence = evidenceOf(t.doc)
	t.tellChange(wish, gone)
	return t.keep()
}

// wish reads what the message asks of the list, in the light of who there is.
// What it asks of people that nobody is chosen by, and what nobody shows the
// least of, is left out, and said.
func (w *Workflow) wish(ctx context.Context, t *turn) (fit.Wish, error) {
	text := workflow.Clip(t.in.Message.Text, longestWish)
	asked := turned(text)
	wish := w.reader.Wish(asked, t.today, wishContext(t.in, t.doc))
	all := slices.Clone(wish.Add)
	wish.Add = slices.DeleteFunc(wish.Add, func(r fit.Requirement) bool { return explains(asked, r, all) })
	for i := range wish.Add { // who names no rate is not above it
		wish.Add[i].SilentOK = wish.Add[i].SilentOK || asked != text && wish.Add[i].Kind == fit.Pay
	}
	wish.Reset = wish.Reset || everybody.MatchString(text)
	t.refuse(wish)
	if len(wish.Add) == 0 {
		return wish, nil
	}
	people, err := w.pool(ctx, t)
	if err != nil {
		return wish, err
	}
	wish = wish.Among(people, t.today)
	if len(wish.Unshown) == 0 || wish.Empty() && !asking.MatchString(text) { // chatter, and no wish
		return wish, nil
	}
	var texts []string
	for _, r := range wish.Unshown {
		if one := "“" + inner(ownWords(text, r)) + "”"; !slices.Contains(texts, one) && !unfinished(r.Text) {
			texts = append(texts, one)
		}
	}
	if len(texts) == 0 {
		return wish, nil
	}
	t.fact(factNote, "None of the profiles shows "+strings.Join(texts, " or ")+", so I leave that out.", t.messageSource(wish.Unshown[0].Quote))
	return wish, nil
}

// refuse says that nobody is chosen by what they are, where a message asks that.
func (t *turn) refuse(wish fit.Wish) {
	if wish.Refused != "" {
		t.fact(factNote, "I choose nobody by “"+excerpt(wish.Refused)+"”: who somebody is has no part in this list, only what the work asks for.", t.messageSource(wish.Refused))
	}
}

// unfinished reports whether a phrase ends with a word that nothing ends with,
// so that it was cut out of something else: "Europe under".
func unfinished(phrase string) bool {
	list := words.Split(phrase)
	return len(list) == 0 || words.Function(words.English, list[len(list)-1])
}

// pool are the people whom the list is made from.
func (w *Workflow) pool(ctx context.Context, t *turn) ([]*fit.Person, error) {
	ids, _, err := w.find(ctx, t.in.Session.Tenant, t.doc)
	if err != nil {
		return nil, err
	}
	people, err := w.read(ctx, t.in.Session.Tenant, ids)
	if err != nil {
		return nil, err
	}
	out := make([]*fit.Person, len(people))
	for i, p := range people {
		out[i] = p.fit
	}
	return out, nil
}

// everybody are ways to ask for the whole list again that name nobody.
var everybody = regexp.MustCompile(`(?i)\b(?:everyone|everybody|all of them|them all|the (?:whole|full|complete) list)\b.{0,20}\b(?:back|again)\b|\bback\b.{0,12}\b(?:everyone|everybody|all of them)\b`)

// yesNo are questions whose answer can be nobody, which does not empty the list.
var yesNo = regexp.MustCompile(`(?i)^\W*(?:(?:and|but|so|ok)\W+)*(?:is|are|does|do|has|have|can|could|did|any|anyone|anybody)\b.*\?\s*$`)

// keepOnly takes everybody off the list whom the message does not name.
func (w *Workflow) keepOnly(ctx context.Context, t *turn) error {
	doc := t.doc
	for _, c := range doc.Candidates {
		if !slices.Contains(t.people, c.ProfileID) && !slices.Contains(doc.Removed, c.ProfileID) {
			doc.Removed = append(doc.Removed, c.ProfileID)
		}
	}
	t.shift(fit.Wish{Include: t.people})
	var err error
	if t.board, err = w.build(ctx, t.in.Session.Tenant, doc, t.today); err != nil {
		return err
	}
	t.evidence = evidenceOf(doc)
	t.tellChange(fit.Wish{Include: t.people}, nil)
	return t.keep()
}

// forgetting is the quick reply that takes back a condition by its words.
var forgetting = regexp.MustCompile(`^\s*Forget “(.+)”\s*$`)

// forget takes back the condition that such a reply names.
func (t *turn) forget() (gone []Condition) {
	m := forgetting.FindStringSubmatch(t.in.Message.Text)
	if m == nil {
		return nil
	}
	t.doc.Conditions = slices.DeleteFunc(slices.Clone(t.doc.Conditions), func(c Condition) bool {
		if c.Text == m[1] {
			gone = append(gone, c)
		}
		return c.Text == m[1]
	})
	return gone
}

// asking are words that people ask for something with.
var asking = regexp.MustCompile(`(?i)\b(?:only|just|must|should|need|needs|want|who|whom|whose|which|with|has|have|had|having|keep|somebody|someone|people|those|them|ones?|experience|background|worked|done|made|built|know|knows|at least|please|no|not|any|show|filter|limit|also|and)\b`)

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
// Whom the person puts back stays, whatever was set before; what is set from
// then on counts for them too.
func (t *turn) shift(wish fit.Wish) {
	doc := t.doc
	if wish.Reset {
		doc.Removed, doc.Memory.Kept, doc.Memory.Factors = nil, nil, nil
	}
	kept := maps.Clone(doc.Memory.Kept)
	for _, id := range wish.Include {
		if kept == nil {
			kept = make(map[string]int)
		}
		kept[id] = t.before.Memory.Next
	}
	maps.DeleteFunc(kept, func(id string, _ int) bool { return slices.Contains(wish.Exclude, id) })
	doc.Memory.Kept = kept
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
			factors[own] = strength(factor)
			doc.Memory.Factors = factors
		}
	}
}

// strength makes what "matters most" outweigh what it is compared with.
func strength(factor float64) float64 {
	switch {
	case factor > 1:
		return 4
	case factor < 1:
		return 0.25
	}
	return 1
}

// counted are the features that a wish means.
var counted = map[fit.Feature][]rank.Feature{
	fit.FeatureSkills: {rank.Must, rank.Nice}, fit.FeatureExperience: {rank.Must, rank.Recency}, fit.FeatureLevel: {rank.Level}, fit.FeaturePay: {rank.Pay},
	fit.FeatureZone: {rank.Zone}, fit.FeatureAvailability: {rank.Availability}, fit.FeatureRecord: {rank.TrackRecord},
}

// astray answers a message that nothing was understood of.
func (w *Workflow) astray(ctx context.Context, t *turn) error {
	if len(t.facts.List) > 0 { // all that there is to say was said
		return nil
	}
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
	t.fact(factNote, "I could not make a wish or a question of that, so the list stays as it is.")
	t.fact(factNext, "You can say what people must know, speak or cost, where they live and when they are free, or ask about somebody.")
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
