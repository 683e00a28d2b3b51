package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/parleyhq/parley/retrieval"
)

// Mapping says which columns of a foreign export become which fields of ours.
// [ReadMapping] makes one from a YAML file:
//
//	kind: job_post
//	fields:
//	  id: Job ID
//	  title: Headline
//	  description: {from: [Summary, Details], join: "\n\n"}
//	  level: {from: Tier, values: {Beginner: entry, "*": intermediate}}
//	  currency: {const: EUR}
//	  pay_min: {from: Budget from, as: money}
//	ignore: [Internal note]
//
// Fields are those of the package comment, those of collected posts among them.
// docs/ingest.md describes it in full.
type Mapping struct {
	kind      retrieval.Kind
	fields    map[string]*rule
	order     []string // fields, the currency first: amounts need it
	sources   map[string]bool
	ignored   map[string]bool
	ignoreAll bool
}

// rule says where the value of a field comes from and what is done to it, in
// the order of these fields.
type rule struct {
	From    texts          `yaml:"from"`
	Const   any            `yaml:"const"`
	Join    *string        `yaml:"join"`   // put between the values of several columns; without it the first one counts
	Values  map[string]any `yaml:"values"` // by the column's value in any case; "*" is any other
	Split   string         `yaml:"split"`
	As      string         `yaml:"as"`
	Layouts texts          `yaml:"layouts"` // of dates
	Zone    string         `yaml:"zone"`    // that times are in, and whose day counts
	Decimal string         `yaml:"decimal"` // of amounts: "," or "."
	Default any            `yaml:"default"`
	Prefix  string         `yaml:"prefix"`

	convert conversion
	holds   content
}

// UnmarshalYAML takes the name of a column for a rule, too.
func (r *rule) UnmarshalYAML(unmarshal func(any) error) error {
	var column string
	if unmarshal(&column) == nil {
		r.From = texts{column}
		return nil
	}
	type plain rule
	return unmarshal((*plain)(r))
}

// texts are a text or a list of them.
type texts []string

func (t *texts) UnmarshalYAML(unmarshal func(any) error) error {
	var one string
	if unmarshal(&one) == nil {
		*t = texts{one}
		return nil
	}
	return unmarshal((*[]string)(t))
}

// ReadMapping reads a mapping from YAML. An error says on which line it is
// wrong, or which field of it, and wraps retrieval.ErrInvalid.
func ReadMapping(data []byte) (*Mapping, error) {
	var file struct {
		Kind   retrieval.Kind   `yaml:"kind"`
		Fields map[string]*rule `yaml:"fields"`
		Ignore texts            `yaml:"ignore"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%w: mapping: %s", retrieval.ErrInvalid, plainYAML(err))
	}
	m := &Mapping{kind: file.Kind, fields: file.Fields, sources: make(map[string]bool), ignored: make(map[string]bool)}
	for _, name := range file.Ignore {
		m.ignored[name] = true
		m.ignoreAll = m.ignoreAll || name == "*"
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%w: mapping: %w", retrieval.ErrInvalid, err)
	}
	return m, nil
}

// Kind is that of the mapping's rows.
func (m *Mapping) Kind() retrieval.Kind { return m.kind }

func (m *Mapping) check() error {
	if columns[m.kind] == nil {
		return fmt.Errorf("kind: %q is not one of job_post, profile, proposal", short(string(m.kind)))
	}
	if len(m.fields) == 0 {
		return errors.New("fields: there are none")
	}
	if m.fields[required[m.kind]] == nil {
		return fmt.Errorf("fields: %s is missing: a %s needs it", required[m.kind], m.kind)
	}
	m.order = slices.Sorted(maps.Keys(m.fields))
	if i := slices.Index(m.order, "currency"); i > 0 {
		m.order = slices.Insert(slices.Delete(m.order, i, i+1), 0, "currency")
	}
	for _, field := range m.order {
		holds, ok := fieldHolds(field, m.kind)
		if !ok {
			return fmt.Errorf("fields: a %s has no %q; it has %s", m.kind, short(field), fieldNames(m.kind))
		}
		r := m.fields[field]
		if r == nil {
			return fmt.Errorf("fields.%s: names no column", field)
		}
		if err := r.check(holds); err != nil {
			return fmt.Errorf("fields.%s: %w", field, err)
		}
		for _, name := range r.From {
			m.sources[name] = true
		}
	}
	return nil
}

func (r *rule) check(holds content) (err error) {
	r.holds = holds
	switch {
	case len(r.From) == 0 && r.Const == nil:
		return errors.New("needs from, the name of a column, or const, a value")
	case len(r.From) > 0 && r.Const != nil:
		return errors.New("has both from and const")
	case slices.Contains(r.From, ""):
		return errors.New("from: a name is empty")
	case r.Decimal != "" && r.Decimal != "," && r.Decimal != ".":
		return errors.New(`decimal: is "," or "."`)
	}
	folded := make(map[string]any, len(r.Values))
	for from, to := range r.Values {
		folded[strings.ToLower(strings.TrimSpace(from))] = to
	}
	r.Values = folded
	r.convert, err = conversionOf(r)
	return err
}

// known checks the header of a table: each column is used or ignored, and each
// that is used is there.
func (m *Mapping) known(header []string) error {
	var missing, extra []string
	for name := range m.sources {
		if !slices.Contains(header, name) {
			missing = append(missing, name)
		}
	}
	for _, name := range header {
		if !m.takes(name) {
			extra = append(extra, name)
		}
	}
	slices.Sort(missing)
	switch {
	case len(missing) > 0:
		return fmt.Errorf("the mapping names columns that are not there: %s; there are %s", quoted(missing), quoted(header))
	case len(extra) > 0:
		return fmt.Errorf(`columns are neither mapped nor ignored: %s; name them under "ignore", or write ignore: "*"`, quoted(extra))
	}
	return nil
}

func (m *Mapping) takes(name string) bool { return m.ignoreAll || m.sources[name] || m.ignored[name] }

func quoted(names []string) string {
	const most = 40
	list := make([]string, 0, len(names))
	for _, name := range names[:min(len(names), most)] {
		list = append(list, fmt.Sprintf("%q", short(name)))
	}
	if len(names) > most {
		list = append(list, "…")
	}
	return strings.Join(list, ", ")
}

// apply turns a row of the export into one with our fields.
func (m *Mapping) apply(row map[string]json.RawMessage) (map[string]json.RawMessage, error) {
	object := make(map[string]any, len(m.order))
	used := make(map[string]bool, len(row))
	currency := ""
	for _, field := range m.order {
		value, err := m.fields[field].value(row, used, currency)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field, err)
		}
		if field == "currency" {
			code, _ := value.(string)
			currency = strings.ToUpper(code)
		}
		if value != nil {
			put(object, field, value)
		}
	}
	for name := range row {
		if !used[name] && !m.takes(name) {
			return nil, fmt.Errorf("%q is neither mapped nor ignored", short(name))
		}
	}
	mapped := make(map[string]json.RawMessage, len(object))
	for name, value := range object {
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		mapped[name] = raw
	}
	return mapped, nil
}

// plainYAML says on one line what is wrong with a YAML text.
func plainYAML(err error) string {
	var fault yaml.Error
	if !errors.As(err, &fault) {
		text, _, _ := strings.Cut(err.Error(), "\n")
		return text
	}
	text, _, _ := strings.Cut(fault.GetMessage(), "\n")
	if token := fault.GetToken(); token != nil && token.Position != nil {
		return fmt.Sprintf("line %d: %s", token.Position.Line, text)
	}
	return text
}
