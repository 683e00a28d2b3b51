package sqlitequeue

import (
	"context"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/moderation"
)

// List implements [moderation.Queue]. It walks one of the indexes that end in
// (created, id) from the page before: moderation_labels_by_status or
// _by_created for a label, moderation_cases_by_assignee, _appealed, _by_status
// or _by_created else.
func (q *Queue) List(ctx context.Context, tenant string, f moderation.Filter) ([]moderation.Case, error) {
	s := selection{from: "moderation_cases c", created: "c.created", id: "c.id"}
	s.choose(tenant, f)
	if f.After != "" {
		var created int64
		err := q.db.Read.QueryRowContext(ctx, "select created from moderation_cases where tenant = ? and id = ?", tenant, f.After).Scan(&created)
		if err != nil {
			return nil, wrap("list cases", err)
		}
		s.after(created, f)
	}
	query, args := s.query(f)
	cases, err := collect(ctx, q.db.Read, scanCase, query, args...)
	return cases, wrap("list cases", err)
}

// selection is a query for cases as it is put together.
type selection struct {
	from        string
	created, id string // what the page is ordered by
	where       []string
	args        []any
}

func (s *selection) and(condition string, args ...any) {
	s.where = append(s.where, condition)
	s.args = append(s.args, args...)
}

func (s *selection) choose(tenant string, f moderation.Filter) {
	status := "c.status = ?"
	if f.Label != "" {
		// The order of a cross join is kept: labels first.
		s.from = `moderation_labels l cross join moderation_cases c on c.tenant = l.tenant and c.id = l."case"`
		s.created, s.id, status = "l.created", `l."case"`, "l.status = ?"
		s.and("l.tenant = ? and l.label = ?", tenant, f.Label)
	}
	s.and("c.tenant = ?", tenant)
	if f.Status != "" {
		s.and(status, f.Status)
	}
	if f.Assignee != "" {
		s.and("c.assignee = ? and c.assignee <> ''", f.Assignee)
	}
	if f.Appealed {
		s.and("c.appealed is not null and c.status <> 'decided'")
	}
	if f.Channel != "" {
		s.and("c.channel = ?", f.Channel)
	}
	if f.Stage != "" {
		s.and("c.stage = ?", f.Stage)
	}
	if f.Action != "" {
		s.and("c.action = ?", f.Action)
	}
	for _, word := range f.Words() {
		s.and("instr(c.folded, ?) > 0", word)
	}
}

func (s *selection) after(created int64, f moderation.Filter) {
	than := "<"
	if f.Oldest {
		than = ">"
	}
	s.and("("+s.created+", "+s.id+") "+than+" (?, ?)", created, f.After)
}

func (s *selection) query(f moderation.Filter) (string, []any) {
	direction := " desc"
	if f.Oldest {
		direction = ""
	}
	return fmt.Sprintf("select %s from %s where %s order by %s%s, %s%s limit %d", caseColumns, s.from,
		strings.Join(s.where, " and "), s.created, direction, s.id, direction, f.PageSize()), s.args
}
