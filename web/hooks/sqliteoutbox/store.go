// Package sqliteoutbox keeps webhooks in SQLite, for an installation of one
// process. It implements [hooks.Store] and passes package hookstest.
package sqliteoutbox

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/hooks"
)

// Store is a [hooks.Store] on a migrated SQLite database.
type Store struct {
	db *migrations.SQLiteDB
}

var _ hooks.Store = (*Store)(nil)

// New returns a store on an open database, which the caller closes.
func New(db *migrations.SQLiteDB) *Store { return &Store{db} }

// Add implements [hooks.Store].
func (s *Store) Add(ctx context.Context, deliveries []hooks.Delivery) error {
	return wrap("add", s.transact(ctx, func(tx *sql.Tx) error {
		for _, d := range deliveries {
			_, err := tx.ExecContext(ctx, `insert into webhook_deliveries
					(tenant, event, endpoint, type, key, created, status, attempts, error, next, expires, changed, lease, leased, data)
				values (?, ?, ?, ?, ?, ?, 'pending', 0, '', ?, ?, ?, '', 0, ?) on conflict (tenant, event, endpoint) do nothing`,
				d.Event.Tenant, d.Event.ID, d.Endpoint, d.Event.Type, d.Event.Key, d.Event.Created.UnixMicro(),
				d.Next.UnixMicro(), d.Expires.UnixMicro(), d.Changed.UnixMicro(), string(d.Event.Data))
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// Claim implements [hooks.Store]. It reads the index webhook_deliveries_next
// and, when anything is due, webhook_deliveries_due for each place.
func (s *Store) Claim(ctx context.Context, places []hooks.Place, now time.Time, lease time.Duration, limit int) ([]hooks.Delivery, error) {
	var due bool
	err := s.db.Read.QueryRowContext(ctx, "select exists (select 1 from webhook_deliveries where status = 'pending' and next <= ?)", now.UnixMicro()).Scan(&due)
	if err != nil || !due || len(places) == 0 || limit <= 0 {
		return nil, wrap("claim", err)
	}
	var claimed []hooks.Delivery
	err = s.transact(ctx, func(tx *sql.Tx) error {
		claimed = nil
		var heads []head
		for _, place := range places {
			h, err := first(ctx, tx, place, now)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			heads = append(heads, h)
		}
		slices.SortFunc(heads, func(a, b head) int {
			if a.next != b.next {
				return int(min(max(a.next-b.next, -1), 1))
			}
			return int(min(max(a.seq-b.seq, -1), 1))
		})
		for _, h := range heads[:min(limit, len(heads))] {
			d, err := take(ctx, tx, h.seq, now.Add(lease))
			if err != nil {
				return err
			}
			claimed = append(claimed, d)
		}
		return nil
	})
	if err != nil {
		return nil, wrap("claim", err)
	}
	return claimed, nil
}

type head struct{ next, seq int64 }

// first is the delivery of a place that is to be tried next.
func first(ctx context.Context, tx *sql.Tx, place hooks.Place, now time.Time) (h head, err error) {
	err = tx.QueryRowContext(ctx, `select d.next, d.seq from webhook_deliveries d
		where d.tenant = ?1 and d.endpoint = ?2 and d.status = 'pending' and d.next <= ?3
			and not exists (select 1 from webhook_deliveries l
				where l.tenant = ?1 and l.endpoint = ?2 and l.status = 'pending' and l.leased > 0 and l.leased > ?3)
			and (d.key = '' or not exists (select 1 from webhook_deliveries e
				where e.tenant = ?1 and e.endpoint = ?2 and e.status = 'pending' and e.key <> '' and e.key = d.key and e.seq < d.seq))
		order by d.next, d.seq limit 1`, place.Tenant, place.Endpoint, now.UnixMicro()).Scan(&h.next, &h.seq)
	return h, err
}

func take(ctx context.Context, tx *sql.Tx, seq int64, until time.Time) (hooks.Delivery, error) {
	return scan(tx.QueryRowContext(ctx, "update webhook_deliveries set attempts = attempts + 1, lease = ?, leased = ? where seq = ? returning "+columns,
		rand.Text(), until.UnixMicro(), seq))
}

// Done implements [hooks.Store].
func (s *Store) Done(ctx context.Context, d hooks.Delivery, now time.Time) error {
	return s.settle(ctx, d, "note delivery", hooks.Delivered, now, now, "")
}

// Retry implements [hooks.Store].
func (s *Store) Retry(ctx context.Context, d hooks.Delivery, now, next time.Time, failure string) error {
	return s.settle(ctx, d, "note failure", hooks.Pending, now, next, failure)
}

// Dead implements [hooks.Store].
func (s *Store) Dead(ctx context.Context, d hooks.Delivery, now time.Time, failure string) error {
	return s.settle(ctx, d, "give up", hooks.Dead, now, now, failure)
}

func (s *Store) settle(ctx context.Context, d hooks.Delivery, doing string, status hooks.Status, now, next time.Time, failure string) error {
	result, err := s.db.Write.ExecContext(ctx, `update webhook_deliveries set status = ?, changed = ?, next = ?, error = ?, answer = ?, lease = '', leased = 0
		where tenant = ? and event = ? and endpoint = ? and status = 'pending' and lease = ? and lease <> ''`,
		status, now.UnixMicro(), next.UnixMicro(), failure, d.Answer, d.Event.Tenant, d.Event.ID, d.Endpoint, d.Lease)
	if err != nil {
		return wrap(doing, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return wrap(doing, errors.Join(hooks.ErrLost, err))
	}
	return nil
}

func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sqliteoutbox: %s: %w", doing, err)
}
