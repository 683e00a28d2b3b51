package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// Remark is about a row: why it was not loaded, or what is odd about it. Its
// JSON is a row too: once Row is put right, a file of remarks can be loaded,
// with the same options.
type Remark struct {
	File   string          `json:"file"`
	Line   int             `json:"line"` // on which the row begins, from 1
	Reason string          `json:"reason"`
	Row    json.RawMessage `json:"row"` // an object, a text for what is none, or null for what was too long to keep

	Loaded bool `json:"-"` // all the same: it has the id of an earlier row, which it replaces
}

// String is "FILE:LINE: reason".
func (r Remark) String() string { return fmt.Sprintf("%s:%d: %s", r.File, r.Line, r.Reason) }

func (r *run) reject(file string, row row, reason error) {
	r.sum.Rejected++
	if r.Remark != nil {
		r.Remark(Remark{File: file, Line: row.line, Reason: plain(reason), Row: row.handedBack()})
	}
}

// handedBack is the row as JSON.
func (r row) handedBack() json.RawMessage {
	if r.raw != nil {
		return r.raw()
	}
	if !json.Valid(r.data) {
		return asText(r.data)()
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(r.data, &fields) == nil && isRemark(fields) {
		return fields["row"]
	}
	return append(json.RawMessage(nil), r.data...)
}

// isRemark tells a row of a rejects file.
func isRemark(fields map[string]json.RawMessage) bool {
	return len(fields) == 4 && fields["file"] != nil && fields["line"] != nil && fields["reason"] != nil && fields["row"] != nil
}

// unwrap takes the row out of a remark.
func unwrap(fields map[string]json.RawMessage) (_ map[string]json.RawMessage, handedBack bool, err error) {
	if !isRemark(fields) {
		return fields, false, nil
	}
	var inner map[string]json.RawMessage
	if err := json.Unmarshal(fields["row"], &inner); err != nil || inner == nil {
		return nil, true, errors.New("row: is still no object; take it from its file, or leave this line out")
	}
	return inner, true, nil
}

// typed reads the texts of a table's row that was handed back as what they hold.
func typed(fields map[string]json.RawMessage, kind retrieval.Kind) (map[string]json.RawMessage, error) {
	object := make(map[string]any, len(fields))
	for name, raw := range fields {
		var value any = raw
		var text string
		holds, known := fieldHolds(name, kind)
		if known && holds != anything && json.Unmarshal(raw, &text) == nil {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			var err error
			if value, err = (column{holds: holds}).value(text); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		if known {
			put(object, name, value)
		} else {
			object[name] = value
		}
	}
	result := make(map[string]json.RawMessage, len(object))
	for name, value := range object {
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		result[name] = raw
	}
	return result, nil
}

// repeats remembers on which line a file has which id, for as many ids as it
// may: memory stays bounded, and beyond that repetitions are not noticed.
type repeats map[uint64]int

const maxRepeats = 1_000_000

var seed = maphash.MakeSeed()

func (k docKey) hash() uint64 { return maphash.String(seed, string(k.kind)+" "+k.id) }

// noteRepeat says when a row replaces an earlier one of its file.
func (r *run) noteRepeat(seen repeats, file string, line int, k docKey) {
	key := k.hash()
	earlier, repeated := seen[key]
	if repeated {
		r.sum.Repeated++
		if r.Remark != nil {
			r.Remark(Remark{File: file, Line: line, Loaded: true,
				Reason: fmt.Sprintf("id %q is also on line %d: this row replaces that one", k.id, earlier)})
		}
	}
	if repeated || len(seen) < maxRepeats {
		seen[key] = line
	}
}

// plain writes a reason on one line, without the prefixes of packages.
func plain(reason error) string {
	text := reason.Error()
	if errors.Is(reason, retrieval.ErrInvalid) {
		text = strings.TrimPrefix(text, retrieval.ErrInvalid.Error()+": ")
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}
