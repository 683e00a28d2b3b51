package shortlist

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// mostFound is how many profiles are looked at for one list.
const mostFound = 200

// find returns the ids of the profiles that come into question, best first:
// those nearest to the work, and, so that a condition that few meet does not
// starve the list, those nearest among whoever meets the conditions that an
// index can check. Partial is set when a part of the index did not answer.
func (w *Workflow) find(ctx context.Context, tenant string, doc *Document) (ids []string, partial bool, err error) {
	query := queryOf(tenant, doc.Memory.Post)
	hits, partial, err := w.search(ctx, query)
	if err != nil {
		return nil, false, err
	}
	if narrowed, ok := narrow(query.Filter, doc.Conditions); ok && len(hits) >= mostFound {
		query.Filter = narrowed
		more, cut, err := w.search(ctx, query)
		if err != nil {
			return nil, false, err
		}
		hits, partial = append(more, hits...), partial || cut
	}
	seen := make(map[string]bool)
	for _, hit := range hits {
		if !seen[hit.ID] {
			seen[hit.ID] = true
			ids = append(ids, hit.ID)
		}
	}
	for _, id := range doc.Pinned { // the person chose them, whatever the search says
		if !seen[id] {
			ids = append(ids, id)
		}
	}
	return ids, partial, nil
}

func (w *Workflow) search(ctx context.Context, query retrieval.Query) (hits []retrieval.Hit, partial bool, err error) {
	hits, err = w.library.Search(ctx, query)
	if errors.Is(err, retrieval.ErrPartial) {
		return hits, true, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("shortlist: find: %w", err)
	}
	return hits, false, nil
}

func queryOf(tenant string, post retrieval.JobPost) retrieval.Query {
	return retrieval.Query{
		Filter: retrieval.Filter{Tenant: tenant, Kind: retrieval.KindProfile},
		Text:   post.Title + "\n" + post.Description, Skills: post.Skills, Limit: mostFound,
	}
}

// narrow puts the conditions that an index can check into a filter.
func narrow(filter retrieval.Filter, conditions []Condition) (retrieval.Filter, bool) {
	set := false
	for _, c := range conditions {
		r := c.Requirement
		if !r.Hard || r.Not || r.SilentOK {
			continue
		}
		switch r.Kind {
		case fit.Place:
			if len(filter.Countries) == 0 {
				filter.Countries = r.Countries
			}
		case fit.Language:
			if len(filter.Languages) == 0 {
				filter.Languages = r.Codes
			}
		case fit.Hours:
			filter.MinHours = max(filter.MinHours, r.HoursAWeek)
		case fit.Zone:
			filter.Zone = r.Zone
		case fit.Start:
			filter.AvailableBy = r.By
		default:
			continue
		}
		set = true
	}
	return filter, set
}

// person is a profile, prepared for comparing.
type person struct {
	id      string
	demo    bool
	profile retrieval.Profile
	fit     *fit.Person
}

// persons remembers prepared profiles, so that a list that is talked about is
// not prepared anew for every turn. A changed profile is noticed by its hash.
type persons struct {
	mu   sync.Mutex
	kept map[personKey]prepared
}

type personKey struct{ tenant, id string }

type prepared struct {
	hash uint64
	fit  *fit.Person
}

// mostPersons bounds what is remembered, over all tenants.
const mostPersons = 2_000

// read returns the profiles of ids, in their order, prepared. Who is gone is left out.
func (w *Workflow) read(ctx context.Context, tenant string, ids []string) ([]person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	docs, err := w.library.Documents(ctx, tenant, retrieval.KindProfile, ids)
	if err != nil {
		return nil, fmt.Errorf("shortlist: read: %w", err)
	}
	people := make([]person, 0, len(docs))
	for _, d := range docs {
		if d.Profile == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		people = append(people, person{id: d.ID, demo: d.Demo, profile: *d.Profile, fit: w.prepare(tenant, d)})
	}
	return people, nil
}

func (w *Workflow) prepare(tenant string, d retrieval.Document) *fit.Person {
	key, hash := personKey{tenant, d.ID}, hashOf(d)
	w.persons.mu.Lock()
	known, ok := w.persons.kept[key]
	w.persons.mu.Unlock()
	if ok && known.hash == hash {
		return known.fit
	}
	made := w.reader.Person(d.ID, *d.Profile)
	w.persons.mu.Lock()
	defer w.persons.mu.Unlock()
	if w.persons.kept == nil || len(w.persons.kept) >= mostPersons {
		w.persons.kept = make(map[personKey]prepared)
	}
	w.persons.kept[key] = prepared{hash, made}
	return made
}

func hashOf(d retrieval.Document) uint64 {
	h := fnv.New64a()
	data, err := d.MarshalJSON()
	if err != nil { // strings and numbers only
		panic(err)
	}
	h.Write(data)
	return h.Sum64()
}
