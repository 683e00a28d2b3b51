package sqlitequeue

import (
	"database/sql"
	"encoding/json"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
)

const caseColumns = `c.tenant, c.id, c.message, c.channel, c.sender, c.text, c.thread, c.hash, c.subject, coalesce(c.session, ''), c.response,
	c.verdict, c.first_verdict, c.status, c.version, c.assignee, c.appeal, c.appealed, c.created, c.changed, c.deadline`

const decisionColumns = `d.id, d."case", d.number, d.kind, d.action, d.labels, d.stage, d.actor, d.note, d.at, d.changes`

type scanner interface{ Scan(...any) error }

// caseRow is where the columns of a case are scanned into.
type caseRow struct {
	c                      moderation.Case
	thread, verdict, first string
	created, changed       int64
	appealed, deadline     sql.NullInt64
}

func (r *caseRow) columns() []any {
	c, m := &r.c, &r.c.Message
	return []any{
		&c.Tenant, &c.ID, &m.ID, &m.Channel, &m.Sender, &m.Text, &r.thread, &c.Hash, &c.Subject, &c.Session, &c.Resp,
		&r.verdict, &r.first, &c.Status, &c.Version, &c.Assignee, &c.Appeal, &r.appealed, &r.created, &r.changed, &r.deadline,
	}
}

func (r *caseRow) value() (moderation.Case, error) {
	c := r.c
	c.Created, c.Changed = time.UnixMicro(r.created).UTC(), time.UnixMicro(r.changed).UTC()
	c.Appealed, c.Deadline = utc(r.appealed), utc(r.deadline)
	if r.thread != "" {
		if err := json.Unmarshal([]byte(r.thread), &c.Message.Thread); err != nil {
			return c, err
		}
	}
	if err := json.Unmarshal([]byte(r.verdict), &c.Verdict); err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(r.first), &c.First)
}

// decisionRow is where the columns of an entry of a history are scanned into.
type decisionRow struct {
	d      moderation.Decision
	labels string
	at     int64
}

func (r *decisionRow) columns() []any {
	d := &r.d
	return []any{&d.ID, &d.Case, &d.Number, &d.Kind, &d.Action, &r.labels, &d.Stage, &d.Actor, &d.Note, &r.at, &d.Changes}
}

func (r *decisionRow) value() (moderation.Decision, error) {
	d := r.d
	d.At = time.UnixMicro(r.at).UTC()
	return d, json.Unmarshal([]byte(r.labels), &d.Labels)
}

func scanCase(row scanner) (moderation.Case, error) {
	var r caseRow
	if err := row.Scan(r.columns()...); err != nil {
		return moderation.Case{}, err
	}
	return r.value()
}

func scanDecision(row scanner) (moderation.Decision, error) {
	var r decisionRow
	if err := row.Scan(r.columns()...); err != nil {
		return moderation.Decision{}, err
	}
	return r.value()
}

// scanBoth scans the columns of a case and of one entry of its history.
func scanBoth(row scanner) (c moderation.Case, d moderation.Decision, err error) {
	var both struct {
		c caseRow
		d decisionRow
	}
	if err = row.Scan(append(both.c.columns(), both.d.columns()...)...); err != nil {
		return c, d, err
	}
	if c, err = both.c.value(); err != nil {
		return c, d, err
	}
	d, err = both.d.value()
	return c, d, err
}

func utc(micros sql.NullInt64) time.Time {
	if !micros.Valid {
		return time.Time{}
	}
	return time.UnixMicro(micros.Int64).UTC()
}

// null is the column of a time that may not be set.
func null(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// text is the JSON of a value.
func text(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}
