package pgstaff

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parleyhq/parley/web/operators"
)

// Bootstrap implements [operators.Store]. Two processes that start at once are
// told apart by the index operator_tokens_bootstrap.
func (s *Store) Bootstrap(ctx context.Context, t operators.Token) (bool, error) {
	tag, err := s.pool.Exec(ctx, `insert into operator_tokens (hash, operator, bootstrap, created, expires)
		select $1, null, true, $2, $3 where not exists (select from operators)
		on conflict (bootstrap) where bootstrap do update set hash = excluded.hash, created = excluded.created, expires = excluded.expires
			where operator_tokens.expires <= excluded.created`, t.Hash, t.Created, t.Expires)
	return tag.RowsAffected() == 1, wrap("bootstrap", err)
}

// lockLiving keeps an operator from being revoked while a token or a session is
// made of them: without it both could be committed.
const lockLiving = "(select id from operators where id = $1 and revoked is null for share)"

// AddToken implements [operators.Store].
func (s *Store) AddToken(ctx context.Context, t operators.Token) error {
	return wrap("add token", one(s.pool.Exec(ctx, `insert into operator_tokens (hash, operator, bootstrap, created, expires)
		select $2, o.id, false, $3, $4 from `+lockLiving+` o`, t.Operator, t.Hash, t.Created, t.Expires)))
}

// Redeem implements [operators.Store].
func (s *Store) Redeem(ctx context.Context, token string, first operators.Operator, begun operators.Session) (o operators.Operator, err error) {
	err = s.transact(ctx, func(tx pgx.Tx) error {
		var of *string
		err := tx.QueryRow(ctx, "delete from operator_tokens where hash = $1 and expires > $2 returning operator", token, begun.Created).Scan(&of)
		if errors.Is(err, pgx.ErrNoRows) {
			return operators.ErrToken
		}
		if err != nil {
			return err
		}
		begun.Operator = first.ID
		if of != nil {
			begun.Operator = *of
		} else if err := add(ctx, tx, first); err != nil {
			return err
		}
		if err := begin(ctx, tx, begun); err != nil {
			return err
		}
		o, err = scan(tx.QueryRow(ctx, "select "+columns+" from operators o where o.id = $1", begun.Operator))
		return err
	})
	return o, wrap("redeem token", err)
}

// Begin implements [operators.Store].
func (s *Store) Begin(ctx context.Context, begun operators.Session) error {
	return wrap("begin session", s.transact(ctx, func(tx pgx.Tx) error { return begin(ctx, tx, begun) }))
}

func begin(ctx context.Context, tx pgx.Tx, s operators.Session) error {
	// The update locks the operator, as lockLiving does.
	err := one(tx.Exec(ctx, "update operators set seen = greatest(seen, $2) where id = $1 and revoked is null", s.Operator, s.Seen))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "insert into operator_sessions (hash, operator, created, seen, expires) values ($1, $2, $3, $4, $5)", s.Hash, s.Operator, s.Created, s.Seen, s.Expires)
	return err
}

// one turns a statement that found no row into pgx.ErrNoRows.
func one(tag pgconn.CommandTag, err error) error {
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return err
}

// Session implements [operators.Store].
func (s *Store) Session(ctx context.Context, hash string) (found operators.Session, o operators.Operator, err error) {
	row := s.pool.QueryRow(ctx, "select "+columns+`, s.hash, s.created, s.seen, s.expires
		from operator_sessions s join operators o on o.id = s.operator where s.hash = $1`, hash)
	if o, err = scan(row, &found.Hash, &found.Created, &found.Seen, &found.Expires); err != nil {
		return found, o, wrap("read session", err)
	}
	found.Operator = o.ID
	found.Created, found.Seen, found.Expires = found.Created.UTC(), found.Seen.UTC(), found.Expires.UTC()
	return found, o, nil
}

// Touch implements [operators.Store].
func (s *Store) Touch(ctx context.Context, hash string, seen time.Time) error {
	_, err := s.pool.Exec(ctx, `with used as (update operator_sessions set seen = greatest(seen, $2) where hash = $1 returning operator)
		update operators o set seen = greatest(o.seen, $2) from used where o.id = used.operator`, hash, seen)
	return wrap("touch session", err)
}

// End implements [operators.Store].
func (s *Store) End(ctx context.Context, hash string) error {
	_, err := s.pool.Exec(ctx, "delete from operator_sessions where hash = $1", hash)
	return wrap("end session", err)
}

// Purge implements [operators.Store].
func (s *Store) Purge(ctx context.Context, now, idle time.Time) error {
	return wrap("purge", s.transact(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "delete from operator_tokens where expires <= $1", now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "delete from operator_sessions where expires <= $1 or seen < $2", now, idle)
		return err
	}))
}
