// Package words is how texts are read as words, one way for search, for
// explanations and for every index: [Split] for the words of a text, [Stem] for
// what two forms of an English word share and [Forms] for those of another
// language, [Stop] for words that say nothing about work, [Rarity] for how much
// a word says. [Detect] finds out which language a text is in.
//
// Words are lower case and without accents. Names of technology stay whole and
// apart: c, c++, c# and .net are four words, and node.js is "node", "js" and
// "nodejs". Text in scripts that put no space between words is split into
// pairs of characters.
package words

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Rules is the version of how texts become words. It is raised whenever the
// same text gives other words, so that indexes know which documents to read anew.
const Rules = 2

// maxWord is the longest word in bytes. What is longer (keys, encoded data) is cut.
const maxWord = 48

// Split returns the words of a text in their order, repetitions included.
func Split(text string) []string {
	return AppendSplit(nil, text)
}

// AppendSplit appends the words of a text to list.
func AppendSplit(list []string, text string) []string {
	s := splitters.Get().(*splitter)
	defer s.release()
	return append(list, s.split(text)...)
}

// splitter walks over a folded text.
type splitter struct {
	text string
	at   int
	list []string
	// the parts of a compound such as "node.js" or "e-commerce", and where the last one ended
	parts []string
	ended int

	folded []byte // room to fold in
}

// splitters are used again, with the room that their lists have.
var splitters = sync.Pool{New: func() any { return new(splitter) }}

// release gives a splitter back, without the text that its words are parts of.
func (s *splitter) release() {
	clear(s.list)
	clear(s.parts[:cap(s.parts)])
	*s = splitter{list: s.list[:0], parts: s.parts[:0], folded: s.folded[:0]}
	splitters.Put(s)
}

// split returns the words of a text, in a list that is valid until release.
func (s *splitter) split(text string) []string {
	s.folded = appendFold(s.folded[:0], text)
	s.text = string(s.folded)
	for s.at < len(s.text) {
		s.next()
	}
	s.endCompound()
	return s.list
}

// next takes the word that begins at s.at, or skips one character.
func (s *splitter) next() {
	if c := s.text[s.at]; c < utf8.RuneSelf && c != '.' { // nearly all
		if isPlain(c) {
			s.word()
		} else {
			s.at++
		}
		return
	}
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case r == '.' && s.dotNET():
		s.endCompound()
		s.list = append(s.list, ".net")
		s.at += len(".net")
	case unspaced(r):
		s.endCompound()
		s.pairs()
	case isWord(r):
		s.word()
	default:
		s.at += size
	}
}

// word takes a run of letters and digits, with the signs of c++ and c#.
func (s *splitter) word() {
	start := s.at
	for s.at < len(s.text) {
		if isPlain(s.text[s.at]) {
			s.at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		if !isWord(r) || unspaced(r) {
			break
		}
		s.at += size
	}
	signs := s.signs()
	word := cut(s.text[start : s.at+signs])
	s.at += signs
	if !s.joins(start) {
		s.endCompound()
	}
	s.parts = append(s.parts, word)
	s.ended = s.at
	s.add(word)
}

// dotNET reports whether .net stands at s.at, as a word of its own or after one ("asp.net").
func (s *splitter) dotNET() bool {
	const name = ".net"
	if len(s.text) < s.at+len(name) || s.text[s.at:s.at+len(name)] != name {
		return false
	}
	after, _ := utf8.DecodeRuneInString(s.text[s.at+len(name):])
	return !isWord(after)
}

// signs returns how many bytes of + or # belong to the word that ends at s.at:
// those of "c++" and "c#," but not of "react+node" or "item #4".
func (s *splitter) signs() int {
	n := 0
	for n < 3 && s.at+n < len(s.text) && (s.text[s.at+n] == '+' || s.text[s.at+n] == '#') {
		n++
	}
	if n == 0 || s.text[s.at-1] >= '0' && s.text[s.at-1] <= '9' {
		return 0
	}
	if after, _ := utf8.DecodeRuneInString(s.text[s.at+n:]); isWord(after) {
		return 0
	}
	return n
}

// joins reports whether one dot or hyphen parts the word at start from the one before.
func (s *splitter) joins(start int) bool {
	return len(s.parts) > 0 && start == s.ended+1 && (s.text[s.ended] == '.' || s.text[s.ended] == '-')
}

// endCompound adds a compound of two parts in one piece, so that "e-commerce"
// is found by "ecommerce". Longer ones are mostly addresses and dates.
func (s *splitter) endCompound() {
	if len(s.parts) == 2 && !numeric(s.parts[0]) && !numeric(s.parts[1]) {
		s.add(cut(s.parts[0] + s.parts[1]))
	}
	s.parts = s.parts[:0]
}

func (s *splitter) add(word string) { s.list = append(s.list, word) }

// pairs takes a run of characters of a script without spaces and adds each two neighbours.
func (s *splitter) pairs() {
	before, n := s.at, 0
	for s.at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		if !unspaced(r) {
			break
		}
		if n++; n > 1 {
			s.list = append(s.list, s.text[before:s.at+size])
			before = s.at
		}
		s.at += size
	}
	if n == 1 {
		s.list = append(s.list, s.text[before:s.at])
	}
}

// fold returns a text in lower case without accents.
func fold(text string) string { return string(appendFold(make([]byte, 0, len(text)), text)) }

func appendFold(folded []byte, text string) []byte {
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && text[i] >= utf8.RuneSelf {
			i++
		}
		if i > start { // what follows is a letter or sign of its own, and changes nothing here
			folded = appendFolded(folded, text[start:i])
			continue
		}
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		folded = append(folded, c)
		i++
	}
	return folded
}

func appendFolded(folded []byte, text string) []byte {
	for _, r := range norm.NFKD.String(text) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if plain, ok := letters[r]; ok {
			folded = append(folded, plain...)
		} else {
			folded = utf8.AppendRune(folded, r)
		}
	}
	return folded
}

// letters are those that are written otherwise without being accented.
var letters = map[rune]string{'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i"}

func isPlain(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isPlain(byte(r))
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// unspaced reports whether a character is of a script that puts no space between words.
func unspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func numeric(word string) bool { return word[0] >= '0' && word[0] <= '9' }

func cut(word string) string {
	if len(word) <= maxWord {
		return word
	}
	end := maxWord
	for !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}

// SkillTerm is the word under which a document that names a skill is indexed
// beside its own words, whatever alias it uses: one term for "k8s",
// "Kubernetes" and "kubernetes cluster", also for names of several words. It
// begins with "~", which no word of a text does.
func SkillTerm(name string) string { return "~" + strings.ToLower(name) }
