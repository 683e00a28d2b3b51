package shortlist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// table is a comparison as it stands below a text: a line a requirement, a
// column a person.
type table struct {
	head []string
	rows []row
}

type row struct {
	cells   []string
	sources []sessions.Source
}

const (
	mostCompared = 4
	mostRows     = 14
	cellLength   = 60 // characters
)

// compare sets two to four people side by side: those whom the message names,
// else the first two.
func (t *turn) compare() {
	if len(t.unknown) > 0 {
		t.fact(factNote, "There is no "+strings.Join(t.unknown, " or ")+" among those I looked at, so I compare nobody.")
		return
	}
	ids := t.people
	for _, id := range t.board.order {
		if len(ids) < 2 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	ids = ids[:min(mostCompared, len(ids))]
	if len(ids) < 2 {
		t.fact(factLead, "It takes two to compare, and there is only one person on the list.")
		return
	}
	t.people = ids
	people := make([]*assessed, len(ids))
	for i, id := range ids {
		if people[i] = t.board.find(id); people[i].id == "" {
			t.absent(id)
			return
		}
	}
	t.fact(factLead, "Here are "+workflow.Join(t.doc.labels(ids))+" side by side.")
	t.sum(people)
	t.table = t.sideBySide(people)
}

// sum says who meets how much.
func (t *turn) sum(people []*assessed) {
	var parts []string
	var sources []sessions.Source
	for _, a := range people {
		met, of := 0, 0
		for _, f := range a.findings {
			if r, ok := t.doc.requirement(f.Requirement); ok && r.Must {
				of++
				if f.Status == fit.Met {
					met++
				}
			}
		}
		if of > 0 {
			parts = append(parts, fmt.Sprintf("%s meets %d of %s", t.doc.label(a.id), met, count(of, "must-have")))
			sources = append(sources, profileSource(a.id, ""))
		}
	}
	if len(parts) > 0 {
		t.fact(factNote, workflow.Join(parts)+" in full.", sources...)
	}
}

func (t *turn) sideBySide(people []*assessed) *table {
	out := &table{head: []string{""}}
	for _, a := range people {
		out.head = append(out.head, t.doc.label(a.id))
	}
	list := asked(t.doc)
	slices.SortStableFunc(list, func(a, b fit.Requirement) int { return unmust(a) - unmust(b) })
	seen, told := make(map[string]bool), make(map[string]bool)
	for _, r := range list {
		name := capital(topic(r))
		if seen[name] || len(out.rows) == mostRows {
			continue
		}
		seen[name] = true
		cells := row{cells: []string{name}}
		for _, a := range people {
			_, quote := proof(finding(a.findings, r.ID))
			cells.cells = append(cells.cells, cell(r, finding(a.findings, r.ID), told[a.id+quote]))
			told[a.id+quote] = true
			cells.sources = append(cells.sources, profileSource(a.id, quote))
		}
		out.rows = append(out.rows, cells)
	}
	for _, value := range values {
		cells := row{cells: []string{value.name}}
		for _, a := range people {
			cells.cells = append(cells.cells, value.of(a))
			cells.sources = append(cells.sources, profileSource(a.id, ""))
		}
		out.rows = append(out.rows, cells)
	}
	return out
}

func unmust(r fit.Requirement) int {
	if r.Must || r.Hard {
		return 0
	}
	return 1
}

func finding(list []fit.Finding, id string) fit.Finding {
	for _, f := range list {
		if f.Requirement == id {
			return f
		}
	}
	return fit.Finding{Status: fit.Silent}
}

// cell says in a few words how somebody meets a requirement, with the proof
// unless that stands in the column already.
func cell(r fit.Requirement, f fit.Finding, told bool) string {
	field, quote := proof(f)
	text := ""
	switch f.Status {
	case fit.Met:
		text = "yes"
	case fit.Partly:
		text = "partly"
	case fit.Missing:
		text = "no"
	default:
		return "not said"
	}
	if prose(field) && covers(r.Kind) && !told {
		return text + ": “" + workflow.Clip(excerpt(quote), cellLength) + "”"
	}
	if f.Note != "" && f.Status == fit.Partly && !covers(r.Kind) {
		return text + ": " + workflow.Clip(inner(f.Note), cellLength)
	}
	return text
}

// values are the lines below the requirements.
var values = []struct {
	name string
	of   func(*assessed) string
}{
	{"Rate", func(a *assessed) string { return orUnsaid(rate(a.profile)) }},
	{"Lives in", func(a *assessed) string { return orUnsaid(capital(countryName(a.profile.Country))) }},
	{"Hours a week", func(a *assessed) string {
		if a.profile.HoursPerWeek == 0 {
			return "not said"
		}
		return fmt.Sprint(a.profile.HoursPerWeek)
	}},
	{"Free from", func(a *assessed) string { return orUnsaid(day(a.profile.AvailableFrom)) }},
	{"Record", func(a *assessed) string { return trackRecord(a.profile.TrackRecord) }},
}

func orUnsaid(text string) string {
	if text == "" {
		return "not said"
	}
	return text
}

// setOut writes the table in Markdown below what was said, each line with its
// sources, and returns what is to be emitted.
func (t *turn) setOut() string {
	var out strings.Builder
	if t.spoken.Text != "" {
		out.WriteString("\n\n")
	}
	line := func(cells []string) string {
		for i, c := range cells {
			cells[i] = strings.NewReplacer("|", "/", "\n", " ").Replace(c)
		}
		return "| " + strings.Join(cells, " | ") + " |"
	}
	out.WriteString(line(t.table.head) + "\n|" + strings.Repeat(" --- |", len(t.table.head)))
	for _, r := range t.table.rows {
		text := line(r.cells)
		out.WriteString("\n")
		start := grounding.UTF16(t.spoken.Text + out.String())
		out.WriteString(text)
		t.facts.Add(factPart, "", text, nil, r.sources...)
		id := t.facts.List[len(t.facts.List)-1].ID
		t.spoken.Claims = append(t.spoken.Claims, grounding.Claim{Start: start, End: start + grounding.UTF16(text), Text: text, Kind: grounding.Quote, Facts: []string{id}})
	}
	t.spoken.Text += out.String()
	return out.String()
}
