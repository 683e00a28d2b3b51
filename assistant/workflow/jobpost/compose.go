package jobpost

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
)

// longestDescription is how many bytes of the person's statements a post
// takes; longer than any post that is read to its end.
const longestDescription = 8000

// compose writes the post that a brief amounts to: its fields, and the claims
// for each sentence and value. What is computed (market, similar posts,
// warnings) is not touched.
func compose(doc *Document) workflow.Claims {
	var c workflow.Claims
	b := &doc.Brief.Brief
	doc.Title = capital(strings.TrimRight(b.Title.Value, " ."))
	if doc.Title != "" {
		c.Value("/title", doc.Title, grounding.Quote, workflow.ToSources(b.Title.Sources))
	}
	doc.Category = b.Category.Value
	if b.Category.Known() {
		c.Value("/category", brief.CategoryName(doc.Category), grounding.Quote, workflow.ToSources(b.Category.Sources))
	}
	describe(doc, &c)
	doc.Deliverables = items(&c, "/deliverables", b.Deliverables, grounding.Quote, entry)
	doc.Skills.Must = items(&c, "/skills/must", b.NamedSkills(), grounding.Skill, asIs)
	doc.Skills.Nice = items(&c, "/skills/nice", b.Nice, grounding.Skill, asIs)
	doc.Conditions = items(&c, "/conditions", b.Conditions, grounding.Quote, entry)
	doc.Questions = items(&c, "/questions", b.Questions, grounding.Quote, entry)
	composeTerms(doc, &c)
	doc.Missing = missing(*b)
	return c
}

func composeTerms(doc *Document, c *workflow.Claims) {
	b := &doc.Brief.Brief
	doc.Level = b.Level.Value
	if b.Level.Known() {
		c.Value("/level", doc.Level, grounding.Quote, workflow.ToSources(b.Level.Sources))
	}
	doc.Pay = nil
	if b.Pay.Known() {
		p := b.Pay.Value
		doc.Pay = &Pay{Type: p.Type, Per: p.Per, Min: p.Min, Max: p.Max, Currency: p.Currency, Around: p.Around}
		c.Value("/pay", p.String(), grounding.Money, workflow.ToSources(b.Pay.Sources))
	}
	doc.Duration = known(b.Duration, func(p brief.Period) {
		c.Value("/duration", p.String(), grounding.Duration, workflow.ToSources(b.Duration.Sources))
	})
	doc.Hours = known(b.Hours, func(h brief.Hours) {
		c.Value("/hours_per_week", h.String(), grounding.Duration, workflow.ToSources(b.Hours.Sources))
	})
	doc.Start = known(b.Start, func(d brief.Day) { c.Value("/start", d.String(), grounding.Date, workflow.ToSources(b.Start.Sources)) })
	doc.Deadline = known(b.Deadline, func(d brief.Day) {
		c.Value("/deadline", d.String(), grounding.Date, workflow.ToSources(b.Deadline.Sources))
	})
	doc.Location = known(b.Location, func(l brief.Location) {
		c.Value("/location", l.String(), grounding.Entity, workflow.ToSources(b.Location.Sources))
	})
	doc.TimeZone = b.TimeZone.Value
	if b.TimeZone.Known() {
		c.Value("/time_zone", doc.TimeZone, grounding.Entity, workflow.ToSources(b.TimeZone.Sources))
	}
}

func known[T any](field brief.Field[T], claim func(T)) *T {
	if !field.Known() {
		return nil
	}
	value := field.Value
	claim(value)
	return &value
}

func items(c *workflow.Claims, path string, list []brief.Item, kind grounding.Kind, write func(string) string) []string {
	texts := make([]string, 0, len(list))
	for _, item := range list {
		text := item.Text
		if !isEdit(item) {
			text = write(text)
		}
		c.Value(path+"/"+strconv.Itoa(len(texts)), text, kind, workflow.ToSources(item.Sources))
		texts = append(texts, text)
	}
	return texts
}

func asIs(text string) string { return text }

// entry writes a list entry: a capital first, no full stop.
func entry(text string) string {
	return capital(strings.TrimRight(strings.TrimSpace(text), " .,;"))
}

func isEdit(item brief.Item) bool {
	return len(item.Sources) > 0 && item.Sources[0].Kind != "message"
}

