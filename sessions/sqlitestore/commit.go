package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/parleyhq/parley/sessions"
)

const (
	readOffset    = "select last_offset from sessions where tenant = ? and id = ?"
	insertMessage = "insert into messages (tenant, session, id, parent, text, workflow, extra, created) values (?, ?, ?, ?, ?, ?, ?, ?)"

	upsertResponse = `insert into responses (tenant, session, id, message, status, created, body, annotations, route, problem) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (tenant, session, id) do update set status = excluded.status, body = excluded.body, annotations = excluded.annotations,
		route = excluded.route, problem = excluded.problem`

	// The words of what is said are kept for the console's search; a text goes with its row.
	insertMessageWords  = "insert into session_words (rowid, words) select 2 * seq, ?4 from messages where tenant = ?1 and session = ?2 and id = ?3"
	removeResponseWords = "delete from session_words where rowid in (select 2 * seq + 1 from responses where tenant = ? and session = ? and id = ?)"
	insertResponseWords = "insert into session_words (rowid, words) select 2 * seq + 1, ?4 from responses where tenant = ?1 and session = ?2 and id = ?3"

	insertDraft = "insert into drafts (tenant, session, id, version, kind, message, author, created, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"

	insertHandover = "insert into handovers (tenant, session, draft, version, published) values (?, ?, ?, ?, ?)"
	updateAddress  = "update drafts set url = ?5 where tenant = ?1 and session = ?2 and id = ?3 and version = ?4"

	upsertFeedback = `insert into feedback (tenant, session, response, rating, reason, comment, created) values (?, ?, ?, ?, ?, ?, ?)
		on conflict (tenant, session, response) do update set rating = excluded.rating, reason = excluded.reason,
		comment = excluded.comment, created = excluded.created`

	insertEvent = `insert into events (tenant, session, "offset", type, data) values (?, ?, ?, ?, ?)`

	// A message counts as waiting until it has a response that was not released.
	updateSession = `update sessions set
		leaf = coalesce(?3, leaf), title = coalesce(?4, title), last_offset = ?5, updated = max(updated, ?6),
		unfinished = exists (select 1 from responses r where r.tenant = ?1 and r.session = ?2 and r.status = 'running')
			or exists (select 1 from messages m where m.tenant = ?1 and m.session = ?2 and not exists (
				select 1 from responses r where r.tenant = ?1 and r.session = ?2 and r.message = m.id and r.status <> 'released'))
		where tenant = ?1 and id = ?2`
)

// Begin implements [sessions.Store].
func (s *Store) Begin(ctx context.Context, key sessions.Key, _ string, ttl time.Duration) (*sessions.State, sessions.Lease, error) {
	lease, err := s.leases.take(key, ttl)
	if err != nil {
		return nil, sessions.Lease{}, wrap("begin", err)
	}
	state, err := s.readState(ctx, key, readCurrentDrafts)
	if err != nil {
		s.leases.release(lease)
		return nil, sessions.Lease{}, wrap("begin", err)
	}
	return state, lease, nil
}

// Commit implements [sessions.Store].
func (s *Store) Commit(ctx context.Context, lease sessions.Lease, batch sessions.Batch) (int64, error) {
	var last int64
	err := s.commits.transact(ctx, func(tx *sql.Tx) error {
		if !s.leases.valid(lease) {
			return sessions.ErrLeaseLost
		}
		w := writer{tx: tx, statements: s.writes, key: lease.Key}
		last = w.offset()
		w.rows(batch)
		last = w.events(batch.Events, last)
		w.session(batch, last)
		return w.err
	})
	if err != nil {
		return 0, wrap("commit", err)
	}
	if batch.Release {
		s.leases.release(lease)
	}
	return last, nil
}

// writer writes the parts of a batch until one fails. It takes no context: a
// statement that is interrupted would end the other callers' parts too.
type writer struct {
	tx         *sql.Tx
	statements statements
	key        sessions.Key
	err        error
}

func (w *writer) offset() (last int64) {
	rows, err := w.statements.query(context.Background(), w.tx, readOffset, w.key.Tenant, w.key.Session)
	if err != nil {
		w.err = err
		return 0
	}
	list, err := collect(rows, func(rows *sql.Rows) (n int64, err error) { return n, rows.Scan(&n) })
	if err == nil && len(list) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		w.err = err
		return 0
	}
	return list[0]
}

func (w *writer) exec(query string, args ...any) {
	if w.err == nil {
		_, w.err = w.statements.exec(context.Background(), w.tx, query, append([]any{w.key.Tenant, w.key.Session}, args...)...)
	}
}

func (w *writer) json(v any) string {
	b, err := json.Marshal(v)
	w.err = errors.Join(w.err, err)
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
		w.exec(insertMessage, m.ID, m.Parent, m.Text, m.Workflow, w.extra(m.Extra), micros(m.Created))
		w.exec(insertMessageWords, m.ID, strings.Join(sessions.Words(m.Text), " "))
	}
	for _, r := range batch.Responses {
		w.exec(upsertResponse, r.ID, r.Message, r.Status, micros(r.Created), w.json(r), string(r.Annotations), r.Route, r.Problem.CodeOf())
		if r.Status != sessions.StatusRunning {
			w.exec(removeResponseWords, r.ID)
			w.exec(insertResponseWords, r.ID, strings.Join(sessions.Words(r.Text), " "))
		}
	}
	for _, d := range batch.Drafts {
		w.exec(insertDraft, d.ID, d.Version, d.Kind, d.Message, d.Author, micros(d.Created), w.json(d))
		if d.Published != nil {
			w.exec(insertHandover, d.ID, d.Version, micros(*d.Published))
		}
	}
	for _, a := range batch.Addresses {
		w.exec(updateAddress, a.Draft, a.Version, a.URL)
	}
	for _, f := range batch.Feedback {
		w.exec(upsertFeedback, f.Response, f.Rating, f.Reason, f.Comment, micros(f.Created))
	}
}

func (w *writer) events(events []sessions.Event, last int64) int64 {
	for _, e := range events {
		last++
		w.exec(insertEvent, last, e.Type, string(e.Data))
	}
	return last
}

func (w *writer) session(batch sessions.Batch, last int64) {
	w.exec(updateSession, batch.Leaf, batch.Title, last, micros(time.Now()))
}
