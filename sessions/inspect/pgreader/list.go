package pgreader

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

// summary adds up what a page's sessions have, by the index
// responses_at_a_glance and no response's row. The page is chosen first, in a
// query of its own.
const summary = `with page as materialized (select * from sessions s where %s order by s.updated desc, s.id desc limit %d)
	select s.id, s.owner, s.role, s.title, s.locale, s.created, s.updated,
	coalesce((select left(m.text, 160) from messages m where m.tenant = s.tenant and m.session = s.id order by m.seq limit 1), ''),
	(select count(*) from messages m where m.tenant = s.tenant and m.session = s.id),
	(select count(*) from responses r where r.tenant = s.tenant and r.session = s.id),
	array(select r.route from responses r where r.tenant = s.tenant and r.session = s.id and r.route <> '' group by r.route order by min(r.seq)),
	coalesce((select r.status || ' ' || r.problem from responses r where r.tenant = s.tenant and r.session = s.id
		and r.status not in ('replaced', 'released') order by r.seq desc limit 1), ''),
	(select count(*) from feedback f where f.tenant = s.tenant and f.session = s.id and f.rating = 'down')
	from page s order by s.updated desc, s.id desc`

// conditions of a query, with their arguments.
type conditions struct {
	where []string
	args  []any
}

// and adds a condition whose %d are the numbers of its arguments.
func (c *conditions) and(condition string, args ...any) {
	numbers := make([]any, len(args))
	for i := range args {
		numbers[i] = len(c.args) + 1 + i
	}
	c.where = append(c.where, fmt.Sprintf(condition, numbers...))
	c.args = append(c.args, args...)
}

// List implements [inspect.Store]. It walks the index sessions_by_activity, or
// sessions_by_owner for a person; what few sessions have is looked up by the
// partial indexes responses_by_status, responses_by_problem and feedback_down.
func (r *Reader) List(ctx context.Context, tenant string, f inspect.Filter) ([]inspect.Summary, error) {
	var c conditions
	c.and("s.tenant = $%d", tenant)
	const ofSession = "r.tenant = s.tenant and r.session = s.id"
	switch f.Status {
	case "":
	case sessions.StatusCompleted:
		c.and("exists (select from responses r where " + ofSession + " and r.status = 'completed')")
	default:
		c.and("s.id in (select r.session from responses r where r.tenant = $%d and r.status = $%d and r.status <> 'completed')", tenant, f.Status)
	}
	if f.Workflow != "" {
		c.and("exists (select from responses r where "+ofSession+" and r.route = $%d)", f.Workflow)
	}
	if f.Role != "" {
		c.and("s.role = $%d", f.Role)
	}
	if f.Person != "" {
		c.and("s.owner = $%d", f.Person)
	}
	if f.Problem != "" {
		c.and("s.id in (select r.session from responses r where r.tenant = $%d and r.problem = $%d and r.problem <> '')", tenant, f.Problem)
	}
	if f.Down {
		c.and("s.id in (select f.session from feedback f where f.tenant = $%d and f.rating = 'down')", tenant)
	}
	if !f.From.IsZero() {
		c.and("s.updated >= $%d", f.From)
	}
	if !f.To.IsZero() {
		c.and("s.updated < $%d", f.To)
	}
	if f.Among != nil {
		c.and("s.id = any($%d)", f.Among)
	}
	if f.After.ID != "" {
		c.and("(s.updated, s.id) < ($%d, $%d)", f.After.Updated, f.After.ID)
	}
	query := fmt.Sprintf(summary, strings.Join(c.where, " and "), f.Limit)
	rows, _ := r.pool.Query(ctx, query, append([]any{planned}, c.args...)...)
	list, err := pgx.CollectRows(rows, scanSummary)
	return list, wrap("list sessions", err)
}

func scanSummary(row pgx.CollectableRow) (s inspect.Summary, err error) {
	var newest string
	err = row.Scan(&s.ID, &s.Person, &s.Role, &s.Title, &s.Locale, &s.Created, &s.Updated, &s.First, &s.Messages, &s.Responses, &s.Workflows, &newest, &s.Down)
	s.Created, s.Updated = s.Created.UTC(), s.Updated.UTC()
	status, problem, _ := strings.Cut(newest, " ")
	s.Status, s.Problem = sessions.Status(status), problem
	return s, err
}
