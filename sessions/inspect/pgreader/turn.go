package pgreader

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

const (
	messageColumns  = "id, parent, text, workflow, extra, created"
	feedbackColumns = "response, rating, reason, comment, created"
)

// Page implements [inspect.Store].
func (r *Reader) Page(ctx context.Context, key sessions.Key, before int64, limit int) (inspect.Page, error) {
	page, err := r.page(ctx, key, before, limit)
	return page, wrap("read page", err)
}

func (r *Reader) page(ctx context.Context, key sessions.Key, before int64, limit int) (page inspect.Page, err error) {
	var leaf string
	if err = r.pool.QueryRow(ctx, "select leaf from sessions where tenant = $1 and id = $2", key.Tenant, key.Session).Scan(&leaf); err != nil {
		return page, err
	}
	rows, _ := r.pool.Query(ctx, "select seq, id, parent from messages where tenant = $1 and session = $2 order by seq", key.Tenant, key.Session)
	nodes, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (n inspect.Node, err error) {
		return n, row.Scan(&n.Place, &n.ID, &n.Parent)
	})
	if err != nil {
		return page, err
	}
	chosen, page := inspect.Choose(nodes, leaf, before, limit)
	ids, at := make([]string, len(chosen)), make(map[string]int, len(chosen))
	for i, n := range chosen {
		ids[i], at[n.ID] = n.ID, i
	}
	page.Exchanges = make([]inspect.Exchange, len(chosen))
	return page, r.fill(ctx, key, ids, func(id string) *inspect.Exchange {
		x := &page.Exchanges[at[id]]
		x.Selected = chosen[at[id]].Selected
		return x
	})
}

// fill reads what belongs to some messages, in one round trip.
func (r *Reader) fill(ctx context.Context, key sessions.Key, ids []string, of func(message string) *inspect.Exchange) error {
	batch := &pgx.Batch{}
	queue := func(query string, take func(pgx.CollectableRow) error) {
		batch.Queue(query, key.Tenant, key.Session, ids).Query(func(rows pgx.Rows) error { return each(rows, take) })
	}
	message := map[string]string{}
	queue("select "+messageColumns+" from messages where tenant = $1 and session = $2 and id = any($3)", func(row pgx.CollectableRow) error {
		m, err := scanMessage(row)
		of(m.ID).Message = m
		return err
	})
	queue("select body from responses where tenant = $1 and session = $2 and message = any($3) order by seq", func(row pgx.CollectableRow) error {
		response, err := decoded[sessions.Response](row)
		if err != nil {
			return err
		}
		message[response.ID] = response.Message
		x := of(response.Message)
		x.Responses = append(x.Responses, response)
		return nil
	})
	queue("select id, kind, version, message, author, created from drafts where tenant = $1 and session = $2 and message = any($3) order by seq", func(row pgx.CollectableRow) error {
		var d sessions.Draft
		if err := row.Scan(&d.ID, &d.Kind, &d.Version, &d.Message, &d.Author, &d.Created); err != nil {
			return err
		}
		d.Created = d.Created.UTC()
		x := of(d.Message)
		x.Drafts = append(x.Drafts, d)
		return nil
	})
	queue("select "+feedbackColumns+` from (select * from feedback where tenant = $1 and session = $2) f
		where exists (select from responses r where r.tenant = $1 and r.session = $2 and r.id = f.response and r.message = any($3))`, func(row pgx.CollectableRow) error {
		f, err := scanFeedback(row)
		if err == nil && message[f.Response] != "" {
			x := of(message[f.Response])
			x.Feedback = append(x.Feedback, f)
		}
		return err
	})
	return r.pool.SendBatch(ctx, batch).Close()
}

// Turn implements [inspect.Store]. It reads the index responses_by_id.
func (r *Reader) Turn(ctx context.Context, tenant, response string) (inspect.Turn, error) {
	t, err := r.turn(ctx, tenant, response)
	return t, wrap("read turn", err)
}

func (r *Reader) turn(ctx context.Context, tenant, response string) (t inspect.Turn, err error) {
	var body, annotations []byte
	s := &t.Session
	err = r.pool.QueryRow(ctx, `select s.tenant, s.id, s.owner, s.role, s.title, s.locale, s.time_zone, s.leaf, s.created, s.updated, r.body, r.annotations
		from responses r join sessions s on s.tenant = r.tenant and s.id = r.session where r.tenant = $1 and r.id = $2`, tenant, response).
		Scan(&s.Tenant, &s.ID, &s.Owner, &s.Role, &s.Title, &s.Locale, &s.TimeZone, &s.Leaf, &s.Created, &s.Updated, &body, &annotations)
	if err != nil {
		return t, err
	}
	s.Created, s.Updated = s.Created.UTC(), s.Updated.UTC()
	if err = json.Unmarshal(body, &t.Response); err != nil {
		return t, err
	}
	t.Response.Annotations = annotations

	batch := &pgx.Batch{}
	message := t.Response.Message
	batch.Queue("select "+messageColumns+" from messages where tenant = $1 and session = $2 and id = $3", tenant, s.ID, message).Query(func(rows pgx.Rows) error {
		t.Message, err = pgx.CollectExactlyOneRow(rows, scanMessage)
		return err // none when it has been deleted since
	})
	batch.Queue("select "+feedbackColumns+" from feedback where tenant = $1 and session = $2 and response = $3", tenant, s.ID, response).Query(func(rows pgx.Rows) error {
		return each(rows, func(row pgx.CollectableRow) error {
			f, err := scanFeedback(row)
			t.Feedback = &f
			return err
		})
	})
	batch.Queue("select body from drafts where tenant = $1 and session = $2 and message = $3 order by seq", tenant, s.ID, message).Query(func(rows pgx.Rows) (err error) {
		t.Drafts, err = pgx.CollectRows(rows, decoded[sessions.Draft])
		return err
	})
	batch.Queue("select id, status, created from responses where tenant = $1 and session = $2 and message = $3 order by seq", tenant, s.ID, message).Query(func(rows pgx.Rows) (err error) {
		t.Siblings, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (s inspect.Sibling, err error) {
			err = row.Scan(&s.ID, &s.Status, &s.Created)
			s.Created = s.Created.UTC()
			return s, err
		})
		return err
	})
	return t, r.pool.SendBatch(ctx, batch).Close()
}

func each(rows pgx.Rows, take func(pgx.CollectableRow) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func decoded[T any](row pgx.CollectableRow) (v T, err error) {
	var body []byte
	if err = row.Scan(&body); err == nil {
		err = json.Unmarshal(body, &v)
	}
	return v, err
}

func scanMessage(row pgx.CollectableRow) (m sessions.Message, err error) {
	var extra []byte
	if err = row.Scan(&m.ID, &m.Parent, &m.Text, &m.Workflow, &extra, &m.Created); err == nil && len(extra) > 0 {
		err = json.Unmarshal(extra, &m.Extra)
	}
	m.Created = m.Created.UTC()
	return m, err
}

func scanFeedback(row pgx.CollectableRow) (f sessions.Feedback, err error) {
	err = row.Scan(&f.Response, &f.Rating, &f.Reason, &f.Comment, &f.Created)
	f.Created = f.Created.UTC()
	return f, err
}
