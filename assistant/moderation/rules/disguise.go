package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// disguise undoes what makes known words and numbers hard to see in a folded
// text. It collects edits and writes a reading with them.
type disguise struct {
	set       *Set
	r         *Reading
	tokens    []span
	edits     []edit
	backwards bool // the text should be read from its end too
}

// edit puts a text in the place of bytes [start, end).
type edit struct {
	start, end int
	text       string
	// each is where every byte of the text came from; nil when all of it stands for all of the place.
	each    []int
	spelled bool
}

// undo returns the reading without disguises; false when it is the same.
func (d *disguise) undo() (Reading, bool) {
	d.tokenise()
	d.spelledNumbers()
	d.spacedLetters()
	d.figures()
	d.dividedNames()
	if len(d.edits) == 0 {
		return Reading{}, false
	}
	slices.SortStableFunc(d.edits, func(a, b edit) int { return a.start - b.start })
	return d.write(), true
}

func (d *disguise) write() Reading {
	w := newWriter(len(d.r.Text) + 16)
	var spelled []span
	at := 0
	for _, e := range d.edits {
		if e.start < at {
			continue // lies in one before
		}
		w.copy(d.r, at, e.start)
		begin := len(w.text)
		if e.each == nil {
			from, to := d.r.origin(e.start, e.end)
			w.add(e.text, from, max(from+1, to))
		} else {
			for i := range len(e.text) {
				from, to := d.r.origin(e.each[i], e.each[i]+1)
				w.add(e.text[i:i+1], from, to)
			}
		}
		if e.spelled {
			spelled = append(spelled, span{begin, len(w.text)})
		}
		at = e.end
	}
	w.copy(d.r, at, len(d.r.Text))
	out := w.reading(Plain)
	out.spelled = spelled
	return out
}

// tokenise finds words together with the signs inside them that can stand for letters.
func (d *disguise) tokenise() {
	text := d.r.Text
	for i := 0; i < len(text); {
		size := tokenByte(text, i)
		if size == 0 {
			_, skip := utf8.DecodeRuneInString(text[i:])
			i += skip
			continue
		}
		start := i
		for size > 0 {
			i += size
			size = tokenByte(text, i)
		}
		end := i
		for start < end-1 && strings.IndexByte("!*|+", text[start]) >= 0 {
			start++
		}
		trailing := "!|+@$" // "f***" ends in stars, "**bold**" does not
		if start < i && start > 0 && text[start-1] == '*' {
			trailing = "!|+@$*"
		}
		for end > start+1 && strings.IndexByte(trailing, text[end-1]) >= 0 {
			end--
		}
		d.tokens = append(d.tokens, span{start, end})
	}
}

// inToken is 1 for letters, digits and the signs that can stand for letters.
var inToken = func() (table [utf8.RuneSelf]uint8) {
	for c := range byte(utf8.RuneSelf) {
		if isLetter(c) || isDigit(c) || strings.IndexByte("@$!|*+", c) >= 0 {
			table[c] = 1
		}
	}
	return table
}()

// tokenByte returns the size of the character at i if it belongs to a token.
func tokenByte(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		return int(inToken[c])
	}
	if r, size := utf8.DecodeRuneInString(text[i:]); unicode.IsLetter(r) {
		return size
	}
	return 0
}

func (d *disguise) token(i int) string { return d.r.Text[d.tokens[i].start:d.tokens[i].end] }

// gap is what stands between token i and the one after it.
func (d *disguise) gap(i int) string { return d.r.Text[d.tokens[i].end:d.tokens[i+1].start] }

// spelledNumbers puts digits in the place of words that spell a number.
func (d *disguise) spelledNumbers() {
	for i := 0; i < len(d.tokens); i++ {
		if t := d.token(i); !beginsNumber(t) {
			continue
		}
		var p spell
		end := i
		for k := i; k < len(d.tokens) && k-i < 64; k++ {
			if k > i && len(d.gap(k-1)) > 8 || !p.take(d.token(k)) {
				break
			}
			if !betweenNumerals[d.token(k)] {
				end = k
			}
		}
		if p.says() {
			place := span{d.tokens[i].start, d.tokens[end].end}
			d.edits = append(d.edits, edit{start: place.start, end: place.end, text: p.digits.String(), spelled: true})
			i = end
		} else if p.words > 1 {
			i = end
		}
	}
}

// beginsNumber tells whether a token may be the first of a spelled number.
func beginsNumber(token string) bool {
	return isDigit(token[0]) && count(token, isDigit) == len(token) || len(token) > 1 && opening[token] || mixed(token) != nil
}

// spacedLetters puts letters together that stand alone one behind another.
func (d *disguise) spacedLetters() {
	for i := 0; i < len(d.tokens); i++ {
		end := i
		for end < len(d.tokens) && d.tokens[end].end-d.tokens[end].start == 1 && (end == i || separates(d.gap(end-1))) {
			end++
		}
		if end-i >= 4 || end-i == 3 && d.knownThree(i) {
			d.putTogether(i, end)
		}
		if end > i {
			i = end - 1
		}
	}
}

// knownThree tells whether three single letters are a word that is known.
func (d *disguise) knownThree(i int) bool {
	word := d.token(i) + d.token(i+1) + d.token(i+2)
	return count(word, isLetter) == 3 && d.set.known.words[word]
}

// separates tells whether a text is what stands between letters that are kept
// apart: up to three signs, or a new line with the mark of a list.
func separates(gap string) bool {
	if len(gap) <= 3 {
		return true
	}
	return len(gap) <= 6 && gap[0] == '\n' && strings.Trim(gap, " \n\t-*.)>") == ""
}

func (d *disguise) putTogether(from, to int) {
	least := len(d.r.Text)
	for i := from; i < to-1; i++ {
		least = min(least, len(d.gap(i)))
	}
	e := edit{start: d.tokens[from].start, end: d.tokens[to-1].end, each: []int{}}
	letters, piece := 0, from
	for i := from; i < to; i++ {
		if isLetter(d.r.Text[d.tokens[i].start]) {
			letters++
		}
		if i == to-1 || len(d.gap(i)) > least {
			d.pieces(&e, piece, i+1)
			piece = i + 1
		}
	}
	if letters >= 3 {
		d.edits = append(d.edits, e)
	}
}

// pieces appends tokens of one letter, cut into the words that are known.
func (d *disguise) pieces(e *edit, from, to int) {
	var raw []byte
	for i := from; i < to; i++ {
		raw = append(raw, d.r.Text[d.tokens[i].start])
	}
	joined := string(raw)
	if word, ok := d.set.known.unleet(joined, false); ok {
		joined = word
	}
	space := func(at int) {
		if e.text != "" && !strings.HasSuffix(e.text, " ") {
			e.text += " "
			e.each = append(e.each, d.tokens[from+at].start)
		}
	}
	space(0)
	for at := 0; at < len(joined); {
		n := d.set.known.longest(joined[at:])
		if n > 0 {
			space(at)
		}
		for k := range max(1, n) {
			e.text += joined[at+k : at+k+1]
			e.each = append(e.each, d.tokens[from+at+k].start)
		}
		at += max(1, n)
		if n > 0 && at < len(joined) {
			space(at)
		}
	}
}
