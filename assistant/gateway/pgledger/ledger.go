// Package pgledger keeps the calls of models in PostgreSQL, for any number of
// processes that share their budgets. It implements [gateway.Ledger] and passes
// package ledgertest.
//
// A reservation locks the rows of its accounts in table model_spending, so that
// budgets hold whatever other processes do. Accounts are locked in one order
// everywhere.
package pgledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/assistant/gateway"
)

// Ledger is a [gateway.Ledger] on a migrated PostgreSQL database.
type Ledger struct {
	pool *pgxpool.Pool
}

var _ gateway.Ledger = (*Ledger)(nil)

// New returns a ledger on an open pool, which the caller closes.
func New(pool *pgxpool.Pool) *Ledger { return &Ledger{pool} }

// missing is an account that a budget needs and that is not kept yet.
type missing struct{ account gateway.Account }

func (m *missing) Error() string { return fmt.Sprintf("no account %v", m.account) }

// Reserve implements [gateway.Ledger].
func (l *Ledger) Reserve(ctx context.Context, call gateway.Entry, budgets []gateway.Budget) error {
	for {
		err := pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error { return reserve(ctx, tx, call, budgets) })
		var needed *missing
		if !errors.As(err, &needed) {
			return wrap("reserve", err)
		}
		if err := l.open(ctx, needed.account); err != nil {
			return wrap("open account", err)
		}
	}
}

func reserve(ctx context.Context, tx pgx.Tx, call gateway.Entry, budgets []gateway.Budget) error {
	// The call is written before its accounts are looked for: see open.
	if _, err := tx.Exec(ctx, insertCall, values(call)...); err != nil {
		return err
	}
	spending := gateway.Spending{}
	spending.Add(call, call.EstimatedCost)
	spent, err := lock(ctx, tx, spending)
	if err != nil {
		return err
	}
	for _, budget := range budgets {
		account := budget.Account(call.Created)
		sum, kept := spent[account]
		_, counts := spending[account]
		switch {
		case !counts:
			return gateway.ErrBudget
		case !kept:
			return &missing{account}
		case sum+call.EstimatedCost > budget.Amount:
			return gateway.ErrOverBudget
		}
	}
	return change(ctx, tx, spending)
}

// Record implements [gateway.Ledger].
func (l *Ledger) Record(ctx context.Context, calls []gateway.Entry) error {
	err := pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		kept, err := standing(ctx, tx, calls)
		if err != nil {
			return err
		}
		spending, batch := gateway.Spending{}, &pgx.Batch{}
		for _, call := range calls {
			key := [2]string{call.Tenant, call.ID}
			before, there := kept[key]
			switch {
			case !there:
				batch.Queue(insertCall, values(call)...)
				spending.Add(call, call.Charge())
			case before.Status == gateway.Reserved && call.Status != gateway.Reserved:
				batch.Queue(endCall, call.Tenant, call.ID, call.Status, call.Used.InputTokens, call.Used.OutputTokens, call.Used.Known,
					call.Cost, call.Ended, milliseconds(call.FirstToken), milliseconds(call.Total), call.Error)
				spending.Add(before, call.Cost-before.EstimatedCost)
			default:
				continue
			}
			kept[key] = call
		}
		if batch.Len() == 0 {
			return nil
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		return spend(ctx, tx, spending)
	})
	return wrap("record", err)
}

// standing reads those of the calls that are there, as far as it matters.
func standing(ctx context.Context, tx pgx.Tx, calls []gateway.Entry) (map[[2]string]gateway.Entry, error) {
	tenants, ids := make([]string, len(calls)), make([]string, len(calls))
	for i, call := range calls {
		tenants[i], ids[i] = call.Tenant, call.ID
	}
	rows, _ := tx.Query(ctx, `select tenant, id, purpose, status, currency, estimated_cost, created
		from model_calls where (tenant, id) in (select * from unnest($1::text[], $2::text[]))`, tenants, ids)
	kept := make(map[[2]string]gateway.Entry)
	var e gateway.Entry
	_, err := pgx.ForEachRow(rows, []any{&e.Tenant, &e.ID, &e.Purpose, &e.Status, &e.Currency, &e.EstimatedCost, &e.Created}, func() error {
		kept[[2]string{e.Tenant, e.ID}] = e
		return nil
	})
	return kept, err
}

// Calls implements [gateway.Ledger]. It reads the index model_calls_by_response.
func (l *Ledger) Calls(ctx context.Context, tenant, response string) ([]gateway.Entry, error) {
	rows, _ := l.pool.Query(ctx, "select "+columns+" from model_calls where tenant = $1 and response = $2 order by created, id", tenant, response)
	calls, err := pgx.CollectRows(rows, scan)
	return calls, wrap("read calls", err)
}

// Spent implements [gateway.Ledger].
func (l *Ledger) Spent(ctx context.Context, budget gateway.Budget, at time.Time) (spent int64, err error) {
	account := budget.Account(at)
	err = l.pool.QueryRow(ctx, `select spent from model_spending where tenant = $1 and purpose = $2 and currency = $3 and period = $4`,
		account.Tenant, account.Purpose, account.Currency, account.Window).Scan(&spent)
	if errors.Is(err, pgx.ErrNoRows) {
		spent, err = sum(ctx, l.pool, account)
	}
	return spent, wrap("read spending", err)
}

func wrap(doing string, err error) error {
	if err == nil || errors.Is(err, gateway.ErrOverBudget) {
		return err
	}
	return fmt.Errorf("pgledger: %s: %w", doing, err)
}
