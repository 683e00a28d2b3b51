package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/parleyhq/parley/sessions"
)

const handovers = `select h.number, s.tenant, s.id, s.owner, s.role, s.profile, s.title, s.locale, s.time_zone, s.leaf, s.last_offset, s.created, s.updated,
		d.url, d.body
	from handovers h
	join sessions s on s.tenant = h.tenant and s.id = h.session
	join drafts d on d.tenant = h.tenant and d.session = h.session and d.id = h.draft and d.version = h.version
	`

func scanHandover(rows *sql.Rows) (h sessions.Handover, err error) {
	s, d := &h.Session, &h.Draft
	var created, updated int64
	var url string
	var body []byte
	err = rows.Scan(&h.Number, &s.Tenant, &s.ID, &s.Owner, &s.Role, &s.Profile, &s.Title, &s.Locale, &s.TimeZone, &s.Leaf, &s.Offset, &created, &updated, &url, &body)
	if err != nil {
		return h, err
	}
	err = json.Unmarshal(body, d)
	s.Created, s.Updated, d.URL = fromMicros(created), fromMicros(updated), url
	return h, err
}

// Handovers implements [sessions.Handovers]. It reads the index
// handovers_listed, or for one draft that of versions.
func (s *Store) Handovers(ctx context.Context, tenant string, q sessions.HandoverQuery, limit int) ([]sessions.Handover, error) {
	where, args := "where h.tenant = ? and h.number > ?", []any{tenant, q.After}
	if !q.Since.IsZero() {
		where, args = where+" and h.published > ?", append(args, micros(q.Since))
	}
	if q.Draft != "" {
		session, _ := sessions.SessionOfDraft(q.Draft)
		where, args = where+" and h.session = ? and h.draft = ?", append(args, session, q.Draft)
	}
	order := " order by h.number"
	if q.Last {
		order += " desc"
	}
	rows, err := s.read.QueryContext(ctx, handovers+where+order+" limit ?", append(args, limit)...)
	if err != nil {
		return nil, wrap("list handovers", err)
	}
	list, err := collect(rows, scanHandover)
	return list, wrap("list handovers", err)
}

// Unannounced implements [sessions.Handovers]. It reads the index handovers_unannounced.
func (s *Store) Unannounced(ctx context.Context, tenants []string, limit int) ([]sessions.Handover, error) {
	names, err := json.Marshal(tenants)
	if err != nil {
		return nil, wrap("list unannounced handovers", err)
	}
	rows, err := s.read.QueryContext(ctx, handovers+"where not h.announced and h.tenant in (select value from json_each(?)) order by h.number limit ?", string(names), limit)
	if err != nil {
		return nil, wrap("list unannounced handovers", err)
	}
	list, err := collect(rows, scanHandover)
	return list, wrap("list unannounced handovers", err)
}

// Announced implements [sessions.Handovers].
func (s *Store) Announced(ctx context.Context, list []sessions.Handover) error {
	numbers := make([]int64, len(list))
	for i, h := range list {
		numbers[i] = h.Number
	}
	encoded, err := json.Marshal(numbers)
	if err == nil {
		_, err = s.write.ExecContext(ctx, "update handovers set announced = 1 where number in (select value from json_each(?))", string(encoded))
	}
	return wrap("note announced handovers", err)
}
