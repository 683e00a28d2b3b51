package rules

// automaton finds many terms at once (Aho and Corasick, 1975). It reads a text
// of symbols: the bytes of words, with one space before every word, so that a
// term is found only where words begin. Terms are byte strings of that form.
type automaton struct {
	symbol [256]uint8 // of a byte; 0 for bytes that are in no term
	width  int        // symbols, the zero included
	next   []int32    // node*width + symbol
	// out is the list of terms that end in a node: through link, which leads
	// to the next node with terms among its suffixes (0 for none).
	out  [][]int32
	link []int32
	deep []bool // has terms or a link: worth a look
}

// newAutomaton builds the automaton of terms; term i is reported as i.
func newAutomaton(terms []string) *automaton {
	a := &automaton{width: 1}
	for _, t := range terms {
		for i := range len(t) {
			if a.symbol[t[i]] == 0 {
				a.symbol[t[i]] = uint8(a.width)
				a.width++
			}
		}
	}
	a.node()
	for i, t := range terms {
		a.insert(t, int32(i))
	}
	a.connect()
	return a
}

func (a *automaton) node() int32 {
	a.next = append(a.next, make([]int32, a.width)...)
	a.out = append(a.out, nil)
	return int32(len(a.out) - 1)
}

func (a *automaton) insert(term string, id int32) {
	at := int32(0)
	for i := range len(term) {
		edge := int(at)*a.width + int(a.symbol[term[i]])
		if a.next[edge] == 0 {
			to := a.node()
			a.next[edge] = to
		}
		at = a.next[edge]
	}
	a.out[at] = append(a.out[at], id)
}

// connect turns the trie into an automaton: breadth first, an edge that is
// missing leads where the longest suffix that is in the trie leads.
func (a *automaton) connect() {
	fail := make([]int32, len(a.out))
	a.link = make([]int32, len(a.out))
	a.deep = make([]bool, len(a.out))
	queue := make([]int32, 0, len(a.out))
	for s := 1; s < a.width; s++ {
		if to := a.next[s]; to != 0 {
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if f := fail[at]; len(a.out[f]) > 0 {
			a.link[at] = f
		} else {
			a.link[at] = a.link[f]
		}
		a.deep[at] = len(a.out[at]) > 0 || a.link[at] != 0
		for s := 0; s < a.width; s++ {
			edge, other := int(at)*a.width+s, a.next[int(fail[at])*a.width+s]
			if to := a.next[edge]; to != 0 {
				fail[to] = other
				queue = append(queue, to)
			} else {
				a.next[edge] = other
			}
		}
	}
}

// step returns the state after a byte.
func (a *automaton) step(state int32, c byte) int32 {
	return a.next[int(state)*a.width+int(a.symbol[c])]
}
