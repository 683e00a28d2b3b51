package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval"
)

// rowDecoder turns rows into documents.
type rowDecoder struct {
	kind retrieval.Kind // of rows that do not say theirs
}

func (d rowDecoder) decode(r row) (retrieval.Document, error) {
	if r.err != nil {
		return retrieval.Document{}, r.err
	}
	if !utf8.Valid(r.data) {
		return retrieval.Document{}, errors.New("is not UTF-8")
	}
	if bytes.IndexByte(r.data, 0) >= 0 || bytes.Contains(r.data, []byte(`\u0000`)) {
		return retrieval.Document{}, errors.New("contains a NUL character")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(r.data, &fields); err != nil || fields == nil {
		return retrieval.DecodeDocument(r.data, d.kind) // which says what is wrong
	}
	if d.collected(fields) {
		return decodeCollected(fields)
	}
	if absent(fields["id"]) {
		fields["id"] = contentID(fields)
		data, err := json.Marshal(fields)
		if err != nil {
			return retrieval.Document{}, err
		}
		return retrieval.DecodeDocument(data, d.kind)
	}
	return retrieval.DecodeDocument(r.data, d.kind)
}

// collected reports whether a row has the form of collected posts.
func (d rowDecoder) collected(fields map[string]json.RawMessage) bool {
	kind := d.kind
	if raw, ok := fields["kind"]; ok {
		var said string
		if json.Unmarshal(raw, &said) == nil && said != "" {
			kind = retrieval.Kind(said)
		}
	}
	if kind != retrieval.KindJobPost || fields["pay_min"] != nil || fields["pay_max"] != nil {
		return false
	}
	for _, name := range []string{"platform", "budget", "rate_min", "rate_max", "duration", "proposals"} {
		if fields[name] != nil {
			return true
		}
	}
	return false
}

// absent reports whether a field has no value.
func absent(raw json.RawMessage) bool {
	return len(raw) == 0 || string(raw) == "null" || string(raw) == `""`
}

// contentID makes the id of a row without one from what it says, so that the
// same row has the same id in every run.
func contentID(fields map[string]json.RawMessage) json.RawMessage {
	delete(fields, "id")
	canonical, err := json.Marshal(fields) // in the order of the names
	if err != nil {
		canonical = fmt.Append(nil, fields)
	}
	sum := sha256.Sum256(canonical)
	return json.RawMessage(`"row-` + hex.EncodeToString(sum[:12]) + `"`)
}
