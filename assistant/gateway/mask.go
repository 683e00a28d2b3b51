package gateway

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
)

// aboutMasked is said to a model that is sent placeholders.
const aboutMasked = "Texts such as {email_1} or {phone_2} stand for personal data that was left out. Where you need one, copy it exactly, with its braces."

// hidden are the pieces of personal data that were left out of a request, by
// the placeholders that stand for them, in lower case.
type hidden struct {
	values  map[string]string
	longest int  // of the placeholders, in bytes
	quoted  bool // the answer is JSON
}

// mask puts placeholders in the place of personal data in facts and history.
// The same value has the same placeholder everywhere. A request without any
// personal data is returned as it is, with nil.
func (known *memo) mask(request model.Request) (model.Request, *hidden) {
	m := &masker{known: known, request: request, names: make(map[string]string), next: make(map[string]int)}
	facts, history := slices.Clone(request.Facts), slices.Clone(request.History)
	for i, fact := range facts {
		facts[i].Text, facts[i].Attrs = m.text(fact.Text), m.attrs(fact.Attrs)
	}
	for i, message := range history {
		history[i].Text = m.text(message.Text)
	}
	if len(m.names) == 0 {
		return request, nil
	}
	request.Facts, request.History = facts, history
	request.Instructions += "\n\n" + aboutMasked
	h := &hidden{values: make(map[string]string), quoted: request.Schema != nil}
	for value, name := range m.names {
		h.values[name] = value
		h.longest = max(h.longest, len(name))
	}
	return request, h
}

type masker struct {
	known   *memo
	request model.Request
	names   map[string]string // placeholders by value
	next    map[string]int    // by kind
	foreign map[string]bool   // placeholders that somebody wrote; nil until that matters
}

func (m *masker) text(text string) string {
	found := m.known.personal(text)
	if len(found) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, s := range found {
		b.WriteString(text[at:s.start])
		b.WriteString(m.name(s.kind, text[s.start:s.end]))
		at = s.end
	}
	b.WriteString(text[at:])
	return b.String()
}

func (m *masker) attrs(attrs map[string]string) map[string]string {
	var masked map[string]string
	for _, key := range slices.Sorted(maps.Keys(attrs)) { // in an order, so that the same request always reads the same
		if text := m.text(attrs[key]); text != attrs[key] {
			if masked == nil {
				masked = maps.Clone(attrs)
			}
			masked[key] = text
		}
	}
	if masked == nil {
		return attrs
	}
	return masked
}

// name returns the placeholder of a value: one that nobody has written.
func (m *masker) name(kind, value string) string {
	for m.names[value] == "" {
		m.next[kind]++
		if name := fmt.Sprintf("{%s_%d}", kind, m.next[kind]); !m.written(name) {
			m.names[value] = name
		}
	}
	return m.names[value]
}

// placeholder is what one looks like, in lower case.
var placeholder = regexp.MustCompile(`\{[a-z]+_\d+\}`)

// written reports whether the request has a text that reads like this placeholder.
func (m *masker) written(name string) bool {
	if m.foreign == nil {
		m.foreign = make(map[string]bool)
		look := func(text string) {
			if strings.Contains(text, "{") {
				for _, found := range placeholder.FindAllString(strings.ToLower(text), -1) {
					m.foreign[found] = true
				}
			}
		}
		for _, fact := range m.request.Facts {
			look(fact.Text)
			for _, text := range fact.Attrs {
				look(text)
			}
		}
		for _, message := range m.request.History {
			look(message.Text)
		}
	}
	return m.foreign[name]
}

// unmasking puts personal data back into the pieces of an answer, also where a
// placeholder is spread over several pieces.
type unmasking struct {
	yield  func(string) error
	hidden *hidden // nil when nothing was masked
	held   string  // the beginning of what may become a placeholder
}

func (u *unmasking) take(text string) error {
	if u.hidden == nil {
		return u.yield(text)
	}
	var out strings.Builder
	text = u.held + text
	u.held = ""
	for {
		before, _, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			break
		}
		text = text[len(before):]
		end := strings.IndexByte(text, '}') + 1
		if end == 0 && len(text) < u.hidden.longest && u.hidden.begins(text) {
			u.held = text
			break
		}
		if value, ok := u.hidden.values[strings.ToLower(text[:end])]; ok {
			out.WriteString(u.hidden.quote(value))
			text = text[end:]
			continue
		}
		out.WriteByte('{')
		text = text[1:]
	}
	if out.Len() == 0 {
		return nil
	}
	return u.yield(out.String())
}

// rest gives out what was held when the answer has ended.
func (u *unmasking) rest() error {
	if u.held == "" {
		return nil
	}
	held := u.held
	u.held = ""
	return u.yield(held)
}

func (h *hidden) begins(text string) bool {
	text = strings.ToLower(text)
	for name := range h.values {
		if strings.HasPrefix(name, text) {
			return true
		}
	}
	return false
}

// quote makes a value fit into the strings of a JSON answer.
func (h *hidden) quote(value string) string {
	if !h.quoted {
		return value
	}
	raw, err := json.Marshal(value)
	if err != nil { // a string: it cannot fail
		return value
	}
	return string(raw[1 : len(raw)-1])
}
