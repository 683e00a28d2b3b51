package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// moderateLine is a line of input, and then of output.
type moderateLine struct {
	raw     []byte
	number  int
	message message.Message
	verdict *moderation.Verdict // nil for a broken line
	took    time.Duration       // of rules and classifier
}

// read reads the message of a line. Only the text is required.
func (l *moderateLine) read() (message.Message, error) {
	var m struct {
		message.Message
		ID   any     `json:"id"` // a number does as well
		Text *string `json:"text"`
	}
	if len(l.raw) > maxModerateLine {
		return message.Message{}, fmt.Errorf("longer than %d MiB", maxModerateLine>>20)
	}
	if err := json.Unmarshal(l.raw, &m); err != nil {
		return message.Message{}, fmt.Errorf("not a message in JSON: %w", err)
	}
	switch {
	case m.Text == nil:
		return message.Message{}, errors.New("text is missing")
	case m.Channel != "" && !m.Channel.Known():
		return message.Message{}, fmt.Errorf("no channel is named %.40q", m.Channel)
	}
	m.Message.Text = *m.Text
	if m.ID != nil {
		m.Message.ID = fmt.Sprint(m.ID)
	}
	return m.Message, nil
}

// lineDecision are the fields that are added to a line.
type lineDecision struct {
	Decision moderation.Action        `json:"decision"`
	Labels   []policy.Label           `json:"labels"`
	Score    float64                  `json:"score"`
	Scores   map[policy.Label]float64 `json:"scores"`
	Stage    moderation.Stage         `json:"stage"`
	Rule     string                   `json:"rule"`   // "" when no rule counted
	Micros   int64                    `json:"micros"` // of rules and classifier
	Marks    []moderation.Mark        `json:"marks,omitempty"`
}

// decide adds the verdict.
func (l *moderateLine) decide(explain bool) {
	v := l.verdict
	d := lineDecision{v.Action, v.Labels, v.Score, v.Scores, v.Stage, v.Rule, l.took.Microseconds(), nil}
	if explain {
		d.Marks = v.Marks
	}
	l.add(d, "decision", "labels", "score", "scores", "stage", "rule", "micros", "marks", "error")
}

// fail keeps a broken line as it was, as far as it is JSON.
func (l *moderateLine) fail(err error) {
	l.add(struct {
		Line  int    `json:"line"`
		Error string `json:"error"`
	}{l.number, err.Error()}, "line", "error")
}

// add puts fields behind those of the line, which keep their order. Fields
// named names are left out of the line: they are what is added.
func (l *moderateLine) add(fields any, names ...string) {
	added, err := json.Marshal(fields)
	if err != nil { // scores are numbers between 0 and 1, the rest is text
		panic(fmt.Sprintf("encode a verdict: %v", err))
	}
	var out bytes.Buffer
	out.WriteByte('{')
	d := json.NewDecoder(bytes.NewReader(l.raw))
	if open, err := d.Token(); err == nil && open == json.Delim('{') {
		for d.More() {
			key, err := d.Token()
			var value json.RawMessage
			if err != nil || d.Decode(&value) != nil {
				out.Reset() // broken in the middle: nothing of it is kept
				out.WriteByte('{')
				break
			}
			name := key.(string) // keys of objects are
			if slices.Contains(names, name) {
				continue
			}
			encoded, _ := json.Marshal(name)
			out.Write(encoded)
			out.WriteByte(':')
			out.Write(value)
			out.WriteByte(',')
		}
	}
	out.Write(added[1:])
	var compact bytes.Buffer
	if json.Compact(&compact, out.Bytes()) == nil {
		out = compact
	}
	l.raw = out.Bytes()
}
