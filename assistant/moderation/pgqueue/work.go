package pgqueue

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/assistant/moderation"
)

// Due implements [moderation.Queue]. It reads the indexes
// moderation_cases_by_deadline and moderation_cases_judging.
func (q *Queue) Due(ctx context.Context, now, stale time.Time, limit int) ([]moderation.Case, error) {
	rows, _ := q.pool.Query(ctx, "select "+caseColumns+` from (
			(select 0 as place, deadline as since, * from moderation_cases
				where status <> 'decided' and deadline < $1 order by deadline limit $3)
			union all
			(select 1, changed, * from moderation_cases
				where status = 'judging' and changed < $2 and not coalesce(deadline < $1, false) order by changed limit $3)
		) c order by c.place, c.since, c.tenant, c.id limit $3`, now, stale, max(limit, 0))
	cases, err := pgx.CollectRows(rows, scanCase)
	return cases, wrap("list due cases", err)
}

// Unannounced implements [moderation.Queue]. It reads the index
// moderation_decisions_pending; the numbers in it grow within a case.
func (q *Queue) Unannounced(ctx context.Context, limit int) ([]moderation.Announcement, error) {
	rows, _ := q.pool.Query(ctx, "select "+caseColumns+", "+decisionColumns+` from (
			(select * from moderation_decisions where pending and turn order by seq limit $1)
			union all
			(select * from moderation_decisions where pending and not turn order by seq limit $1)
		) d join moderation_cases c on c.tenant = d.tenant and c.id = d."case" order by d.seq`, planned, max(limit, 0))
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (a moderation.Announcement, err error) {
		a.Case, a.Decision, err = scanBoth(row)
		return a, err
	})
	return list, wrap("list what to announce", err)
}

// Announced implements [moderation.Queue]. It reads the index
// moderation_decisions_pending_by_id.
func (q *Queue) Announced(ctx context.Context, decisions []string) error {
	known := make([]string, 0, len(decisions))
	for _, id := range decisions {
		if moderation.Key(id) {
			known = append(known, id)
		}
	}
	return wrap("note announcements", q.transact(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `with told as (
				select tenant, "case", number from moderation_decisions where pending and id = any($1) order by seq for update)
			update moderation_decisions d set pending = false from told
			where (d.tenant, d."case", d.number) = (told.tenant, told."case", told.number)`, known)
		return err
	}))
}

// Purge implements [moderation.Queue]. It reads the index moderation_cases_old.
// What another process removes or changes at the moment is left to it.
func (q *Queue) Purge(ctx context.Context, tenant string, before time.Time, limit int) (removed int, err error) {
	if !moderation.Key(tenant) {
		return 0, nil
	}
	err = q.transact(ctx, func(tx pgx.Tx) error {
		// Materialized: a subquery may be run more than once, and each time the limit begins anew.
		tag, err := tx.Exec(ctx, `with old as materialized (
				select c.id from moderation_cases c where c.tenant = $1 and c.status = 'decided' and c.changed < $2
					and not exists (select from moderation_decisions d where d.tenant = c.tenant and d."case" = c.id and d.pending)
				order by c.changed limit $3 for update of c skip locked)
			delete from moderation_cases c using old where c.tenant = $1 and c.id = old.id`, tenant, before, max(limit, 0))
		removed = int(tag.RowsAffected())
		return err
	})
	return removed, wrap("purge", err)
}

// Tenants implements [moderation.Queue]: it leaps over the index
// moderation_cases_by_created from one tenant to the next.
func (q *Queue) Tenants(ctx context.Context) ([]string, error) {
	rows, _ := q.pool.Query(ctx, `with recursive leap as (
			(select tenant from moderation_cases order by tenant limit 1)
			union all
			select (select c.tenant from moderation_cases c where c.tenant > leap.tenant order by c.tenant limit 1)
			from leap where leap.tenant is not null
		) select tenant from leap where tenant is not null order by tenant collate "C"`)
	tenants, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return tenants, wrap("list tenants", err)
}
