package classify

// Of a long message that breaks a policy often one sentence does. So a long one is
// judged as a whole and window by window, and the worst window counts as much as the whole.
const (
	longText    = 60 // tokens from which a text is long
	window      = 20 // tokens of a window, at least; it ends where a part does
	wholeShare  = 0.5
	windowBonus = 1 // by how much the worst of several windows is too high
)

// windows calls do with the features of each window of a long text, in place of
// those of all of it. Windows overlap: one begins at each part.
func (r *reader) windows(do func()) {
	tokens := r.tokens
	if len(tokens) < longText {
		return
	}
	for from := 0; from < len(tokens); {
		to := from + 1
		for to < len(tokens) && (to-from < window || tokens[to].part == tokens[to-1].part) {
			to++
		}
		r.collect(tokens[from:to])
		do()
		if to == len(tokens) {
			return
		}
		for part := tokens[from].part; from < to && tokens[from].part == part; {
			from++
		}
	}
}

// worst keeps the higher odds of each output.
func (o *odds) worst(other odds) {
	for i, x := range other {
		o[i] = max(o[i], x)
	}
}

// beside joins the odds of a whole text with those of its worst window.
func (o *odds) beside(window odds) {
	for i, x := range window {
		o[i] = wholeShare*o[i] + (1-wholeShare)*(x-windowBonus)
	}
}
