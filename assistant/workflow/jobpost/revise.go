package jobpost

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
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
	prior := doc // compose makes its lists anew
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
	draft.Document, draft.Claims, draft.Suggestions, draft.Changed = document, list, suggest(&doc), changed(&prior, &doc)
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
		return editable{}, invalid("%s", workflow.PatchError(err))
	}
	return after, nil
}

var readOnly = words("status missing warnings market similar brief")

func invalid(format string, args ...any) error {
	return fmt.Errorf("jobpost: %w: %s", sessions.ErrInvalid, fmt.Sprintf(format, args...))
}
