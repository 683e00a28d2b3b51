package classify

import (
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a sign of a text.
type token struct {
	start, end int32  // bytes of the reading
	stem       uint64 // hash of the word without its ending
	part       uint8  // which part of the text it is in
	kind       kind
	classes    []uint8 // of the lexicon, phrases that begin here included
}

// kind is what a token looks like.
type kind uint8

const (
	word    kind = iota
	number       // with digits only
	sign         // % $ @ and the like, and pictographs
	mark         // punctuation that ends or divides
	address      // something with a point or an @ in its midst
)

const (
	// mostTokens bounds what is read of a text: of a longer one, half of it at
	// the beginning and half at the end.
	mostTokens = 2000
	// mostParts bounds the parts into which a text is cut, and leastPart is the
	// fewest tokens of one but the last.
	mostParts = 24
	leastPart = 6
)

// Hashing by FNV-1a, as [learn.Name] does.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

func hashBytes(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
}

// join makes one hash of two, which depends on their order.
func join(a, b uint64) uint64 {
	h := (a ^ b>>32) * hashPrime
	return (h ^ b) * 0x9e3779b97f4a7c15
}

// tokenise appends the tokens of a folded text to list. A part is a sentence
// or a line, or several when they are short.
func tokenise(list []token, text string) []token {
	part, length := uint8(0), 0
	cut := func() {
		if length >= leastPart && part < mostParts-1 {
			part, length = part+1, 0
		}
	}
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case isWord(c):
			t := readWord(text, i)
			t.part = part
			list = append(list, t)
			i = int(t.end)
			length++
			continue
		case c == '\n':
			cut()
		case c == '.' || c == '!' || c == '?':
			list = append(list, signAt(text, i, size, mark, part))
			cut()
		case c == ',' || c == ';' || c == ':' || c == '"' || c == '(':
			list = append(list, signAt(text, i, size, mark, part))
		case c == '%' || c == '$' || c == '@' || c == '#' || c == '&' || c == '+' || c == '=' || c == '<' || c == '{' || c == '_' || c >= utf8.RuneSelf && !unicode.IsSpace(c) && (unicode.IsSymbol(c) || unicode.In(c, unicode.Sc)):
			list = append(list, signAt(text, i, size, sign, part))
		}
		i += size
	}
	if n := len(list); n > mostTokens {
		list = append(list[:mostTokens/2], list[n-mostTokens/2:]...)
	}
	return list
}

func signAt(text string, at, size int, k kind, part uint8) token {
	return token{start: int32(at), end: int32(at + size), stem: hashBytes(hashStart, text[at:at+size]), kind: k, part: part}
}

func isWord(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c))
}

// readWord reads the word that begins at a byte. An apostrophe within does not
// end it, nor do a point or an @ between letters, which make it an address.
func readWord(text string, at int) token {
	end, digits, letters, points := at, 0, 0, 0
	for end < len(text) {
		c, size := rune(text[end]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[end:])
		}
		if !isWord(c) {
			inside := (c == '\'' || c == '.' || c == '@' || c == '’') && end > at && end+size < len(text) && isWordAt(text, end+size)
			if !inside {
				break
			}
			if c == '.' || c == '@' {
				points++
			}
		} else if unicode.IsDigit(c) {
			digits++
		} else {
			letters++
		}
		end += size
	}
	t := token{start: int32(at), end: int32(end)}
	switch {
	case letters == 0:
		t.kind = number
		t.stem = numberName(text[at:end], digits)
	case points > 0:
		t.kind = address
		t.stem = stemHash(text[at:end])
	default:
		t.stem = stemHash(text[at:end])
	}
	return t
}

func isWordAt(text string, at int) bool {
	c, _ := utf8.DecodeRuneInString(text[at:])
	return isWord(c)
}

// numberName names a number: a small one by itself, others by how many digits they have.
func numberName(text string, digits int) uint64 {
	if digits <= 2 && len(text) == digits {
		return hashBytes(hashStart, text)
	}
	return join(hashBytes(hashStart, "#"), uint64(digits))
}

// stemHash is the hash of a word without apostrophes and without its ending. It
// is light on purpose: texts are in several languages, and pieces of words are
// features of their own.
func stemHash(w string) uint64 {
	h := uint64(hashStart)
	for _, c := range []byte(w[:stemLength(w)]) {
		if c != '\'' {
			h = (h ^ uint64(c)) * hashPrime
		}
	}
	return h
}

var endings = []string{"'s", "ing", "ed", "es", "ly", "s", "e"}

func stemLength(w string) int {
	for _, ending := range endings {
		if rest := len(w) - len(ending); rest >= 3 && w[rest:] == ending && (ending != "s" || w[rest-1] != 's') {
			return rest
		}
	}
	return len(w)
}
