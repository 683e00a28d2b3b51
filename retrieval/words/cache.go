package words

import "sync/atomic"

// reading is what is found out about a word of a language. Finding it takes ten
// times as long as looking it up.
type reading struct {
	word     string
	function bool
	forms    []string // its stem first
}

// remembered is how many words of a language are remembered at most: English
// job posts have some 50,000 different ones, most of them rare.
const remembered = 1 << 16

// cache remembers words, each in the one place that its hash gives, where it
// takes the place of the one before. So it is bounded without a lock and without
// making room: of two words that share a place the frequent one is mostly there.
type cache [remembered]atomic.Pointer[reading]
