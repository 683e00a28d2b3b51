package sqlitequeue

import (
	"context"
	"database/sql"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
)

// Due implements [moderation.Queue]. It reads the indexes
// moderation_cases_by_deadline and moderation_cases_judging.
func (q *Queue) Due(ctx context.Context, now, stale time.Time, limit int) ([]moderation.Case, error) {
	cases, err := collect(ctx, q.db.Read, scanCase, "select "+caseColumns+` from (
			select * from (select 0 as place, deadline as since, * from moderation_cases
				where status <> 'decided' and deadline is not null and deadline < ?1 order by deadline limit ?3)
			union all
			select * from (select 1, changed, * from moderation_cases
				where status = 'judging' and changed < ?2 and not coalesce(deadline < ?1, 0) order by changed limit ?3)
		) c order by c.place, c.since, c.tenant, c.id limit ?3`, now.UnixMicro(), stale.UnixMicro(), max(limit, 0))
	return cases, wrap("list due cases", err)
}

// Unannounced implements [moderation.Queue]. It reads the index
// moderation_decisions_pending.
func (q *Queue) Unannounced(ctx context.Context, limit int) ([]moderation.Announcement, error) {
	list, err := collect(ctx, q.db.Read, func(row scanner) (a moderation.Announcement, err error) {
		a.Case, a.Decision, err = scanBoth(row)
		return a, err
	}, "select "+caseColumns+", "+decisionColumns+` from (
			select * from (select * from moderation_decisions where pending = 1 and turn = 1 order by seq limit ?1)
			union all
			select * from (select * from moderation_decisions where pending = 1 and turn = 0 order by seq limit ?1)
		) d cross join moderation_cases c on c.tenant = d.tenant and c.id = d."case" order by d.seq`, max(limit, 0))
	return list, wrap("list what to announce", err)
}

// Announced implements [moderation.Queue]. It reads the index
// moderation_decisions_pending_by_id.
func (q *Queue) Announced(ctx context.Context, decisions []string) error {
	return wrap("note announcements", q.transact(ctx, func(tx *sql.Tx) error {
		for _, id := range decisions {
			if _, err := tx.ExecContext(ctx, "update moderation_decisions set pending = 0 where pending = 1 and id = ?", id); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Purge implements [moderation.Queue]. It reads the index moderation_cases_old.
func (q *Queue) Purge(ctx context.Context, tenant string, before time.Time, limit int) (int, error) {
	result, err := q.db.Write.ExecContext(ctx, `delete from moderation_cases where tenant = ?1 and id in (
		select c.id from moderation_cases c where c.tenant = ?1 and c.status = 'decided' and c.changed < ?2
			and not exists (select 1 from moderation_decisions d where d.tenant = c.tenant and d."case" = c.id and d.pending = 1)
		order by c.changed limit ?3)`, tenant, before.UnixMicro(), max(limit, 0))
	if err != nil {
		return 0, wrap("purge", err)
	}
	removed, err := result.RowsAffected()
	return int(removed), wrap("purge", err)
}

// Tenants implements [moderation.Queue]: it leaps over the index
// moderation_cases_by_created from one tenant to the next.
func (q *Queue) Tenants(ctx context.Context) ([]string, error) {
	tenants, err := collect(ctx, q.db.Read, func(row scanner) (tenant string, err error) {
		return tenant, row.Scan(&tenant)
	}, `with recursive leap (tenant) as (
			select min(tenant) from moderation_cases
			union all
			select (select min(c.tenant) from moderation_cases c where c.tenant > leap.tenant) from leap where leap.tenant is not null
		) select tenant from leap where tenant is not null order by tenant`)
	return tenants, wrap("list tenants", err)
}
