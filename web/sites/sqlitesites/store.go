// Package sqlitesites keeps what sites choose in SQLite, for an installation of
// one process. It implements [sites.Store] and passes package sitestest.
package sqlitesites

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/sites"
)

// Store is a [sites.Store] on a migrated SQLite database. Its transactions run
// one after the other.
type Store struct {
	db *migrations.SQLiteDB
}

var _ sites.Store = (*Store)(nil)

// New returns a store on an open database, which the caller closes.
func New(db *migrations.SQLiteDB) *Store { return &Store{db} }

// change runs do and writes the change, in one transaction.
func (s *Store) change(ctx context.Context, doing string, c sites.Change, do func(*sql.Tx) error) error {
	return wrap(doing, s.transact(ctx, func(tx *sql.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `insert into site_changes (tenant, at, actor, name, what, version, detail)
			values (?1, ?2, ?3, ?4, ?5, coalesce((select version from site_settings where tenant = ?1), 0), ?6)`,
			c.Tenant, c.At.UnixMicro(), c.By, c.Name, c.What, string(c.Detail))
		return err
	}))
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

// Revision implements [sites.Store]. It reads the end of the primary key.
func (s *Store) Revision(ctx context.Context) (n int64, err error) {
	err = s.db.Read.QueryRowContext(ctx, "select coalesce(max(seq), 0) from site_changes").Scan(&n)
	return n, wrap("read revision", err)
}

// Load implements [sites.Store].
func (s *Store) Load(ctx context.Context) (kept []sites.Kept, keys []sites.Key, err error) {
	err = s.each(ctx, "select tenant, version, chosen from site_settings", nil, func(rows *sql.Rows) error {
		var k sites.Kept
		var chosen string
		if err := rows.Scan(&k.Tenant, &k.Version, &chosen); err != nil {
			return err
		}
		kept = append(kept, k)
		return json.Unmarshal([]byte(chosen), &kept[len(kept)-1].Chosen)
	})
	if err != nil {
		return nil, nil, wrap("load settings", err)
	}
	err = s.each(ctx, "select tenant, id, kind, name, hint, secret, maker, created, until, used from site_keys order by created desc, id", nil, func(rows *sql.Rows) error {
		var k sites.Key
		var created int64
		var until, used sql.NullInt64
		err := rows.Scan(&k.Tenant, &k.ID, &k.Kind, &k.Name, &k.Hint, &k.Secret, &k.By, &created, &until, &used)
		k.Created, k.Until, k.Used = time.UnixMicro(created).UTC(), at(until), at(used)
		keys = append(keys, k)
		return err
	})
	return kept, keys, wrap("load keys", err)
}

func (s *Store) each(ctx context.Context, query string, args []any, do func(*sql.Rows) error) error {
	rows, err := s.db.Read.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Save implements [sites.Store].
func (s *Store) Save(ctx context.Context, k sites.Kept, c sites.Change) error {
	chosen, err := json.Marshal(k.Chosen)
	if err != nil {
		return wrap("save settings", err)
	}
	return s.change(ctx, "save settings", c, func(tx *sql.Tx) error {
		return one(sites.ErrStale)(tx.ExecContext(ctx, `insert into site_settings (tenant, version, chosen) select ?1, ?2, ?3
			where ?2 = 1 or exists (select 1 from site_settings where tenant = ?1)
			on conflict (tenant) do update set version = excluded.version, chosen = excluded.chosen where version = excluded.version - 1`,
			k.Tenant, k.Version, string(chosen)))
	})
}

// AddKey implements [sites.Store].
func (s *Store) AddKey(ctx context.Context, k sites.Key, replaces string, until time.Time, c sites.Change) error {
	return s.change(ctx, "add key", c, func(tx *sql.Tx) error {
		if replaces != "" {
			if err := end(ctx, tx, k.Tenant, replaces, k.Kind, until); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "insert into site_keys (tenant, id, kind, name, hint, secret, maker, created, until) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			k.Tenant, k.ID, k.Kind, k.Name, k.Hint, k.Secret, k.By, k.Created.UnixMicro(), null(k.Until))
		return err
	})
}

// EndKey implements [sites.Store].
func (s *Store) EndKey(ctx context.Context, tenant, id string, until time.Time, c sites.Change) error {
	return s.change(ctx, "end key", c, func(tx *sql.Tx) error { return end(ctx, tx, tenant, id, "", until) })
}

// end finds keys of a kind, "" for any.
func end(ctx context.Context, tx *sql.Tx, tenant, id string, kind sites.Kind, until time.Time) error {
	return one(sites.ErrNotFound)(tx.ExecContext(ctx, `update site_keys set until = min(coalesce(until, ?3), ?3)
		where tenant = ?1 and id = ?2 and (?4 = '' or kind = ?4)`, tenant, id, until.UnixMicro(), kind))
}

// Note implements [sites.Store].
func (s *Store) Note(ctx context.Context, c sites.Change) error {
	return s.change(ctx, "note", c, func(*sql.Tx) error { return nil })
}

// Reseal implements [sites.Store].
func (s *Store) Reseal(ctx context.Context, tenant, id, from, to string) error {
	_, err := s.db.Write.ExecContext(ctx, "update site_keys set secret = ? where tenant = ? and id = ? and secret = ?", to, tenant, id, from)
	return wrap("reseal", err)
}

// Used implements [sites.Store].
func (s *Store) Used(ctx context.Context, uses map[string]time.Time) error {
	return wrap("note uses", s.transact(ctx, func(tx *sql.Tx) error {
		for id, t := range uses {
			if _, err := tx.ExecContext(ctx, "update site_keys set used = max(coalesce(used, 0), ?) where id = ?", t.UnixMicro(), id); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Changes implements [sites.Store]. It reads the index site_changes_listed.
func (s *Store) Changes(ctx context.Context, tenant string, before int64, limit int) (list []sites.Change, err error) {
	query := `select seq, tenant, at, actor, name, what, version, detail from site_changes
		where tenant = ?1 and (?2 = 0 or seq < ?2) order by seq desc limit ?3`
	err = s.each(ctx, query, []any{tenant, before, max(limit, 0)}, func(rows *sql.Rows) error {
		var c sites.Change
		var when int64
		var detail string
		err := rows.Scan(&c.Seq, &c.Tenant, &when, &c.By, &c.Name, &c.What, &c.Version, &detail)
		c.At, c.Detail = time.UnixMicro(when).UTC(), json.RawMessage(detail)
		list = append(list, c)
		return err
	})
	return list, wrap("list changes", err)
}

// one turns a statement that changed nothing into an error.
func one(missing error) func(sql.Result, error) error {
	return func(result sql.Result, err error) error {
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err == nil && n == 0 {
			err = missing
		}
		return err
	}
}

func at(t sql.NullInt64) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return time.UnixMicro(t.Int64).UTC()
}

func null(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

func wrap(doing string, err error) error {
	if err == nil || errors.Is(err, sites.ErrStale) {
		return err
	}
	return fmt.Errorf("sqlitesites: %s: %w", doing, err)
}
