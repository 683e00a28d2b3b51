package rules

import "strings"

// scan is what the automaton found in one reading: which classes of terms
// stand where. It is used again for the next reading, so that checking a
// message does not allocate.
type scan struct {
	reading *Reading
	splitter
	text     string
	known    *dictionary
	original string // the message, where the reading is its folded text
	accounts int
	classes  []place // of a class: where it occurs
	now      uint32  // the round
	all      []occurrence
	seen     []int32 // classes that occur, in the order of finding
	byWord   []int32 // of a word: 1 + the occurrence that begins there and was found last
	steps    int     // that may still be made: bounds what a hostile text costs
	memo     memo
}

// place is the list of a class's occurrences.
type place struct {
	round       uint32 // in which it was written; another one's is empty
	first, last int32  // 1 + the index of an occurrence
}

// occurrence is a term in a text: words first to last.
type occurrence struct {
	class       int32
	first, last int32
	next        int32 // of the same class; 0 for none, otherwise 1 + its index
	beside      int32 // that begins with the same word, likewise
}

// phraseMatch is a phrase or a detector's finding in a text: words first to last.
type phraseMatch struct {
	first, last int
	start, end  int // bytes
}

func newScan(classes, accounts int, known *dictionary) *scan {
	return &scan{known: known, accounts: accounts, classes: make([]place, classes)}
}

// read runs the automaton over a reading.
func (s *scan) read(r *Reading, x *lexicon, a *automaton) {
	s.reading, s.text = r, r.Text
	s.all, s.seen = s.all[:0], s.seen[:0]
	s.now++
	s.byWord = s.byWord[:0]
	s.memo.reset()
	s.split(r.Text, a, func(term int32, word int, whole bool) {
		if x.stem[term] == whole {
			return
		}
		first := word - x.length[term] + 1
		for _, class := range x.classes[term] {
			s.add(class, first, word)
		}
	})
	s.steps = 2000 + 100*len(s.words)
}

func (s *scan) add(class, first, last int) {
	at := int32(len(s.all)) + 1
	for len(s.byWord) <= last {
		s.byWord = append(s.byWord, 0)
	}
	s.all = append(s.all, occurrence{class: int32(class), first: int32(first), last: int32(last), beside: s.byWord[first]})
	s.byWord[first] = at
	c := &s.classes[class]
	if c.round != s.now {
		*c = place{round: s.now, first: at, last: at}
		s.seen = append(s.seen, int32(class))
		return
	}
	s.all[c.last-1].next = at
	c.last = at
}

// has tells whether a class occurs.
func (s *scan) has(class int) bool { return class < firstClass || s.classes[class].round == s.now }

// first returns the list of a class's occurrences: 1 + the index, 0 for none.
func (s *scan) firstOf(class int) int32 {
	if s.classes[class].round != s.now {
		return 0
	}
	return s.classes[class].first
}

// find calls yield with every place of a phrase until it returns false.
func (s *scan) find(p *phrase, yield func(phraseMatch) bool) {
	for _, class := range p.needs {
		if !s.has(class) {
			return
		}
	}
	e := p.elements[0]
	if e.class < firstClass {
		for w := range s.words {
			if s.fixed(e.class, w) && !s.try(p, w, w, yield) {
				return
			}
		}
		return
	}
	for at := s.firstOf(e.class); at != 0; {
		o := s.all[at-1]
		if (!p.start || o.first == 0) && !s.try(p, int(o.first), int(o.last), yield) {
			return
		}
		at = o.next
	}
}

// try looks for the rest of a phrase behind its first element; false when yield wants no more.
func (s *scan) try(p *phrase, first, last int, yield func(phraseMatch) bool) bool {
	end, found := s.rest(p.elements[1:], last)
	return !found || yield(s.match(first, end))
}

func (s *scan) match(first, last int) phraseMatch {
	return phraseMatch{first: first, last: last, start: int(s.words[first].start), end: int(s.words[last].end)}
}

// rest matches elements after the word last and returns the last word of all.
func (s *scan) rest(elements []element, last int) (end int, found bool) {
	if len(elements) == 0 {
		return last, true
	}
	e := elements[0]
	for w := last + 1; w <= last+1+e.gap && w < len(s.words) && s.words[w].sentence == s.words[last].sentence; w++ {
		if s.steps--; s.steps < 0 {
			return 0, false
		}
		if e.class < firstClass {
			if s.fixed(e.class, w) {
				if end, found = s.rest(elements[1:], w); found {
					return end, true
				}
			}
			continue
		}
		if w >= len(s.byWord) {
			break
		}
		for at := s.byWord[w]; at != 0; at = s.all[at-1].beside {
			if o := &s.all[at-1]; int(o.class) == e.class {
				if end, found = s.rest(elements[1:], int(o.last)); found {
					return end, true
				}
			}
		}
	}
	if e.optional {
		return s.rest(elements[1:], last)
	}
	return 0, false
}

// fixed tells whether a word is of one of the classes that are no lists.
func (s *scan) fixed(class, w int) bool {
	switch class {
	case numberWord:
		return s.words[w].number
	case moneyWord:
		return s.money(w)
	}
	return true
}

var currencies = map[string]bool{"usd": true, "eur": true, "gbp": true, "euro": true, "euros": true, "dollars": true, "dollar": true, "bucks": true, "pounds": true, "inr": true, "rupees": true, "php": true, "cad": true, "aud": true, "k": true}

// money tells whether a number is an amount: with a sign before or a currency after it.
func (s *scan) money(w int) bool {
	if !s.words[w].number {
		return false
	}
	before := strings.TrimRight(s.text[:s.words[w].start], " ")
	for _, sign := range []string{"$", "€", "£", "₹"} {
		if strings.HasSuffix(before, sign) || strings.HasPrefix(s.text[s.words[w].end:], sign) {
			return true
		}
	}
	return w+1 < len(s.words) && currencies[s.text[s.words[w+1].start:s.words[w+1].end]]
}

// wordAt returns the number of the word at a byte, or of the next one.
func (s *scan) wordAt(at int) int {
	low, high := 0, len(s.words)
	for low < high {
		if mid := (low + high) / 2; int(s.words[mid].end) <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return min(low, max(0, len(s.words)-1))
}
