// Package sqlitestore keeps sessions in SQLite, for an installation of one
// process. It implements [sessions.Store] and passes package storetest.
package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
)

// Store is a [sessions.Store] on a migrated SQLite database.
type Store struct {
	read    *sql.DB
	write   *sql.DB
	epoch   string
	reads   statements // on read
	writes  statements // on write
	commits *group
	leases  *leases
}

// New returns a store on an open database, which the caller closes.
func New(ctx context.Context, db *migrations.SQLiteDB) (*Store, error) {
	s := &Store{read: db.Read, write: db.Write, commits: &group{db: db.Write}, leases: newLeases()}
	if err := s.read.QueryRowContext(ctx, "select value from meta where key = 'epoch'").Scan(&s.epoch); err != nil {
		return nil, wrap("read epoch", err)
	}
	var err error
	if s.reads, err = prepare(ctx, db.Read, readSession, readMessages, readResponses, readDrafts, readCurrentDrafts, readFeedback); err != nil {
		return nil, wrap("open", err)
	}
	if s.writes, err = prepare(ctx, db.Write, readOffset, insertMessage, insertMessageWords, upsertResponse, removeResponseWords, insertResponseWords, insertDraft, insertHandover, updateAddress, upsertFeedback, insertEvent, updateSession); err != nil {
		return nil, wrap("open", err)
	}
	return s, nil
}

// Epoch implements [sessions.Store].
func (s *Store) Epoch(context.Context) (string, error) { return s.epoch, nil }

// Create implements [sessions.Store].
func (s *Store) Create(ctx context.Context, n sessions.Session) error {
	_, err := s.write.ExecContext(ctx, `
		insert into sessions (tenant, id, owner, role, profile, title, locale, time_zone, leaf, last_offset, created, updated)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
		n.Tenant, n.ID, n.Owner, n.Role, n.Profile, n.Title, n.Locale, n.TimeZone, n.Leaf, micros(n.Created), micros(n.Updated))
	return wrap("create session", err)
}

const sessionColumns = "tenant, id, owner, role, profile, title, locale, time_zone, leaf, last_offset, created, updated"

type scanner interface{ Scan(...any) error }

func scanSession(row scanner) (s sessions.Session, err error) {
	var created, updated int64
	err = row.Scan(&s.Tenant, &s.ID, &s.Owner, &s.Role, &s.Profile, &s.Title, &s.Locale, &s.TimeZone, &s.Leaf, &s.Offset, &created, &updated)
	s.Created, s.Updated = fromMicros(created), fromMicros(updated)
	return s, err
}

// Get implements [sessions.Store].
func (s *Store) Get(ctx context.Context, key sessions.Key) (sessions.Session, error) {
	found, err := scanSession(s.read.QueryRowContext(ctx,
		"select "+sessionColumns+" from sessions where tenant = ? and id = ?", key.Tenant, key.Session))
	return found, wrap("get session", err)
}

// List implements [sessions.Store]. It reads the index sessions_by_owner.
func (s *Store) List(ctx context.Context, tenant, owner string, before time.Time, limit int) ([]sessions.Session, error) {
	until := int64(1) << 62
	if !before.IsZero() {
		until = micros(before)
	}
	rows, err := s.read.QueryContext(ctx, "select "+sessionColumns+` from sessions
		where tenant = ? and owner = ? and updated < ? order by updated desc, id limit ?`, tenant, owner, until, limit)
	if err != nil {
		return nil, wrap("list sessions", err)
	}
	list, err := collect(rows, func(rows *sql.Rows) (sessions.Session, error) { return scanSession(rows) })
	return list, wrap("list sessions", err)
}

// Delete implements [sessions.Store].
func (s *Store) Delete(ctx context.Context, key sessions.Key) error {
	result, err := s.write.ExecContext(ctx, "delete from sessions where tenant = ? and id = ?", key.Tenant, key.Session)
	if err != nil {
		return wrap("delete session", err)
	}
	if n, _ := result.RowsAffected(); n == 0 {
		return wrap("delete session", sql.ErrNoRows)
	}
	return nil
}

// Events implements [sessions.Store].
func (s *Store) Events(ctx context.Context, key sessions.Key, after int64, limit int) ([]sessions.Event, error) {
	rows, err := s.read.QueryContext(ctx, `select type, "offset", data from events
		where tenant = ? and session = ? and "offset" > ? order by "offset" limit ?`, key.Tenant, key.Session, after, limit)
	if err != nil {
		return nil, wrap("read events", err)
	}
	events, err := collect(rows, func(rows *sql.Rows) (e sessions.Event, err error) {
		var data []byte
		err = rows.Scan(&e.Type, &e.Offset, &data)
		e.Data = data
		return e, err
	})
	return events, wrap("read events", err)
}

func collect[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) ([]T, error) {
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

func micros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }

// wrap says what was being done and turns the driver's errors into sentinels.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("sqlitestore: %s: %w", doing, sessions.ErrNotFound)
	}
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		switch failure.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
			return fmt.Errorf("sqlitestore: %s: %w: %w", doing, sessions.ErrUnavailable, err)
		case sqlite3.SQLITE_CONSTRAINT:
			return fmt.Errorf("sqlitestore: %s: %w: %w", doing, sessions.ErrConflict, err)
		}
	}
	return fmt.Errorf("sqlitestore: %s: %w", doing, err)
}
