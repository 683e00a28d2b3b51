package sqlitereader

import (
	"context"
	"database/sql"
	"encoding/json"

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
	if err = r.db.Read.QueryRowContext(ctx, "select leaf from sessions where tenant = ? and id = ?", key.Tenant, key.Session).Scan(&leaf); err != nil {
		return page, err
	}
	nodes, err := collect(ctx, r.db.Read, func(rows *sql.Rows) (n inspect.Node, err error) {
		return n, rows.Scan(&n.Place, &n.ID, &n.Parent)
	}, "select seq, id, parent from messages where tenant = ? and session = ? order by seq", key.Tenant, key.Session)
	if err != nil {
		return page, err
	}
	chosen, page := inspect.Choose(nodes, leaf, before, limit)
	ids, at := make([]string, len(chosen)), make(map[string]int, len(chosen))
	for i, n := range chosen {
		ids[i], at[n.ID] = n.ID, i
	}
	page.Exchanges = make([]inspect.Exchange, len(chosen))
	return page, r.fill(ctx, key, array(ids), func(id string) *inspect.Exchange {
		x := &page.Exchanges[at[id]]
		x.Selected = chosen[at[id]].Selected
		return x
	})
}

// fill reads what belongs to some messages.
func (r *Reader) fill(ctx context.Context, key sessions.Key, ids string, of func(message string) *inspect.Exchange) error {
	messages, err := collect(ctx, r.db.Read, scanMessage, "select "+messageColumns+` from messages
		where tenant = ?1 and session = ?2 and id in (select value from json_each(?3))`, key.Tenant, key.Session, ids)
	if err != nil {
		return err
	}
	for _, m := range messages {
		of(m.ID).Message = m
	}
	responses, err := collect(ctx, r.db.Read, scanResponse, `select body, '' from responses
		where tenant = ?1 and session = ?2 and message in (select value from json_each(?3)) order by seq`, key.Tenant, key.Session, ids)
	if err != nil {
		return err
	}
	message := make(map[string]string, len(responses))
	for _, response := range responses {
		message[response.ID] = response.Message
		x := of(response.Message)
		x.Responses = append(x.Responses, response)
	}
	drafts, err := collect(ctx, r.db.Read, func(rows *sql.Rows) (d sessions.Draft, err error) {
		var created int64
		err = rows.Scan(&d.ID, &d.Kind, &d.Version, &d.Message, &d.Author, &created)
		d.Created = fromMicros(created)
		return d, err
	}, `select id, kind, version, message, author, created from drafts
		where tenant = ?1 and session = ?2 and message in (select value from json_each(?3)) order by seq`, key.Tenant, key.Session, ids)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		x := of(d.Message)
		x.Drafts = append(x.Drafts, d)
	}
	feedback, err := collect(ctx, r.db.Read, scanFeedback, "select "+feedbackColumns+" from feedback where tenant = ? and session = ?", key.Tenant, key.Session)
	for _, f := range feedback {
		if message[f.Response] != "" {
			x := of(message[f.Response])
			x.Feedback = append(x.Feedback, f)
		}
	}
	return err
}

// Turn implements [inspect.Store]. It reads the index responses_by_id.
func (r *Reader) Turn(ctx context.Context, tenant, response string) (inspect.Turn, error) {
	t, err := r.turn(ctx, tenant, response)
	return t, wrap("read turn", err)
}

func (r *Reader) turn(ctx context.Context, tenant, response string) (t inspect.Turn, err error) {
	var session string
	var body, annotations []byte
	err = r.db.Read.QueryRowContext(ctx, "select session, body, annotations from responses where tenant = ? and id = ?", tenant, response).Scan(&session, &body, &annotations)
	if err != nil {
		return t, err
	}
	if err = json.Unmarshal(body, &t.Response); err != nil {
		return t, err
	}
	t.Response.Annotations = annotations
	var created, updated int64
	s := &t.Session
	err = r.db.Read.QueryRowContext(ctx, "select tenant, id, owner, role, title, locale, time_zone, leaf, created, updated from sessions where tenant = ? and id = ?", tenant, session).
		Scan(&s.Tenant, &s.ID, &s.Owner, &s.Role, &s.Title, &s.Locale, &s.TimeZone, &s.Leaf, &created, &updated)
	if err != nil {
		return t, err
	}
	s.Created, s.Updated = fromMicros(created), fromMicros(updated)
	messages, err := collect(ctx, r.db.Read, scanMessage, "select "+messageColumns+" from messages where tenant = ? and session = ? and id = ?", tenant, session, t.Response.Message)
	if err != nil {
		return t, err
	}
	if len(messages) == 0 {
		return t, sql.ErrNoRows // it has been deleted since
	}
	t.Message = messages[0]
	feedback, err := collect(ctx, r.db.Read, scanFeedback, "select "+feedbackColumns+" from feedback where tenant = ? and session = ? and response = ?", tenant, session, response)
	if err != nil {
		return t, err
	}
	if len(feedback) > 0 {
		t.Feedback = &feedback[0]
	}
	t.Drafts, err = collect(ctx, r.db.Read, func(rows *sql.Rows) (d sessions.Draft, err error) {
		var body []byte
		if err = rows.Scan(&body); err == nil {
			err = json.Unmarshal(body, &d)
		}
		return d, err
	}, "select body from drafts where tenant = ? and session = ? and message = ? order by seq", tenant, session, t.Message.ID)
	if err != nil {
		return t, err
	}
	t.Siblings, err = collect(ctx, r.db.Read, func(rows *sql.Rows) (s inspect.Sibling, err error) {
		var created int64
		err = rows.Scan(&s.ID, &s.Status, &created)
		s.Created = fromMicros(created)
		return s, err
	}, "select id, status, created from responses where tenant = ? and session = ? and message = ? order by seq", tenant, session, t.Message.ID)
	return t, err
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
	if err = rows.Scan(&body, &annotations); err == nil {
		err = json.Unmarshal(body, &r)
	}
	return r, err
}

func scanFeedback(rows *sql.Rows) (f sessions.Feedback, err error) {
	var created int64
	err = rows.Scan(&f.Response, &f.Rating, &f.Reason, &f.Comment, &created)
	f.Created = fromMicros(created)
	return f, err
}
