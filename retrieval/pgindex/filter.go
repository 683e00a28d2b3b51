package pgindex

import (
	"fmt"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// query is an SQL text that grows together with its arguments.
type query struct {
	text strings.Builder
	args []any
}

// arg adds an argument and returns its placeholder.
func (q *query) arg(value any) string {
	q.args = append(q.args, value)
	return fmt.Sprintf("$%d", len(q.args))
}

func (q *query) add(parts ...string) {
	for _, part := range parts {
		q.text.WriteString(part)
	}
}

// where adds the conditions of a filter on the columns that documents and
// document_vectors have in common. Each combination of set fields is a
// statement of its own, so that each has its own plan.
func (q *query) where(f retrieval.Filter) {
	q.add(" where tenant = ", q.arg(f.Tenant), " and kind = ", q.arg(f.Kind))
	for _, field := range []struct{ column, value string }{
		{"category", f.Category}, {"level", f.Level}, {"pay_type", f.PayType}, {"currency", f.Currency},
	} {
		if field.value != "" {
			q.add(" and ", field.column, " = ", q.arg(field.value))
		}
	}
	if len(f.Exclude) > 0 {
		q.add(" and id <> all(", q.arg(f.Exclude), ")")
	}
}

// clean makes a filter safe to send: PostgreSQL refuses texts with NUL or
// broken UTF-8, and no document has such a value.
func clean(f retrieval.Filter) retrieval.Filter {
	for _, value := range []*string{&f.Tenant, &f.Category, &f.Level, &f.PayType, &f.Currency} {
		*value = cleanText(*value)
	}
	f.Exclude = cleanTexts(f.Exclude)
	return f
}

func cleanText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

func cleanTexts(list []string) []string {
	cleaned := make([]string, len(list))
	for i, s := range list {
		cleaned[i] = cleanText(s)
	}
	return cleaned
}
