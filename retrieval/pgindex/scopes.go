package pgindex

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
)

// scope is what is searched together.
type scope struct {
	tenant string
	kind   retrieval.Kind
}

// maxScopes bounds how many scopes a process remembers something of.
const maxScopes = 10_000

// scopeNumber looks a scope's number up. One without documents may have none.
func (x *Index) scopeNumber(ctx context.Context, in scope) (n int32, ok bool, err error) {
	x.mu.RLock()
	n, ok = x.scopes[in]
	x.mu.RUnlock()
	if ok {
		return n, true, ctx.Err()
	}
	err = x.pool.QueryRow(ctx, "select n from scopes where tenant = $1 and kind = $2", in.tenant, in.kind).Scan(&n)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.scopes) >= maxScopes {
		clear(x.scopes)
	}
	x.scopes[in] = n
	return n, true, nil
}

// registerScope returns the number of a scope that documents are written to.
func (x *Index) registerScope(ctx context.Context, in scope) (int32, error) {
	if n, ok, err := x.scopeNumber(ctx, in); ok || err != nil {
		return n, err
	}
	_, err := x.pool.Exec(ctx, "insert into scopes (tenant, kind) values ($1, $2) on conflict do nothing", in.tenant, in.kind)
	if err != nil {
		return 0, err
	}
	n, _, err := x.scopeNumber(ctx, in)
	return n, err
}
