package sqlitequeue

import (
	"context"
	"database/sql"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Reviewed implements [moderation.Queue]. It reads the index moderation_cases_reviewed.
func (q *Queue) Reviewed(ctx context.Context, tenant string, from, until time.Time, limit int) (reviews []moderation.Review, err error) {
	err = q.snapshot(ctx, func(tx *sql.Tx) error {
		reviews, err = collect(ctx, tx, func(row scanner) (r moderation.Review, err error) {
			r.Case, r.Decision, err = scanBoth(row)
			return r, err
		}, "select "+caseColumns+", "+decisionColumns+` from moderation_cases c
			cross join moderation_decisions d on d.tenant = c.tenant and d."case" = c.id and d.number = c.review
			where c.tenant = ? and c.reviewed is not null and c.reviewed >= ? and c.reviewed < ? order by c.reviewed, c.id limit ?`,
			tenant, from.UnixMicro(), until.UnixMicro(), moderation.ReviewsLimit(limit))
		if err != nil {
			return err
		}
		return earlier(ctx, tx, tenant, reviews)
	})
	return reviews, wrap("list reviews", err)
}

// earlier fills in what judges and people decided before.
func earlier(ctx context.Context, tx *sql.Tx, tenant string, reviews []moderation.Review) error {
	ids, place := make([]string, len(reviews)), make(map[string]int, len(reviews))
	for i, r := range reviews {
		ids[i], place[r.Case.ID] = r.Case.ID, i
	}
	list, err := text(ids)
	if err != nil {
		return err
	}
	decisions, err := collect(ctx, tx, scanDecision, "select "+decisionColumns+` from json_each(?) chosen
		cross join moderation_decisions d on d.tenant = ? and d."case" = chosen.value
		where d.kind in ('judged', 'reviewed') order by d."case", d.number`, list, tenant)
	for _, d := range decisions {
		if r := &reviews[place[d.Case]]; d.Number < r.Decision.Number {
			r.Earlier = append(r.Earlier, d)
		}
	}
	return err
}

// Counts implements [moderation.Queue]. Each of its queries reads one index:
// moderation_cases_by_status, moderation_labels_by_status,
// moderation_cases_appealed, moderation_decisions_by_time.
func (q *Queue) Counts(ctx context.Context, tenant string, since time.Time) (n moderation.Counts, err error) {
	n.Days = []moderation.Day{}
	err = q.snapshot(ctx, func(tx *sql.Tx) error {
		if n.Status, err = counts[moderation.Status](ctx, tx, "select status, count(*) from moderation_cases where tenant = ? group by status", tenant); err != nil {
			return err
		}
		if n.Label, err = counts[policy.Label](ctx, tx,
			"select label, count(*) from moderation_labels where tenant = ? and status in ('judging', 'waiting') group by label", tenant); err != nil {
			return err
		}
		if n.Assigned, err = counts[string](ctx, tx,
			"select assignee, count(*) from moderation_cases where tenant = ? and status in ('judging', 'waiting') group by assignee", tenant); err != nil {
			return err
		}
		var oldest sql.NullInt64
		err = tx.QueryRowContext(ctx, `select
				(select count(*) from moderation_cases where tenant = ?1 and appealed is not null and status <> 'decided'),
				(select min(created) from moderation_cases where tenant = ?1 and status = 'waiting')`, tenant).Scan(&n.Appeals, &oldest)
		n.Oldest = utc(oldest)
		if err != nil {
			return err
		}
		return addDays(ctx, tx, &n, tenant, since)
	})
	return n, wrap("count cases", err)
}

func counts[K ~string](ctx context.Context, tx *sql.Tx, query, tenant string) (map[K]int, error) {
	all := map[K]int{}
	_, err := collect(ctx, tx, func(row scanner) (key K, err error) {
		var n int
		err = row.Scan(&key, &n)
		all[key] = n
		return key, err
	}, query, tenant)
	return all, err
}

func addDays(ctx context.Context, tx *sql.Tx, n *moderation.Counts, tenant string, since time.Time) error {
	_, err := collect(ctx, tx, func(row scanner) (kind moderation.DecisionKind, err error) {
		var date string
		var entries int
		if err = row.Scan(&date, &kind, &entries); err == nil {
			n.AddDay(date, kind, entries)
		}
		return kind, err
	}, `select date(at / 1000000, 'unixepoch') as day, kind, count(*) from moderation_decisions
		where tenant = ? and at >= ? group by day, kind order by day`, tenant, since.UTC().Truncate(24*time.Hour).UnixMicro())
	return err
}
