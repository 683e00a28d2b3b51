package ingest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// csv reads a table whose first line names the columns. The separator is
// the comma, semicolon or tab that the header has most of.
func (s *source) csv(d *decoder) iter.Seq[row] {
	return func(yield func(row) bool) {
		t := table{source: s}
		if s.err = t.header(d); s.err != nil {
			return
		}
		for {
			r, err := t.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				s.err = fmt.Errorf("after line %d: %w", s.line-1, err)
				return
			}
			if !yield(r) {
				return
			}
		}
	}
}

// table reads records, which may span lines where a quoted field does.
type table struct {
	source    *source
	separator rune
	columns   []column
	ahead     []textLine // read and not yet used
}

type textLine struct {
	number int
	text   []byte
	err    error // errLongRow
}

func (t *table) header(d *decoder) error {
	line, err := t.source.readLine()
	for err == nil && len(bytes.TrimSpace(line)) == 0 {
		line, err = t.source.readLine()
	}
	if err != nil {
		return err
	}
	t.separator = ','
	for _, other := range []rune{';', '\t'} {
		if bytes.Count(line, []byte(string(other))) > bytes.Count(line, []byte(string(t.separator))) {
			t.separator = other
		}
	}
	names, err := t.parse(line)
	if err != nil {
		return fmt.Errorf("header: %w", err)
	}
	if d.mapping == nil {
		t.columns, err = columnsNamed(names, d.kind, d.deletes)
		return err
	}
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
		if slices.Contains(names[:i], names[i]) {
			return fmt.Errorf("column %q is there twice", short(names[i]))
		}
		t.columns = append(t.columns, column{name: names[i], verbatim: true})
	}
	return d.mapping.known(names)
}

func (t *table) parse(record []byte) ([]string, error) {
	reader := csv.NewReader(bytes.NewReader(record))
	reader.Comma = t.separator
	reader.FieldsPerRecord = -1
	fields, err := reader.Read()
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return nil, broken.Err
	}
	return fields, err
}

// next reads one record.
func (t *table) next() (row, error) {
	first, err := t.line(0)
	for err == nil && first.err == nil && len(bytes.TrimSpace(first.text)) == 0 {
		t.drop(1)
		first, err = t.line(0)
	}
	if err != nil {
		return row{}, err
	}
	if first.err != nil {
		t.drop(1)
		return row{line: first.number, err: first.err}, nil // too long to be handed back
	}
	lines, record := t.record()
	fields, err := t.parse(record)
	switch {
	case lines > 0 && !utf8.Valid(record):
		err = errors.New("is not UTF-8") // before JSON puts signs for what is not
		if t.swallows(lines) {
			lines = 1
		}
	case lines == 0 || err != nil && lines > 1:
		// A quote that does not belong there: only this line is lost.
		t.drop(1)
		return row{line: first.number, raw: asText(first.text), err: errors.New("a quoted field does not end")}, nil
	case err == nil && len(fields) != len(t.columns):
		err = fmt.Errorf("has %d fields where the header has %d", len(fields), len(t.columns))
		if t.swallows(lines) {
			lines = 1
		}
	}
	if err != nil {
		raw := asText(bytes.Join(textsOf(t.ahead[:lines]), []byte{'\n'}))
		t.drop(lines)
		return row{line: first.number, raw: raw, err: err}, nil
	}
	t.drop(lines)
	data, err := t.object(fields)
	return row{line: first.number, data: data, raw: t.cells(fields), err: err}, nil
}

// record returns the lines up to where all quotes are closed, and how many they
// are: 0 when the quotes stay open.
func (t *table) record() (lines int, record []byte) {
	quotes := 0
	for {
		line, err := t.line(lines)
		if err != nil || line.err != nil || len(record)+len(line.text) > t.source.maxRow {
			return 0, nil
		}
		if lines > 0 {
			record = append(record, '\n')
		}
		record = append(record, line.text...)
		quotes += bytes.Count(line.text, []byte{'"'})
		lines++
		if quotes%2 == 0 {
			return lines, record
		}
	}
}

// swallows reports whether a faulty record of several lines contains a whole
// row: then a stray quote in its first line has run on to another.
func (t *table) swallows(lines int) bool {
	for _, line := range t.ahead[1:lines] {
		if fields, err := t.parse(line.text); err == nil && len(fields) == len(t.columns) && len(fields) > 1 {
			return true
		}
	}
	return false
}

// line returns the nth line from where the table is, reading on where needed.
func (t *table) line(n int) (textLine, error) {
	for len(t.ahead) <= n {
		text, err := t.source.readLine()
		if err != nil && !errors.Is(err, errLongRow) {
			return textLine{}, err
		}
		t.ahead = append(t.ahead, textLine{t.source.line, bytes.Clone(text), err})
	}
	return t.ahead[n], nil
}

func (t *table) drop(lines int) { t.ahead = t.ahead[lines:] }

// object writes a record as the JSON object that its columns describe.
func (t *table) object(fields []string) ([]byte, error) {
	object := make(map[string]any, len(fields))
	for i, text := range fields {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		value, err := t.columns[i].value(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.columns[i].name, err)
		}
		if t.columns[i].verbatim {
			object[t.columns[i].name] = value
		} else {
			put(object, t.columns[i].name, value)
		}
	}
	return json.Marshal(object)
}

// cells writes a record as the JSON object of its texts, to be put right and
// loaded again. It is made only for a row that is handed back.
func (t *table) cells(fields []string) func() json.RawMessage {
	return func() json.RawMessage {
		object := make(map[string]string, len(fields))
		for i, text := range fields {
			if text != "" {
				object[t.columns[i].name] = text
			}
		}
		raw, err := json.Marshal(object)
		if err != nil {
			return nil
		}
		return raw
	}
}

// asText writes what is no row as a JSON text.
func asText(text []byte) func() json.RawMessage {
	text = bytes.Clone(text)
	return func() json.RawMessage {
		raw, err := json.Marshal(string(text))
		if err != nil {
			return nil
		}
		return raw
	}
}

func textsOf(lines []textLine) [][]byte {
	list := make([][]byte, len(lines))
	for i, line := range lines {
		list[i] = line.text
	}
	return list
}

func (c column) value(text string) (any, error) {
	switch c.holds {
	case wholeNumber:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a whole number", short(text))
		}
		return n, nil
	case number:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a number", short(text))
		}
		return n, nil
	case truth:
		b, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			return nil, fmt.Errorf("%q is not true or false", short(text))
		}
		return b, nil
	case list:
		return splitList(text), nil
	}
	return text, nil
}

// splitList takes a JSON array, or items separated by ";" or "|", or else by commas.
func splitList(text string) []string {
	var items []string
	if strings.HasPrefix(text, "[") && json.Unmarshal([]byte(text), &items) == nil {
		return items
	}
	separators := ";|"
	if !strings.ContainsAny(text, separators) {
		separators = ","
	}
	items = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) })
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}
