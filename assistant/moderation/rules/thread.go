package rules

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/moderation/message"
)

// Bounds on what is read of a thread.
const (
	threadLines = 4   // the last ones
	threadBytes = 600 // the end of each
)

// conversation is the thread before a message, read when a rule asks for it.
type conversation struct {
	set   *Set
	lines []message.Line
	scans []*scan
	read  bool
}

// says tells whether one of the last lines has one of the phrases.
func (v *conversation) says(phrases []*phrase) bool {
	if !v.read {
		v.read = true
		for _, l := range v.lines[max(0, len(v.lines)-threadLines):] {
			r := folded(valid(ending(l.Text, threadBytes)))
			s := v.set.scans.Get().(*scan)
			s.read(&r, v.set.lexicon, v.set.automaton)
			v.scans = append(v.scans, s)
		}
	}
	return slices.ContainsFunc(v.scans, func(s *scan) bool { return len(s.words) > 0 && len(s.places(phrases)) > 0 })
}

func (v *conversation) close() {
	for _, s := range v.scans {
		v.set.scans.Put(s)
	}
}

// ending is at most the last n bytes of a text.
func ending(text string, n int) string {
	if len(text) <= n {
		return text
	}
	text = text[len(text)-n:]
	for text != "" && !utf8.RuneStart(text[0]) {
		text = text[1:]
	}
	return text
}

// joint is a message put behind the sender's messages before it.
type joint struct {
	parts []part
	text  string
}

// part is one message of a joint: UTF-16 units [start, end) of it.
type part struct {
	start, end int
	offset     int    // where the part begins in its message
	thread     int    // as in Hit
	text       string // of the whole message
}

// acrossMessages looks for what the sender divided among the message and those
// before it.
func (c *checker) acrossMessages() {
	j := c.join()
	if j == nil {
		return
	}
	n := c.set.normalise(j.text)
	for i := range n.Readings {
		c.read(&n.Readings[i], j)
	}
}

// join returns nil where nothing can have been divided: a part of a number, an
// address or a name is short or has digits.
func (c *checker) join() *joint {
	lines := c.message.Thread
	from := max(0, len(lines)-6)
	j := &joint{}
	var b strings.Builder
	add := func(text string, thread int) {
		text = valid(text)
		piece := text
		if thread > 0 {
			piece = ending(text, 200)
		}
		start := unitsIn(b.String())
		b.WriteString(piece)
		j.parts = append(j.parts, part{start: start, end: start + unitsIn(piece), offset: unitsIn(text) - unitsIn(piece), thread: thread, text: text})
		b.WriteByte('\n')
	}
	for i, l := range lines[from:] {
		if l.Sender == c.message.Sender && strings.TrimSpace(l.Text) != "" {
			add(l.Text, from+i+1)
		}
	}
	if len(j.parts) == 0 || len(c.text) > 2000 {
		return nil
	}
	add(c.text, 0)
	j.text = b.String()
	return j
}

// crosses tells whether a match ends in this message; what it needs may stand
// in those before.
func (j *joint) crosses(r *Reading, m phraseMatch) bool {
	from, to := r.Span(m.start, m.end)
	last := j.parts[len(j.parts)-1]
	return from < to && to > last.start
}

// hits adds a hit for each message that [from, to) is in.
func (j *joint) hits(c *checker, r *rule, from, to int) {
	for _, p := range j.parts {
		if start, end := max(from, p.start), min(to, p.end); start < end {
			c.add(r, start-p.start+p.offset, end-p.start+p.offset, p.thread, p.text)
		}
	}
}

// unitsIn is the length of a text in UTF-16 code units.
func unitsIn(text string) (n int) {
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// sliceUnits returns the UTF-16 code units [from, to) of a valid text.
func sliceUnits(text string, from, to int) string {
	at, start := 0, len(text)
	for i, r := range text {
		if at >= to {
			return text[start:i]
		}
		if at >= from && start == len(text) {
			start = i
		}
		at += utf16.RuneLen(r)
	}
	return text[start:]
}
