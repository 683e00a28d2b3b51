package pgledger

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/assistant/gateway"
)

// open adds an account, which begins with what the calls of its window come to.
// The lock lets every running transaction that writes calls end, and holds new
// ones back: their calls are in the sum, or they will find the account. It
// is why every transaction writes calls before it locks accounts.
func (l *Ledger) open(ctx context.Context, account gateway.Account) error {
	return pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "lock table model_calls in share row exclusive mode"); err != nil {
			return err
		}
		spent, err := sum(ctx, tx, account)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "insert into model_spending (tenant, purpose, currency, period, spent) values ($1, $2, $3, $4, $5) on conflict do nothing",
			account.Tenant, account.Purpose, account.Currency, account.Window, spent)
		return err
	})
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// sum adds up the calls of an account. It reads the index model_calls_by_created.
func sum(ctx context.Context, from querier, account gateway.Account) (spent int64, err error) {
	begin, end, err := account.Span()
	if err != nil {
		return 0, err
	}
	err = from.QueryRow(ctx, `select coalesce(sum(case status when 'reserved' then estimated_cost else cost end), 0)::bigint from model_calls
		where created >= $1 and created < $2 and currency = $3 and ($4 = '' or tenant = $4) and ($5 = '' or purpose = $5)`,
		begin, end, account.Currency, account.Tenant, account.Purpose).Scan(&spent)
	return spent, err
}

// lock locks those accounts of a spending that are kept, and reads them.
func lock(ctx context.Context, tx pgx.Tx, spending gateway.Spending) (map[gateway.Account]int64, error) {
	rows, _ := tx.Query(ctx, `select tenant, purpose, currency, period, spent from model_spending
		where (tenant, purpose, currency, period) in (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]))
		order by tenant collate "C", purpose collate "C", currency collate "C", period collate "C" for update`, keys(spending)[:4]...)
	spent := make(map[gateway.Account]int64)
	var a gateway.Account
	var sum int64
	_, err := pgx.ForEachRow(rows, []any{&a.Tenant, &a.Purpose, &a.Currency, &a.Window, &sum}, func() error {
		spent[a] = sum
		return nil
	})
	return spent, err
}

// spend changes those accounts of a spending that are kept.
func spend(ctx context.Context, tx pgx.Tx, spending gateway.Spending) error {
	if len(spending) == 0 {
		return nil
	}
	kept, err := lock(ctx, tx, spending)
	if err != nil || len(kept) == 0 {
		return err
	}
	return change(ctx, tx, spending)
}

// change changes what lock has locked.
func change(ctx context.Context, tx pgx.Tx, spending gateway.Spending) error {
	_, err := tx.Exec(ctx, `update model_spending s set spent = s.spent + d.amount
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) as d (tenant, purpose, currency, period, amount)
		where (s.tenant, s.purpose, s.currency, s.period) = (d.tenant, d.purpose, d.currency, d.period)`, keys(spending)...)
	return err
}

// keys are the columns of a spending.
func keys(spending gateway.Spending) []any {
	var tenants, purposes, currencies, periods []string
	var amounts []int64
	for _, a := range spending.Accounts() {
		tenants, purposes = append(tenants, a.Tenant), append(purposes, string(a.Purpose))
		currencies, periods, amounts = append(currencies, a.Currency), append(periods, a.Window), append(amounts, spending[a])
	}
	return []any{tenants, purposes, currencies, periods, amounts}
}
