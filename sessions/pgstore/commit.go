package pgstore

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parleyhq/parley/sessions"
)

// Begin implements [sessions.Store]. Leases are timed by the server's clock
// alone, so that the processes' clocks need not agree.
func (s *Store) Begin(ctx context.Context, key sessions.Key, holder string, ttl time.Duration) (*sessions.State, sessions.Lease, error) {
	var state sessions.State
	lease := sessions.Lease{Key: key}
	held := false
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		batch.Queue(`update sessions set fence = fence + 1, holder = $3, lease_until = now() + $4
			where tenant = $1 and id = $2 and (lease_until is null or lease_until <= now()) returning fence`,
			key.Tenant, key.Session, holder, ttl).
			QueryRow(func(row pgx.Row) error {
				err := row.Scan(&lease.Fence)
				held = errors.Is(err, pgx.ErrNoRows)
				if held {
					return nil
				}
				return err
			})
		queueState(batch, key, &state, currentBody)
		return tx.SendBatch(ctx, batch).Close()
	})
	if err == nil && held {
		err = sessions.ErrLeased
	}
	if err != nil {
		return nil, sessions.Lease{}, wrap("begin", err)
	}
	return &state, lease, nil
}

// Commit implements [sessions.Store]: everything in two round trips. The first
// locks the session's row and checks the fence.
func (s *Store) Commit(ctx context.Context, lease sessions.Lease, batch sessions.Batch) (int64, error) {
	var last int64
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// The expiry is not looked at: until somebody else has taken the
		// lease, which changes the fence, the old holder may still write.
		err := tx.QueryRow(ctx, "select last_offset from sessions where tenant = $1 and id = $2 and fence = $3 for no key update",
			lease.Key.Tenant, lease.Key.Session, lease.Fence).Scan(&last)
		if errors.Is(err, pgx.ErrNoRows) {
			return sessions.ErrLeaseLost
		}
		if err != nil {
			return err
		}
		w := writer{key: lease.Key}
		w.rows(batch)
		last = w.events(batch.Events, last)
		w.session(batch, last)
		if w.err != nil {
			return w.err
		}
		return tx.SendBatch(ctx, &w.batch).Close()
	})
	return last, wrap("commit", err)
}

// Renew implements [sessions.Store].
func (s *Store) Renew(ctx context.Context, leases []sessions.Lease, ttl time.Duration) ([]sessions.Lease, error) {
	batch := &pgx.Batch{}
	var lost []sessions.Lease
	for _, lease := range leases {
		batch.Queue("update sessions set lease_until = now() + $4 where tenant = $1 and id = $2 and fence = $3 and lease_until is not null",
			lease.Key.Tenant, lease.Key.Session, lease.Fence, ttl).
			Exec(func(tag pgconn.CommandTag) error {
				if tag.RowsAffected() == 0 {
					lost = append(lost, lease)
				}
				return nil
			})
	}
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, wrap("renew", err)
	}
	return lost, nil
}

// Release implements [sessions.Store].
func (s *Store) Release(ctx context.Context, lease sessions.Lease) error {
	_, err := s.pool.Exec(ctx, "update sessions set lease_until = null where tenant = $1 and id = $2 and fence = $3",
		lease.Key.Tenant, lease.Key.Session, lease.Fence)
	return wrap("release", err)
}

// Abandoned implements [sessions.Store]. It reads the index sessions_unfinished.
func (s *Store) Abandoned(ctx context.Context, limit int) ([]sessions.Key, error) {
	rows, _ := s.pool.Query(ctx, `select tenant, id from sessions
		where unfinished and (lease_until is null or lease_until <= now()) order by lease_until nulls first limit $1`, limit)
	keys, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (k sessions.Key, err error) {
		err = row.Scan(&k.Tenant, &k.Session)
		return k, err
	})
	return keys, wrap("list abandoned", err)
}

// writer queues the parts of a batch.
type writer struct {
	key   sessions.Key
	batch pgx.Batch
	err   error
}

