package sqlitereader

import (
	"context"
	"database/sql"
	"strings"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

// summary reads the index responses_at_a_glance for what a session's responses
// come to, and no response's row.
const summary = `select s.id, s.owner, s.role, s.title, s.locale, s.created, s.updated,
	coalesce((select substr(text, 1, 160) from messages where seq = (select min(m.seq) from messages m where m.tenant = s.tenant and m.session = s.id)), ''),
	(select count(*) from messages m where m.tenant = s.tenant and m.session = s.id),
	(select count(*) from responses r where r.tenant = s.tenant and r.session = s.id),
	coalesce((select group_concat(route) from (select r.route from responses r
		where r.tenant = s.tenant and r.session = s.id and r.route <> '' group by r.route order by min(r.seq))), ''),
	coalesce((select r.status || ' ' || r.problem from responses r where r.tenant = s.tenant and r.session = s.id
		and r.status not in ('replaced', 'released') order by r.seq desc limit 1), ''),
	(select count(*) from feedback f where f.tenant = s.tenant and f.session = s.id and f.rating = 'down')
	from sessions s where `

// List implements [inspect.Store]. It walks the index sessions_by_activity, or
// sessions_by_owner for a person; what few sessions have is looked up by the
// partial indexes responses_by_status, responses_by_problem and feedback_down.
func (r *Reader) List(ctx context.Context, tenant string, f inspect.Filter) ([]inspect.Summary, error) {
	where, args := []string{"s.tenant = ?"}, []any{tenant}
	and := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	const ofSession = "r.tenant = s.tenant and r.session = s.id"
	switch f.Status {
	case "":
	case sessions.StatusCompleted:
		and("exists (select 1 from responses r where " + ofSession + " and r.status = 'completed')")
	default:
		and("s.id in (select r.session from responses r where r.tenant = ? and r.status = ? and r.status <> 'completed')", tenant, f.Status)
	}
	if f.Workflow != "" {
		and("exists (select 1 from responses r where "+ofSession+" and r.route = ?)", f.Workflow)
	}
	if f.Role != "" {
		and("s.role = ?", f.Role)
	}
	if f.Person != "" {
		and("s.owner = ?", f.Person)
	}
	if f.Problem != "" {
		and("s.id in (select r.session from responses r where r.tenant = ? and r.problem = ? and r.problem <> '')", tenant, f.Problem)
	}
	if f.Down {
		and("s.id in (select f.session from feedback f where f.tenant = ? and f.rating = 'down')", tenant)
	}
	if !f.From.IsZero() {
		and("s.updated >= ?", f.From.UnixMicro())
	}
	if !f.To.IsZero() {
		and("s.updated < ?", f.To.UnixMicro())
	}
	if f.Among != nil {
		and("s.id in (select value from json_each(?))", array(f.Among))
	}
	if f.After.ID != "" {
		and("(s.updated, s.id) < (?, ?)", f.After.Updated.UnixMicro(), f.After.ID)
	}
	args = append(args, f.Limit)
	list, err := collect(ctx, r.db.Read, scanSummary, summary+strings.Join(where, " and ")+" order by s.updated desc, s.id desc limit ?", args...)
	return list, wrap("list sessions", err)
}

func scanSummary(rows *sql.Rows) (s inspect.Summary, err error) {
	var created, updated int64
	var routes, newest string
	err = rows.Scan(&s.ID, &s.Person, &s.Role, &s.Title, &s.Locale, &created, &updated, &s.First, &s.Messages, &s.Responses, &routes, &newest, &s.Down)
	s.Created, s.Updated = fromMicros(created), fromMicros(updated)
	s.Workflows = strings.FieldsFunc(routes, func(r rune) bool { return r == ',' })
	status, problem, _ := strings.Cut(newest, " ")
	s.Status, s.Problem = sessions.Status(status), problem
	return s, err
}
