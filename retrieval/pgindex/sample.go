package pgindex

import (
	"fmt"
	"hash/fnv"
	"math"
)

// Each document of a scope is in one of a thousand parts by a hash of its id,
// and has lexemes for the part, for ten and for a hundred parts. A search that
// matches too much looks only at some parts, and the index skips the others.
const parts = 1000

func part(id string) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() % parts)
}

// partLexemes are those of a document.
func partLexemes(in scope, id string) []string {
	n := part(id)
	return []string{partLexeme(in, n, 3), partLexeme(in, n/10, 2), partLexeme(in, n/100, 1)}
}

// sampleLexemes are those one of which each document of a share of a scope has:
// at most ten, since each costs a walk through the index.
func sampleLexemes(in scope, share float64) []string {
	digits, size := 3, 1000.0
	for digits > 1 && share*size > 10 {
		digits, size = digits-1, size/10
	}
	list := make([]string, int(min(max(math.Ceil(share*size), 1), size)))
	for n := range list {
		list[n] = partLexeme(in, n, digits)
	}
	return list
}

func partLexeme(in scope, n, digits int) string {
	return fmt.Sprintf("%s%0*d:%s:%s", partSign, digits, n, in.kind, in.tenant)
}

// partSign begins lexemes that only searches for words use.
const partSign = sign + "#"
