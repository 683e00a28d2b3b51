package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// Begin implements [sessions.Store].
func (s *Store) Begin(ctx context.Context, key sessions.Key, holder string, ttl time.Duration) (*sessions.State, sessions.Lease, error) {
	lease := sessions.Lease{Key: key}
	var state *sessions.State
	err := s.transact(ctx, func(tx *sql.Tx) error {
		now := time.Now()
		err := tx.QueryRowContext(ctx, `update sessions set fence = fence + 1, holder = ?, lease_until = ?
			where tenant = ? and id = ? and lease_until <= ? returning fence`,
			holder, micros(now.Add(ttl)), key.Tenant, key.Session, micros(now)).Scan(&lease.Fence)
		held := errors.Is(err, sql.ErrNoRows)
		if err != nil && !held {
			return err
		}
		if state, err = readState(ctx, tx, key); err != nil {
			return err
		}
		if held {
			return sessions.ErrLeased
		}
		return nil
	})
	if err != nil {
		return nil, sessions.Lease{}, wrap("begin", err)
	}
	return state, lease, nil
}

// Commit implements [sessions.Store].
func (s *Store) Commit(ctx context.Context, lease sessions.Lease, batch sessions.Batch) (int64, error) {
	var last int64
	err := s.transact(ctx, func(tx *sql.Tx) error {
		// The expiry is not looked at: until somebody else has taken the
		// lease, which changes the fence, the old holder may still write.
		err := tx.QueryRowContext(ctx, "select last_offset from sessions where tenant = ? and id = ? and fence = ?",
			lease.Key.Tenant, lease.Key.Session, lease.Fence).Scan(&last)
		if errors.Is(err, sql.ErrNoRows) {
			return sessions.ErrLeaseLost
		}
		if err != nil {
			return err
		}
		w := writer{ctx: ctx, tx: tx, key: lease.Key}
		w.rows(batch)
		last = w.events(batch.Events, last)
		w.session(batch, last)
		return w.err
	})
	return last, wrap("commit", err)
}

// Renew implements [sessions.Store].
func (s *Store) Renew(ctx context.Context, leases []sessions.Lease, ttl time.Duration) (lost []sessions.Lease, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		for _, lease := range leases {
			result, err := tx.ExecContext(ctx, "update sessions set lease_until = ? where tenant = ? and id = ? and fence = ? and lease_until > 0",
				micros(time.Now().Add(ttl)), lease.Key.Tenant, lease.Key.Session, lease.Fence)
			if err != nil {
				return err
			}
			if n, _ := result.RowsAffected(); n == 0 {
				lost = append(lost, lease)
			}
		}
		return nil
	})
	if err != nil {
		return nil, wrap("renew", err)
	}
	return lost, nil
}

// Release implements [sessions.Store].
func (s *Store) Release(ctx context.Context, lease sessions.Lease) error {
	_, err := s.write.ExecContext(ctx, "update sessions set lease_until = 0 where tenant = ? and id = ? and fence = ?",
		lease.Key.Tenant, lease.Key.Session, lease.Fence)
	return wrap("release", err)
}

// Abandoned implements [sessions.Store]. It reads the index sessions_unfinished.
func (s *Store) Abandoned(ctx context.Context, limit int) ([]sessions.Key, error) {
	rows, err := s.read.QueryContext(ctx, `select tenant, id from sessions
		where unfinished = 1 and lease_until <= ? order by lease_until limit ?`, micros(time.Now()), limit)
	if err != nil {
		return nil, wrap("list abandoned", err)
	}
	keys, err := collect(rows, func(rows *sql.Rows) (k sessions.Key, err error) {
		err = rows.Scan(&k.Tenant, &k.Session)
		return k, err
	})
	return keys, wrap("list abandoned", err)
}

func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// writer writes the parts of a batch until one fails.
type writer struct {
	ctx context.Context
	tx  *sql.Tx
	key sessions.Key
	err error
}

func (w *writer) exec(query string, args ...any) {
	if w.err == nil {
		_, w.err = w.tx.ExecContext(w.ctx, query, append([]any{w.key.Tenant, w.key.Session}, args...)...)
	}
}

func (w *writer) json(v any) string {
	b, err := json.Marshal(v)
	if err != nil && w.err == nil {
		w.err = err
	}
	return string(b)
}

func (w *writer) rows(batch sessions.Batch) {
	for _, m := range batch.Messages {
		w.exec("insert into messages (tenant, session, id, parent, text, workflow, created) values (?, ?, ?, ?, ?, ?, ?)",
			m.ID, m.Parent, m.Text, m.Workflow, micros(m.Created))
	}
	for _, r := range batch.Responses {
		w.exec(`insert into responses (tenant, session, id, message, status, created, body, annotations) values (?, ?, ?, ?, ?, ?, ?, ?)
			on conflict (tenant, session, id) do update set status = excluded.status, body = excluded.body, annotations = excluded.annotations`,
			r.ID, r.Message, r.Status, micros(r.Created), w.json(r), string(r.Annotations))
	}
	for _, d := range batch.Drafts {
		w.exec("insert into drafts (tenant, session, id, version, kind, message, created, body) values (?, ?, ?, ?, ?, ?, ?, ?)",
			d.ID, d.Version, d.Kind, d.Message, micros(d.Created), w.json(d))
	}
	for _, f := range batch.Feedback {
		w.exec(`insert into feedback (tenant, session, response, rating, reason, comment, created) values (?, ?, ?, ?, ?, ?, ?)
			on conflict (tenant, session, response) do update set rating = excluded.rating, reason = excluded.reason,
			comment = excluded.comment, created = excluded.created`, f.Response, f.Rating, f.Reason, f.Comment, micros(f.Created))
	}
}

func (w *writer) events(events []sessions.Event, last int64) int64 {
	for _, e := range events {
		last++
		w.exec(`insert into events (tenant, session, "offset", type, data) values (?, ?, ?, ?, ?)`, last, e.Type, string(e.Data))
	}
	return last
}

// session updates the session's own row, in which a message counts as waiting
// until it has a response.
func (w *writer) session(batch sessions.Batch, last int64) {
	w.exec(`update sessions set
		leaf = coalesce(?3, leaf), title = coalesce(?4, title), last_offset = ?5, updated = max(updated, ?6),
		lease_until = case when ?7 then 0 else lease_until end,
		unfinished = exists (select 1 from responses r where r.tenant = ?1 and r.session = ?2 and r.status = 'running')
			or exists (select 1 from messages m where m.tenant = ?1 and m.session = ?2 and not exists (
				select 1 from responses r where r.tenant = ?1 and r.session = ?2 and r.message = m.id))
		where tenant = ?1 and id = ?2`,
		batch.Leaf, batch.Title, last, micros(time.Now()), batch.Release)
}
