package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// value works a field's value out. It is nil when the row has none, and notes
// which fields of the row it has looked at.
func (r *rule) value(row map[string]json.RawMessage, used map[string]bool, currency string) (any, error) {
	value := r.Const
	if value == nil {
		var found []any
		for _, name := range r.From {
			part, err := lookUp(row, used, name)
			if err != nil {
				return nil, fmt.Errorf("%q: %w", name, err)
			}
			if part != nil {
				found = append(found, part)
			}
		}
		value = r.joined(found)
	}
	value, err := r.translated(value)
	if err != nil {
		return nil, err
	}
	if r.Split != "" {
		value = split(value, r.Split)
	}
	if value != nil {
		if value, err = r.convert(r, value, currency); err != nil {
			return nil, err
		}
	}
	if value == nil {
		value = r.Default
	}
	if text, ok := value.(string); ok && r.Prefix != "" {
		value = r.Prefix + text
	}
	return value, nil
}

// lookUp reads a column, or with dots a field inside of an object. A text,
// number or truth becomes a text; nil is none. A list or object stays one.
func lookUp(row map[string]json.RawMessage, used map[string]bool, name string) (any, error) {
	raw, ok := row[name]
	if !ok {
		outer, inner, nested := strings.Cut(name, ".")
		var object map[string]json.RawMessage
		if !nested || absent(row[outer]) {
			return nil, nil
		}
		if err := json.Unmarshal(row[outer], &object); err != nil {
			return nil, errors.New("there is no object to look into")
		}
		used[outer] = true
		return lookUp(object, map[string]bool{}, inner)
	}
	used[name] = true
	if absent(raw) {
		return nil, nil
	}
	if raw[0] == '[' || raw[0] == '{' {
		var value any
		err := json.Unmarshal(raw, &value)
		return value, err
	}
	if raw[0] != '"' {
		return string(raw), nil
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return nil, err
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	return text, nil
}

// joined makes one value of those of several columns.
func (r *rule) joined(found []any) any {
	switch {
	case len(found) == 0:
		return nil
	case r.holds == list && r.Join == nil && len(r.From) > 1:
		var all []any
		for _, value := range found {
			if items, ok := value.([]any); ok {
				all = append(all, items...)
			} else {
				for _, item := range splitList(fmt.Sprint(value)) {
					all = append(all, item)
				}
			}
		}
		return all
	case r.Join == nil:
		return found[0]
	}
	var parts []string
	for _, value := range found {
		if items, ok := value.([]any); ok {
			for _, item := range items {
				parts = append(parts, fmt.Sprint(item))
			}
		} else {
			parts = append(parts, fmt.Sprint(value))
		}
	}
	return strings.Join(parts, *r.Join)
}

// translated looks a value up among the rule's values.
func (r *rule) translated(value any) (any, error) {
	if len(r.Values) == 0 || value == nil {
		return value, nil
	}
	if items, ok := value.([]any); ok {
		translated := make([]any, 0, len(items))
		for _, item := range items {
			to, err := r.translated(item)
			if err != nil {
				return nil, err
			}
			if to != nil {
				translated = append(translated, to)
			}
		}
		return translated, nil
	}
	to, known := r.Values[strings.ToLower(strings.TrimSpace(fmt.Sprint(value)))]
	if !known {
		if to, known = r.Values["*"]; !known {
			return nil, fmt.Errorf("%q is not among the values of the mapping", short(fmt.Sprint(value)))
		}
	}
	if to == "" {
		return nil, nil
	}
	if n, ok := to.(uint64); ok {
		return int64(n), nil
	}
	return to, nil
}

func split(value any, separator string) any {
	text, ok := value.(string)
	if !ok {
		return value
	}
	var items []any
	for item := range strings.SplitSeq(text, separator) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// put sets a field of a row, which may be inside of another ("outcome.hired").
func put(object map[string]any, field string, value any) {
	outer, inner, nested := strings.Cut(field, ".")
	if !nested {
		object[outer] = value
		return
	}
	part, _ := object[outer].(map[string]any)
	if part == nil {
		part = make(map[string]any)
		object[outer] = part
	}
	part[inner] = value
}

func textItems(value any) []string {
	if items, ok := value.([]any); ok {
		list := make([]string, 0, len(items))
		for _, item := range items {
			list = append(list, strings.TrimSpace(fmt.Sprint(item)))
		}
		return slices.DeleteFunc(list, func(s string) bool { return s == "" })
	}
	return splitList(fmt.Sprint(value))
}
