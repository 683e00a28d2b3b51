// Package sqliteledger keeps the calls of models in SQLite, for an installation
// of one process. It implements [gateway.Ledger] and passes package ledgertest.
// Its transactions run one after the other, which keeps budgets.
package sqliteledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/migrations"
)

// Ledger is a [gateway.Ledger] on a migrated SQLite database.
type Ledger struct {
	db *migrations.SQLiteDB
}

var _ gateway.Ledger = (*Ledger)(nil)

// New returns a ledger on an open database, which the caller closes.
func New(db *migrations.SQLiteDB) *Ledger { return &Ledger{db} }

// Reserve implements [gateway.Ledger].
func (l *Ledger) Reserve(ctx context.Context, call gateway.Entry, budgets []gateway.Budget) error {
	err := l.transact(ctx, func(tx *sql.Tx) error {
		accounts := call.Accounts()
		for _, budget := range budgets {
			account := budget.Account(call.Created)
			if !slices.Contains(accounts, account) {
				return gateway.ErrBudget
			}
			spent, err := open(ctx, tx, account)
			if err != nil {
				return err
			}
			if spent+call.EstimatedCost > budget.Amount {
				return gateway.ErrOverBudget
			}
		}
		return add(ctx, tx, call)
	})
	return wrap("reserve", err)
}

// Record implements [gateway.Ledger].
func (l *Ledger) Record(ctx context.Context, calls []gateway.Entry) error {
	err := l.transact(ctx, func(tx *sql.Tx) error {
		for _, call := range calls {
			if err := record(ctx, tx, call); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap("record", err)
}

func record(ctx context.Context, tx *sql.Tx, call gateway.Entry) error {
	before, err := scan(tx.QueryRowContext(ctx, "select "+columns+" from model_calls where tenant = ? and id = ?", call.Tenant, call.ID))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return add(ctx, tx, call)
	case err != nil:
		return err
	case before.Status != gateway.Reserved || call.Status == gateway.Reserved:
		return nil
	}
	_, err = tx.ExecContext(ctx, `update model_calls set status = ?, input = ?, output = ?, known = ?, cost = ?, ended = ?, first_token_ms = ?, total_ms = ?, error = ?
		where tenant = ? and id = ?`, call.Status, call.Used.InputTokens, call.Used.OutputTokens, call.Used.Known, call.Cost, micros(call.Ended),
		milliseconds(call.FirstToken), milliseconds(call.Total), call.Error, call.Tenant, call.ID)
	if err != nil {
		return err
	}
	return spend(ctx, tx, before, call.Cost-before.EstimatedCost)
}

func add(ctx context.Context, tx *sql.Tx, call gateway.Entry) error {
	if _, err := tx.ExecContext(ctx, insertCall, values(call)...); err != nil {
		return err
	}
	return spend(ctx, tx, call, call.Charge())
}

// Calls implements [gateway.Ledger]. It reads the index model_calls_by_response.
func (l *Ledger) Calls(ctx context.Context, tenant, response string) (calls []gateway.Entry, err error) {
	rows, err := l.db.Read.QueryContext(ctx, "select "+columns+" from model_calls where tenant = ? and response = ? order by created, id", tenant, response)
	if err != nil {
		return nil, wrap("read calls", err)
	}
	defer rows.Close()
	for rows.Next() {
		call, err := scan(rows)
		if err != nil {
			return nil, wrap("read calls", err)
		}
		calls = append(calls, call)
	}
	return calls, wrap("read calls", rows.Err())
}

// Spent implements [gateway.Ledger].
func (l *Ledger) Spent(ctx context.Context, budget gateway.Budget, at time.Time) (spent int64, err error) {
	account := budget.Account(at)
	spent, err = kept(ctx, l.db.Read, account)
	if errors.Is(err, sql.ErrNoRows) {
		spent, err = sum(ctx, l.db.Read, account)
	}
	return spent, wrap("read spending", err)
}

func (l *Ledger) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := l.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func wrap(doing string, err error) error {
	if err == nil || errors.Is(err, gateway.ErrOverBudget) {
		return err
	}
	return fmt.Errorf("sqliteledger: %s: %w", doing, err)
}
