package pgstore

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/sessions"
)

// Read implements [sessions.Store]: one round trip, one snapshot.
func (s *Store) Read(ctx context.Context, key sessions.Key) (*sessions.State, error) {
	var state sessions.State
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		queueState(batch, key, &state, "body")
		return tx.SendBatch(ctx, batch).Close()
	})
	if err != nil {
		return nil, wrap("read session", err)
	}
	return &state, nil
}

// currentBody leaves out the documents that are older than the newest version
// and the one before it.
const currentBody = "case when version >= max(version) over (partition by id) - 1 then body end"

// queueState adds the queries that fill a state; Close of the batch runs them.
func queueState(batch *pgx.Batch, key sessions.Key, state *sessions.State, draftBody string) {
	batch.Queue("select "+sessionColumns+" from sessions where tenant = $1 and id = $2", key.Tenant, key.Session).
		Query(func(rows pgx.Rows) (err error) {
			state.Session, err = pgx.CollectExactlyOneRow(rows, scanSession)
			return err
		})
	queueList(batch, key, &state.Messages, scanMessage, `select id, parent, text, workflow, extra, created from messages
		where tenant = $1 and session = $2 order by seq`)
	queueList(batch, key, &state.Responses, scanResponse, `select body, annotations from responses
		where tenant = $1 and session = $2 order by seq`)
	queueList(batch, key, &state.Drafts, scanDraft, "select "+draftColumns+draftBody+` from drafts
		where tenant = $1 and session = $2 order by seq`)
	queueList(batch, key, &state.Feedback, scanFeedback, `select response, rating, reason, comment, created from feedback
		where tenant = $1 and session = $2 order by created, response`)
}

func queueList[T any](batch *pgx.Batch, key sessions.Key, list *[]T, scan pgx.RowToFunc[T], query string) {
	batch.Queue(query, key.Tenant, key.Session).Query(func(rows pgx.Rows) (err error) {
		*list, err = pgx.AppendRows(*list, rows, scan)
		return err
	})
}

func scanMessage(row pgx.CollectableRow) (m sessions.Message, err error) {
	var extra string
	if err = row.Scan(&m.ID, &m.Parent, &m.Text, &m.Workflow, &extra, &m.Created); err == nil && extra != "" {
		err = json.Unmarshal([]byte(extra), &m.Extra)
	}
	m.Created = m.Created.UTC()
	return m, err
}

func scanResponse(row pgx.CollectableRow) (r sessions.Response, err error) {
	var body, annotations string
	if err = row.Scan(&body, &annotations); err != nil {
		return r, err
	}
	if err = json.Unmarshal([]byte(body), &r); err == nil && annotations != "" {
		r.Annotations = json.RawMessage(annotations)
	}
	return r, err
}

const draftColumns = "id, version, kind, message, author, created, url, "

func scanDraft(row pgx.CollectableRow) (d sessions.Draft, err error) {
	var url string
	var body *string
	if err = row.Scan(&d.ID, &d.Version, &d.Kind, &d.Message, &d.Author, &d.Created, &url, &body); err == nil && body != nil {
		err = json.Unmarshal([]byte(*body), &d)
	}
	d.URL, d.Created = url, d.Created.UTC()
	return d, err
}

// Drafts implements [sessions.Store].
func (s *Store) Drafts(ctx context.Context, key sessions.Key, versions []sessions.DraftVersion) ([]sessions.Draft, error) {
	ids, numbers := make([]string, len(versions)), make([]int, len(versions))
	for i, v := range versions {
		ids[i], numbers[i] = v.Draft, v.Version
	}
	rows, _ := s.pool.Query(ctx, `select d.id, d.version, d.kind, d.message, d.author, d.created, d.url, d.body
		from unnest($3::text[], $4::int[]) with ordinality as v(id, version, place)
		join drafts d on d.tenant = $1 and d.session = $2 and d.id = v.id and d.version = v.version
		order by v.place`, key.Tenant, key.Session, ids, numbers)
	drafts, err := pgx.CollectRows(rows, scanDraft)
	return drafts, wrap("read drafts", err)
}

func scanFeedback(row pgx.CollectableRow) (f sessions.Feedback, err error) {
	err = row.Scan(&f.Response, &f.Rating, &f.Reason, &f.Comment, &f.Created)
	f.Created = f.Created.UTC()
	return f, err
}
