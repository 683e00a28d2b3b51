package sqlitestaff

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/parleyhq/parley/web/operators"
)

// Bootstrap implements [operators.Store].
func (s *Store) Bootstrap(ctx context.Context, t operators.Token) (kept bool, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `insert into operator_tokens (hash, operator, bootstrap, created, expires)
			select ?1, null, 1, ?2, ?3 where not exists (select 1 from operators)
			on conflict (bootstrap) where bootstrap = 1 do update set hash = excluded.hash, created = excluded.created, expires = excluded.expires
				where operator_tokens.expires <= excluded.created`, t.Hash, t.Created.UnixMicro(), t.Expires.UnixMicro())
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		kept = n == 1
		return err
	})
	return kept && err == nil, wrap("bootstrap", err)
}

// AddToken implements [operators.Store].
func (s *Store) AddToken(ctx context.Context, t operators.Token) error {
	result, err := s.db.Write.ExecContext(ctx, `insert into operator_tokens (hash, operator, bootstrap, created, expires)
		select ?, id, 0, ?, ? from operators where id = ? and revoked is null`, t.Hash, t.Created.UnixMicro(), t.Expires.UnixMicro(), t.Operator)
	return wrap("add token", one(result, err))
}

// Redeem implements [operators.Store].
func (s *Store) Redeem(ctx context.Context, token string, first operators.Operator, begun operators.Session) (o operators.Operator, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		var of sql.NullString
		err := tx.QueryRowContext(ctx, "delete from operator_tokens where hash = ? and expires > ? returning operator", token, begun.Created.UnixMicro()).Scan(&of)
		if errors.Is(err, sql.ErrNoRows) {
			return operators.ErrToken
		}
		if err != nil {
			return err
		}
		begun.Operator = of.String
		if !of.Valid {
			begun.Operator = first.ID
			if err := add(ctx, tx, first); err != nil {
				return err
			}
		}
		if err := begin(ctx, tx, begun); err != nil {
			return err
		}
		o, err = scan(tx.QueryRowContext(ctx, "select "+columns+" from operators o where o.id = ?", begun.Operator))
		return err
	})
	return o, wrap("redeem token", err)
}

// Begin implements [operators.Store].
func (s *Store) Begin(ctx context.Context, begun operators.Session) error {
	return wrap("begin session", s.transact(ctx, func(tx *sql.Tx) error { return begin(ctx, tx, begun) }))
}

func begin(ctx context.Context, tx *sql.Tx, s operators.Session) error {
	err := one(tx.ExecContext(ctx, `insert into operator_sessions (hash, operator, created, seen, expires)
		select ?, id, ?, ?, ? from operators where id = ? and revoked is null`, s.Hash, s.Created.UnixMicro(), s.Seen.UnixMicro(), s.Expires.UnixMicro(), s.Operator))
	if err != nil {
		return err
	}
	return see(ctx, tx, s.Operator, s.Seen)
}

func see(ctx context.Context, tx *sql.Tx, operator string, seen time.Time) error {
	_, err := tx.ExecContext(ctx, "update operators set seen = max(coalesce(seen, 0), ?) where id = ?", seen.UnixMicro(), operator)
	return err
}

// one turns a statement that found no row into sql.ErrNoRows.
func one(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		err = sql.ErrNoRows
	}
	return err
}

// Session implements [operators.Store].
func (s *Store) Session(ctx context.Context, hash string) (found operators.Session, o operators.Operator, err error) {
	var created, seen, expires int64
	row := s.db.Read.QueryRowContext(ctx, "select "+columns+`, s.hash, s.created, s.seen, s.expires
		from operator_sessions s join operators o on o.id = s.operator where s.hash = ?`, hash)
	if o, err = scan(row, &found.Hash, &created, &seen, &expires); err != nil {
		return found, o, wrap("read session", err)
	}
	found.Operator = o.ID
	found.Created, found.Seen, found.Expires = time.UnixMicro(created).UTC(), time.UnixMicro(seen).UTC(), time.UnixMicro(expires).UTC()
	return found, o, nil
}

// Touch implements [operators.Store].
func (s *Store) Touch(ctx context.Context, hash string, seen time.Time) error {
	return wrap("touch session", s.transact(ctx, func(tx *sql.Tx) error {
		var of string
		err := tx.QueryRowContext(ctx, "update operator_sessions set seen = max(seen, ?) where hash = ? returning operator", seen.UnixMicro(), hash).Scan(&of)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return see(ctx, tx, of, seen)
	}))
}

// End implements [operators.Store].
func (s *Store) End(ctx context.Context, hash string) error {
	_, err := s.db.Write.ExecContext(ctx, "delete from operator_sessions where hash = ?", hash)
	return wrap("end session", err)
}

// Purge implements [operators.Store].
func (s *Store) Purge(ctx context.Context, now, idle time.Time) error {
	return wrap("purge", s.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "delete from operator_tokens where expires <= ?", now.UnixMicro()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "delete from operator_sessions where expires <= ? or seen < ?", now.UnixMicro(), idle.UnixMicro())
		return err
	}))
}
