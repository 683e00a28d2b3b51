package pgqueue

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

var snapshot = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// Reviewed implements [moderation.Queue]. It reads the index moderation_cases_reviewed.
func (q *Queue) Reviewed(ctx context.Context, tenant string, from, until time.Time, limit int) (reviews []moderation.Review, err error) {
	if !moderation.Key(tenant) {
		return nil, nil
	}
	err = pgx.BeginTxFunc(ctx, q.pool, snapshot, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, "select "+caseColumns+", "+decisionColumns+` from moderation_cases c
			join moderation_decisions d on d.tenant = c.tenant and d."case" = c.id and d.number = c.review
			where c.tenant = $1 and c.reviewed >= $2 and c.reviewed < $3 order by c.reviewed, c.id limit $4`,
			tenant, from, until, moderation.ReviewsLimit(limit))
		reviews, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r moderation.Review, err error) {
			r.Case, r.Decision, err = scanBoth(row)
			return r, err
		})
		if err != nil {
			return err
		}
		return earlier(ctx, tx, tenant, reviews)
	})
	return reviews, wrap("list reviews", err)
}

// earlier fills in what judges and people decided before.
func earlier(ctx context.Context, tx pgx.Tx, tenant string, reviews []moderation.Review) error {
	ids, place := make([]string, len(reviews)), make(map[string]int, len(reviews))
	for i, r := range reviews {
		ids[i], place[r.Case.ID] = r.Case.ID, i
	}
	rows, _ := tx.Query(ctx, "select "+decisionColumns+` from moderation_decisions d
		where d.tenant = $1 and d."case" = any($2) and d.kind in ('judged', 'reviewed') order by d."case", d.number`, tenant, ids)
	decisions, err := pgx.CollectRows(rows, scanDecision)
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
func (q *Queue) Counts(ctx context.Context, tenant string, since time.Time) (moderation.Counts, error) {
	n := moderation.Counts{Status: map[moderation.Status]int{}, Label: map[policy.Label]int{}, Assigned: map[string]int{}, Days: []moderation.Day{}}
	if !moderation.Key(tenant) {
		return n, nil
	}
	batch := &pgx.Batch{}
	queueCounts(batch, n.Status, "select status, count(*) from moderation_cases where tenant = $1 group by status", tenant)
	queueCounts(batch, n.Label, "select label, count(*) from moderation_labels where tenant = $1 and status in ('judging', 'waiting') group by label", tenant)
	queueCounts(batch, n.Assigned, "select assignee, count(*) from moderation_cases where tenant = $1 and status in ('judging', 'waiting') group by assignee", tenant)
	batch.Queue("select count(*) from moderation_cases where tenant = $1 and appealed is not null and status <> 'decided'", tenant).
		QueryRow(func(row pgx.Row) error { return row.Scan(&n.Appeals) })
	batch.Queue("select min(created) from moderation_cases where tenant = $1 and status = 'waiting'", tenant).
		QueryRow(func(row pgx.Row) error {
			var oldest *time.Time
			err := row.Scan(&oldest)
			n.Oldest = utc(oldest)
			return err
		})
	batch.Queue(`select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, kind, count(*) from moderation_decisions
		where tenant = $1 and at >= $2 group by day, kind order by day`, tenant, since.UTC().Truncate(24*time.Hour)).
		Query(func(rows pgx.Rows) error { return addDays(rows, &n) })
	err := pgx.BeginTxFunc(ctx, q.pool, snapshot, func(tx pgx.Tx) error { return tx.SendBatch(ctx, batch).Close() })
	return n, wrap("count cases", err)
}

func queueCounts[K ~string](batch *pgx.Batch, into map[K]int, query, tenant string) {
	batch.Queue(query, tenant).Query(func(rows pgx.Rows) error {
		var key K
		var count int
		_, err := pgx.ForEachRow(rows, []any{&key, &count}, func() error {
			into[key] = count
			return nil
		})
		return err
	})
}

func addDays(rows pgx.Rows, n *moderation.Counts) error {
	var date string
	var kind moderation.DecisionKind
	var count int
	_, err := pgx.ForEachRow(rows, []any{&date, &kind, &count}, func() error {
		n.AddDay(date, kind, count)
		return nil
	})
	return err
}
