package pgfigures

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/web/figures"
)

// Every query reads the index of its table on (tenant, created).
const (
	readTurns = `select r.id, r.session, r.created, r.body, r.annotations,
		exists (select from responses o where o.tenant = r.tenant and o.session = r.session and o.message = r.message and o.seq < r.seq and o.status in ('completed', 'incomplete'))
		or exists (select from messages m join messages o on o.tenant = m.tenant and o.session = m.session and o.parent = m.parent and o.seq < m.seq
			where m.tenant = r.tenant and m.session = r.session and m.id = r.message)
		from responses r where r.tenant = $1 and r.created >= $2 and r.created < $3 and r.status <> 'running'`

	readCalls = `select response, session, created, purpose, model, endpoint, currency, status, error, input, output,
		case status when 'reserved' then estimated_cost else cost end, first_token_ms, total_ms
		from model_calls where tenant = $1 and created >= $2 and created < $3`

	// Versions before tell whether a draft has become ready or public by this one.
	readDrafts = `select d.kind, d.created, s.created, d.body,
		exists (select from drafts o where o.tenant = d.tenant and o.session = d.session and o.id = d.id and o.version < d.version and strpos(o.body, $4) > 0),
		exists (select from drafts o where o.tenant = d.tenant and o.session = d.session and o.id = d.id and o.version < d.version and strpos(o.body, $5) > 0)
		from drafts d join sessions s on s.tenant = d.tenant and s.id = d.session
		where d.tenant = $1 and d.created >= $2 and d.created < $3 and (strpos(d.body, $4) > 0 or strpos(d.body, $5) > 0)`

	readRatings = `select f.response, f.session, f.created, f.rating, r.body
		from feedback f join responses r on r.tenant = f.tenant and r.session = f.session and r.id = f.response
		where f.tenant = $1 and f.created >= $2 and f.created < $3 and f.rating in ('up', 'down')`

	readSessions = "select created from sessions where tenant = $1 and created >= $2 and created < $3"

	readReasons = `select rating, reason, count(*) from feedback
		where tenant = $1 and created >= $2 and created < $3 and rating in ('up', 'down') and reason <> '' group by rating, reason order by 3 desc, 2 limit 20`

	readFailedTurns = `select id, session, created, body, '', false from responses
		where tenant = $1 and status in ('failed', 'incomplete') and created >= $2 and created < $3 order by created desc limit $4`

	readFailedCalls = `select response, session, created, purpose, model, endpoint, error from model_calls
		where tenant = $1 and error not in ('', 'cancelled') and created >= $2 and created < $3 order by created desc limit $4`
)

// Rows implements [figures.Store].
func (s *Store) Rows(ctx context.Context, tenant string, from, until time.Time) (rows figures.Rows, err error) {
	batch := &pgx.Batch{}
	queue(batch, &rows.Turns, scanTurn, readTurns, tenant, from, until)
	queue(batch, &rows.Calls, scanCall, readCalls, tenant, from, until)
	queue(batch, &rows.Drafts, scanDraft, readDrafts, tenant, from, until, figures.ReadyMark, figures.PublishedMark)
	queue(batch, &rows.Ratings, scanRating, readRatings, tenant, from, until)
	queue(batch, &rows.Sessions, func(row pgx.CollectableRow) (created time.Time, err error) {
		err = row.Scan(&created)
		return created.UTC(), err
	}, readSessions, tenant, from, until)
	return rows, wrap("read rows", s.pool.SendBatch(ctx, batch).Close())
}

// Details implements [figures.Store].
func (s *Store) Details(ctx context.Context, tenant string, from, until time.Time, limit int) (d figures.Details, err error) {
	batch := &pgx.Batch{}
	var turns []figures.Turn
	queue(batch, &d.Reasons, func(row pgx.CollectableRow) (r figures.Reason, err error) {
		return r, row.Scan(&r.Rating, &r.Reason, &r.Count)
	}, readReasons, tenant, from, until)
	queue(batch, &turns, scanTurn, readFailedTurns, tenant, from, until, limit)
	queue(batch, &d.Failures, func(row pgx.CollectableRow) (f figures.Failure, err error) {
		f.Source = "call"
		err = row.Scan(&f.Response, &f.Session, &f.At, &f.Purpose, &f.Model, &f.Endpoint, &f.Code)
		f.At = f.At.UTC()
		return f, err
	}, readFailedCalls, tenant, from, until, limit)
	err = s.pool.SendBatch(ctx, batch).Close()
	for _, t := range turns {
		d.Failures = append(d.Failures, t.Failure())
	}
	return d, wrap("read details", err)
}

func queue[T any](batch *pgx.Batch, into *[]T, scan pgx.RowToFunc[T], query string, args ...any) {
	batch.Queue(query, args...).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.AppendRows(*into, rows, scan)
		return err
	})
}

func scanTurn(row pgx.CollectableRow) (t figures.Turn, err error) {
	var body, annotations string
	if err = row.Scan(&t.ID, &t.Session, &t.At, &body, &annotations, &t.Again); err != nil {
		return t, err
	}
	t.At = t.At.UTC()
	return t, figures.ReadTurn(&t, body, annotations)
}

func scanCall(row pgx.CollectableRow) (c figures.Call, err error) {
	var first, total float64
	err = row.Scan(&c.Response, &c.Session, &c.At, &c.Purpose, &c.Model, &c.Endpoint, &c.Currency, &c.Status, &c.Error, &c.Input, &c.Output, &c.Cost, &first, &total)
	c.At, c.FirstToken, c.Total = c.At.UTC(), figures.Milliseconds(first), figures.Milliseconds(total)
	return c, err
}

func scanDraft(row pgx.CollectableRow) (d figures.Draft, err error) {
	var body string
	var wasReady, wasPublished bool
	if err = row.Scan(&d.Kind, &d.At, &d.Began, &body, &wasReady, &wasPublished); err != nil {
		return d, err
	}
	d.At, d.Began = d.At.UTC(), d.Began.UTC()
	ready, published, err := figures.ReadDraft(body)
	d.Ready, d.Published = ready && !wasReady, published && !wasPublished
	return d, err
}

func scanRating(row pgx.CollectableRow) (r figures.Rating, err error) {
	var rating, body string
	if err = row.Scan(&r.Response, &r.Session, &r.At, &rating, &body); err != nil {
		return r, err
	}
	var t figures.Turn
	err = figures.ReadTurn(&t, body, "")
	r.At, r.Up, r.Route, r.Model = r.At.UTC(), rating == "up", t.Route, t.Model
	return r, err
}
