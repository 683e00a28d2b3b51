package skills

import (
	"unicode"
	"unicode/utf8"
)

// token is a word of a text.
type token struct {
	start, end int  // bytes of the text
	from, to   int  // bytes of the folded words
	gap        gap  // what parts it from the token before
	begins     bool // it is the first of its sentence or line
	capital    bool // it begins with a capital letter
}

// gap is what stands between two words.
type gap uint8

const (
	gapBreak gap = iota // a form never reaches over it: comma, end of sentence, line end
	gapSpace            // spaces
	gapTight            // a hyphen, dot, slash, ampersand or apostrophe
)

// tokens are the words of a text with their lower-case letters in one piece, so
// that any run of words is a substring: "Node.js" is "nodejs".
type tokens struct {
	text   string
	folded []byte
	list   []token
}

func (t *tokens) len() int { return len(t.list) }

// joined returns the words [i, j) without what parts them.
func (t *tokens) joined(i, j int) []byte {
	if i >= j {
		return nil
	}
	return t.folded[t.list[i].from:t.list[j-1].to]
}

// word returns one word, "" outside of the text.
func (t *tokens) word(i int) string {
	if i < 0 || i >= len(t.list) {
		return ""
	}
	return string(t.joined(i, i+1))
}

// gaps tells where words end in the joined words [i, j).
func (t *tokens) gaps(i, j int) uint64 {
	var bits uint64
	for k := i + 1; k < j; k++ {
		if at := t.list[k].from - t.list[i].from; at < 64 {
			bits |= 1 << at
		}
	}
	return bits
}

// spaced reports whether spaces part some of the words [i, j).
func (t *tokens) spaced(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if t.list[k].gap == gapSpace {
			return true
		}
	}
	return false
}

func joined(text string) string {
	var words tokens
	words.read(text)
	return string(words.joined(0, words.len()))
}

// read splits a text into words: letters and digits, with + and # after them
// ("C++", "C#") and a dot before them (".NET"). It may be called again for
// another text.
func (t *tokens) read(text string) {
	t.text, t.list = text, t.list[:0]
	folded := t.folded[:0]
	before := 0 // end of the token before
	for at := 0; at < len(text); {
		start := at
		if text[at] == '.' && dotBegins(text, at) {
			folded = append(folded, '.')
			at++
		}
		from := len(folded)
		for at < len(text) {
			if c := text[at]; c < utf8.RuneSelf { // nearly all, and quicker than by runes
				if plain[c] == 0 {
					break
				}
				folded = append(folded, plain[c])
				at++
				continue
			}
			r, size := utf8.DecodeRuneInString(text[at:])
			if !isWord(r) {
				break
			}
			folded = appendFolded(folded, r)
			at += size
		}
		if len(folded) == from { // no word here
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		if text[start] == '.' {
			from--
		}
		for at < len(text) && (text[at] == '+' || text[at] == '#') && signEnds(text, at) {
			folded = append(folded, text[at])
			at++
		}
		first, _ := utf8.DecodeRuneInString(text[start:])
		kind, begins := between(text[before:start])
		t.list = append(t.list, token{
			start: start, end: at, from: from, to: len(folded), gap: kind,
			begins: begins || len(t.list) == 0, capital: unicode.IsUpper(first),
		})
		before = at
	}
	t.folded = folded
}

// dotBegins reports whether a dot belongs to the word after it: ".NET" but
// neither "asp.net" nor "end.Next".
func dotBegins(text string, at int) bool {
	if at+1 >= len(text) || !isLetter(text[at+1]) {
		return false
	}
	return at == 0 || text[at-1] == ' ' || text[at-1] == '\n' || text[at-1] == '(' || text[at-1] == '/' || text[at-1] == ','
}

// signEnds reports whether + and # at a place end a word: "C++," but not "React+Node".
func signEnds(text string, at int) bool {
	if at == 0 || !isLetter(text[at-1]) && text[at-1] != '+' {
		return false
	}
	for at < len(text) && (text[at] == '+' || text[at] == '#') {
		at++
	}
	return at == len(text) || !isLetter(text[at])
}

// plain are the letters and digits of ASCII in lower case, 0 for what is neither.
var plain = func() (of [utf8.RuneSelf]byte) {
	for c := range of {
		if r := rune(c); isWord(r) {
			of[c] = byte(unicode.ToLower(r))
		}
	}
	return of
}()

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// between classes what parts two words, and whether a sentence begins after it.
func between(text string) (kind gap, begins bool) {
	switch text {
	case " ", "  ", "\u00a0":
		return gapSpace, false
	case "", " & ", "-", "\u2011", "\u2013", ".", "/", "_", "&", "'", "\u2019":
		return gapTight, false
	}
	for _, r := range text {
		switch r {
		case '.', '!', '?', '\n', ':', '\u2022', '\u2026', '*':
			begins = true
		}
	}
	return gapBreak, begins
}

// appendFolded appends a letter in lower case and without its accent.
func appendFolded(folded []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(folded, byte(r))
	}
	if unicode.IsMark(r) {
		return folded
	}
	r = unicode.ToLower(r)
	if plain, ok := accents[r]; ok {
		return append(folded, plain)
	}
	return utf8.AppendRune(folded, r)
}

var accents = map[rune]byte{
	'á': 'a', 'à': 'a', 'â': 'a', 'ä': 'a', 'ã': 'a', 'å': 'a', 'ā': 'a', 'ç': 'c', 'č': 'c', 'ć': 'c',
	'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e', 'ē': 'e', 'í': 'i', 'ì': 'i', 'î': 'i', 'ï': 'i', 'ñ': 'n',
	'ó': 'o', 'ò': 'o', 'ô': 'o', 'ö': 'o', 'õ': 'o', 'ø': 'o', 'ú': 'u', 'ù': 'u', 'û': 'u', 'ü': 'u',
	'š': 's', 'ž': 'z', 'ý': 'y', 'ł': 'l', 'ş': 's', 'ğ': 'g',
}
