package classify

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/parleyhq/parley/assistant/moderation/rules"
)

//go:embed lexicon.txt
var lexiconText string

// lexicon tells the classes of words and phrases.
type lexicon struct {
	names   []string
	entries map[uint64]entry // by the hash of a stem, or of the stems of a phrase joined
	version string
}

// entry is what the lexicon knows of a stem or phrase.
type entry struct {
	classes []uint8
	longest uint8 // tokens of the longest phrase that begins so
}

// words is the lexicon of the binary.
var words = sync.OnceValue(func() *lexicon { return readLexicon(lexiconText) })

func readLexicon(text string) *lexicon {
	l := &lexicon{entries: make(map[uint64]entry), version: fmt.Sprintf("%.8x", sha256.Sum256([]byte(text)))}
	numbers := make(map[string]uint8)
	for line := range strings.Lines(text) {
		name, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		class, known := numbers[name]
		if !known {
			class = uint8(len(l.names))
			numbers[name] = class
			l.names = append(l.names, name)
		}
		for phrase := range strings.SplitSeq(list, ",") {
			l.add(phrase, class)
		}
	}
	return l
}

// add notes a word or phrase, read as messages are.
func (l *lexicon) add(phrase string, class uint8) {
	tokens := tokenise(nil, rules.Normalise(strings.TrimSpace(phrase)).Readings[0].Text)
	if len(tokens) == 0 {
		return
	}
	first := tokens[0].stem
	key := first
	for _, t := range tokens[1:] {
		key = join(key, t.stem)
	}
	e := l.entries[key]
	for _, c := range e.classes {
		if c == class {
			return
		}
	}
	e.classes = append(e.classes, class)
	l.entries[key] = e
	e = l.entries[first]
	e.longest = max(e.longest, uint8(len(tokens)))
	l.entries[first] = e
}

// mark notes the classes of tokens. buffer holds them, and is returned grown.
func (l *lexicon) mark(tokens []token, buffer []uint8) []uint8 {
	for i := range tokens {
		e, ok := l.entries[tokens[i].stem]
		if !ok {
			continue
		}
		tokens[i].classes = e.classes
		if e.longest < 2 {
			continue
		}
		begin, key := len(buffer), tokens[i].stem
		for j := i + 1; j < min(len(tokens), i+int(e.longest)); j++ {
			key = join(key, tokens[j].stem)
			if phrase, ok := l.entries[key]; ok {
				if len(buffer) == begin {
					buffer = append(buffer, e.classes...)
				}
				buffer = append(buffer, phrase.classes...)
			}
		}
		if len(buffer) > begin {
			tokens[i].classes = buffer[begin:len(buffer):len(buffer)]
		}
	}
	return buffer
}
