package jobpost

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// edit carries a person's change into the brief, from which the document is composed.
type edit struct {
	doc    *Document
	before editable
	after  editable
	source brief.Source
}

func (e *edit) apply() {
	b := &e.doc.Brief.Brief
	e.text(&b.Title, e.before.Title, e.after.Title)
	e.text(&b.Category, e.before.Category, e.after.Category)
	e.text(&b.Level, e.before.Level, e.after.Level)
	e.text(&b.TimeZone, e.before.TimeZone, e.after.TimeZone)
	if e.before.Description != e.after.Description {
		e.description(b)
	}
	e.items(&b.Deliverables, e.before.Deliverables, e.after.Deliverables)
	e.must(b)
	e.items(&b.Nice, e.before.Skills.Nice, e.after.Skills.Nice)
	e.items(&b.Conditions, e.before.Conditions, e.after.Conditions)
	e.items(&b.Questions, e.before.Questions, e.after.Questions)
	b.Without = slices.DeleteFunc(b.Without, func(item brief.Item) bool {
		return slices.Contains(e.after.Skills.Must, item.Text) || slices.Contains(e.after.Skills.Nice, item.Text)
	})
	e.pay(b)
	field(&b.Duration, e.before.Duration, e.after.Duration, e.source)
	field(&b.Hours, e.before.Hours, e.after.Hours, e.source)
	field(&b.Start, e.before.Start, e.after.Start, e.source)
	field(&b.Deadline, e.before.Deadline, e.after.Deadline, e.source)
	field(&b.Location, e.before.Location, e.after.Location, e.source)
	e.doc.Dismissed = e.after.Dismissed
}

func (e *edit) by(text string) []brief.Source {
	s := e.source
	if s.Quote == "" {
		s.Quote = workflow.Clip(text, 200)
	}
	return []brief.Source{s}
}

func (e *edit) text(f *brief.Field[string], before, after string) {
	after = strings.TrimSpace(after)
	switch {
	case before == after:
	case after == "":
		*f = brief.Field[string]{Declined: true}
	default:
		*f = brief.Field[string]{Value: after, Sources: e.by(after), Confidence: 1}
	}
}

func (e *edit) pay(b *brief.Brief) {
	if e.after.Pay == nil {
		field(&b.Pay, payOf(e.before.Pay), nil, e.source)
		return
	}
	field(&b.Pay, payOf(e.before.Pay), payOf(e.after.Pay), e.source)
}

func payOf(p *Pay) *brief.Pay {
	if p == nil {
		return nil
	}
	return &brief.Pay{Type: p.Type, Per: p.Per, Min: p.Min, Max: p.Max, Currency: p.Currency, Around: p.Around}
}

func field[T comparable](f *brief.Field[T], before, after *T, source brief.Source) {
	switch {
	case before == nil && after == nil, before != nil && after != nil && *before == *after:
	case after == nil:
		*f = brief.Field[T]{Declined: true}
	default:
		*f = brief.Field[T]{Value: *after, Sources: []brief.Source{source}, Confidence: 1}
	}
}

// items carries a changed list over: entries that stayed keep their sources.
// before stands in the order of the items.
func (e *edit) items(items *[]brief.Item, before, after []string) {
	if slices.Equal(before, after) {
		return
	}
	next := make([]brief.Item, 0, len(after))
	for _, text := range after {
		text = strings.TrimSpace(text)
		if at := slices.Index(before, text); at >= 0 && at < len(*items) {
			next = append(next, (*items)[at])
			continue
		}
		next = append(next, brief.Item{Text: text, Sources: e.by(text), Confidence: 1})
	}
	*items = next
}

// must carries the skills over that the post shows; those that are merely
// implied stay beside them.
func (e *edit) must(b *brief.Brief) {
	named := b.NamedSkills()
	implied := slices.DeleteFunc(slices.Clone(b.Must), func(item brief.Item) bool {
		return !item.Implied || slices.Contains(e.after.Skills.Must, item.Text)
	})
	e.items(&named, e.before.Skills.Must, e.after.Skills.Must)
	b.Must = append(named, implied...)
}

// description makes an edited description the person's own, paragraph by
// paragraph. The closing paragraph on pay and time stays composed while it
// stands as it was composed, so that it follows later changes.
func (e *edit) description(b *brief.Brief) {
	var terms []string
	body := e.before.Description
	if at := strings.LastIndex(body, "\n\n"); at >= 0 {
		body = body[:at]
	}
	for _, t := range unsaid(termSentences(*b), body) {
		terms = append(terms, t.text)
	}
	closing := strings.Join(terms, " ")
	b.Summary, e.doc.Brief.Memory.NoTerms = nil, len(terms) > 0
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(e.after.Description, "\r\n", "\n"), "\n\n") {
		paragraph = strings.TrimSpace(paragraph)
		switch paragraph {
		case "":
		case closing:
			e.doc.Brief.Memory.NoTerms = false
		default:
			b.Summary = append(b.Summary, brief.Item{Text: paragraph, Sources: e.by(paragraph), Confidence: 1})
		}
	}
	if len(b.Summary) == 0 {
		b.Declined = append(b.Declined, brief.SlotSummary)
	}
}

// inherit gives sentences of an edited description that stood in the version
// before the sources they had there.
func inherit(list workflow.Claims, before []sessions.Claim) {
	had := make(map[string][]sessions.Source)
	for _, c := range before {
		if c.Path == "/description" {
			had[c.Text] = c.Sources
		}
	}
	for i, c := range list {
		if c.Path == "/description" && len(c.Sources) > 0 && c.Sources[0].Kind == "edit" && had[c.Text] != nil {
			list[i].Sources = had[c.Text]
		}
	}
}
