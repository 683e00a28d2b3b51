package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/parleyhq/parley/sessions"
)

const (
	readSession   = "select " + sessionColumns + " from sessions where tenant = ? and id = ?"
	readMessages  = "select id, parent, text, workflow, extra, created from messages where tenant = ? and session = ? order by seq"
	readResponses = "select body, annotations from responses where tenant = ? and session = ? order by seq"
	readDrafts    = "select " + draftColumns + "body from drafts where tenant = ? and session = ? order by seq"
	readFeedback  = "select response, rating, reason, comment, created from feedback where tenant = ? and session = ? order by created, response"
)

// readCurrentDrafts leaves out the documents that are older than the newest
// version and the one before it.
const readCurrentDrafts = "select " + draftColumns + `
	case when version >= max(version) over (partition by id) - 1 then body end
	from drafts where tenant = ? and session = ? order by seq`

// Read implements [sessions.Store].
func (s *Store) Read(ctx context.Context, key sessions.Key) (*sessions.State, error) {
	state, err := s.readState(ctx, key, readDrafts)
	return state, wrap("read session", err)
}

func (s *Store) readState(ctx context.Context, key sessions.Key, drafts string) (*sessions.State, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	var state sessions.State
	list, err := readList(ctx, s, tx, key, readSession, func(rows *sql.Rows) (sessions.Session, error) { return scanSession(rows) })
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, sql.ErrNoRows
	}
	state.Session = list[0]
	if state.Messages, err = readList(ctx, s, tx, key, readMessages, scanMessage); err != nil {
		return nil, err
	}
	if state.Responses, err = readList(ctx, s, tx, key, readResponses, scanResponse); err != nil {
		return nil, err
	}
	if state.Drafts, err = readList(ctx, s, tx, key, drafts, scanDraft); err != nil {
		return nil, err
	}
	state.Feedback, err = readList(ctx, s, tx, key, readFeedback, scanFeedback)
	return &state, err
}

func readList[T any](ctx context.Context, s *Store, tx *sql.Tx, key sessions.Key, query string, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := s.reads.query(ctx, tx, query, key.Tenant, key.Session)
	if err != nil {
		return nil, err
	}
	return collect(rows, scan)
}

func scanMessage(rows *sql.Rows) (m sessions.Message, err error) {
	var created int64
	var extra []byte
	if err = rows.Scan(&m.ID, &m.Parent, &m.Text, &m.Workflow, &extra, &created); err == nil && len(extra) > 0 {
		err = json.Unmarshal(extra, &m.Extra)
	}
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

const draftColumns = "id, version, kind, message, author, created, url, "

func scanDraft(rows *sql.Rows) (d sessions.Draft, err error) {
	var url string
	var body []byte
	var created int64
	if err = rows.Scan(&d.ID, &d.Version, &d.Kind, &d.Message, &d.Author, &created, &url, &body); err == nil && body != nil {
		err = json.Unmarshal(body, &d)
	}
	d.URL, d.Created = url, fromMicros(created)
	return d, err
}

// Drafts implements [sessions.Store].
func (s *Store) Drafts(ctx context.Context, key sessions.Key, versions []sessions.DraftVersion) ([]sessions.Draft, error) {
	var list []sessions.Draft
	for _, v := range versions {
		rows, err := s.read.QueryContext(ctx, "select "+draftColumns+`body from drafts
			where tenant = ? and session = ? and id = ? and version = ?`, key.Tenant, key.Session, v.Draft, v.Version)
		if err != nil {
			return nil, wrap("read drafts", err)
		}
		found, err := collect(rows, scanDraft)
		if err != nil {
			return nil, wrap("read drafts", err)
		}
		list = append(list, found...)
	}
	return list, nil
}

func scanFeedback(rows *sql.Rows) (f sessions.Feedback, err error) {
	var created int64
	err = rows.Scan(&f.Response, &f.Rating, &f.Reason, &f.Comment, &created)
	f.Created = fromMicros(created)
	return f, err
}
