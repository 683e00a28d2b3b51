package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/parleyhq/parley/sessions"
)

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Read implements [sessions.Store].
func (s *Store) Read(ctx context.Context, key sessions.Key) (*sessions.State, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, wrap("read session", err)
	}
	defer tx.Rollback()
	state, err := readState(ctx, tx, key)
	return state, wrap("read session", err)
}

func readState(ctx context.Context, q querier, key sessions.Key) (*sessions.State, error) {
	var state sessions.State
	var err error
	state.Session, err = scanSession(q.QueryRowContext(ctx,
		"select "+sessionColumns+" from sessions where tenant = ? and id = ?", key.Tenant, key.Session))
	if err != nil {
		return nil, err
	}
	if state.Messages, err = readList(ctx, q, key, `select id, parent, text, workflow, created from messages
		where tenant = ? and session = ? order by seq`, scanMessage); err != nil {
		return nil, err
	}
	if state.Responses, err = readList(ctx, q, key, `select body, annotations from responses
		where tenant = ? and session = ? order by seq`, scanResponse); err != nil {
		return nil, err
	}
	if state.Drafts, err = readList(ctx, q, key, `select body from drafts
		where tenant = ? and session = ? order by seq`, scanDraft); err != nil {
		return nil, err
	}
	state.Feedback, err = readList(ctx, q, key, `select response, rating, reason, comment, created from feedback
		where tenant = ? and session = ? order by created, response`, scanFeedback)
	return &state, err
}

func readList[T any](ctx context.Context, q querier, key sessions.Key, query string, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, key.Tenant, key.Session)
	if err != nil {
		return nil, err
	}
	return collect(rows, scan)
}

func scanMessage(rows *sql.Rows) (m sessions.Message, err error) {
	var created int64
	err = rows.Scan(&m.ID, &m.Parent, &m.Text, &m.Workflow, &created)
	m.Created = fromMicros(created)
	return m, err
}

func scanResponse(rows *sql.Rows) (r sessions.Response, err error) {
	var body, annotations []byte
	if err = rows.Scan(&body, &annotations); err != nil {
		return r, err
	}
	if err = json.Unmarshal(body, &r); err == nil && len(annotations) > 0 {
		r.Annotations = annotations
	}
	return r, err
}

func scanDraft(rows *sql.Rows) (d sessions.Draft, err error) {
	var body []byte
	if err = rows.Scan(&body); err != nil {
		return d, err
	}
	return d, json.Unmarshal(body, &d)
}

func scanFeedback(rows *sql.Rows) (f sessions.Feedback, err error) {
	var created int64
	err = rows.Scan(&f.Response, &f.Rating, &f.Reason, &f.Comment, &created)
	f.Created = fromMicros(created)
	return f, err
}
