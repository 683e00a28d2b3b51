package pgqueue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parleyhq/parley/assistant/moderation"
)

// Open implements [moderation.Queue].
func (q *Queue) Open(ctx context.Context, c moderation.Case, opened moderation.Decision) (moderation.Case, bool, error) {
	c.Version = 1
	c, err := c.Prepare()
	if err != nil {
		return c, false, wrap("open case", err)
	}
	if opened, err = opened.Prepare(c.Version, c.ID); err != nil {
		return c, false, wrap("open case", err)
	}
	for {
		fresh, err := q.insert(ctx, c, opened)
		if err != nil || fresh {
			return c, fresh, wrap("open case", err)
		}
		kept, err := q.Find(ctx, c.Tenant, c.Message.ID)
		switch {
		case errors.Is(err, moderation.ErrNotFound):
			continue // it has been removed since
		case err == nil && kept.Hash != c.Hash:
			err = fmt.Errorf("pgqueue: open case: %w: there is another message with that id", moderation.ErrConflict)
		}
		return kept, false, err
	}
}

const insertCase = `insert into moderation_cases (tenant, id, message, channel, sender, hash, subject, session, response,
		status, version, assignee, action, stage, created, changed, deadline, appealed, review, reviewed,
		appeal, verdict, first_verdict, thread, text, folded)
	values ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0, null, $19, $20, $21, $22, $23, $24)
	on conflict (tenant, message) do nothing`

// insert adds a case in one round trip: a batch is a transaction. It reports
// false when the tenant has a case of the message; then there is none with this
// id, and the batch writes nothing.
func (q *Queue) insert(ctx context.Context, c moderation.Case, opened moderation.Decision) (fresh bool, err error) {
	verdict, err := text(c.Verdict)
	if err != nil {
		return false, err
	}
	first, err := text(c.First)
	if err != nil {
		return false, err
	}
	thread := ""
	if len(c.Message.Thread) > 0 {
		if thread, err = text(c.Message.Thread); err != nil {
			return false, err
		}
	}
	m, batch := c.Message, &pgx.Batch{}
	batch.Queue(insertCase, c.Tenant, c.ID, m.ID, m.Channel, m.Sender, c.Hash, c.Subject, c.Session, c.Resp,
		c.Status, c.Version, c.Assignee, c.Verdict.Action, c.Verdict.Stage, c.Created, c.Changed, null(c.Deadline), null(c.Appealed),
		c.Appeal, verdict, first, thread, m.Text, moderation.Fold(m.Text)).
		Exec(func(tag pgconn.CommandTag) error {
			fresh = tag.RowsAffected() == 1
			return nil
		})
	if err := queueEntry(batch, c, opened); err != nil {
		return false, err
	}
	err = q.pool.SendBatch(ctx, batch).Close()
	return fresh && err == nil, err
}

// queueEntry queues what is written beside the row of a case, if it is there:
// the entry of its history and the labels that it is found by.
func queueEntry(batch *pgx.Batch, c moderation.Case, d moderation.Decision) error {
	labels, err := text(d.Labels)
	if err != nil {
		return err
	}
	batch.Queue(`insert into moderation_decisions (tenant, "case", number, id, kind, action, labels, stage, actor, note, at, changes, pending, turn)
		select tenant, id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, response <> '' from moderation_cases where tenant = $1 and id = $2
		on conflict (tenant, "case", number) do nothing`,
		c.Tenant, c.ID, d.Number, d.ID, d.Kind, d.Action, labels, d.Stage, d.Actor, d.Note, d.At, d.Changes)
	batch.Queue(`insert into moderation_labels (tenant, "case", label, status, created)
		select tenant, id, label, status, created from moderation_cases cross join unnest($3::text[]) as label where tenant = $1 and id = $2
		on conflict do nothing`, c.Tenant, c.ID, c.Verdict.Labels)
	return nil
}

