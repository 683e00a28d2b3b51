package pgqueue

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/assistant/moderation"
)

// List implements [moderation.Queue]. It walks one of the indexes that end in
// (created, id) from the page before: moderation_labels_by_status or
// _by_created for a label, moderation_cases_by_assignee, _appealed, _by_status
// or _by_created else, whichever the planner expects the fewest rows from.
func (q *Queue) List(ctx context.Context, tenant string, f moderation.Filter) ([]moderation.Case, error) {
	for _, key := range []string{tenant, f.Assignee, f.After, string(f.Status), string(f.Label), string(f.Channel), string(f.Stage), string(f.Action)} {
		if !moderation.Key(key) {
			return nil, nil
		}
	}
	s := selection{from: "moderation_cases c", created: "c.created", id: "c.id"}
	s.choose(tenant, f)
	if f.After != "" {
		var created time.Time
		err := q.pool.QueryRow(ctx, "select created from moderation_cases where tenant = $1 and id = $2", tenant, f.After).Scan(&created)
		if err != nil {
			return nil, wrap("list cases", err)
		}
		s.after(created, f)
	}
	query, args := s.query(f)
	rows, _ := q.pool.Query(ctx, query, append([]any{planned}, args...)...)
	cases, err := pgx.CollectRows(rows, scanCase)
	return cases, wrap("list cases", err)
}

// selection is a query for cases as it is put together.
type selection struct {
	from        string
	created, id string // what the page is ordered by
	where       []string
	args        []any
}

// and adds a condition whose %d are the numbers of its arguments.
func (s *selection) and(condition string, args ...any) {
	numbers := make([]any, len(args))
	for i := range args {
		numbers[i] = len(s.args) + 1 + i
	}
	s.where = append(s.where, fmt.Sprintf(condition, numbers...))
	s.args = append(s.args, args...)
}

func (s *selection) choose(tenant string, f moderation.Filter) {
	status := "c.status = $%d"
	if f.Label != "" {
		s.from = `moderation_labels l join moderation_cases c on c.tenant = l.tenant and c.id = l."case"`
		s.created, s.id, status = "l.created", `l."case"`, "l.status = $%d"
		s.and("l.tenant = $%d and l.label = $%d", tenant, f.Label)
	}
	s.and("c.tenant = $%d", tenant)
	if f.Status != "" {
		s.and(status, f.Status)
	}
	if f.Assignee != "" {
		s.and("c.assignee = $%d and c.assignee <> ''", f.Assignee)
	}
	if f.Appealed {
		s.and("c.appealed is not null and c.status <> 'decided'")
	}
	if f.Channel != "" {
		s.and("c.channel = $%d", f.Channel)
	}
	if f.Stage != "" {
		s.and("c.stage = $%d", f.Stage)
	}
	if f.Action != "" {
		s.and("c.action = $%d", f.Action)
	}
	for _, word := range f.Words() {
		s.and("strpos(c.folded, $%d) > 0", word)
	}
}

func (s *selection) after(created time.Time, f moderation.Filter) {
	than := "<"
	if f.Oldest {
		than = ">"
	}
	s.and("("+s.created+", "+s.id+") "+than+" ($%d, $%d)", created, f.After)
}

func (s *selection) query(f moderation.Filter) (string, []any) {
	direction := " desc"
	if f.Oldest {
		direction = ""
	}
	return fmt.Sprintf("select %s from %s where %s order by %s%s, %s%s limit %d", caseColumns, s.from,
		strings.Join(s.where, " and "), s.created, direction, s.id, direction, f.PageSize()), s.args
}
