package rules

import (
	"slices"
	"strings"
)

// dictionary is what disguised words are recognised by.
type dictionary struct {
	words   map[string]bool
	stems   map[string]bool
	longer  int        // the longest word
	starred []string   // words that are written with stars
	names   *automaton // of what the list "names" has, without spaces, and reversed
	name    []string   // of a term of names
	back    []bool     // of a term of names: it is reversed
}

// Lists with a meaning of their own.
const (
	namesList   = "names"   // of services: seen through spaces and from behind
	starredList = "starred" // words that are seen behind stars: "f***"
)

func vocabulary(x *lexicon) *dictionary {
	k := &dictionary{words: map[string]bool{}, stems: map[string]bool{}}
	for i, t := range x.terms {
		for w := range strings.FieldsSeq(t) {
			if x.stem[i] && strings.HasSuffix(t, w) {
				k.stems[w] = true
			} else if len(w) > 1 {
				k.words[w] = true
				k.longer = max(k.longer, len(w))
			}
		}
	}
	var terms []string
	add := func(term, name string, back bool) {
		terms, k.name, k.back = append(terms, term), append(k.name, name), append(k.back, back)
	}
	for _, n := range x.lists[namesList] {
		k.words[n] = true
		k.longer = max(k.longer, len(n))
		if n = strings.ReplaceAll(n, " ", ""); len(n) >= 5 {
			add(n, n, false)
			back := []byte(n)
			slices.Reverse(back)
			add(string(back), n, true)
		}
	}
	k.names = newAutomaton(terms)
	k.starred = append(slices.Clone(x.lists[starredList]), x.lists[namesList]...)
	return k
}

func (k *dictionary) has(word string) bool {
	if k.words[word] {
		return true
	}
	for n := len(word); n >= 4; n-- {
		if k.stems[word[:n]] {
			return true
		}
	}
	return false
}

// longest returns the length of the longest known word of at least three
// letters at the beginning of a text, 0 for none.
func (k *dictionary) longest(text string) int {
	for n := min(len(text), k.longer); n >= 3; n-- {
		if k.words[text[:n]] {
			return n
		}
	}
	if len(text) >= 2 && functionWords[text[:2]] && k.words[text[:2]] && (len(text) == 2 || k.longest(text[2:]) > 0) {
		return 2
	}
	return 0
}

// leet are the letters that figures and signs stand for. "1" and its like are
// tried as i and as l.
var leet = strings.NewReplacer("0", "o", "3", "e", "4", "a", "5", "s", "6", "g", "7", "t", "8", "b", "9", "g", "@", "a", "$", "s", "+", "t", "!", "1", "|", "1")

// unleet returns the known word that a token is with its figures and signs
// read as letters; of less than four letters only where short is true.
func (k *dictionary) unleet(token string, short bool) (string, bool) {
	if len(token) < 4 && !short {
		return "", false
	}
	raw := []byte(leet.Replace(token))
	var open []int
	for i, c := range raw {
		if c == '1' {
			open = append(open, i)
		}
	}
	if len(open) > 4 {
		return "", false
	}
	for choice := range 1 << len(open) {
		for n, i := range open {
			raw[i] = "il"[choice>>n&1]
		}
		if word := string(raw); word != token && k.has(word) {
			return word, true
		}
	}
	return "", false
}

// guess reads a token as letters though the word is not known.
func guess(token string) string { return strings.ReplaceAll(leet.Replace(token), "1", "i") }

// figures puts letters in the place of figures and stars in words that are
// known, and takes stretched words together. Short words, and words that are
// not known, only count beside a longer one that is: "h4" stays.
func (d *disguise) figures() {
	var doubtful []span
	sure := false
	for i, t := range d.tokens {
		token := d.token(i)
		letters, signs, stars := 0, 0, strings.Count(token, "*")
		for k := range len(token) {
			if isLetter(token[k]) {
				letters++
			} else if token[k] < 0x80 {
				signs++
			}
		}
		switch {
		case stars > 0 && letters > 0:
			d.behindStars(t, token)
		case letters > 0 && signs > 0 && len(token) < 4:
			doubtful = append(doubtful, t)
		case letters > 0 && signs > 0 && letters+signs == len(token):
			if word, ok := d.set.known.unleet(token, false); ok {
				d.replace(t, word)
				sure = sure || len(word) > 4
			} else if !d.digitsBehindLetters(t, token) {
				doubtful = append(doubtful, t)
			}
		case letters > 4:
			d.stretched(t, token)
		}
	}
	if !sure {
		return
	}
	for _, t := range doubtful {
		token := d.r.Text[t.start:t.end]
		if word, ok := d.set.known.unleet(token, true); ok {
			d.replace(t, word)
		} else if len(token) > 3 && 2*count(token, isLetter) > len(token) {
			d.replace(t, guess(token))
		}
	}
}

// replace puts a word of the same length in the place of a token.
func (d *disguise) replace(t span, word string) {
	e := edit{start: t.start, end: t.end, text: word}
	if len(word) == t.end-t.start {
		e.each = make([]int, len(word))
		for i := range e.each {
			e.each[i] = t.start + i
		}
	}
	d.edits = append(d.edits, e)
}

// behindStars recognises "wh*tsapp".
func (d *disguise) behindStars(t span, token string) {
	for _, word := range d.set.known.starred {
		if len(word) == len(token) && len(token) >= 4 && matchesStars(token, word) {
			d.replace(t, word)
			return
		}
	}
}

func matchesStars(token, word string) bool {
	for i := range len(token) {
		if token[i] != '*' && token[i] != word[i] {
			return false
		}
	}
	return true
}

// digitsBehindLetters reads "o7700" as digits where more than half of it is.
func (d *disguise) digitsBehindLetters(t span, token string) bool {
	digits := count(token, isDigit)
	if len(token) < 4 || 2*digits <= len(token) {
		return false
	}
	read := strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(token)
	if count(read, isDigit) < len(read) {
		return false
	}
	d.replace(t, read)
	return true
}

// stretched takes letters together that are written three times or more.
func (d *disguise) stretched(t span, token string) {
	long := false
	for i := 2; i < len(token); i++ {
		long = long || token[i] == token[i-1] && token[i] == token[i-2]
	}
	if !long {
		return
	}
	for keep := 1; keep <= 2; keep++ {
		var b strings.Builder
		for i := 0; i < len(token); {
			run := 1
			for i+run < len(token) && token[i+run] == token[i] {
				run++
			}
			if run < 3 {
				b.WriteString(token[i : i+run])
			} else {
				b.WriteString(token[i : i+keep])
			}
			i += run
		}
		if d.set.known.has(b.String()) {
			d.replace(t, b.String())
			return
		}
	}
}
