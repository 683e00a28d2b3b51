package rules

import (
	"unicode"
	"unicode/utf8"
)

// word is a piece of a reading between white space and punctuation; a sign
// such as an emoji is a word of its own.
type word struct {
	start, end int32 // bytes
	sentence   int32 // its number, from 0
	number     bool  // nothing but digits
}

// Classes of bytes below 0x80. Bytes above are looked at as characters.
const (
	apart   = iota // ends a word
	letter         // also digits
	figure         //
	silent         // an apostrophe inside a word: "don't" is read as "dont"
	stop           // ends a sentence before white space or the end
	newline        //
)

var classOf = func() (table [utf8.RuneSelf]uint8) {
	for c := byte('a'); c <= 'z'; c++ {
		table[c], table[c-0x20] = letter, letter
	}
	for c := byte('0'); c <= '9'; c++ {
		table[c] = figure
	}
	table['\''], table['`'] = silent, silent
	table['.'], table['!'], table['?'], table[';'] = stop, stop, stop, stop
	table['\n'] = newline
	return table
}()

// splitter walks over a folded text word by word and runs an automaton over
// the words.
type splitter struct {
	words    []word
	sentence int32

	automaton *automaton
	state     int32
	inside    bool // a word
	found     func(term int32, word int, whole bool)
}

// split finds the words of a folded text; found is called with every term and
// the number of the word in which it ends. Terms that are beginnings of words
// are found inside them: whole tells that the word ends where the term does.
func (p *splitter) split(text string, a *automaton, found func(term int32, word int, whole bool)) {
	p.words, p.sentence = p.words[:0], 0
	p.automaton, p.state, p.inside, p.found = a, 0, false, found
	for i := 0; i < len(text); {
		c := text[i]
		if c >= utf8.RuneSelf {
			i += p.character(text, i)
			continue
		}
		switch classOf[c] {
		case letter, figure:
			p.begin(i)
			if classOf[c] == letter {
				p.words[len(p.words)-1].number = false
			}
			p.step(text[i : i+1])
		case silent:
			if i+1 >= len(text) || text[i+1] >= utf8.RuneSelf || classOf[text[i+1]] != letter {
				p.finish(i)
			}
		default:
			p.finish(i)
			if ends(text, i) {
				p.sentence++
				p.state = 0
			}
		}
		i++
	}
	p.finish(len(text))
}

// character takes a character beyond ASCII and returns its size: a letter goes
// into a word, a sign such as an emoji is one.
func (p *splitter) character(text string, i int) int {
	r, size := utf8.DecodeRuneInString(text[i:])
	sign := unicode.IsSymbol(r)
	if sign || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		p.finish(i)
	}
	if sign || unicode.IsLetter(r) || unicode.IsDigit(r) {
		p.begin(i)
		p.words[len(p.words)-1].number = false
		p.step(text[i : i+size])
	}
	if sign {
		p.finish(i + size)
	}
	return size
}

// begin starts a word at a byte, if none is begun.
func (p *splitter) begin(at int) {
	if !p.inside {
		p.inside = true
		p.words = append(p.words, word{start: int32(at), sentence: p.sentence, number: true})
		p.state = p.automaton.step(p.state, ' ')
	}
}

// step runs the automaton over a character.
func (p *splitter) step(character string) {
	for i := range len(character) {
		p.state = p.automaton.step(p.state, character[i])
	}
	p.report(false)
}

// finish ends the word before a byte, if one is begun.
func (p *splitter) finish(at int) {
	if p.inside {
		p.inside = false
		p.words[len(p.words)-1].end = int32(at)
		p.report(true)
	}
}

// report passes on the terms that end here.
func (p *splitter) report(whole bool) {
	if !p.automaton.deep[p.state] {
		return
	}
	for s := p.state; s != 0; s = p.automaton.link[s] {
		for _, term := range p.automaton.out[s] {
			p.found(term, len(p.words)-1, whole)
		}
	}
}

// ends tells whether a sentence ends with the byte at i: by a full stop and
// white space after it, by an empty line, or before an item of a list.
func ends(text string, i int) bool {
	rest := text[i+1:]
	switch classOf[text[i]] {
	case stop:
		return rest == "" || rest[0] == ' ' || rest[0] == '\n' || rest[0] == '"' || rest[0] == ')'
	case newline:
		return rest != "" && (rest[0] == '\n' || rest[0] == '-' || rest[0] == '*')
	}
	return false
}
