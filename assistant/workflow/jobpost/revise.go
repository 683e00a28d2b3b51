package jobpost

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/sessions"
)

// editable is what a person may patch of a Document.
type editable struct {
	Title        string          `json:"title"`
	Category     string          `json:"category"`
	Description  string          `json:"description"`
	Deliverables []string        `json:"deliverables"`
	Skills       Skills          `json:"skills"`
	Level        string          `json:"level"`
	Pay          *Pay            `json:"pay"`
	Duration     *brief.Period   `json:"duration"`
	Hours        *brief.Hours    `json:"hours_per_week"`
	Start        *brief.Day      `json:"start"`
	Deadline     *brief.Day      `json:"deadline"`
	Location     *brief.Location `json:"location"`
	TimeZone     string          `json:"time_zone"`
	Conditions   []string        `json:"conditions"`
	Questions    []string        `json:"questions"`
	Dismissed    []string        `json:"dismissed"`
}

func editableOf(d *Document) editable {
	return editable{d.Title, d.Category, d.Description, d.Deliverables, d.Skills, d.Level, d.Pay, d.Duration, d.Hours, d.Start, d.Deadline, d.Location, d.TimeZone, d.Conditions, d.Questions, d.Dismissed}
}

// Revise applies a person's merge patch to a draft. What was changed becomes
// the person's: it is kept by later turns until they say otherwise in the
// chat. A patch that does not fit wraps sessions.ErrInvalid and says why.
func (w *Workflow) Revise(ctx context.Context, r sessions.Revision) (sessions.Draft, error) {
	doc, err := decode(r.Draft)
	if err != nil {
		return sessions.Draft{}, err
	}
	before := editableOf(&doc)
	after, err := merge(before, r.Patch)
	if err != nil {
		return sessions.Draft{}, err
	}
	if err := after.validate(); err != nil {
		return sessions.Draft{}, err
	}
	e := edit{doc: &doc, before: before, after: after, source: sourceOf(r)}
	e.apply()
	list := compose(&doc)
	inherit(list, r.Draft.Claims)
	if _, err := w.find(ctx, r.Session.Tenant, &doc); err != nil && ctx.Err() != nil {
		return sessions.Draft{}, ctx.Err()
	} // without the index the figures stay as they were
	doc.Warnings = review(&doc)
	document, err := json.Marshal(&doc)
	if err != nil {
		return sessions.Draft{}, fmt.Errorf("jobpost: writing draft: %w", err)
	}
	draft := r.Draft
	draft.Document, draft.Claims, draft.Suggestions, draft.Changed = document, list, suggest(&doc), changed(r.Draft.Document, &doc)
	return draft, nil
}

func sourceOf(r sessions.Revision) brief.Source {
	if r.Suggestion != nil {
		return brief.Source{Kind: "suggestion", ID: r.Suggestion.ID, Quote: r.Suggestion.Text}
	}
	return brief.Source{Kind: "edit", ID: r.Draft.ID + "@" + strconv.Itoa(r.Draft.Version+1)}
}

// merge applies a patch by RFC 7396. Fields that are read-only or unknown, and
// values of the wrong type, are refused.
func merge(before editable, patch json.RawMessage) (editable, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(patch, &fields); err != nil || fields == nil {
		return editable{}, invalid("the patch is not a JSON object")
	}
	current, err := json.Marshal(before)
	if err != nil {
		return editable{}, fmt.Errorf("jobpost: revise: %w", err)
	}
	for name := range fields {
		if readOnly[name] {
			return editable{}, invalid("%s cannot be changed", name)
		}
	}
	merged, err := jsonpatch.MergePatch(current, patch)
	if err != nil {
		return editable{}, invalid("the patch cannot be applied")
	}
	decoder := json.NewDecoder(bytes.NewReader(merged))
	decoder.DisallowUnknownFields()
	var after editable
	if err := decoder.Decode(&after); err != nil {
		return editable{}, invalid("%s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return after, nil
}

var readOnly = words("status missing warnings market similar brief")

func invalid(format string, args ...any) error {
	return fmt.Errorf("jobpost: %w: %s", sessions.ErrInvalid, fmt.Sprintf(format, args...))
}

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
	e.items(&b.Must, e.before.Skills.Must, e.after.Skills.Must)
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
		s.Quote = clip(text, 200)
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

// description makes an edited description the person's own, paragraph by
// paragraph. The closing paragraph on pay and time stays composed while it
// stands as it was composed, so that it follows later changes.
func (e *edit) description(b *brief.Brief) {
	var terms []string
	for _, t := range termSentences(*b) {
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
func inherit(list claims, before []sessions.Claim) {
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
