package corpus

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
)

// GrowOptions say how examples are grown.
type GrowOptions struct {
	Seed      uint64
	Per       int             // variants wished for of each example; 2 if 0
	Operators []string        // names of those that may be used; all of [Operators] if nil
	Exclude   map[uint64]bool // fingerprints of texts that no variant may repeat: see [Fingerprint]
}

// Grow makes variants of examples: said in other words, with other spelling,
// in disguise, mixed with another language, or within another message. Each keeps
// the labels of its source, or gets those that the operator says, and belongs to the
// source's family. Clean messages are disguised as violations are, so that a
// disguise by itself says nothing. Variants that read badly, or that repeat a text of
// another family, are left out. The same list and options give the same variants.
func Grow(list []Example, o GrowOptions) []Example {
	per := cmp.Or(o.Per, 2)
	use := chosen(o.Operators)
	seen := newSeen(list, o.Exclude)
	neighbours := byAuthor(list)
	var grown []Example
	for _, source := range list {
		random := rand.New(rand.NewPCG(o.Seed, stringHash(source.ID)))
		made := 0
		for attempt := 0; attempt < 4*per && made < per; attempt++ {
			op := use[random.IntN(len(use))]
			variant, ok := op.apply(maker{source, neighbours[source.Author], random})
			if !ok || !readable(variant, source) || !seen.add(variant) {
				continue
			}
			made++
			variant.ID = fmt.Sprintf("%s~%d", source.ID, made)
			variant.Source = source.Family()
			variant.Operator = op.name
			grown = append(grown, variant)
		}
	}
	return grown
}

// maker is what an operator works with.
type maker struct {
	Example
	neighbours []Example // of the same author
	random     *rand.Rand
}

// operator makes a variant of an example; false when it has nothing to do there.
type operator struct {
	name  string
	about string
	apply func(maker) (Example, bool)
}

// Operators names all operators with what each does, for people.
func Operators() (names []string, about map[string]string) {
	about = make(map[string]string, len(operators))
	for _, op := range operators {
		names = append(names, op.name)
		about[op.name] = op.about
	}
	return names, about
}

func chosen(names []string) []operator {
	if names == nil {
		return operators
	}
	var list []operator
	for _, op := range operators {
		if slices.Contains(names, op.name) {
			list = append(list, op)
		}
	}
	if len(list) == 0 {
		return operators
	}
	return list
}

func byAuthor(list []Example) map[string][]Example {
	found := map[string][]Example{}
	for _, e := range list {
		found[e.Author] = append(found[e.Author], e)
	}
	return found
}

func stringHash(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return h.Sum64()
}

// with returns the example with another text.
func (m maker) with(text string) (Example, bool) {
	if text == m.Text {
		return Example{}, false
	}
	e := m.Example
	e.Text = text
	e.Thread = slices.Clone(m.Thread)
	e.Labels = slices.Clone(m.Labels)
	return e, true
}

// english reports whether the operators made for English words apply.
func (m maker) english() bool { return m.Lang == "" || m.Lang == "en" }

// disguised marks a violation as such; a clean message stays what it was.
func disguised(e Example, ok bool) (Example, bool) {
	if ok && !e.Clean() {
		e.Kind = Obfuscated
	}
	return e, ok
}
