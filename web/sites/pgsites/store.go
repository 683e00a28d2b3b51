// Package pgsites keeps what sites choose in PostgreSQL, for any number of
// processes. It implements [sites.Store] and passes package sitestest.
package pgsites

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/web/sites"
)

// Store is a [sites.Store] on a migrated PostgreSQL database.
type Store struct {
	pool *pgxpool.Pool
}

var _ sites.Store = (*Store)(nil)

// New returns a store on an open pool, which the caller closes.
func New(pool *pgxpool.Pool) *Store { return &Store{pool} }

// lockChanging makes changes one after the other, so that their numbers are
// given in the order of commits: whoever has seen a number has seen all before.
const lockChanging = "select pg_advisory_xact_lock(7071996)"

// change runs do and writes the change, in one transaction.
func (s *Store) change(ctx context.Context, doing string, c sites.Change, do func(pgx.Tx) error) error {
	return wrap(doing, pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockChanging); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into site_changes (tenant, at, actor, name, what, version, detail)
			values ($1, $2, $3, $4, $5, coalesce((select version from site_settings where tenant = $1), 0), $6)`,
			c.Tenant, c.At, c.By, c.Name, c.What, string(c.Detail))
		return err
	}))
}

// Revision implements [sites.Store]. It reads the end of the primary key.
func (s *Store) Revision(ctx context.Context) (n int64, err error) {
	err = s.pool.QueryRow(ctx, "select coalesce(max(seq), 0) from site_changes").Scan(&n)
	return n, wrap("read revision", err)
}

// Load implements [sites.Store].
func (s *Store) Load(ctx context.Context) (kept []sites.Kept, keys []sites.Key, err error) {
	rows, _ := s.pool.Query(ctx, "select tenant, version, chosen from site_settings")
	kept, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (k sites.Kept, err error) {
		var chosen string
		if err := row.Scan(&k.Tenant, &k.Version, &chosen); err != nil {
			return k, err
		}
		return k, json.Unmarshal([]byte(chosen), &k.Chosen)
	})
	if err != nil {
		return nil, nil, wrap("load settings", err)
	}
	rows, _ = s.pool.Query(ctx, `select tenant, id, kind, name, hint, secret, maker, created, until, used from site_keys order by created desc, id collate "C"`)
	keys, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (k sites.Key, err error) {
		var until, used *time.Time
		err = row.Scan(&k.Tenant, &k.ID, &k.Kind, &k.Name, &k.Hint, &k.Secret, &k.By, &k.Created, &until, &used)
		k.Created, k.Until, k.Used = k.Created.UTC(), utc(until), utc(used)
		return k, err
	})
	return kept, keys, wrap("load keys", err)
}

// Save implements [sites.Store].
func (s *Store) Save(ctx context.Context, k sites.Kept, c sites.Change) error {
	chosen, err := json.Marshal(k.Chosen)
	if err != nil {
		return wrap("save settings", err)
	}
	return s.change(ctx, "save settings", c, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `insert into site_settings (tenant, version, chosen) select $1, $2, $3
			where $2 = 1 or exists (select from site_settings where tenant = $1)
			on conflict (tenant) do update set version = excluded.version, chosen = excluded.chosen where site_settings.version = excluded.version - 1`,
			k.Tenant, k.Version, string(chosen))
		if err == nil && tag.RowsAffected() == 0 {
			err = sites.ErrStale
		}
		return err
	})
}

// AddKey implements [sites.Store].
func (s *Store) AddKey(ctx context.Context, k sites.Key, replaces string, until time.Time, c sites.Change) error {
	return s.change(ctx, "add key", c, func(tx pgx.Tx) error {
		if replaces != "" {
			if err := end(ctx, tx, k.Tenant, replaces, k.Kind, until); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "insert into site_keys (tenant, id, kind, name, hint, secret, maker, created, until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			k.Tenant, k.ID, k.Kind, k.Name, k.Hint, k.Secret, k.By, k.Created, null(k.Until))
		return err
	})
}

// EndKey implements [sites.Store].
func (s *Store) EndKey(ctx context.Context, tenant, id string, until time.Time, c sites.Change) error {
	return s.change(ctx, "end key", c, func(tx pgx.Tx) error { return end(ctx, tx, tenant, id, "", until) })
}

// end finds keys of a kind, "" for any.
func end(ctx context.Context, tx pgx.Tx, tenant, id string, kind sites.Kind, until time.Time) error {
	tag, err := tx.Exec(ctx, "update site_keys set until = least(until, $3) where tenant = $1 and id = $2 and ($4 = '' or kind = $4)", tenant, id, until, kind)
	if err == nil && tag.RowsAffected() == 0 {
		err = sites.ErrNotFound
	}
	return err
}

// Note implements [sites.Store].
func (s *Store) Note(ctx context.Context, c sites.Change) error {
	return s.change(ctx, "note", c, func(pgx.Tx) error { return nil })
}

// Reseal implements [sites.Store].
func (s *Store) Reseal(ctx context.Context, tenant, id, from, to string) error {
	_, err := s.pool.Exec(ctx, "update site_keys set secret = $4 where tenant = $1 and id = $2 and secret = $3", tenant, id, from, to)
	return wrap("reseal", err)
}

// Used implements [sites.Store].
func (s *Store) Used(ctx context.Context, at map[string]time.Time) error {
	var ids []string
	var times []time.Time
	for id, t := range at {
		ids, times = append(ids, id), append(times, t)
	}
	_, err := s.pool.Exec(ctx, `update site_keys k set used = greatest(k.used, u.at)
		from unnest($1::text[], $2::timestamptz[]) as u (id, at) where k.id = u.id`, ids, times)
	return wrap("note uses", err)
}

// Changes implements [sites.Store]. It reads the index site_changes_listed.
func (s *Store) Changes(ctx context.Context, tenant string, before int64, limit int) ([]sites.Change, error) {
	rows, _ := s.pool.Query(ctx, `select seq, tenant, at, actor, name, what, version, detail from site_changes
		where tenant = $1 and ($2 = 0 or seq < $2) order by seq desc limit $3`, tenant, before, limit)
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c sites.Change, err error) {
		var detail string
		err = row.Scan(&c.Seq, &c.Tenant, &c.At, &c.By, &c.Name, &c.What, &c.Version, &detail)
		c.At, c.Detail = c.At.UTC(), json.RawMessage(detail)
		return c, err
	})
	return list, wrap("list changes", err)
}

func utc(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func null(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

func wrap(doing string, err error) error {
	if err == nil || errors.Is(err, sites.ErrStale) {
		return err
	}
	return fmt.Errorf("pgsites: %s: %w", doing, err)
}
