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

// splitter walks over a folded text word by word. It tells what it sees to
// take, a byte at a time, and done when a word has ended.
type splitter struct {
	words    []word
	sentence int32
}

// split finds the words of a folded text and runs the automaton over them;
// found is called with every term and the number of the word where it ends.
// Terms that are beginnings of words are found there too: whole tells that the
// word ends here.
func (p *splitter) split(text string, a *automaton, found func(term int32, word int, whole bool)) {
	p.words, p.sentence = p.words[:0], 0
	state, inside := int32(0), false
	begin := func(at int) {
		if !inside {
			inside = true
			p.words = append(p.words, word{start: int32(at), sentence: p.sentence, number: true})
			state = a.step(state, ' ')
		}
	}
	finish := func(at int) {
		if inside {
			inside = false
			p.words[len(p.words)-1].end = int32(at)
			report(a, state, len(p.words)-1, true, found)
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			switch {
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				begin(i)
				p.words[len(p.words)-1].number = false
				for k := range size {
					state = a.step(state, text[i+k])
				}
				report(a, state, len(p.words)-1, false, found)
			case unicode.IsSymbol(r): // an emoji
				finish(i)
				begin(i)
				p.words[len(p.words)-1].number = false
				for k := range size {
					state = a.step(state, text[i+k])
				}
				finish(i + size)
			default:
				finish(i)
			}
			i += size
			continue
		}
		switch classOf[c] {
		case letter:
			begin(i)
			p.words[len(p.words)-1].number = false
			state = a.step(state, c)
			if a.deep[state] {
				report(a, state, len(p.words)-1, false, found)
			}
		case figure:
			begin(i)
			state = a.step(state, c)
			if a.deep[state] {
				report(a, state, len(p.words)-1, false, found)
			}
		case silent:
			if i+1 >= len(text) || text[i+1] >= utf8.RuneSelf || classOf[text[i+1]] != letter {
				finish(i)
			}
		default:
			finish(i)
			if ends(text, i) {
				p.sentence++
				state = 0
			}
		}
		i++
	}
	finish(len(text))
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

// report passes on the terms that end in a state.
func report(a *automaton, state int32, at int, whole bool, found func(int32, int, bool)) {
	if !a.deep[state] {
		return
	}
	for ; state != 0; state = a.link[state] {
		for _, term := range a.out[state] {
			found(term, at, whole)
		}
	}
}