// describe composes the description: what the person edited, as it stands;
// what the person said of the work, a paragraph; then the terms.
func describe(doc *Document, c *workflow.Claims) {
	b := &doc.Brief.Brief
	p := workflow.NewProse("/description", c)
	terms := termQuotes(*b)
	wasEdit := false
	for i, item := range b.Summary {
		if edit := isEdit(item); edit {
			p.Paragraph()
			p.Verbatim(item.Text, workflow.ToSources(item.Sources))
			wasEdit = true
			continue
		}
		if i == 0 || wasEdit || apart(p, b.Summary[i-1], item) {
			p.Paragraph()
			wasEdit = false
		}
		if i > 0 && statesOnly(item.Text, terms) || heading.MatchString(strings.TrimSpace(item.Text)) || slices.ContainsFunc(b.Deliverables, func(d brief.Item) bool { return sameWords(d.Text, item.Text) && i > 0 }) {
			continue // an answer such as "Shopify I think" stands in its field, a heading says nothing
		}
		p.Sentence(postVoice(item.Text, terms), grounding.Quote, workflow.ToSources(item.Sources))
	}
	if p.Text() == "" && b.Title.Known() {
		p.Sentence(finish(doc.Title), grounding.Quote, workflow.ToSources(b.Title.Sources))
	}
	p.Paragraph()
	if !doc.Brief.Memory.NoTerms {
		for _, t := range unsaid(termSentences(*b), p.Text()) {
			p.Sentence(t.text, t.kind, workflow.ToSources(t.sources))
		}
	}
	doc.Description = p.Text()
}

// unsaid leaves out the terms that the person's own sentences state already in
// the words that they were read from.
func unsaid(terms []term, statements string) []term {
	low := strings.ToLower(statements)
	return slices.DeleteFunc(terms, func(t term) bool {
		return len(t.sources) > 0 && !slices.ContainsFunc(t.sources, func(s brief.Source) bool {
			return s.Kind != "message" || len(s.Quote) < leastQuote || !strings.Contains(low, strings.ToLower(s.Quote))
		})
	})
}

// leastQuote is how long words must be to be found again with certainty.
const leastQuote = 6

// The paragraphs of a description: a blank line of the person's own begins one
// where there is something before it, and a long one is ended in any case.
const (
	shortParagraph = 120 // UTF-16 units
	longParagraph  = 480
)

// apart reports whether a statement begins a new paragraph.
func apart(p *workflow.Prose, before, after brief.Item) bool {
	if len(before.Sources) == 0 || len(after.Sources) == 0 {
		return false
	}
	size := p.ParagraphLength()
	a, b := before.Sources[0], after.Sources[0]
	gap := a.ID == b.ID && b.Start-a.End > 1 && (a.Quote == "" || strings.ContainsAny(a.Quote[len(a.Quote)-1:], ".!?:") || b.Start-a.End > 4) // not "; " nor the next entry of a list
	return size > longParagraph || gap && size > shortParagraph
}

// heading finds the headings of a brief that was pasted.
var heading = regexp.MustCompile(`(?i)^(?:#+ ?|\d+[.)] ?)?(?:background|overview|introduction|summary|about (?:us|the (?:company|project|job|role|work))|context|(?:the )?(?:project )?brief|project|what we (?:want|need|do)|what you(?:['’]ll| will) do|(?:technical|tech)(?: (?:stack|details|requirements))?|technology|deliverables|budget|timeline|timing|budget (?:and|&) (?:timing|timeline)|requirements|scope(?: of work)?|responsibilities|tasks|skills|who we are(?: looking for)?|who you are|your profile|how to apply|nice to have|must have|goals?|objectives?|project brief\b.{0,60})\s*[:.–-]*$`)

// sameWords reports whether two texts say the same but for capitals and stops.
func sameWords(a, b string) bool { return strings.TrimSpace(flat(a)) == strings.TrimSpace(flat(b)) }

// missing lists what a post needs and this one lacks, in the order of the page.
func missing(b brief.Brief) []brief.Slot {
	open := []brief.Slot{}
	for _, slot := range []brief.Slot{brief.SlotTitle, brief.SlotCategory, brief.SlotSummary, brief.SlotDeliverables, brief.SlotSkills, brief.SlotLevel, brief.SlotPay, brief.SlotDuration, brief.SlotHours} {
		if needed(b, slot) && !settled(b, slot) {
			open = append(open, slot)
		}
		if slot == brief.SlotPay && noCurrency(b) {
			open = append(open, slotCurrency)
		}
	}
	return open
}

// noCurrency reports whether a sum was named, and not in what currency.
func noCurrency(b brief.Brief) bool {
	return b.Pay.Known() && b.Pay.Value.Amount() && b.Pay.Value.Currency == ""
}

// needed reports whether a post of this kind says something of the slot: hours
// only when the work is paid by the hour.
func needed(b brief.Brief, slot brief.Slot) bool {
	return slot != brief.SlotHours || b.Pay.Value.Type == "hourly"
}
