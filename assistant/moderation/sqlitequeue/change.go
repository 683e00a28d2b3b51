package sqlitequeue

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
)

// Open implements [moderation.Queue].
func (q *Queue) Open(ctx context.Context, c moderation.Case, opened moderation.Decision) (kept moderation.Case, fresh bool, err error) {
	c.Version = 1
	if c, err = c.Prepare(); err != nil {
		return c, false, wrap("open case", err)
	}
	if opened, err = opened.Prepare(c.Version, c.ID); err != nil {
		return c, false, wrap("open case", err)
	}
	err = q.transact(ctx, func(tx *sql.Tx) error {
		kept, err = scanCase(tx.QueryRowContext(ctx, "select "+caseColumns+" from moderation_cases c where c.tenant = ? and c.message = ?",
			c.Tenant, c.Message.ID))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			kept, fresh = c, true
			return insert(ctx, tx, c, opened)
		case err == nil && kept.Hash != c.Hash:
			return moderation.ErrConflict
		}
		return err
	})
	return kept, fresh && err == nil, wrap("open case", err)
}

const insertCase = `insert into moderation_cases (tenant, id, message, channel, sender, hash, subject, session, response,
		status, version, assignee, action, stage, created, changed, deadline, appealed, review, reviewed,
		appeal, verdict, first_verdict, thread, text, folded)
	values (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, null, ?, ?, ?, ?, ?, ?)`

func insert(ctx context.Context, tx *sql.Tx, c moderation.Case, opened moderation.Decision) error {
	verdict, err := text(c.Verdict)
	if err != nil {
		return err
	}
	first, err := text(c.First)
	if err != nil {
		return err
	}
	thread := ""
	if len(c.Message.Thread) > 0 {
		if thread, err = text(c.Message.Thread); err != nil {
			return err
		}
	}
	m := c.Message
	_, err = tx.ExecContext(ctx, insertCase, c.Tenant, c.ID, m.ID, m.Channel, m.Sender, c.Hash, c.Subject, c.Session, c.Resp,
		c.Status, c.Version, c.Assignee, c.Verdict.Action, c.Verdict.Stage, c.Created.UnixMicro(), c.Changed.UnixMicro(), null(c.Deadline), null(c.Appealed),
		c.Appeal, verdict, first, thread, m.Text, moderation.Fold(m.Text))
	if err != nil {
		return err
	}
	return insertEntry(ctx, tx, c, opened)
}

// insertEntry writes what stands beside the row of a case: the entry of its
// history and the labels that it is found by.
func insertEntry(ctx context.Context, tx *sql.Tx, c moderation.Case, d moderation.Decision) error {
	labels, err := text(d.Labels)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `insert into moderation_decisions (tenant, "case", number, id, kind, action, labels, stage, actor, note, at, changes, pending, turn)
		values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13)`,
		c.Tenant, c.ID, d.Number, d.ID, d.Kind, d.Action, labels, d.Stage, d.Actor, d.Note, d.At.UnixMicro(), d.Changes, c.Resp != "")
	if err != nil {
		return err
	}
	for _, label := range c.Verdict.Labels {
		_, err := tx.ExecContext(ctx, `insert into moderation_labels (tenant, "case", label, status, created) values (?, ?, ?, ?, ?) on conflict do nothing`,
			c.Tenant, c.ID, label, c.Status, c.Created.UnixMicro())
		if err != nil {
			return err
		}
	}
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
	err = q.transact(ctx, func(tx *sql.Tx) error {
		var version int
		err := tx.QueryRowContext(ctx, "select version from moderation_cases where tenant = ? and id = ?", c.Tenant, c.ID).Scan(&version)
		if err != nil {
			return err
		}
		if version != seen {
			return moderation.ErrConflict
		}
		kept, err = update(ctx, tx, c, d)
		return err
	})
	return kept, wrap("change case", err)
}

const updateCase = `update moderation_cases set version = ?, status = ?, assignee = ?, action = ?, stage = ?, changed = ?,
		deadline = ?, appealed = ?, review = ?, reviewed = ?, appeal = ?, verdict = ?
	where tenant = ? and id = ?`

// update writes a case, and returns the whole of it.
func update(ctx context.Context, tx *sql.Tx, c moderation.Case, d moderation.Decision) (kept moderation.Case, err error) {
	number, at, err := standing(ctx, tx, c, d)
	if err != nil {
		return kept, err
	}
	verdict, err := text(c.Verdict)
	if err != nil {
		return kept, err
	}
	_, err = tx.ExecContext(ctx, updateCase, c.Version, c.Status, c.Assignee, c.Verdict.Action, c.Verdict.Stage, c.Changed.UnixMicro(),
		null(c.Deadline), null(c.Appealed), number, null(at), c.Appeal, verdict, c.Tenant, c.ID)
	if err != nil {
		return kept, err
	}
	kept, err = scanCase(tx.QueryRowContext(ctx, "select "+caseColumns+" from moderation_cases c where c.tenant = ? and c.id = ?", c.Tenant, c.ID))
	if err != nil {
		return kept, err
	}
	if _, err := tx.ExecContext(ctx, `delete from moderation_labels where tenant = ? and "case" = ?`, c.Tenant, c.ID); err != nil {
		return kept, err
	}
	return kept, insertEntry(ctx, tx, kept, d)
}

// standing returns the number and time of the decision of a person that holds
// after d, 0 for none.
func standing(ctx context.Context, tx *sql.Tx, c moderation.Case, d moderation.Decision) (int, time.Time, error) {
	if !c.ByPerson() {
		return 0, time.Time{}, nil
	}
	history, err := collect(ctx, tx, scanDecision, "select "+decisionColumns+` from moderation_decisions d
		where d.tenant = ? and d."case" = ? and d.kind in ('reviewed', 'undone') order by d.number`, c.Tenant, c.ID)
	if err != nil {
		return 0, time.Time{}, err
	}
	number, at := moderation.Standing(slices.Concat(history, []moderation.Decision{d}))
	return number, at, nil
}

// Delete implements [moderation.Queue]. Histories go by their foreign keys.
func (q *Queue) Delete(ctx context.Context, tenant, id string) error {
	return q.remove(ctx, "delete case", "id = ?", tenant, id)
}

// DeleteSession implements [moderation.Queue]. It reads the index moderation_cases_by_session.
func (q *Queue) DeleteSession(ctx context.Context, tenant, session string) error {
	return q.remove(ctx, "delete cases of a session", "session = ?", tenant, session)
}

// DeleteSubject implements [moderation.Queue]. It reads the index moderation_cases_by_subject.
func (q *Queue) DeleteSubject(ctx context.Context, tenant, subject string) error {
	return q.remove(ctx, "delete cases of a person", "subject = ? and subject <> ''", tenant, subject)
}

func (q *Queue) remove(ctx context.Context, doing, chosen, tenant, key string) error {
	_, err := q.db.Write.ExecContext(ctx, "delete from moderation_cases where tenant = ? and "+chosen, tenant, key)
	return wrap(doing, err)
}
