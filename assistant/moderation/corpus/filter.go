package corpus

import (
	"strings"
	"unicode"
)

const (
	shortest  = 3    // letters of a variant
	longest   = 4000 // bytes
	shingle   = 6    // words
	tooAlike  = 0.5  // share of a variant's shingles that another family has
	fewestFor = 4    // shingles below which likeness is not measured
)

// readable is the filter for quality: enough letters, no runaway length, and
// not less than half of what the source said.
func readable(e, source Example) bool {
	letters := 0
	for _, r := range e.Text {
		if unicode.IsLetter(r) {
			letters++
		}
		if r == unicode.ReplacementChar {
			return false
		}
	}
	before := 0
	for _, r := range source.Text {
		if unicode.IsLetter(r) {
			before++
		}
	}
	return letters >= shortest && len(e.Text) <= longest && 2*letters >= before
}

// seen guards against leakage: texts that are there already, and variants that
// say what an example of another family says.
type seen struct {
	texts    map[uint64]bool
	shingles map[uint64]string // to the family that has it first
}

func newSeen(list []Example, exclude map[uint64]bool) *seen {
	s := &seen{texts: make(map[uint64]bool, 3*len(list)), shingles: map[uint64]string{}}
	for hash := range exclude {
		s.texts[hash] = true
	}
	for _, e := range list {
		s.texts[Fingerprint(e.Text)] = true
		for _, hash := range shingles(e.Text) {
			if _, taken := s.shingles[hash]; !taken {
				s.shingles[hash] = e.Family()
			}
		}
	}
	return s
}

// add notes a variant, and reports false for one that must not be.
func (s *seen) add(e Example) bool {
	hash := Fingerprint(e.Text)
	if len(e.Thread) > 0 {
		hash ^= stringHash(e.Thread[len(e.Thread)-1].Text)
	}
	if s.texts[hash] {
		return false
	}
	all, foreign := shingles(e.Text), 0
	for _, sh := range all {
		if family, taken := s.shingles[sh]; taken && family != e.Family() && e.Within != family {
			foreign++
		}
	}
	if len(all) >= fewestFor && float64(foreign) > tooAlike*float64(len(all)) {
		return false
	}
	s.texts[hash] = true
	return true
}

// Fingerprint identifies a text whatever its case, spaces and punctuation.
func Fingerprint(text string) uint64 { return stringHash(strings.Join(wordsOf(text), " ")) }

func shingles(text string) (hashes []uint64) {
	list := wordsOf(text)
	for i := 0; i+shingle <= len(list); i++ {
		hashes = append(hashes, stringHash(strings.Join(list[i:i+shingle], " ")))
	}
	return hashes
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
