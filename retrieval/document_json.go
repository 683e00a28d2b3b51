package retrieval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// head are the fields that stand beside those of the kind in a document's JSON.
type head struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
	Demo bool   `json:"demo,omitempty"`
}

// The flat JSON of each kind.
type (
	postJSON struct {
		head
		*JobPost
	}
	profileJSON struct {
		head
		*Profile
	}
	proposalJSON struct {
		head
		*Proposal
	}
)

// MarshalJSON writes a document as one flat object: "kind", "id", "demo" where
// it is true, and the fields of its kind.
func (d Document) MarshalJSON() ([]byte, error) {
	h := head{d.Kind, d.ID, d.Demo}
	switch {
	case d.Kind == KindJobPost && d.Post != nil:
		return json.Marshal(postJSON{h, d.Post})
	case d.Kind == KindProfile && d.Profile != nil:
		return json.Marshal(profileJSON{h, d.Profile})
	case d.Kind == KindProposal && d.Proposal != nil:
		return json.Marshal(proposalJSON{h, d.Proposal})
	}
	return nil, fmt.Errorf("%w: document %q has no content of its kind %q", ErrInvalid, d.ID, d.Kind)
}

// UnmarshalJSON reads what MarshalJSON writes. A value of the wrong type is an
// error; fields it does not know are ignored, so that what a newer version
// stored can be read. What people send is read with [DecodeDocument].
func (d *Document) UnmarshalJSON(data []byte) error {
	return d.decode(data, "", false)
}

// DecodeDocument reads a document that somebody sent: one flat JSON object. A
// missing "kind" is taken to be kind. Unknown fields and values of the wrong
// type are refused; the document is normalised and validated. Errors wrap
// ErrInvalid and are fit to be shown to the sender.
func DecodeDocument(data []byte, kind Kind) (Document, error) {
	var d Document
	if err := d.decode(data, kind, true); err != nil {
		return Document{}, err
	}
	d.Normalise()
	return d, d.Validate()
}

func (d *Document) decode(data []byte, kind Kind, strict bool) error {
	said, err := kindOf(data)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrInvalid, plainJSONError(err))
	}
	if said != "" {
		kind = said
	}
	read := Document{Kind: kind}
	var h *head
	switch kind {
	case KindJobPost:
		body := postJSON{JobPost: new(JobPost)}
		err, h, read.Post = decodeBody(data, &body, strict), &body.head, body.JobPost
	case KindProfile:
		body := profileJSON{Profile: new(Profile)}
		err, h, read.Profile = decodeBody(data, &body, strict), &body.head, body.Profile
	case KindProposal:
		body := proposalJSON{Proposal: new(Proposal)}
		err, h, read.Proposal = decodeBody(data, &body, strict), &body.head, body.Proposal
	default:
		return fmt.Errorf("%w: kind %q is not one of job_post, profile, proposal", ErrInvalid, short(string(kind)))
	}
	if err != nil {
		return fmt.Errorf("%w: %s", ErrInvalid, plainJSONError(err))
	}
	read.ID, read.Demo = h.ID, h.Demo
	*d = read
	return nil
}

// kindOf finds the kind, at once where MarshalJSON puts it.
func kindOf(data []byte) (Kind, error) {
	for _, kind := range []Kind{KindJobPost, KindProfile, KindProposal} {
		if bytes.HasPrefix(data, []byte(`{"kind":"`+kind+`",`)) {
			return kind, nil
		}
	}
	var h head
	err := json.Unmarshal(data, &h)
	return h.Kind, err
}

func decodeBody(data []byte, into any, strict bool) error {
	if !strict {
		return json.Unmarshal(data, into)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}

// plainJSONError says what is wrong without the names of Go types.
func plainJSONError(err error) string {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		field := wrongType.Field
		if field == "" {
			return "expected a JSON object, found " + wrongType.Value
		}
		return fmt.Sprintf("%s: expected %s, found %s", field, jsonType(wrongType), wrongType.Value)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("not valid JSON at byte %d: %s", syntax.Offset, syntax.Error())
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

func jsonType(e *json.UnmarshalTypeError) string {
	switch e.Type.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Float64:
		return "a number"
	case reflect.Struct, reflect.Pointer:
		return "an object"
	}
	return "a whole number"
}
