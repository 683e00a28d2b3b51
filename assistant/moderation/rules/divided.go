package rules

import "strings"

// hintsBackwards are said of what is to be read from its end.
var hintsBackwards = []string{"backward", "reverse", "right to left", "al reves", "ruckwarts", "a l'envers", "de tras para", "flip it", "mirror", "right side", "moc.", "elpmaxe"}

// dividedNames finds names of services whose letters are divided over words
// ("tele gram"), and names written from their end.
func (d *disguise) dividedNames() {
	k, text := d.set.known, d.r.Text
	d.backwards = containsAny(text, hintsBackwards...)
	state := int32(0)
	for i := range d.tokens {
		t := d.tokens[i]
		for at := t.start; at < t.end; at++ {
			c := text[at]
			if !isLetter(c) {
				if !isDigit(c) && c < 0x80 {
					continue
				}
				state = 0
				continue
			}
			state = k.names.step(state, c)
			if !k.names.deep[state] {
				continue
			}
			for s := state; s != 0; s = k.names.link[s] {
				for _, term := range k.names.out[s] {
					d.named(i, at+1, int(term))
				}
			}
		}
		if i+1 < len(d.tokens) && !mayDivide(d.gap(i)) {
			state = 0
		}
	}
}

// mayDivide tells what may stand inside a divided name.
func mayDivide(gap string) bool {
	return gap == " " || len(gap) <= 3 && strings.Trim(gap, " .-_*'/|~\n") == "" && !strings.HasSuffix(gap, ". ")
}

// named considers a name that ends at a byte of token i.
func (d *disguise) named(i, end, term int) {
	k := d.set.known
	n, first, at := len(k.name[term]), i, end
	for n > 0 {
		at--
		if at < d.tokens[first].start {
			first--
			at = d.tokens[first].end
			continue
		}
		if isLetter(d.r.Text[at]) {
			n--
		}
	}
	if at != d.tokens[first].start || end != d.tokens[i].end {
		return
	}
	switch {
	case k.back[term]:
		d.backwards = true
	case first < i && i-first < 4:
		d.edits = append(d.edits, edit{start: at, end: end, text: k.name[term]})
	}
}
