package brief

// view is a text as the readers see it.
type view struct {
	text      string
	tokens    []token
	sentences []sentence
	units     unitMap
	respelt   []int  // tokens whose slips were corrected
	id        string // of the message
}

func newView(id, text string) *view {
	v := &view{text: text, id: id, tokens: tokenise(text), units: newUnitMap(text)}
	v.respelt = v.respell()
	v.sentences = split(text, v.tokens)
	return v
}

// low returns token i in lower case, "" outside of the text.
func (v *view) low(i int) string {
	if i < 0 || i >= len(v.tokens) {
		return ""
	}
	return v.tokens[i].low
}

// is reports whether token i is one of some words.
func (v *view) is(i int, any ...string) bool {
	low := v.low(i)
	for _, w := range any {
		if low == w {
			return true
		}
	}
	return false
}

// sequence returns the end of a run of words that begins at token i, or -1.
// A hyphen may part two of them.
func (v *view) sequence(i int, run []string) int {
	for k, w := range run {
		if k > 0 && v.low(i) == "-" && w != "-" {
			i++
		}
		if v.low(i) != w {
			return -1
		}
		i++
	}
	return i
}

// same reports whether two tokens are of one sentence.
func (v *view) same(i, j int) bool {
	return i >= 0 && j >= 0 && i < len(v.tokens) && j < len(v.tokens) && v.tokens[i].sentence == v.tokens[j].sentence
}

// sentenceOf returns the sentence of token i.
func (v *view) sentenceOf(i int) sentence { return v.sentences[v.tokens[i].sentence] }

// quote returns the text of the tokens [from, to).
func (v *view) quote(from, to int) string {
	if from >= to {
		return ""
	}
	return v.text[v.tokens[from].start:v.tokens[to-1].end]
}

// source returns the span of the tokens [from, to).
func (v *view) source(from, to int) Source {
	return v.span(v.tokens[from].start, v.tokens[to-1].end)
}

// span returns the source at bytes [start, end).
func (v *view) span(start, end int) Source {
	return Source{Kind: "message", ID: v.id, Start: v.units.at(start), End: v.units.at(end), Quote: v.text[start:end]}
}

// clause returns the part [from, to) of token i's sentence between the nearest
// words or signs that begin another thought.
func (v *view) clause(i int) (from, to int) {
	s := v.sentenceOf(i)
	from, to = i, i+1
	for from > s.from && !v.parts(from-1) {
		from--
	}
	for to < s.to && !v.parts(to) {
		to++
	}
	return from, to
}

func (v *view) parts(i int) bool {
	switch v.tokens[i].low {
	case ",", ":", "(", ")", "\u2014", "\u2013", "but", "although", "though", "however", "while", "whereas":
		return true
	case "-":
		return !v.tokens[i].tight
	}
	return false
}
