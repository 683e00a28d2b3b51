package sqliteoutbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/parleyhq/parley/web/hooks"
)

const columns = "tenant, event, endpoint, type, key, created, status, attempts, error, next, expires, changed, lease, data, answer, seq"

func scan(row interface{ Scan(...any) error }) (d hooks.Delivery, err error) {
	var created, next, expires, changed int64
	var data string
	err = row.Scan(&d.Event.Tenant, &d.Event.ID, &d.Endpoint, &d.Event.Type, &d.Event.Key, &created, &d.Status, &d.Attempts, &d.Error,
		&next, &expires, &changed, &d.Lease, &data, &d.Answer, &d.Seq)
	d.Event.Data = json.RawMessage(data)
	d.Event.Created, d.Expires, d.Changed = time.UnixMicro(created).UTC(), time.UnixMicro(expires).UTC(), time.UnixMicro(changed).UTC()
	d.ID, d.Type, d.Created = d.Event.ID, d.Event.Type, d.Event.Created
	if d.Status == hooks.Pending {
		d.Next = time.UnixMicro(next).UTC()
	}
	return d, err
}

// List implements [hooks.Store]. It reads the index webhook_deliveries_listed,
// or the one of what is unique for an event.
func (s *Store) List(ctx context.Context, tenant string, f hooks.Filter, limit int) (list []hooks.Delivery, err error) {
	which, args := "", []any{tenant}
	for _, is := range [][2]string{{"status", string(f.Status)}, {"type", f.Type}, {"endpoint", f.Endpoint}, {"event", f.Event}} {
		if column, value := is[0], is[1]; value != "" {
			which, args = which+" and "+column+" = ?", append(args, value)
		}
	}
	if f.Before > 0 {
		which, args = which+" and seq < ?", append(args, f.Before)
	}
	rows, err := s.db.Read.QueryContext(ctx, "select "+columns+" from webhook_deliveries where tenant = ?"+which+" order by seq desc limit ?", append(args, max(limit, 0))...)
	if err != nil {
		return nil, wrap("list", err)
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scan(rows)
		if err != nil {
			return nil, wrap("list", err)
		}
		list = append(list, d)
	}
	return list, wrap("list", rows.Err())
}

// Counts implements [hooks.Store]. It reads the index webhook_deliveries_listed.
func (s *Store) Counts(ctx context.Context, tenant string) (list []hooks.Count, err error) {
	rows, err := s.db.Read.QueryContext(ctx, `select endpoint, status, count(*) from webhook_deliveries
		where tenant = ? and status in ('pending', 'dead') group by endpoint, status order by endpoint, status`, tenant)
	if err != nil {
		return nil, wrap("count", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c hooks.Count
		if err := rows.Scan(&c.Endpoint, &c.Status, &c.N); err != nil {
			return nil, wrap("count", err)
		}
		list = append(list, c)
	}
	return list, wrap("count", rows.Err())
}

// Redeliver implements [hooks.Store].
func (s *Store) Redeliver(ctx context.Context, tenant, event string, now, expires time.Time) (n int, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		var known bool
		err := tx.QueryRowContext(ctx, "select exists (select 1 from webhook_deliveries where tenant = ? and event = ?)", tenant, event).Scan(&known)
		if err == nil && !known {
			err = hooks.ErrNotFound
		}
		if err != nil {
			return err
		}
		n, err = affected(tx.ExecContext(ctx, `update webhook_deliveries set status = 'pending', attempts = 0, error = '', answer = 0, next = ?1, changed = ?1, expires = ?2
			where tenant = ?3 and event = ?4 and status <> 'pending'`, now.UnixMicro(), expires.UnixMicro(), tenant, event))
		return err
	})
	return n, wrap("redeliver", err)
}

// Expire implements [hooks.Store]. It reads the index webhook_deliveries_expires.
func (s *Store) Expire(ctx context.Context, now time.Time, limit int) (int, error) {
	n, err := affected(s.db.Write.ExecContext(ctx, `update webhook_deliveries
		set status = 'dead', changed = ?1, error = case error when '' then 'not delivered in time' else error end, lease = '', leased = 0
		where seq in (select seq from webhook_deliveries where status = 'pending' and expires < ?1 and leased <= ?1 order by expires limit ?2)`,
		now.UnixMicro(), max(limit, 0)))
	return n, wrap("expire", err)
}

// Purge implements [hooks.Store]. It reads the index webhook_deliveries_old.
func (s *Store) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	n, err := affected(s.db.Write.ExecContext(ctx, `delete from webhook_deliveries where seq in (
		select seq from webhook_deliveries where status <> 'pending' and changed < ? order by changed limit ?)`, before.UnixMicro(), max(limit, 0)))
	return n, wrap("purge", err)
}

func affected(result sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}
