package sqliteledger

import (
	"context"
	"database/sql"
	"errors"

	"github.com/parleyhq/parley/assistant/gateway"
)

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// kept returns what an account has come to, or sql.ErrNoRows.
func kept(ctx context.Context, from querier, a gateway.Account) (spent int64, err error) {
	err = from.QueryRowContext(ctx, "select spent from model_spending where tenant = ? and purpose = ? and currency = ? and period = ?",
		a.Tenant, a.Purpose, a.Currency, a.Window).Scan(&spent)
	return spent, err
}

// sum adds up the calls of an account. It reads the index model_calls_by_created.
func sum(ctx context.Context, from querier, a gateway.Account) (spent int64, err error) {
	begin, end, err := a.Span()
	if err != nil {
		return 0, err
	}
	err = from.QueryRowContext(ctx, `select coalesce(sum(case status when 'reserved' then estimated_cost else cost end), 0) from model_calls
		where created >= ?1 and created < ?2 and currency = ?3 and (?4 = '' or tenant = ?4) and (?5 = '' or purpose = ?5)`,
		micros(begin), micros(end), a.Currency, a.Tenant, a.Purpose).Scan(&spent)
	return spent, err
}

// open returns what an account has come to. One that is not kept yet begins
// with what the calls of its window come to.
func open(ctx context.Context, tx *sql.Tx, a gateway.Account) (int64, error) {
	spent, err := kept(ctx, tx, a)
	if !errors.Is(err, sql.ErrNoRows) {
		return spent, err
	}
	if spent, err = sum(ctx, tx, a); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "insert into model_spending (tenant, purpose, currency, period, spent) values (?, ?, ?, ?, ?)",
		a.Tenant, a.Purpose, a.Currency, a.Window, spent)
	return spent, err
}

// spend changes those accounts of a call that are kept, see gateway.Entry.Accounts.
func spend(ctx context.Context, tx *sql.Tx, call gateway.Entry, amount int64) error {
	if call.Currency == "" || amount == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, `update model_spending set spent = spent + ?
		where tenant in ('', ?) and purpose in ('', ?) and currency = ? and period in (?, ?)`,
		amount, call.Tenant, call.Purpose, call.Currency, gateway.Day.Window(call.Created), gateway.Month.Window(call.Created))
	return err
}
