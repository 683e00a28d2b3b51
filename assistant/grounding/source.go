package grounding

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

// How a word or skill stands in a fact.
type standing uint8

const (
	affirmed standing = 1 << iota
	denied
	wished // affirmed only as something to come
)

// source is a fact taken apart.
type source struct {
	reading
	id        string
	about     string
	text      string              // folded
	plain     string              // its words, lower case, one space between
	words     map[string]standing // folded words, their stems, and what these stand for
	known     map[string]standing // skills
	sentences []statement
	// statements are the words of each statement.
	statements []map[string]bool
	clauses    []map[string]bool // the words of each clause with a number
	asides     []map[string]bool // the words of the other clauses of each statement
	verbatim   map[string]bool   // its sentences, folded
	labels     map[string]bool   // whom it is about: "c3"
	levels     map[string]bool   // groups of degrees
	excluded   bool
	value      bool // names something and states nothing
}

// statement is one sentence of a fact.
type statement struct {
	words  map[string]bool
	claims map[string]bool // groups of achievements
	counts int             // numbers
}

// hidden are attributes that say nothing of the world.
var hidden = wordSet("about paragraph p")

func takeApart(fact model.Fact, vocabulary *skills.Vocabulary) source {
	var text strings.Builder
	text.WriteString(fact.Text)
	for _, key := range sortedKeys(fact.Attrs) {
		if !hidden[key] {
			text.WriteString(" \n " + fact.Attrs[key])
		}
	}
	s := source{id: fact.ID, about: sideOf(fact), excluded: fact.Kind == KindExcluded, text: fold(text.String()),
		words: make(map[string]standing, text.Len()/3), known: make(map[string]standing), labels: make(map[string]bool), levels: make(map[string]bool), verbatim: make(map[string]bool)}
	s.reading = read(prepare(text.String(), false), vocabulary)
	for _, sentence := range Sentences(fact.Text) {
		s.verbatim[fold(prepare(sentence, true).text)] = true
	}
	s.verbatim[fold(prepare(fact.Text, true).text)] = true
	if code := fact.Attrs["currency"]; code != "" {
		for i := range s.quantities {
			if q := &s.quantities[i]; q.currency == "" && q.unit == "" {
				q.currency = strings.ToUpper(code)
			}
		}
	}
	s.gather()
	return s
}

// sideOf tells whose fact it is: what a post says is the client's.
func sideOf(fact model.Fact) string {
	if about := fact.Attrs["about"]; about != "" {
		return about
	}
	if fact.Kind == KindClient || fact.Kind == KindPost {
		return aboutYou
	}
	return ""
}

// gather indexes what the fact says.
func (s *source) gather() {
	var plain strings.Builder
	s.value = true
	plain.Grow(len(s.clean.text))
	for _, seg := range s.segments {
		for len(s.sentences) <= seg.sentence {
			s.sentences = append(s.sentences, statement{words: make(map[string]bool), claims: make(map[string]bool)})
		}
		if seg.label != "" {
			s.labels[seg.label] = true
		}
		if len(s.statements) <= seg.statement {
			s.statements, s.asides = append(s.statements, make(map[string]bool)), append(s.asides, make(map[string]bool))
		}
		how := s.standing(seg)
		clause := s.asides[seg.statement]
		if seg.counted {
			clause = make(map[string]bool)
		}
		s.clauses = append(s.clauses, clause)
		for i := seg.from; i < seg.to; i++ {
			t := s.tokens[i]
			plain.WriteString(t.lower + " ")
			if !t.word {
				continue
			}
			s.value = s.value && !isVerb(t.lower) && !subjects[t.lower]
			s.see(t.lower, how, s.sentences[seg.sentence].words, s.statements[seg.statement], clause)
			if g := achievements[t.lower]; g != "" && !s.inSkill[i] {
				s.sentences[seg.sentence].claims[g] = true
			}
			if leading[t.lower] {
				s.sentences[seg.sentence].claims["led"] = true
			}
			if g := degrees[t.lower]; g != "" {
				s.levels[g] = true
			}
			if universals[t.lower] {
				s.levels["all"] = true
			}
		}
	}
	for _, q := range s.quantities {
		s.sentences[s.segmentOf(q.from).sentence].counts++
	}
	for _, m := range s.skills {
		s.known[m.key] |= s.standing(*s.segmentOf(m.from))
	}
	s.plain = plain.String()
}

func (s *source) see(word string, how standing, in, with, clause map[string]bool) {
	stemmed := stem(word)
	base := canonical(stemmed)
	for _, w := range [3]string{word, stemmed, base} {
		s.words[w] |= how
		in[w], with[w], clause[w] = true, true, true
	}
}

func (s *source) standing(seg segment) standing {
	switch {
	case seg.negated || s.excluded:
		return denied
	case seg.tentative:
		return wished
	}
	return affirmed
}

func sortedKeys(attrs map[string]string) []string {
	keys := make([]string, 0, len(attrs))
	for key := range attrs {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// supports reports whether something that stands so in a fact may be said by a
// clause: what is denied only by a denial and the other way round, and what is
// only wished for never as knowledge.
func (s *source) supports(how standing, by *segment, who string) bool {
	if how == 0 {
		return false
	}
	if s.value && !s.excluded && who != aboutMe {
		return true
	}
	if by.negated {
		return how&denied != 0
	}
	if by.asserts && !by.tentative {
		return how&affirmed != 0
	}
	return how&(affirmed|wished) != 0
}

// allows reports whether a fact may be told by somebody at all.
func (s *source) allows(who string) bool {
	return s.about == "" || who != aboutMe && who != aboutYou || who == s.about
}

// about reports whether a fact speaks of the one a clause names: of nobody by
// name, or of them.
func (s *source) of(label string) bool {
	return label == "" || len(s.labels) == 0 || s.labels[label] || s.words[label] != 0
}
