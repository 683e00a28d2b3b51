package pgstore

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/sessions"
)

// lockHandovers has versions published one after the other, until the end of
// the transaction: numbers are given in the order of commits, so that whoever
// goes through a list by them misses none.
const lockHandovers = "select pg_advisory_xact_lock(7071996)"

const handovers = `select h.number, s.tenant, s.id, s.owner, s.role, s.profile, s.title, s.locale, s.time_zone, s.leaf, s.last_offset, s.created, s.updated,
		d.url, d.body
	from handovers h
	join sessions s on s.tenant = h.tenant and s.id = h.session
	join drafts d on d.tenant = h.tenant and d.session = h.session and d.id = h.draft and d.version = h.version
	`

func scanHandover(row pgx.CollectableRow) (h sessions.Handover, err error) {
	s, d, url, body := &h.Session, &h.Draft, "", ""
	err = row.Scan(&h.Number, &s.Tenant, &s.ID, &s.Owner, &s.Role, &s.Profile, &s.Title, &s.Locale, &s.TimeZone, &s.Leaf, &s.Offset, &s.Created, &s.Updated, &url, &body)
	if err != nil {
		return h, err
	}
	err = json.Unmarshal([]byte(body), d)
	s.Created, s.Updated, d.URL = s.Created.UTC(), s.Updated.UTC(), url
	return h, err
}

// Handovers implements [sessions.Handovers]. It reads the primary key, or for
// one draft the index of versions.
func (s *Store) Handovers(ctx context.Context, tenant string, q sessions.HandoverQuery, limit int) ([]sessions.Handover, error) {
	where, args := "where h.tenant = $1 and h.number > $2 and h.published > $3", []any{tenant, q.After, q.Since}
	if q.Draft != "" {
		session, _ := sessions.SessionOfDraft(q.Draft)
		where, args = where+" and h.session = $5 and h.draft = $6", append(args, limit, session, q.Draft)
	} else {
		args = append(args, limit)
	}
	order := " order by h.number"
	if q.Last {
		order += " desc"
	}
	rows, _ := s.pool.Query(ctx, handovers+where+order+" limit $4", args...)
	list, err := pgx.CollectRows(rows, scanHandover)
	return list, wrap("list handovers", err)
}

// Unannounced implements [sessions.Handovers]. It reads the index handovers_unannounced.
func (s *Store) Unannounced(ctx context.Context, tenants []string, limit int) ([]sessions.Handover, error) {
	rows, _ := s.pool.Query(ctx, handovers+"where not h.announced and h.tenant = any($1) order by h.number limit $2", tenants, limit)
	list, err := pgx.CollectRows(rows, scanHandover)
	return list, wrap("list unannounced handovers", err)
}

// Announced implements [sessions.Handovers].
func (s *Store) Announced(ctx context.Context, list []sessions.Handover) error {
	batch := &pgx.Batch{}
	for _, h := range list {
		batch.Queue("update handovers set announced = true where tenant = $1 and number = $2", h.Session.Tenant, h.Number)
	}
	return wrap("note announced handovers", s.pool.SendBatch(ctx, batch).Close())
}
