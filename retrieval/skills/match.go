package skills

import (
	"bytes"
	"strings"
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
	var words tokens
	words.read(text)
	var found []Match
	var unsure []int // indexes of found that need company to be believed
	for i := 0; i < words.len(); {
		j, f, ok := v.longest(&words, i)
		if !ok {
			i++
			continue
		}
		stands := asName(&words, i, j, f)
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
	return keepAccompanied(text, found, unsure)
}

// longest returns the end of the longest form that begins at word i.
func (v *Vocabulary) longest(words *tokens, i int) (end int, best form, ok bool) {
	limit := min(words.len(), i+most)
	for j := i + 1; j <= limit; j++ {
		if j > i+1 && words.list[j-1].gap == gapBreak {
			break
		}
		key := words.joined(i, j)
		if len(key) > 64 {
			break
		}
		if f, found := v.forms[string(key)]; found && fits(words, i, j, f) {
			end, best, ok = j, f, true
		} else if f, found := v.inflected(key); found && fits(words, i, j, f) && !f.everyday {
			end, best, ok = j, f, true
		}
	}
	return end, best, ok
}

// inflected finds a form under a plural or with a version number behind it.
func (v *Vocabulary) inflected(key []byte) (form, bool) {
	stem, plural := bytes.CutSuffix(key, []byte("s"))
	if plural && len(stem) >= 3 && stem[len(stem)-1] != 's' && !notPlurals[string(key)] {
		f, ok := v.forms[string(stem)]
		return f, ok
	}
	stem = bytes.TrimRight(key, "0123456789")
	if cut := len(key) - len(stem); cut >= 1 && cut <= 2 && len(stem) >= 3 {
		f, ok := v.forms[string(stem)]
		return f, ok
	}
	return form{}, false
}

// fits reports whether the spaces in the text stand where the form has them,
// or at least where they cannot be those of a sentence: "book keeping" is
// bookkeeping, but "help in design" does not name InDesign.
//
// A form of up to three letters keeps its signs: "M&E" is not "me".
func fits(words *tokens, i, j int, f form) bool {
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
func signed(words *tokens, i, j int, f form) bool {
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
