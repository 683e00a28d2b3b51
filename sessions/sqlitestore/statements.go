package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
)

// statements are prepared once, by their text: parsing SQL anew costs more than
// running it.
type statements map[string]*sql.Stmt

func prepare(ctx context.Context, db *sql.DB, queries ...string) (statements, error) {
	prepared := statements{}
	for _, query := range queries {
		statement, err := db.PrepareContext(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("prepare %.60q: %w", query, err)
		}
		prepared[query] = statement
	}
	return prepared, nil
}

// query runs a prepared statement within a transaction.
func (s statements) query(ctx context.Context, tx *sql.Tx, query string, args ...any) (*sql.Rows, error) {
	return tx.StmtContext(ctx, s[query]).QueryContext(ctx, args...)
}

// exec runs a prepared statement within a transaction.
func (s statements) exec(ctx context.Context, tx *sql.Tx, query string, args ...any) (sql.Result, error) {
	return tx.StmtContext(ctx, s[query]).ExecContext(ctx, args...)
}
