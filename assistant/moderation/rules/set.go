package rules

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/moderation/message"
)

// Set is a compiled set of rules. It never changes and may be used by many at once.
type Set struct {
	version    string
	lexicon    *lexicon
	automaton  *automaton
	rules      []*rule
	byKey      [][]keyed // of a class: the phrases of which it is the rarest
	byDetector map[string][]*rule
	detectors  []string
	known      *dictionary
	accounts   int // the class of the list of that name, 0 for none
	scans      sync.Pool
}

// keyed is a phrase of a rule.
type keyed struct {
	rule   *rule
	phrase *phrase
}

// Version identifies the contents of the rules: sets with the same version judge alike.
func (s *Set) Version() string { return s.version }

// Rules describes the rules, in the order of their ids.
func (s *Set) Rules() []Rule {
	list := make([]Rule, 0, len(s.rules))
	for _, r := range s.rules {
		list = append(list, r.Rule)
	}
	return list
}

// maxText is how many bytes of a text are read: of a longer one the first and
// the last half of that.
const maxText = 64 << 10

// Check looks for everything that the rules know. Of a text over 64 KiB the
// first and the last 32 KiB are read. The time it takes is linear in that.
func (s *Set) Check(m message.Message) Result {
	text := valid(m.Text)
	c := checker{set: s, message: &m, text: text}
	c.thread = conversation{set: s, lines: m.Thread}
	defer c.thread.close()
	result := Result{Text: s.normalise(text)}
	for i := range result.Text.Readings {
		c.read(&result.Text.Readings[i], nil)
	}
	c.acrossMessages()
	result.Hits = c.sorted()
	return result
}

// checker collects the hits of one message.
type checker struct {
	set     *Set
	message *message.Message
	text    string
	thread  conversation
	hits    []Hit
	count   []uint8 // hits of a rule, by its index; made with the first hit
}

// read looks for everything in one reading. With joined it is a reading of
// several messages, and only what crosses from one to the other counts.
func (c *checker) read(r *Reading, joined *joint) {
	s := c.set.scans.Get().(*scan)
	defer c.set.scans.Put(s)
	s.read(r, c.set.lexicon, c.set.automaton)
	if s.original = ""; r.Kind == Folded && joined == nil {
		s.original = c.text
	}
	if len(s.words) == 0 {
		return
	}
	for _, class := range s.seen {
		for _, k := range c.set.byKey[class] {
			c.phrase(s, k, joined)
		}
	}
	for _, name := range c.set.detectors {
		c.detect(s, name, joined)
	}
}

func (c *checker) phrase(s *scan, k keyed, joined *joint) {
	if !k.rule.appliesTo(c.message) {
		return
	}
	places := 0
	s.find(k.phrase, func(m phraseMatch) bool {
		places++
		c.consider(s, k.rule, m, joined)
		return places < maxPlaces && !c.full(k.rule)
	})
}

func (c *checker) detect(s *scan, name string, joined *joint) {
	rules := c.set.byDetector[name]
	if !slices.ContainsFunc(rules, func(r *rule) bool { return r.appliesTo(c.message) }) {
		return
	}
	d := detectors[name]
	for _, found := range d.find(s) {
		if joined != nil && ofDigits[name] && !c.goesOn(s, joined, found) {
			continue
		}
		m := phraseMatch{first: s.wordAt(found.start), last: s.wordAt(found.end - 1), start: found.start, end: found.end}
		for _, r := range rules {
			if r.appliesTo(c.message) && !c.full(r) {
				c.consider(s, r, m, joined)
			}
		}
	}
}

// consider adds a hit when a match of a rule counts.
func (c *checker) consider(s *scan, r *rule, m phraseMatch, joined *joint) {
	if joined != nil && !joined.crosses(s.reading, m) {
		return
	}
	m, counts := s.accept(r, m, &c.thread)
	if !counts {
		return
	}
	from, to := s.reading.Span(m.start, m.end)
	if joined != nil {
		joined.hits(c, r, from, to)
		return
	}
	c.add(r, from, to, 0, c.text)
}

func (c *checker) add(r *rule, from, to, thread int, text string) {
	for _, h := range c.hits {
		if h.Rule == r.ID && h.Thread == thread && from < h.End && h.Start < to {
			return // in another reading
		}
	}
	if c.count == nil {
		c.count = make([]uint8, len(c.set.rules))
	}
	c.count[r.index]++
	c.hits = append(c.hits, Hit{Rule: r.ID, Version: r.Version, Label: r.Label, Strength: r.Strength, BuiltIn: r.builtIn,
		Quote: sliceUnits(text, from, to), Start: from, End: to, Thread: thread})
}

func (c *checker) full(r *rule) bool { return c.count != nil && c.count[r.index] >= hitsPerRule }

func (c *checker) sorted() []Hit {
	slices.SortFunc(c.hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.Thread, b.Thread), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Rule, b.Rule))
	})
	return c.hits
}

// valid replaces every byte that is no UTF-8, as JSON does.
func valid(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}
