// Package pgoutbox keeps webhooks in PostgreSQL, for any number of processes.
// It implements [hooks.Store] and passes package hookstest.
package pgoutbox

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/web/hooks"
)

// Store is a [hooks.Store] on a migrated PostgreSQL database.
type Store struct {
	pool *pgxpool.Pool
}

var _ hooks.Store = (*Store)(nil)

// New returns a store on an open pool, which the caller closes.
func New(pool *pgxpool.Pool) *Store { return &Store{pool} }

// Add implements [hooks.Store].
func (s *Store) Add(ctx context.Context, deliveries []hooks.Delivery) error {
	return wrap("add", pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockAdding); err != nil {
			return err
		}
		batch := &pgx.Batch{}
		for _, d := range deliveries {
			batch.Queue(`insert into webhook_deliveries
					(tenant, event, endpoint, type, key, created, status, attempts, error, next, expires, changed, lease, data)
				values ($1, $2, $3, $4, $5, $6, 'pending', 0, '', $7, $8, $9, '', $10) on conflict (tenant, event, endpoint) do nothing`,
				d.Event.Tenant, d.Event.ID, d.Endpoint, d.Event.Type, d.Event.Key, d.Event.Created, d.Next, d.Expires, d.Changed, string(d.Event.Data))
		}
		return tx.SendBatch(ctx, batch).Close()
	}))
}

// Locks that end with their transaction. Adding is one after the other so that
// numbers are given in the order of commits: a later event of a key must not be
// seen before an earlier one. Claiming is, so that no place is given out twice.
const (
	lockAdding   = "select pg_advisory_xact_lock(7071994)"
	lockClaiming = "select pg_advisory_xact_lock(7071995)"
)

// claim finds the first of each place, by the index webhook_deliveries_due.
const claim = `with heads as (
		select h.seq, h.next from unnest($1::text[], $2::text[]) as p (tenant, endpoint) cross join lateral (
			select d.seq, d.next from webhook_deliveries d
			where d.tenant = p.tenant and d.endpoint = p.endpoint and d.status = 'pending' and d.next <= $3
				and not exists (select from webhook_deliveries l
					where l.tenant = p.tenant and l.endpoint = p.endpoint and l.status = 'pending' and l.leased is not null and l.leased > $3)
				and (d.key = '' or not exists (select from webhook_deliveries e
					where e.tenant = p.tenant and e.endpoint = p.endpoint and e.status = 'pending' and e.key <> '' and e.key = d.key and e.seq < d.seq))
			order by d.next, d.seq limit 1) h
		order by h.next, h.seq limit $4)
	update webhook_deliveries d set attempts = d.attempts + 1, lease = $5 || '-' || d.seq, leased = $6
	from heads where d.seq = heads.seq and d.status = 'pending' returning heads.next, d.seq, ` + columns

// Claim implements [hooks.Store].
func (s *Store) Claim(ctx context.Context, places []hooks.Place, now time.Time, lease time.Duration, limit int) ([]hooks.Delivery, error) {
	var due bool
	err := s.pool.QueryRow(ctx, "select exists (select from webhook_deliveries where status = 'pending' and next <= $1)", now).Scan(&due)
	if err != nil || !due || len(places) == 0 || limit <= 0 {
		return nil, wrap("claim", err)
	}
	var tenants, endpoints []string
	for _, p := range places {
		tenants, endpoints = append(tenants, p.Tenant), append(endpoints, p.Endpoint)
	}
	var claimed []ordered
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockClaiming); err != nil {
			return err
		}
		rows, _ := tx.Query(ctx, claim, tenants, endpoints, now, limit, rand.Text(), now.Add(lease))
		claimed, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (o ordered, err error) {
			o.Delivery, err = scan(row, &o.next, &o.seq)
			return o, err
		})
		return err
	})
	if err != nil {
		return nil, wrap("claim", err)
	}
	return inOrder(claimed), nil
}

// ordered is a delivery with what it is ordered by.
type ordered struct {
	hooks.Delivery
	next time.Time
	seq  int64
}

// inOrder is for the rows of an update, which come in any order.
func inOrder(claimed []ordered) (list []hooks.Delivery) {
	slices.SortFunc(claimed, func(a, b ordered) int {
		if c := a.next.Compare(b.next); c != 0 {
			return c
		}
		return int(min(max(a.seq-b.seq, -1), 1))
	})
	for _, o := range claimed {
		list = append(list, o.Delivery)
	}
	return list
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
	tag, err := s.pool.Exec(ctx, `update webhook_deliveries set status = $1, changed = $2, next = $3, error = $4, answer = $9, lease = '', leased = null
		where tenant = $5 and event = $6 and endpoint = $7 and status = 'pending' and lease = $8 and lease <> ''`,
		status, now, next, failure, d.Event.Tenant, d.Event.ID, d.Endpoint, d.Lease, d.Answer)
	if err == nil && tag.RowsAffected() == 0 {
		err = hooks.ErrLost
	}
	return wrap(doing, err)
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("pgoutbox: %s: %w", doing, err)
}
