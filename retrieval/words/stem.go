package words

import (
	"sync"

	"github.com/kljensen/snowball/english"
)

// Stem returns what the forms of an English word share, by the Snowball
// algorithm: "design" for "designers". Words with other letters, digits or
// signs are their own stem.
func Stem(word string) string {
	if len(word) < 3 {
		return word
	}
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	return stems.of(word)
}

// stems remembers stems: finding one costs ten times as much as looking it up.
var stems = stemCache{known: make(map[string]string)}

// maxStems bounds the cache. English job posts have some 50,000 different words.
const maxStems = 100_000

type stemCache struct {
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
	word = string([]byte(word)) // not a part of the whole text, which the cache would keep alive
	stem = english.Stem(word, false)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= maxStems {
		clear(c.known)
	}
	c.known[word] = stem
	return stem
}
