package embed

import (
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

const (
	// maxBytes of a text are read. What a text is about stands at its beginning.
	maxBytes = 20_000
	// titleWeight is how much a word on the first line counts when lines follow.
	titleWeight = 2.0
)

// reading is what a text says: all that an embedding is made from.
type reading struct {
	stems  *tally   // of all words, by weighted count
	plain  []string // by stem, the word it first stood for
	skills *tally   // by name, how often they are named
}

func read(vocabulary *skills.Vocabulary, text string) reading {
	if len(text) > maxBytes {
		text = strings.ToValidUTF8(text[:maxBytes], "")
	}
	r := reading{stems: newTally(len(text) / 8), skills: newTally(16)}
	title, rest, longer := strings.Cut(text, "\n")
	if longer {
		r.count(title, titleWeight)
		r.count(rest, 1)
	} else {
		r.count(title, 1)
	}
	for _, match := range vocabulary.Match(text) {
		r.skills.add(match.Skill.Name, 1)
	}
	return r
}

func (r *reading) count(text string, weight float64) {
	for _, word := range words.Split(text) {
		r.stems.add(words.Stem(word), weight)
		if len(r.plain) < len(r.stems.names) {
			r.plain = append(r.plain, word)
		}
	}
}

// says reports whether stem i stands for a word that says something about work.
func (r *reading) says(i int) bool { return !words.Stop(r.plain[i]) }
