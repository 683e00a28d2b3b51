package words

import (
	"strings"
	"sync"

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
	if len(word) < 3 {
		return word
	}
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	return stems[language].of(word)
}

// stems remembers stems: finding one costs ten times as much as looking it up.
var stems = map[Language]*stemCache{
	English:    {stem: english.Stem, function: functionWords[English]},
	Spanish:    {stem: spanish.Stem, function: functionWords[Spanish], endings: spanishEndings, irregular: irregular[Spanish]},
	Portuguese: {stem: portuguese.Stem, function: functionWords[Portuguese], endings: portugueseEndings, irregular: irregular[Portuguese]},
	French:     {stem: french.Stem, function: functionWords[French], endings: frenchEndings, irregular: irregular[French]},
	German:     {stem: german.Stem, function: functionWords[German], endings: germanEndings, umlauts: true},
}

// maxStems bounds the cache of a language. English job posts have some 50,000 different words.
const maxStems = 100_000

type stemCache struct {
	stem      func(*snowballstem.Env) bool
	endings   []ending
	irregular map[string]string
	function  map[string]struct{} // words that keep their form
	umlauts   bool

	mu    sync.RWMutex
	known map[string]string
}

func (c *stemCache) of(word string) string {
	c.mu.RLock()
	stem, ok := c.known[word]
	c.mu.RUnlock()
	if ok {
		return stem
	}
	word = strings.Clone(word) // not a part of the whole text, which the cache would keep alive
	stem = c.find(word)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxStems {
		c.known = make(map[string]string)
	}
	c.known[word] = stem
	return stem
}

// find stems a word without accents: those that the algorithm goes by are put
// back first, whether or not the writer had them.
func (c *stemCache) find(word string) string {
	if stem, ok := c.irregular[word]; ok {
		return stem
	}
	if _, ok := c.function[word]; ok {
		return word
	}
	if c.endings != nil && strings.HasSuffix(word, "ing") {
		return Stem(word) // marketing, testing: English wherever they stand
	}
	if c.umlauts {
		word = withoutUmlauts(word)
	}
	env := snowballstem.NewEnv(respell(word, c.endings))
	c.stem(env)
	return fold(env.Current())
}