func (w *writer) queue(query string, args ...any) {
	w.batch.Queue(query, append([]any{w.key.Tenant, w.key.Session}, args...)...)
}

func (w *writer) json(v any) string {
	b, err := json.Marshal(v)
	if err != nil && w.err == nil {
		w.err = err
	}
	return string(b)
}

func (w *writer) extra(e sessions.Extra) string {
	if e.Empty() {
		return ""
	}
	return w.json(e)
}

func (w *writer) rows(batch sessions.Batch) {
	for _, m := range batch.Messages {
		w.queue("insert into messages (tenant, session, id, parent, text, workflow, extra, created) values ($1, $2, $3, $4, $5, $6, $7, $8)",
			m.ID, m.Parent, m.Text, m.Workflow, w.extra(m.Extra), m.Created)
		w.words(m.ID, "", m.Created, m.Text)
	}
	for _, r := range batch.Responses {
		w.queue(`insert into responses (tenant, session, id, message, status, created, body, annotations, route, problem) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			on conflict (tenant, session, id) do update set status = excluded.status, body = excluded.body, annotations = excluded.annotations,
			route = excluded.route, problem = excluded.problem`,
			r.ID, r.Message, r.Status, r.Created, w.json(r), string(r.Annotations), r.Route, r.Problem.CodeOf())
		if r.Status != sessions.StatusRunning {
			w.words(r.Message, r.ID, r.Created, r.Text)
		}
	}
	for _, d := range batch.Drafts {
		w.queue("insert into drafts (tenant, session, id, version, kind, message, author, created, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			d.ID, d.Version, d.Kind, d.Message, d.Author, d.Created, w.json(d))
		if d.Published != nil {
			w.batch.Queue(lockHandovers)
			w.queue("insert into handovers (tenant, session, draft, version, published) values ($1, $2, $3, $4, $5)", d.ID, d.Version, *d.Published)
		}
	}
	for _, a := range batch.Addresses {
		w.queue("update drafts set url = $5 where tenant = $1 and session = $2 and id = $3 and version = $4", a.Draft, a.Version, a.URL)
	}
	for _, f := range batch.Feedback {
		w.queue(`insert into feedback (tenant, session, response, rating, reason, comment, created) values ($1, $2, $3, $4, $5, $6, $7)
			on conflict (tenant, session, response) do update set rating = excluded.rating, reason = excluded.reason,
			comment = excluded.comment, created = excluded.created`, f.Response, f.Rating, f.Reason, f.Comment, f.Created)
	}
}

// words keeps by what words a text is found in the console; response is "" for
// the message itself.
func (w *writer) words(message, response string, at time.Time, text string) {
	w.queue(`insert into session_words (tenant, session, message, response, at, words) values ($1, $2, $3, $4, $5, array_to_tsvector($6::text[]))
		on conflict (tenant, session, message, response) do update set words = excluded.words`, message, response, at, append([]string{}, sessions.Words(text)...))
}

func (w *writer) events(events []sessions.Event, last int64) int64 {
	for _, e := range events {
		last++
		w.queue(`insert into events (tenant, session, "offset", type, data) values ($1, $2, $3, $4, $5)`, last, e.Type, string(e.Data))
	}
	return last
}

// session updates the session's own row, in which a message counts as waiting
// until it has a response that was not released.
func (w *writer) session(batch sessions.Batch, last int64) {
	w.queue(`update sessions s set
		leaf = coalesce($3, leaf), title = coalesce($4, title), last_offset = $5, updated = greatest(updated, now()),
		lease_until = case when $6 then null else lease_until end,
		unfinished = exists (select from responses r where r.tenant = $1 and r.session = $2 and r.status = 'running')
			or exists (select from messages m where m.tenant = $1 and m.session = $2 and not exists (
				select from responses r where r.tenant = $1 and r.session = $2 and r.message = m.id and r.status <> 'released'))
		where s.tenant = $1 and s.id = $2`,
		batch.Leaf, batch.Title, last, batch.Release)
}
