package jobpost

import (
	"encoding/json"
	"fmt"
	"strings"
)

// texts is a list of texts, or a single one.
type texts []string

// UnmarshalJSON reads a list, a text, a number, or null.
func (t *texts) UnmarshalJSON(data []byte) error {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	switch v := value.(type) {
	case nil:
		*t = nil
	case []any:
		list := make(texts, 0, len(v))
		for _, item := range v {
			list = append(list, strings.TrimSpace(fmt.Sprint(item)))
		}
		*t = list
	case map[string]any:
		return fmt.Errorf("a list of texts is expected, not an object")
	default:
		*t = texts{strings.TrimSpace(fmt.Sprint(v))}
	}
	return nil
}

// Range is two bounds; 0 is a bound that was not said.
type Range struct {
	Min float64 `json:"min"`
	Max float64 `json:"max"`
}

// UnmarshalJSON reads an object or a number, which is both bounds.
func (r *Range) UnmarshalJSON(data []byte) error {
	var n float64
	if json.Unmarshal(data, &n) == nil {
		*r = Range{n, n}
		return nil
	}
	type plain Range
	return json.Unmarshal(data, (*plain)(r))
}

// Known reports whether a bound is there.
func (r *Range) Known() bool { return r != nil && (r.Min > 0 || r.Max > 0) }
