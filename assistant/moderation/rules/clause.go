package rules

import (
	"slices"
	"strings"
)

// Bounds on how far from a match a word may stand that governs it.
const (
	governsAhead  = 25 // words, of one before the match
	governsBehind = 8  // of one after it
)

// Words that tell how the parts of a sentence between commas belong together.
var (
	// lists what stands behind the commas: "the footer should show the name, the street, +49 ..."
	listing = wordSet("show shows read reads say says display displays print prints include includes contain contains list lists match matches accept accepts reject rejects mostrar decir afficher zeigen anzeigen")
	// begins something of its own: "the header should be blue, you can call +49 ..."
	ownClause = wordSet("i im ill ive id we you u ur me my is its are be can could call text txt reach ring write ping message msg contact whatsapp so but because while whereas although though however pero mais aber porque parce weil")
	parting   = wordSet("but because while whereas although though however pero mais aber porque weil")
	shortened = wordSet("tel nr no ph mob fax num") // their full stop ends nothing
	owed      = wordSet("should must needs has")
	// takes up what was said before the comma: "+49 ..., put that on the flyer"
	takingUp = wordSet("it its this that thats these those them which both one eso esto ca cela das dies isso")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// governs tells whether the words o say of a match what it is for: they stand
// in its clause, before it or soon after it.
func (s *scan) governs(o, m phraseMatch) bool {
	if o.first < m.first && (m.first-o.last > governsAhead || s.parted(o.first, m.first, true)) {
		return false
	}
	return o.last <= m.last || o.first-m.last <= governsBehind && !s.parted(m.last, o.last, false)
}

// parted tells whether a clause ends between two words. A comma or a new line
// does not end it in a list, nor where what follows takes up what was before:
// the former counts in front of a match, the latter behind it.
func (s *scan) parted(from, to int, before bool) bool {
	list := false
	for w := from; w < to; w++ {
		list = list || listing[s.word(w)]
		gap := s.text[s.words[w].end:s.words[w+1].start]
		list = list || strings.Contains(gap, ":")
		if s.words[w].sentence != s.words[w+1].sentence && !shortened[s.word(w)] && !s.enclosed(quotedExcuse, s.match(w, w+1)) {
			return true
		}
		if w+1 < to && parting[s.word(w+1)] {
			return true
		}
		if !strings.ContainsAny(gap, ",\n") {
			continue
		}
		if before && takingUp[s.word(w+1)] && w+2 < to && owed[s.word(w+2)] { // ", it should be +49 ..."
			continue
		}
		if before && (!list || s.anyOf(w+1, to, ownClause)) {
			return true
		}
		if !before && !s.anyOf(w+1, min(to, w+5), takingUp) {
			return true
		}
	}
	return false
}

// anyOf tells whether one of the words [from, to) is in a set.
func (s *scan) anyOf(from, to int, set map[string]bool) bool {
	for w := from; w < to; w++ {
		if set[s.word(w)] {
			return true
		}
	}
	return false
}

func (s *scan) word(w int) string {
	text := s.text[s.words[w].start:s.words[w].end]
	if strings.ContainsAny(text, "'`") {
		text = strings.NewReplacer("'", "", "`", "").Replace(text)
	}
	return text
}

// said tells whether phrases are said of a match: in its clause, outside of it
// and not in a quotation.
func (s *scan) said(places []phraseMatch, m phraseMatch) bool {
	return slices.ContainsFunc(places, func(o phraseMatch) bool {
		switch {
		case o.first >= m.first && o.last <= m.last || s.enclosed(quotedExcuse, o):
			return false
		case o.first < m.first:
			return m.first-o.last <= governsAhead && !s.cut(o.first, m.first)
		}
		return o.first-m.last <= governsBehind && !s.cut(m.last, o.last)
	})
}

// cut tells whether a comma or more stands between two words.
func (s *scan) cut(from, to int) bool {
	return s.words[from].sentence != s.words[to].sentence || strings.ContainsAny(s.text[s.words[from].end:s.words[to].start], ",\n")
}
