package words

import (
	"hash/maphash"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/spanish"
)

// Stem returns what the forms of an English word share, by the Snowball
// algorithm: "design" for "designers". Words with other letters, digits or
// signs are their own stem.
func Stem(word string) string { return StemIn(English, word) }

// StemIn returns what the forms of a word of a language share. Spellings with
// and without accents have one stem, so have masculine and feminine forms of
// most occupations ("rédactrice", "redacteur") and "Übersetzer" and "Uebersetzer".
func StemIn(language Language, word string) string {
	if !stemmed(word) {
		return word
	}
	return lexicons[language].of(word).forms[0]
}

// stemmed reports whether a word has a stem that is not itself.
func stemmed(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return len(word) >= 3
}

// lexicons are how the words of each language are read.
var lexicons = map[Language]*lexicon{
	English:    {seed: maphash.MakeSeed(), stem: english.Stem, function: functionWords[English]},
	Spanish:    {seed: maphash.MakeSeed(), stem: spanish.Stem, function: functionWords[Spanish], endings: spanishEndings, irregular: irregular[Spanish]},
	Portuguese: {seed: maphash.MakeSeed(), stem: portuguese.Stem, function: functionWords[Portuguese], endings: portugueseEndings, irregular: irregular[Portuguese]},
	French:     {seed: maphash.MakeSeed(), stem: french.Stem, function: functionWords[French], endings: frenchEndings, irregular: irregular[French]},
	German:     {seed: maphash.MakeSeed(), stem: german.Stem, function: functionWords[German], endings: germanEndings, german: true},
}

// lexicon reads the words of a language and remembers them.
type lexicon struct {
	stem      func(*snowballstem.Env) bool
	endings   []ending
	irregular map[string]string
	function  map[string]struct{} // words that keep their form
	german    bool                // with umlauts and compounds

	seed  maphash.Seed
	known cache
}

// of returns what is known of a word.
func (l *lexicon) of(word string) *reading {
	slot := &l.known[maphash.String(l.seed, word)%remembered]
	if known := slot.Load(); known != nil && known.word == word {
		return known
	}
	word = strings.Clone(word) // not a part of the whole text, which the cache would keep alive
	found := l.read(word)
	slot.Store(found)
	return found
}

func (l *lexicon) read(word string) *reading {
	found := &reading{word: word, forms: []string{word}}
	_, found.function = l.function[word]
	if stemmed(word) {
		found.forms[0] = l.find(word)
	}
	if l.german {
		if first, last, ok := parts(word); ok {
			found.forms = append(found.forms, StemIn(German, first), StemIn(German, last))
		}
	}
	return found
}

// find stems a word without accents: those that the algorithm goes by are put
// back first, whether or not the writer had them.
func (l *lexicon) find(word string) string {
	if stem, ok := l.irregular[word]; ok {
		return stem
	}
	if _, ok := l.function[word]; ok {
		return word
	}
	if l.endings != nil && strings.HasSuffix(word, "ing") {
		return Stem(word) // marketing, testing: English wherever they stand
	}
	if l.german {
		word = withoutUmlauts(word)
	}
	env := snowballstem.NewEnv(respell(word, l.endings))
	l.stem(env)
	return fold(env.Current())
}
