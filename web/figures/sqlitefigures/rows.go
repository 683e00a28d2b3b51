package sqlitefigures

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/parleyhq/parley/web/figures"
)

// Every query reads the index of its table on (tenant, created).
const (
	readTurns = `select r.id, r.session, r.created, r.body, r.annotations,
		exists (select 1 from responses o where o.tenant = r.tenant and o.session = r.session and o.message = r.message and o.seq < r.seq and o.status in ('completed', 'incomplete'))
		or exists (select 1 from messages m join messages o on o.tenant = m.tenant and o.session = m.session and o.parent = m.parent and o.seq < m.seq
			where m.tenant = r.tenant and m.session = r.session and m.id = r.message)
		from responses r where r.tenant = ? and r.created >= ? and r.created < ? and r.status <> 'running'`

	readCalls = `select response, session, created, purpose, model, endpoint, currency, status, error, input, output,
		case status when 'reserved' then estimated_cost else cost end, first_token_ms, total_ms
		from model_calls where tenant = ? and created >= ? and created < ?`

	// Versions before tell whether a draft has become ready or public by this one.
	readDrafts = `select d.kind, d.created, s.created, d.body,
		exists (select 1 from drafts o where o.tenant = d.tenant and o.session = d.session and o.id = d.id and o.version < d.version and instr(o.body, ?4) > 0),
		exists (select 1 from drafts o where o.tenant = d.tenant and o.session = d.session and o.id = d.id and o.version < d.version and instr(o.body, ?5) > 0)
		from drafts d join sessions s on s.tenant = d.tenant and s.id = d.session
		where d.tenant = ?1 and d.created >= ?2 and d.created < ?3 and (instr(d.body, ?4) > 0 or instr(d.body, ?5) > 0)`

	readRatings = `select f.response, f.session, f.created, f.rating, r.body
		from feedback f join responses r on r.tenant = f.tenant and r.session = f.session and r.id = f.response
		where f.tenant = ? and f.created >= ? and f.created < ? and f.rating in ('up', 'down')`

	readSessions = "select created from sessions where tenant = ? and created >= ? and created < ?"

	readReasons = `select rating, reason, count(*) from feedback
		where tenant = ? and created >= ? and created < ? and rating in ('up', 'down') and reason <> '' group by rating, reason order by 3 desc, 2 limit 20`

	readFailedTurns = `select id, session, created, body, '', 0 from responses
		where tenant = ? and status in ('failed', 'incomplete') and created >= ? and created < ? order by created desc limit ?`

	readFailedCalls = `select response, session, created, purpose, model, endpoint, error from model_calls
		where tenant = ? and error not in ('', 'cancelled') and created >= ? and created < ? order by created desc limit ?`
)

// Rows implements [figures.Store].
func (s *Store) Rows(ctx context.Context, tenant string, from, until time.Time) (rows figures.Rows, err error) {
	span := []any{tenant, micros(from), micros(until)}
	var errs [5]error
	rows.Turns, errs[0] = list(ctx, s.db.Read, scanTurn, readTurns, span...)
	rows.Calls, errs[1] = list(ctx, s.db.Read, scanCall, readCalls, span...)
	rows.Drafts, errs[2] = list(ctx, s.db.Read, scanDraft, readDrafts, append(span, figures.ReadyMark, figures.PublishedMark)...)
	rows.Ratings, errs[3] = list(ctx, s.db.Read, scanRating, readRatings, span...)
	rows.Sessions, errs[4] = list(ctx, s.db.Read, func(rows *sql.Rows) (time.Time, error) {
		var created int64
		err := rows.Scan(&created)
		return at(created), err
	}, readSessions, span...)
	return rows, wrap("read rows", errors.Join(errs[:]...))
}

// Details implements [figures.Store].
func (s *Store) Details(ctx context.Context, tenant string, from, until time.Time, limit int) (d figures.Details, err error) {
	span := []any{tenant, micros(from), micros(until)}
	var errs [3]error
	d.Reasons, errs[0] = list(ctx, s.db.Read, func(rows *sql.Rows) (r figures.Reason, err error) {
		return r, rows.Scan(&r.Rating, &r.Reason, &r.Count)
	}, readReasons, span...)
	turns, err := list(ctx, s.db.Read, scanTurn, readFailedTurns, append(span, limit)...)
	errs[1] = err
	for _, t := range turns {
		d.Failures = append(d.Failures, t.Failure())
	}
	calls, err := list(ctx, s.db.Read, func(rows *sql.Rows) (f figures.Failure, err error) {
		var created int64
		f.Source = "call"
		err = rows.Scan(&f.Response, &f.Session, &created, &f.Purpose, &f.Model, &f.Endpoint, &f.Code)
		f.At = at(created)
		return f, err
	}, readFailedCalls, append(span, limit)...)
	errs[2] = err
	d.Failures = append(d.Failures, calls...)
	return d, wrap("read details", errors.Join(errs[:]...))
}

func scanTurn(rows *sql.Rows) (t figures.Turn, err error) {
	var created int64
	var body, annotations string
	if err = rows.Scan(&t.ID, &t.Session, &created, &body, &annotations, &t.Again); err != nil {
		return t, err
	}
	t.At = at(created)
	return t, figures.ReadTurn(&t, body, annotations)
}

func scanCall(rows *sql.Rows) (c figures.Call, err error) {
	var created int64
	var first, total float64
	err = rows.Scan(&c.Response, &c.Session, &created, &c.Purpose, &c.Model, &c.Endpoint, &c.Currency, &c.Status, &c.Error, &c.Input, &c.Output, &c.Cost, &first, &total)
	c.At, c.FirstToken, c.Total = at(created), figures.Milliseconds(first), figures.Milliseconds(total)
	return c, err
}

func scanDraft(rows *sql.Rows) (d figures.Draft, err error) {
	var created, began int64
	var body string
	var wasReady, wasPublished bool
	if err = rows.Scan(&d.Kind, &created, &began, &body, &wasReady, &wasPublished); err != nil {
		return d, err
	}
	d.At, d.Began = at(created), at(began)
	ready, published, err := figures.ReadDraft(body)
	d.Ready, d.Published = ready && !wasReady, published && !wasPublished
	return d, err
}

func scanRating(rows *sql.Rows) (r figures.Rating, err error) {
	var created int64
	var rating, body string
	if err = rows.Scan(&r.Response, &r.Session, &created, &rating, &body); err != nil {
		return r, err
	}
	var t figures.Turn
	err = figures.ReadTurn(&t, body, "")
	r.At, r.Up, r.Route, r.Model = at(created), rating == "up", t.Route, t.Model
	return r, err
}
