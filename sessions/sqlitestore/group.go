package sqlitestore

import (
	"context"
	"database/sql"
	"sync"
)

// group runs the write transactions of concurrent callers together: whoever
// gets the connection first runs everything that waits in one transaction, each
// part in a savepoint of its own. So many turns share one flush to the disk, and
// a part that fails takes nobody else's with it.
type group struct {
	db *sql.DB

	mu      sync.Mutex // guards waiting
	waiting []*part
	running sync.Mutex // held by the caller who runs the others' parts
}

type part struct {
	ctx  context.Context
	do   func(*sql.Tx) error
	done bool // guarded by running
	err  error
}

// transact returns when do has run in a transaction that was committed, or
// with the error for which nothing of it was written.
func (g *group) transact(ctx context.Context, do func(*sql.Tx) error) error {
	p := &part{ctx: ctx, do: do}
	g.mu.Lock()
	g.waiting = append(g.waiting, p)
	g.mu.Unlock()

	g.running.Lock()
	defer g.running.Unlock()
	if !p.done {
		g.mu.Lock()
		parts := g.waiting
		g.waiting = nil
		g.mu.Unlock()
		g.run(parts)
	}
	return p.err
}

// run must not end early because one caller's context ended.
func (g *group) run(parts []*part) {
	err := g.runAll(context.Background(), parts)
	for _, p := range parts {
		p.done = true
		if p.err == nil {
			p.err = err
		}
	}
}

func (g *group) runAll(ctx context.Context, parts []*part) error {
	tx, err := g.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, p := range parts {
		if p.err = p.ctx.Err(); p.err != nil {
			continue
		}
		if err := savepoint(ctx, tx, p); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// savepoint runs one part. Its own failure stays in the part; the error it
// returns is one that ends the whole transaction.
func savepoint(ctx context.Context, tx *sql.Tx, p *part) error {
	if _, err := tx.ExecContext(ctx, "savepoint part"); err != nil {
		return err
	}
	if p.err = p.do(tx); p.err != nil {
		if _, err := tx.ExecContext(ctx, "rollback to part"); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "release part")
	return err
}
