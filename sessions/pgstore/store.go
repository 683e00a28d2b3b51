// Package pgstore keeps sessions in PostgreSQL through native pgx, for an
// installation of any number of processes. It implements [sessions.Store] and
// passes package storetest.
package pgstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/sessions"
)

// Store is a [sessions.Store] on a migrated PostgreSQL database.
type Store struct {
	pool  *pgxpool.Pool
	epoch string
}

// New returns a store on an open pool, which the caller closes.
func New(ctx context.Context, pool *pgxpool.Pool) (*Store, error) {
	s := &Store{pool: pool}
	err := pool.QueryRow(ctx, "select value from meta where key = 'epoch'").Scan(&s.epoch)
	return s, wrap("read epoch", err)
}

// Epoch implements [sessions.Store].
func (s *Store) Epoch(context.Context) (string, error) { return s.epoch, nil }

// Create implements [sessions.Store].
func (s *Store) Create(ctx context.Context, n sessions.Session) error {
	_, err := s.pool.Exec(ctx, `
		insert into sessions (tenant, id, owner, role, profile, title, locale, time_zone, leaf, last_offset, created, updated)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)`,
		n.Tenant, n.ID, n.Owner, n.Role, n.Profile, n.Title, n.Locale, n.TimeZone, n.Leaf, n.Created, n.Updated)
	return wrap("create session", err)
}

const sessionColumns = "tenant, id, owner, role, profile, title, locale, time_zone, leaf, last_offset, created, updated"

func scanSession(row pgx.CollectableRow) (s sessions.Session, err error) {
	err = row.Scan(&s.Tenant, &s.ID, &s.Owner, &s.Role, &s.Profile, &s.Title, &s.Locale, &s.TimeZone, &s.Leaf, &s.Offset, &s.Created, &s.Updated)
	s.Created, s.Updated = s.Created.UTC(), s.Updated.UTC()
	return s, err
}

// Get implements [sessions.Store].
func (s *Store) Get(ctx context.Context, key sessions.Key) (sessions.Session, error) {
	rows, _ := s.pool.Query(ctx, "select "+sessionColumns+" from sessions where tenant = $1 and id = $2", key.Tenant, key.Session)
	found, err := pgx.CollectExactlyOneRow(rows, scanSession)
	return found, wrap("get session", err)
}

// List implements [sessions.Store]. It reads the index sessions_by_owner.
func (s *Store) List(ctx context.Context, tenant, owner string, before time.Time, limit int) ([]sessions.Session, error) {
	until := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	if !before.IsZero() {
		until = before
	}
	rows, _ := s.pool.Query(ctx, "select "+sessionColumns+` from sessions
		where tenant = $1 and owner = $2 and updated < $3 order by updated desc, id limit $4`, tenant, owner, until, limit)
	list, err := pgx.CollectRows(rows, scanSession)
	return list, wrap("list sessions", err)
}

// Delete implements [sessions.Store].
func (s *Store) Delete(ctx context.Context, key sessions.Key) error {
	tag, err := s.pool.Exec(ctx, "delete from sessions where tenant = $1 and id = $2", key.Tenant, key.Session)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return wrap("delete session", err)
}

// Events implements [sessions.Store].
func (s *Store) Events(ctx context.Context, key sessions.Key, after int64, limit int) ([]sessions.Event, error) {
	rows, _ := s.pool.Query(ctx, `select type, "offset", data from events
		where tenant = $1 and session = $2 and "offset" > $3 order by "offset" limit $4`, key.Tenant, key.Session, after, limit)
	events, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e sessions.Event, err error) {
		var data string
		err = row.Scan(&e.Type, &e.Offset, &data)
		e.Data = []byte(data)
		return e, err
	})
	return events, wrap("read events", err)
}

// wrap says what was being done and turns the server's errors into sentinels.
func wrap(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("pgstore: %s: %w", doing, sessions.ErrNotFound)
	case isUnavailable(err):
		return fmt.Errorf("pgstore: %s: %w: %w", doing, sessions.ErrUnavailable, err)
	case isConflict(err):
		return fmt.Errorf("pgstore: %s: %w: %w", doing, sessions.ErrConflict, err)
	}
	return fmt.Errorf("pgstore: %s: %w", doing, err)
}

// isUnavailable tells a server that is gone, starting, full or out of
// resources from a statement that is wrong. The classes are those of
// PostgreSQL's Appendix A: 08 connection, 53 resources, 57 operator
// intervention, 58 system error; 40 is a serialization failure or deadlock.
func isUnavailable(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		switch failure.Code[:2] {
		case "08", "40", "53", "57", "58":
			return true
		}
		return false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		pgconn.SafeToRetry(err)
}

// isConflict: class 23, integrity constraint violation.
func isConflict(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && failure.Code[:2] == "23"
}
