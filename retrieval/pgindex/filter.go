package pgindex

import (
	"context"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// selection is a filter as it is sent to the server: cleaned texts, folded
// credentials, and the time zones of its window by their names.
type selection struct {
	retrieval.Filter
	zones []string
}

// selection prepares a filter. It refuses one without tenant or kind.
func (x *Index) selection(ctx context.Context, f retrieval.Filter) (selection, error) {
	if err := record.CheckFilter(f); err != nil {
		return selection{}, err
	}
	s := selection{Filter: clean(f)}
	var err error
	if s.Zone != nil {
		s.zones, err = x.zonesIn(ctx, scope{s.Tenant, s.Kind}, *s.Zone)
	}
	return s, err
}

// scope returns what the selection is of.
func (s selection) scope() scope { return scope{s.Tenant, s.Kind} }

// narrows reports whether the selection has a condition that lexemes stand for.
func (s selection) narrows() bool { return len(s.clauses()) > 1 }

// query is an SQL text that grows together with its arguments.
type query struct {
	text strings.Builder
	args []any
	// unindexed writes conditions on documents in a form that no index but that
	// of lexemes serves.
	unindexed bool
}

// indexed names a column of text that an index has.
func (q *query) indexed(column string) string {
	if q.unindexed {
		return "(" + column + " || '')"
	}
	return column
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

// where adds the conditions of a selection on the columns of documents, called
// d. Each combination of set fields is a statement of its own, so that each has
// its own plan.
func (q *query) where(s selection) {
	q.add(" where ", q.indexed("d.tenant"), " = ", q.arg(s.Tenant), " and ", q.indexed("d.kind"), " = ", q.arg(s.Kind))
	q.conditions(s)
}

// lexemes adds a condition for the index documents_words, which says again in
// other words what the columns say. Without it every document of the scope
// would have to be looked at.
func (q *query) lexemes(s selection) {
	if s.narrows() {
		q.add(" and d.words @@ ", q.arg(tsquery(s)), "::tsquery")
	}
}

// conditions adds those of a selection beside tenant and kind.
func (q *query) conditions(s selection) {
	for _, field := range []struct{ column, value string }{
		{"category", s.Category}, {"level", s.Level}, {"pay_type", s.PayType}, {"currency", s.Currency},
	} {
		if field.value != "" {
			q.add(" and d.", field.column, " = ", q.arg(field.value))
		}
	}
	for _, list := range []struct {
		condition string
		values    []string
	}{
		{"d.skills @> ", s.AllSkills}, {"d.skills && ", s.AnySkills}, {"d.languages && ", s.Languages},
	} {
		if len(list.values) > 0 {
			q.add(" and ", list.condition, q.arg(list.values), "::text[]")
		}
	}
	if len(s.Countries) > 0 {
		q.add(" and d.country <> '' and d.country = any(", q.arg(s.Countries), ")")
	}
	if s.Zone != nil {
		q.add(" and ", q.indexed("d.time_zone"), " = any(", q.arg(s.zones), ")")
	}
	q.ranges("d", s)
	if len(s.Exclude) > 0 {
		q.add(" and d.id <> all(", q.arg(s.Exclude), ")")
	}
}

// ranges adds conditions on pay, dates, hours and credentials, whose columns
// documents (d) and document_vectors (v) both have.
func (q *query) ranges(table string, s selection) {
	column := func(name string) string { return table + "." + name }
	if len(s.Pay) > 0 {
		q.pay(table, s.Pay)
	}
	if s.From != "" || s.To != "" {
		q.add(" and ", column("posted_on"), " <> '' and ", q.indexed(column("posted_on")), " >= ", q.arg(s.From))
	}
	if s.To != "" {
		q.add(" and ", q.indexed(column("posted_on")), " <= ", q.arg(s.To))
	}
	if s.AvailableBy != "" {
		q.add(" and ", column("available_from"), " <= ", q.arg(s.AvailableBy))
	}
	if s.MinHours > 0 {
		q.add(" and ", column("hours_per_week"), " >= ", q.arg(min(s.MinHours, maxHours+1)))
	}
	for _, part := range s.Credentials {
		q.add(" and strpos(", column("credentials"), ", ", q.arg(part), ") > 0")
	}
}

// pay adds a condition on ranges in the order of their currencies: a row is
// compared with those of its own currency only.
func (q *query) pay(table string, ranges []retrieval.PayRange) {
	var currencies, any []string
	for len(ranges) > 0 {
		currency := ranges[0].Currency
		n := 1
		for n < len(ranges) && ranges[n].Currency == currency {
			n++
		}
		within := make([]string, n)
		for i, r := range ranges[:n] {
			within[i] = table + ".pay_max >= " + q.arg(r.Min)
			if r.Max != 0 {
				within[i] += " and " + table + ".pay_min <= " + q.arg(r.Max)
			}
		}
		currencies = append(currencies, currency)
		any = append(any, table+".currency = "+q.arg(currency)+" and ("+strings.Join(within, " or ")+")")
		ranges = ranges[n:]
	}
	q.add(" and ", table, ".pay_max > 0 and ", table, ".currency = any(", q.arg(currencies), ") and (", strings.Join(any, " or "), ")")
}

// clean makes a filter safe to send: PostgreSQL refuses texts with NUL or
// broken UTF-8, and no document has such a value.
func clean(f retrieval.Filter) retrieval.Filter {
	for _, value := range []*string{&f.Tenant, &f.Category, &f.Level, &f.PayType, &f.Currency, &f.From, &f.To, &f.AvailableBy} {
		*value = cleanText(*value)
	}
	for _, list := range []*[]string{&f.AllSkills, &f.AnySkills, &f.Countries, &f.Languages, &f.Exclude} {
		*list = cleanTexts(*list)
	}
	pay := make([]retrieval.PayRange, len(f.Pay))
	for i, r := range f.Pay {
		pay[i] = r
		pay[i].Currency = cleanText(r.Currency)
	}
	credentials := make([]string, len(f.Credentials))
	for i, part := range f.Credentials {
		credentials[i] = cleanText(record.FoldCredential(part))
	}
	f.Pay, f.Credentials = record.MergePay(pay), credentials
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