// Change implements [moderation.Queue].
func (q *Queue) Change(ctx context.Context, change moderation.Change) (moderation.Case, error) {
	c, err := change.Case.PrepareChange()
	if err != nil {
		return c, wrap("change case", err)
	}
	seen := c.Version
	c.Version++
	d, err := change.Decision.Prepare(c.Version, c.ID)
	if err != nil {
		return c, wrap("change case", err)
	}
	var kept moderation.Case
	err = q.transact(ctx, func(tx pgx.Tx) error {
		if err := lock(ctx, tx, c, seen); err != nil {
			return err
		}
		kept, err = update(ctx, tx, c, d)
		return err
	})
	return kept, wrap("change case", err)
}

// lock locks a case that is still at the version that was seen.
func lock(ctx context.Context, tx pgx.Tx, c moderation.Case, seen int) error {
	var version int
	err := tx.QueryRow(ctx, "select version from moderation_cases where tenant = $1 and id = $2 for no key update", c.Tenant, c.ID).Scan(&version)
	if err == nil && version != seen {
		err = moderation.ErrConflict
	}
	return err
}

const updateCase = `update moderation_cases c set version = $3, status = $4, assignee = $5, action = $6, stage = $7, changed = $8,
		deadline = $9, appealed = $10, review = $11, reviewed = $12, appeal = $13, verdict = $14
	where c.tenant = $1 and c.id = $2 returning ` + caseColumns

// update writes a case that is locked, and returns the whole of it.
func update(ctx context.Context, tx pgx.Tx, c moderation.Case, d moderation.Decision) (kept moderation.Case, err error) {
	number, at, err := standing(ctx, tx, c, d)
	if err != nil {
		return kept, err
	}
	verdict, err := text(c.Verdict)
	if err != nil {
		return kept, err
	}
	rows, _ := tx.Query(ctx, updateCase, c.Tenant, c.ID, c.Version, c.Status, c.Assignee, c.Verdict.Action, c.Verdict.Stage, c.Changed,
		null(c.Deadline), null(c.Appealed), number, null(at), c.Appeal, verdict)
	if kept, err = pgx.CollectExactlyOneRow(rows, scanCase); err != nil {
		return kept, err
	}
	batch := &pgx.Batch{}
	batch.Queue(`delete from moderation_labels where tenant = $1 and "case" = $2`, c.Tenant, c.ID)
	if err := queueEntry(batch, kept, d); err != nil {
		return kept, err
	}
	return kept, tx.SendBatch(ctx, batch).Close()
}

// standing returns the number and time of the decision of a person that holds
// after d, 0 for none.
func standing(ctx context.Context, tx pgx.Tx, c moderation.Case, d moderation.Decision) (int, time.Time, error) {
	if !c.ByPerson() {
		return 0, time.Time{}, nil
	}
	rows, _ := tx.Query(ctx, "select "+decisionColumns+` from moderation_decisions d
		where d.tenant = $1 and d."case" = $2 and d.kind in ('reviewed', 'undone') order by d.number`, c.Tenant, c.ID)
	history, err := pgx.CollectRows(rows, scanDecision)
	if err != nil {
		return 0, time.Time{}, err
	}
	number, at := moderation.Standing(slices.Concat(history, []moderation.Decision{d}))
	return number, at, nil
}

// Delete implements [moderation.Queue]. Histories go by their foreign keys.
func (q *Queue) Delete(ctx context.Context, tenant, id string) error {
	return q.remove(ctx, "delete case", "id = $2", tenant, id)
}

// DeleteSession implements [moderation.Queue]. It reads the index moderation_cases_by_session.
func (q *Queue) DeleteSession(ctx context.Context, tenant, session string) error {
	return q.remove(ctx, "delete cases of a session", "session = $2", tenant, session)
}

// DeleteSubject implements [moderation.Queue]. It reads the index moderation_cases_by_subject.
func (q *Queue) DeleteSubject(ctx context.Context, tenant, subject string) error {
	return q.remove(ctx, "delete cases of a person", "subject = $2 and subject <> ''", tenant, subject)
}

func (q *Queue) remove(ctx context.Context, doing, chosen, tenant, key string) error {
	if !moderation.Key(tenant) || !moderation.Key(key) {
		return nil // there is no such case
	}
	return wrap(doing, q.transact(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "delete from moderation_cases where tenant = $1 and "+chosen, tenant, key)
		return err
	}))
}
