package rules

import (
	"regexp"
	"slices"

	"github.com/parleyhq/parley/assistant/moderation/message"
)

// rule is a compiled Rule.
type rule struct {
	Rule
	index    int
	builtIn  bool
	channels []message.Channel // empty: all but Document
	senders  []string          // empty: all
	any      []*phrase
	detector string
	all      [][]*phrase
	near     int // words between the main match and those of all; 0: anywhere in the message
	after    []*phrase
	pattern  *regexp.Regexp
	unless   []exception
}

// exception is what makes a match innocent.
type exception struct {
	context *context  // or
	phrases []*phrase // in the same sentence
	builtin string    // "code" or "quoted"
}

// context is a named exception that rules share.
type context struct {
	index   int
	phrases []*phrase
	not     []*phrase // said of a match they take its excuse away
	scope   string
	fault   error
}

// Scopes of a context: where its words may stand to make a match innocent.
const (
	inMessage  = "message"
	inSentence = "sentence"
	isBefore   = "before" // in the same sentence, beginning no later than the match
	isAround   = "around" // in the same sentence or one beside it
	inClause   = "clause" // in the same clause, before the match or soon after it
)

// Bounds on what is looked at in one message.
const (
	maxPlaces   = 200 // of one rule's phrase, and of one context
	hitsPerRule = 3
)

// memo keeps what is worked out once a reading.
type memo struct {
	contexts map[int][]phraseMatch
	code     []span
	quoted   []span
	known    bool

	hosts      []dotted
	links      []link
	mails      []mail
	numbers    []number
	hostsKnown bool
	linksKnown bool
	mailsKnown bool
	phoneKnown bool
}

func (m *memo) reset() {
	clear(m.contexts)
	m.code, m.quoted, m.known = m.code[:0], m.quoted[:0], false
	m.hosts, m.links, m.mails, m.numbers = m.hosts[:0], m.links[:0], m.mails[:0], m.numbers[:0]
	m.hostsKnown, m.linksKnown, m.mailsKnown, m.phoneKnown = false, false, false, false
}

// appliesTo tells whether a rule is for a message's channel and sender.
func (r *rule) appliesTo(m *message.Message) bool {
	channel := m.Channel
	if channel == "" {
		channel = message.Direct
	}
	if len(r.channels) == 0 && channel == message.Document || len(r.channels) > 0 && !slices.Contains(r.channels, channel) {
		return false
	}
	return len(r.senders) == 0 || m.Sender == "" || slices.Contains(r.senders, m.Sender)
}

// accept tells whether a match of a rule's phrase or detector counts, and
// where: a pattern may narrow it.
func (s *scan) accept(r *rule, m phraseMatch, thread *conversation) (phraseMatch, bool) {
	for _, group := range r.all {
		if !s.beside(group, m, r.near) {
			return m, false
		}
	}
	if r.pattern != nil {
		from, to := s.window(m)
		at := r.pattern.FindStringIndex(s.text[from:to])
		if at == nil || at[0] == at[1] {
			return m, false
		}
		m.start, m.end = from+at[0], from+at[1]
	}
	if len(r.after) > 0 && !thread.says(r.after) {
		return m, false
	}
	return m, !s.excused(r, m)
}

// window is the part of the text that a pattern is run on.
func (s *scan) window(m phraseMatch) (from, to int) {
	const reach = 120
	from, to = max(0, m.start-reach), min(len(s.text), m.end+reach)
	for from > 0 && s.text[from]&0xC0 == 0x80 {
		from--
	}
	for to < len(s.text) && s.text[to]&0xC0 == 0x80 {
		to++
	}
	return from, to
}

// beside tells whether one of the phrases stands within so many words of a match.
func (s *scan) beside(phrases []*phrase, m phraseMatch, near int) (found bool) {
	for _, p := range phrases {
		seen := 0
		s.find(p, func(o phraseMatch) bool {
			seen++
			found = near == 0 || o.first-m.last <= near && m.first-o.last <= near
			return !found && seen < maxPlaces
		})
		if found {
			return true
		}
	}
	return false
}

// excused tells whether an exception of the rule holds for a match.
func (s *scan) excused(r *rule, m phraseMatch) bool {
	for _, e := range r.unless {
		switch {
		case e.builtin != "":
			if s.enclosed(e.builtin, m) {
				return true
			}
		case e.context != nil:
			if s.holds(e.context, m) {
				return true
			}
		default:
			if slices.ContainsFunc(s.places(e.phrases), func(o phraseMatch) bool { return s.within(inSentence, o, m) }) {
				return true
			}
		}
	}
	return false
}

// holds tells whether a context's words stand where they excuse a match.
func (s *scan) holds(c *context, m phraseMatch) bool {
	places := s.remembered(c.index, c.phrases)
	if !slices.ContainsFunc(places, func(o phraseMatch) bool { return s.within(c.scope, o, m) }) {
		return false
	}
	return len(c.not) == 0 || !s.said(s.remembered(-1-c.index, c.not), m)
}

// remembered is places, worked out once a reading for each key.
func (s *scan) remembered(key int, phrases []*phrase) []phraseMatch {
	list, known := s.memo.contexts[key]
	if !known {
		list = s.places(phrases)
		if s.memo.contexts == nil {
			s.memo.contexts = map[int][]phraseMatch{}
		}
		s.memo.contexts[key] = list
	}
	return list
}

func (s *scan) places(phrases []*phrase) (list []phraseMatch) {
	for _, p := range phrases {
		s.find(p, func(o phraseMatch) bool {
			list = append(list, o)
			return len(list) < maxPlaces
		})
	}
	return list
}

// within tells whether o stands in the scope around m.
func (s *scan) within(scope string, o, m phraseMatch) bool {
	of, ol := s.words[o.first].sentence, s.words[o.last].sentence
	mf, ml := s.words[m.first].sentence, s.words[m.last].sentence
	switch scope {
	case inMessage:
		return true
	case inClause:
		return s.governs(o, m)
	case isAround:
		return ol >= mf-1 && of <= ml+1
	case isBefore:
		return ol >= mf && of <= ml && o.first <= m.first
	}
	return ol >= mf && of <= ml
}
