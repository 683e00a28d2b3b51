package skills

import (
	"maps"
	"slices"
)

// trie holds the joined forms byte by byte, so that a walk along a text ends
// where no form goes on: after few letters for most words.
type trie struct {
	nodes  []node // those that continue the same beginning stand together
	forms  []form
	begins [256]int32 // nodes of first letters, of which there are many
}

type node struct {
	first  int32 // where its continuations begin in nodes
	form   int32 // 1 + the index of the form that ends here, or 0
	number uint8 // of continuations
	letter byte
}

// maxForm is how long a joined form, with a plural s, is in bytes.
const maxForm = 64

func newTrie(forms map[string]form) trie {
	t := trie{nodes: make([]node, 1, 4*len(forms)+1)}
	t.grow(0, slices.Sorted(maps.Keys(forms)), 0, forms)
	for at := int32(1); at <= int32(t.nodes[0].number); at++ {
		t.begins[t.nodes[at].letter] = at
	}
	return t
}

// grow adds what continues a node: the bytes of sorted keys from depth on.
func (t *trie) grow(at int32, keys []string, depth int, forms map[string]form) {
	if len(keys) > 0 && len(keys[0]) == depth {
		t.forms = append(t.forms, forms[keys[0]])
		t.nodes[at].form = int32(len(t.forms))
		keys = keys[1:]
	}
	first := len(t.nodes)
	for i, key := range keys {
		if i == 0 || keys[i-1][depth] != key[depth] {
			t.nodes = append(t.nodes, node{letter: key[depth]})
		}
	}
	t.nodes[at].first, t.nodes[at].number = int32(first), uint8(len(t.nodes)-first)
	for next := first; len(keys) > 0; next++ {
		n := 1
		for n < len(keys) && keys[n][depth] == keys[0][depth] {
			n++
		}
		t.grow(int32(next), keys[:n], depth+1, forms)
		keys = keys[n:]
	}
}

// next returns the node that a letter leads to, 0 if none.
func (t *trie) next(at int32, letter byte) int32 {
	if at == 0 {
		return t.begins[letter]
	}
	from := t.nodes[at]
	for i := from.first; i < from.first+int32(from.number); i++ {
		if t.nodes[i].letter == letter {
			return i
		}
	}
	return 0
}

// walk is a way through a trie along a key: a node for each byte that forms
// begin with.
type walk struct {
	trie *trie
	path [maxForm + 1]int32
	deep int
	lost bool // no form begins with the key
}

// reach walks on to the end of a key, which begins with the one before. It
// reports whether the key may be a form with a plural s or a version behind
// it, or begin one: then a longer key may be one as well.
func (w *walk) reach(key []byte) bool {
	for !w.lost && w.deep < len(key) {
		at := w.trie.next(w.path[w.deep], key[w.deep])
		if at == 0 {
			w.lost = true
			break
		}
		w.deep++
		w.path[w.deep] = at
	}
	return w.deep >= len(key)-2
}

// form is the one that the first n bytes of the key are, or nil.
func (w *walk) form(n int) *form {
	if n > w.deep {
		return nil
	}
	if at := w.trie.nodes[w.path[n]].form; at != 0 {
		return &w.trie.forms[at-1]
	}
	return nil
}
