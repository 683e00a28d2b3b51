package moderation

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Limits on what a Queue keeps, in bytes of UTF-8 where they are not of something else.
const (
	MaxText   = 64 << 10 // a message's text, and each line of its thread
	MaxThread = 20       // lines of a thread
	MaxNote   = 8 << 10  // a decision's note, an appeal, a verdict's reason
	MaxKey    = 512      // an id, or a name
)

// Prepare returns a case as a Queue keeps it, or ErrInvalid.
func (c Case) Prepare() (Case, error) {
	if err := checkKeys(true, c.ID, c.Message.ID); err != nil {
		return c, err
	}
	if err := checkKeys(false, c.Tenant, c.Hash, c.Subject, c.Session, c.Resp, c.Message.Sender); err != nil {
		return c, err
	}
	if c.Message.Channel == "" {
		c.Message.Channel = message.Direct
	}
	if !c.Message.Channel.Known() {
		return c, fmt.Errorf("%w: channel %q", ErrInvalid, c.Message.Channel)
	}
	if len(c.Message.Thread) > MaxThread {
		return c, fmt.Errorf("%w: a thread has at most %d lines", ErrInvalid, MaxThread)
	}
	var err error
	if c.Message.Text, err = limited("text", c.Message.Text, MaxText); err != nil {
		return c, err
	}
	if c.Message.Thread, err = storableThread(c.Message.Thread); err != nil {
		return c, err
	}
	if c.First, err = c.First.prepare(); err != nil {
		return c, err
	}
	c.Created = storableTime(c.Created)
	return c.PrepareChange()
}

// PrepareChange is Prepare for what a [Change] writes of a case.
func (c Case) PrepareChange() (Case, error) {
	if err := checkKeys(true, c.ID); err != nil {
		return c, err
	}
	if err := checkKeys(false, c.Tenant, c.Assignee); err != nil {
		return c, err
	}
	if c.Status != Judging && c.Status != Waiting && c.Status != Decided {
		return c, fmt.Errorf("%w: status %q", ErrInvalid, c.Status)
	}
	var err error
	if c.Appeal, err = limited("appeal", c.Appeal, MaxNote); err != nil {
		return c, err
	}
	if c.Verdict, err = c.Verdict.prepare(); err != nil {
		return c, err
	}
	c.Appealed, c.Changed, c.Deadline = storableTime(c.Appealed), storableTime(c.Changed), storableTime(c.Deadline)
	return c, nil
}

// Prepare returns an entry of a case's history as a Queue keeps it, or ErrInvalid.
func (d Decision) Prepare(number int, of string) (Decision, error) {
	d.Number, d.Case, d.At = number, of, storableTime(d.At)
	if err := checkKeys(true, d.ID, string(d.Kind)); err != nil {
		return d, err
	}
	if err := checkKeys(false, d.Actor, string(d.Stage), string(d.Action)); err != nil {
		return d, err
	}
	if err := checkLabels(d.Labels); err != nil {
		return d, err
	}
	var err error
	d.Note, err = limited("note", d.Note, MaxNote)
	return d, err
}

// prepare copies what it changes: a verdict may be shared.
func (v Verdict) prepare() (Verdict, error) {
	switch v.Action {
	case Deliver, DeliverAndReview, Hold, Block:
	default:
		return v, fmt.Errorf("%w: action %q", ErrInvalid, v.Action)
	}
	if err := checkLabels(v.Labels); err != nil {
		return v, err
	}
	var err error
	if v.Reason, err = limited("reason", v.Reason, MaxNote); err != nil {
		return v, err
	}
	marks := v.Marks
	v.Marks = nil
	for _, m := range marks {
		m.Quote = storableText(m.Quote)
		v.Marks = append(v.Marks, m)
	}
	return v, checkKeys(false, string(v.Stage), v.Rule)
}

func checkLabels(labels []policy.Label) error {
	for _, l := range labels {
		if !l.Known() {
			return fmt.Errorf("%w: label %q", ErrInvalid, l)
		}
	}
	return nil
}

func storableThread(thread []message.Line) (lines []message.Line, err error) {
	for _, line := range thread {
		if line.Text, err = limited("line of a thread", line.Text, MaxText); err != nil {
			return nil, err
		}
		line.Sender = storableText(line.Sender)
		lines = append(lines, line)
	}
	return lines, nil
}

func limited(what, text string, limit int) (string, error) {
	if len(text) > limit {
		return "", fmt.Errorf("%w: a %s has at most %d bytes", ErrInvalid, what, limit)
	}
	return storableText(text), nil
}

// storableText puts U+FFFD for U+0000, which PostgreSQL refuses, and for each byte that
// is not UTF-8: positions in the text, in UTF-16 code units, stay what they are.
func storableText(text string) string {
	return strings.Map(func(r rune) rune {
		if r == 0 {
			return utf8.RuneError
		}
		return r
	}, text)
}

// checkKeys checks what is looked up by, which must not be changed.
func checkKeys(needed bool, list ...string) error {
	for _, key := range list {
		switch {
		case key == "" && needed:
			return fmt.Errorf("%w: an id is missing", ErrInvalid)
		case len(key) > MaxKey:
			return fmt.Errorf("%w: an id has at most %d bytes", ErrInvalid, MaxKey)
		case !Key(key):
			return fmt.Errorf("%w: an id is UTF-8 without U+0000", ErrInvalid)
		}
	}
	return nil
}

// Key reports whether a string can be the id or name of anything in a queue.
func Key(s string) bool {
	return len(s) <= MaxKey && utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

func storableTime(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
