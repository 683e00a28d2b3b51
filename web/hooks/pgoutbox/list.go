package pgoutbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/web/hooks"
)

const columns = "d.tenant, d.event, d.endpoint, d.type, d.key, d.created, d.status, d.attempts, d.error, d.next, d.expires, d.changed, d.lease, d.data, d.answer, d.seq"

// scan reads what stands before the columns into first.
func scan(row pgx.CollectableRow, first ...any) (d hooks.Delivery, err error) {
	var next time.Time
	var data string
	err = row.Scan(append(first, &d.Event.Tenant, &d.Event.ID, &d.Endpoint, &d.Event.Type, &d.Event.Key, &d.Event.Created, &d.Status, &d.Attempts, &d.Error,
		&next, &d.Expires, &d.Changed, &d.Lease, &data, &d.Answer, &d.Seq)...)
	d.Event.Data = json.RawMessage(data)
	d.Event.Created, d.Expires, d.Changed = d.Event.Created.UTC(), d.Expires.UTC(), d.Changed.UTC()
	d.ID, d.Type, d.Created = d.Event.ID, d.Event.Type, d.Event.Created
	if d.Status == hooks.Pending {
		d.Next = next.UTC()
	}
	return d, err
}

// List implements [hooks.Store]. It reads the index webhook_deliveries_listed,
// or the one of what is unique for an event.
func (s *Store) List(ctx context.Context, tenant string, f hooks.Filter, limit int) ([]hooks.Delivery, error) {
	which, args := "", []any{tenant, max(limit, 0)}
	add := func(column, comparison string, value any) {
		args = append(args, value)
		which += fmt.Sprintf(" and d.%s %s $%d", column, comparison, len(args))
	}
	for _, is := range [][2]string{{"status", string(f.Status)}, {"type", f.Type}, {"endpoint", f.Endpoint}, {"event", f.Event}} {
		if column, value := is[0], is[1]; value != "" {
			add(column, "=", value)
		}
	}
	if f.Before > 0 {
		add("seq", "<", f.Before)
	}
	rows, _ := s.pool.Query(ctx, "select "+columns+" from webhook_deliveries d where d.tenant = $1"+which+" order by d.seq desc limit $2", args...)
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (hooks.Delivery, error) { return scan(row) })
	return list, wrap("list", err)
}

// Counts implements [hooks.Store]. It reads the index webhook_deliveries_listed.
func (s *Store) Counts(ctx context.Context, tenant string) ([]hooks.Count, error) {
	rows, _ := s.pool.Query(ctx, `select endpoint, status, count(*) from webhook_deliveries
		where tenant = $1 and status in ('pending', 'dead') group by endpoint, status order by endpoint collate "C", status`, tenant)
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c hooks.Count, err error) {
		return c, row.Scan(&c.Endpoint, &c.Status, &c.N)
	})
	return list, wrap("count", err)
}

// Redeliver implements [hooks.Store].
func (s *Store) Redeliver(ctx context.Context, tenant, event string, now, expires time.Time) (n int, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var known bool
		err := tx.QueryRow(ctx, "select exists (select from webhook_deliveries where tenant = $1 and event = $2)", tenant, event).Scan(&known)
		if err == nil && !known {
			err = hooks.ErrNotFound
		}
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `update webhook_deliveries set status = 'pending', attempts = 0, error = '', answer = 0, next = $1, changed = $1, expires = $2
			where tenant = $3 and event = $4 and status <> 'pending'`, now, expires, tenant, event)
		n = int(tag.RowsAffected())
		return err
	})
	return n, wrap("redeliver", err)
}

// Expire implements [hooks.Store]. It reads the index webhook_deliveries_expires.
func (s *Store) Expire(ctx context.Context, now time.Time, limit int) (int, error) {
	tag, err := s.pool.Exec(ctx, `update webhook_deliveries
		set status = 'dead', changed = $1, error = case error when '' then 'not delivered in time' else error end, lease = '', leased = null
		where seq in (select seq from webhook_deliveries where status = 'pending' and expires < $1 and coalesce(leased <= $1, true)
			order by expires limit $2 for update skip locked)`, now, max(limit, 0))
	return int(tag.RowsAffected()), wrap("expire", err)
}

// Purge implements [hooks.Store]. It reads the index webhook_deliveries_old.
func (s *Store) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	tag, err := s.pool.Exec(ctx, `delete from webhook_deliveries where seq in (
		select seq from webhook_deliveries where status <> 'pending' and changed < $1 order by changed limit $2 for update skip locked)`, before, max(limit, 0))
	return int(tag.RowsAffected()), wrap("purge", err)
}
