package ingest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// content is what a column of a table holds.
type content int

const (
	text content = iota
	wholeNumber
	number
	truth
	list
	anything // what JSON has and a table has not
)

type column struct {
	name     string
	holds    content
	verbatim bool // of an export that a mapping reads: a dot in its name is no path
}

// common are the columns that every kind may have.
var common = map[string]content{"kind": text, "id": text, "demo": truth, "deleted": truth}

// columns are those of each kind, beside the common ones.
var columns = map[retrieval.Kind]map[string]content{
	retrieval.KindJobPost: {
		"title": text, "description": text, "category": text, "skills": list, "level": text,
		"pay_type": text, "pay_min": wholeNumber, "pay_max": wholeNumber, "currency": text,
		"hours_per_week": wholeNumber, "duration_days": wholeNumber,
		"country": text, "time_zone": text, "language": text, "posted_on": text,
		"outcome.proposals": wholeNumber, "outcome.interviews": wholeNumber, "outcome.hired": truth, "outcome.days_to_hire": wholeNumber,
		// of collected posts
		"platform": text, "budget": text, "rate_min": text, "rate_max": text, "duration": text, "proposals": text,
	},
	retrieval.KindProfile: {
		"headline": text, "overview": text, "category": text, "skills": list, "level": text,
		"rate": wholeNumber, "currency": text, "country": text, "time_zone": text,
		"hours_per_week": wholeNumber, "available_from": text, "credentials": list,
		"track_record.jobs": wholeNumber, "track_record.hours": wholeNumber, "track_record.rating": number, "track_record.reviews": wholeNumber,
	},
	retrieval.KindProposal: {
		"job_post": text, "profile": text, "text": text, "bid": wholeNumber, "currency": text,
		"bid_type": text, "sent_on": text, "outcome": text,
	},
}

// nested are fields that a table has no column for.
var nested = map[retrieval.Kind]map[string]content{
	retrieval.KindProfile: {"languages": anything, "experience": anything},
}

// required is the column without which no row of a kind can be valid.
var required = map[retrieval.Kind]string{
	retrieval.KindJobPost: "title", retrieval.KindProfile: "headline", retrieval.KindProposal: "text",
}

// fieldHolds tells what a field of a kind holds.
func fieldHolds(name string, kind retrieval.Kind) (content, bool) {
	for _, known := range []map[string]content{columns[kind], common, nested[kind]} {
		if holds, ok := known[name]; ok {
			return holds, true
		}
	}
	return 0, false
}

func fieldNames(kind retrieval.Kind) string {
	names := slices.Concat(slices.Collect(maps.Keys(columns[kind])), slices.Collect(maps.Keys(nested[kind])))
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// columnsNamed reads a header. With deletes the id is all that is needed, and
// other columns than ours are let be.
func columnsNamed(names []string, kind retrieval.Kind, deletes bool) ([]column, error) {
	if _, ok := columns[kind]; !ok {
		return nil, fmt.Errorf("kind %q is not one of job_post, profile, proposal", kind)
	}
	found := make([]column, 0, len(names))
	has := func(name string) bool {
		return slices.ContainsFunc(found, func(c column) bool { return c.name == name })
	}
	for _, name := range names {
		name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
		holds, ok := fieldHolds(name, kind)
		switch {
		case deletes:
			holds = text
		case !ok || holds == anything:
			return nil, fmt.Errorf("column %q is not known; a %s has %s", short(name), kind,
				strings.Join(slices.Sorted(maps.Keys(columns[kind])), ", "))
		case has(name):
			return nil, fmt.Errorf("column %q is there twice", name)
		}
		found = append(found, column{name: name, holds: holds})
	}
	switch {
	case deletes && !has("id"):
		return nil, errors.New(`there is no column "id", which says what to delete`)
	case !deletes && !has(required[kind]) && !(has("id") && has("deleted")):
		return nil, fmt.Errorf("there is no column %q", required[kind])
	}
	return found, nil
}

// short cuts a value for a message.
func short(value string) string {
	const limit = 60
	if len(value) <= limit {
		return value
	}
	return strings.ToValidUTF8(value[:limit], "") + "…"
}
