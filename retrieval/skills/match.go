package skills

import (
	"strings"
	"sync"
)

// Match is a skill found in a text, at bytes [Start, End).
type Match struct {
	Skill *Skill
	Start int
	End   int
	Text  string // as it was written
}

// most is how many words of a text a form may reach over.
const most = 8

// Match finds the skills that a text names, in the order of the text: at each
// word the longest name or alias that begins there. Words may be joined,
// hyphenated or apart ("nodejs", "Node.js", "node js"), the last one may be in
// the plural, and a version may follow it ("Vue3").
func (v *Vocabulary) Match(text string) []Match {
	words := readers.Get().(*tokens)
	defer readers.Put(words)
	words.read(text)
	var found []Match
	var unsure []int // indexes of found that need company to be believed
	for i := 0; i < words.len(); {
		j, f := v.longest(words, i)
		if f == nil {
			i++
			continue
		}
		stands := asName(words, i, j, *f)
		if stands == refused {
			i++
			continue
		}
		if stands == needsCompany {
			unsure = append(unsure, len(found))
		}
		start, end := words.list[i].start, words.list[j-1].end
		found = append(found, Match{Skill: &v.skills[f.skill], Start: start, End: end, Text: text[start:end]})
		i = j
	}
	words.text = "" // a reader that waits keeps no text alive
	return keepAccompanied(text, found, unsure)
}

// readers are used again, with the room that their lists have.
var readers = sync.Pool{New: func() any { return new(tokens) }}

// longest returns the end of the longest form that begins at word i, and the
// form, nil if there is none.
func (v *Vocabulary) longest(words *tokens, i int) (end int, best *form) {
	w := walk{trie: &v.trie}
	limit := min(words.len(), i+most)
	for j := i + 1; j <= limit; j++ {
		if j > i+1 && words.list[j-1].gap == gapBreak {
			break
		}
		key := words.joined(i, j)
		if len(key) > maxForm || !w.reach(key) {
			break
		}
		if f := w.form(len(key)); f != nil && fits(words, i, j, f) {
			end, best = j, f
		} else if f := w.inflected(key); f != nil && !f.everyday && fits(words, i, j, f) {
			end, best = j, f
		}
	}
	return end, best
}

// inflected finds a form under a plural or with a version number behind it.
func (w *walk) inflected(key []byte) *form {
	n := len(key)
	if n > 3 && key[n-1] == 's' {
		if key[n-2] == 's' || w.form(n-1) == nil || notPlurals[string(key)] {
			return nil
		}
		return w.form(n - 1)
	}
	for n > 0 && key[n-1] >= '0' && key[n-1] <= '9' {
		n--
	}
	if cut := len(key) - n; cut < 1 || cut > 2 || n < 3 {
		return nil
	}
	return w.form(n)
}

// fits reports whether the spaces in the text stand where the form has them,
// or at least where they cannot be those of a sentence: "book keeping" is
// bookkeeping, but "help in design" does not name InDesign.
//
// A form of up to three letters keeps its signs: "M&E" is not "me".
func fits(words *tokens, i, j int, f *form) bool {
	if words.list[j-1].to-words.list[i].from <= 3 && !signed(words, i, j, f) {
		return false
	}
	for k := i + 1; k < j; k++ {
		at := words.list[k].from - words.list[i].from
		if words.list[k].gap != gapSpace || f.gaps&(1<<at) != 0 {
			continue
		}
		if words.list[j-1].to-words.list[i].from <= 4 || functionWords[string(words.joined(k-1, k))] || functionWords[string(words.joined(k, k+1))] {
			return false
		}
	}
	return true
}

// signed reports whether a short form has its signs, or none if it can be without.
func signed(words *tokens, i, j int, f *form) bool {
	gaps := words.gaps(i, j)
	if gaps == 0 {
		return !f.apart
	}
	return gaps&^f.gaps == 0 && !words.spaced(i, j)
}

var functionWords = set("a an the and or of in on at to for from with by as is it be do no not my our your we i you he she they this that if so up out off over all any go us am are was can will would should could may might must have has had get let me who what when how")

// notPlurals end in s and are words or names of their own, not plurals of a skill.
var notPlurals = set("canvas leeds maps gas lens atlas texas news series")

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}
