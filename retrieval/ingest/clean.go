package ingest

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest/contacts"
)

// proseFields are those that people write, where exports have HTML.
var proseFields = []string{"title", "description", "headline", "overview", "text", "skills", "credentials", "experience"}

// cleanFields takes HTML out of a row's texts, and reports whether there may have been any.
func cleanFields(fields map[string]json.RawMessage) (changed bool) {
	for _, name := range proseFields {
		raw := fields[name]
		if !bytes.ContainsAny(raw, "<&") && !bytes.Contains(raw, []byte(`\u003`)) && !bytes.Contains(raw, []byte(`\u0026`)) && !bytes.Contains(raw, []byte(`\u00a0`)) {
			continue
		}
		var value any
		if json.Unmarshal(raw, &value) != nil {
			continue // decoding it will say what is wrong
		}
		if cleaned, err := json.Marshal(cleanValue(value)); err == nil {
			fields[name], changed = cleaned, true
		}
	}
	return changed
}

func cleanValue(value any) any {
	switch value := value.(type) {
	case string:
		return stripHTML(value)
	case []any:
		for i := range value {
			value[i] = cleanValue(value[i])
		}
	case map[string]any:
		for name := range value {
			value[name] = cleanValue(value[name])
		}
	}
	return value
}

// prose are the texts of a document that people write.
func prose(d *retrieval.Document) (texts []*string) {
	list := func(entries []string) {
		for i := range entries {
			texts = append(texts, &entries[i])
		}
	}
	switch {
	case d.Post != nil:
		texts = append(texts, &d.Post.Title, &d.Post.Description)
	case d.Profile != nil:
		p := d.Profile
		texts = append(texts, &p.Headline, &p.Overview)
		for i := range p.Experience {
			texts = append(texts, &p.Experience[i].Title, &p.Experience[i].Text)
		}
		list(p.Credentials)
	case d.Proposal != nil:
		texts = append(texts, &d.Proposal.Text)
	}
	return texts
}

// cleanDocument takes HTML out of a document's texts and skills, and reports whether there was any.
func cleanDocument(d *retrieval.Document) (changed bool) {
	texts := prose(d)
	skills := d.Skills()
	for i := range skills {
		texts = append(texts, &skills[i])
	}
	for _, text := range texts {
		if strings.ContainsAny(*text, "<&\u00a0") {
			cleaned := stripHTML(*text)
			changed = changed || cleaned != *text
			*text = cleaned
		}
	}
	return changed
}

// maskContacts takes contacts out of a document's texts, and returns how many there were.
func maskContacts(d *retrieval.Document) (masked int) {
	for _, text := range prose(d) {
		var n int
		*text, n = contacts.Mask(*text)
		masked += n
	}
	return masked
}
