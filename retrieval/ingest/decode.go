package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval"
)

// decoder turns rows into what they ask for.
type decoder struct {
	kind    retrieval.Kind // of rows that do not say theirs
	mapping *Mapping       // nil: rows have our own fields
	deletes bool           // each row names a document to delete
	strict  bool           // an id is required, and the form of collected posts not known
	mask    bool
}

// item is what a row asks for: a document to be stored, or one of which only
// kind and id are known to be deleted.
type item struct {
	doc     retrieval.Document
	deleted bool
	masked  int // contacts that were taken out of its texts
}

func (it item) key() docKey { return docKey{it.doc.Kind, it.doc.ID} }

type docKey struct {
	kind retrieval.Kind
	id   string
}

func (d *decoder) decode(r row) (item, error) {
	switch {
	case r.err != nil:
		return item{}, r.err
	case !utf8.Valid(r.data):
		return item{}, errors.New("is not UTF-8")
	case bytes.IndexByte(r.data, 0) >= 0 || bytes.Contains(r.data, []byte(`\u0000`)):
		return item{}, errors.New("contains a NUL character")
	}
	it, err := d.plainRow(r.data)
	if err != nil {
		it, err = d.anyRow(r)
	}
	if err != nil || !d.mask || it.deleted {
		return it, err
	}
	it.masked = maskContacts(&it.doc)
	return it, it.doc.Validate()
}

// plainRow decodes a row that is a document as it stands, in one go. An error
// says only that it is something else, or wrong.
func (d *decoder) plainRow(data []byte) (item, error) {
	if d.mapping != nil || d.deletes || len(data) < 2 || data[0] != '{' {
		return item{}, retrieval.ErrInvalid
	}
	if !bytes.Contains(data, []byte(`"kind"`)) {
		data = slices.Concat([]byte(`{"kind":"`+string(d.kind)+`",`), data[1:]) // where it is looked for first
	}
	doc, err := retrieval.DecodeDocument(data, d.kind)
	if err == nil && cleanDocument(&doc) {
		doc.Normalise()
		err = doc.Validate()
	}
	return item{doc: doc}, err
}

// anyRow decodes what plainRow does not, and says what is wrong.
func (d *decoder) anyRow(r row) (item, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(r.data, &fields); err != nil || fields == nil {
		_, err := retrieval.DecodeDocument(r.data, d.kind) // which says what is wrong
		return item{}, err
	}
	fields, same, err := d.ours(fields)
	if err != nil {
		return item{}, err
	}
	if fields["deleted"] != nil || d.deletes {
		same = false
		deleted, err := d.deletion(fields)
		if err != nil || deleted {
			return d.deletedItem(fields, err)
		}
	}
	if absent(fields["id"]) && !d.strict {
		fields["id"], same = contentID(fields), false
	}
	if cleanFields(fields) || !same {
		r.data = nil
	}
	doc, err := d.document(fields, r.data)
	return item{doc: doc}, err
}

// ours unwraps a row of a rejects file, and brings a foreign one into our
// fields. same says that there was nothing to do.
func (d *decoder) ours(fields map[string]json.RawMessage) (_ map[string]json.RawMessage, same bool, err error) {
	fields, handedBack, err := unwrap(fields)
	switch {
	case err != nil:
		return nil, false, err
	case d.mapping != nil:
		fields, err = d.mapping.apply(fields)
		return fields, false, err
	case handedBack:
		fields, err = typed(fields, d.saidKind(fields))
		return fields, false, err
	}
	return fields, true, nil
}

// document decodes a row with our fields. data is the row as it came, nil when
// it was changed since.
func (d *decoder) document(fields map[string]json.RawMessage, data []byte) (doc retrieval.Document, err error) {
	if d.collected(fields) {
		return decodeCollected(fields)
	}
	if data == nil {
		if data, err = json.Marshal(fields); err != nil {
			return doc, err
		}
	}
	return retrieval.DecodeDocument(data, d.kind)
}

// saidKind is the kind that a row names, or else the usual one.
func (d *decoder) saidKind(fields map[string]json.RawMessage) retrieval.Kind {
	var said string
	if raw, ok := fields["kind"]; ok && json.Unmarshal(raw, &said) == nil && said != "" {
		return retrieval.Kind(said)
	}
	return d.kind
}

// collected reports whether a row has the form of collected posts.
func (d *decoder) collected(fields map[string]json.RawMessage) bool {
	if d.strict || d.saidKind(fields) != retrieval.KindJobPost || fields["pay_min"] != nil || fields["pay_max"] != nil {
		return false
	}
	for _, name := range []string{"platform", "budget", "rate_min", "rate_max", "duration", "proposals"} {
		if fields[name] != nil {
			return true
		}
	}
	return false
}

// deletion reports whether a row asks for a document to be deleted.
func (d *decoder) deletion(fields map[string]json.RawMessage) (deleted bool, err error) {
	raw, said := fields["deleted"]
	delete(fields, "deleted")
	if d.deletes {
		return true, nil
	}
	if said && json.Unmarshal(raw, &deleted) != nil {
		return false, errors.New("deleted: is true or false")
	}
	return deleted, nil
}

func (d *decoder) deletedItem(fields map[string]json.RawMessage, err error) (item, error) {
	if err != nil {
		return item{}, err
	}
	kind, id := d.saidKind(fields), ""
	if columns[kind] == nil {
		return item{}, fmt.Errorf("kind %q is not one of job_post, profile, proposal", short(string(kind)))
	}
	if raw := fields["id"]; absent(raw) {
		return item{}, errors.New("id: is missing, so there is no telling what to delete")
	} else if json.Unmarshal(raw, &id) != nil {
		return item{}, errors.New("id: expected a text")
	}
	doc := retrieval.Document{Kind: kind, ID: id}
	doc.Normalise()
	return item{doc: doc, deleted: true}, nil
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
