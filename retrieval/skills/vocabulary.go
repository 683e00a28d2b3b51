package skills

import (
	"embed"
	"io/fs"
	"sync"
)

// Skill is one entry of a vocabulary. Callers must not change its slices.
type Skill struct {
	Name     string
	Category string   // the file it came from: web, mobile, design …
	Aliases  []string // other spellings and words for it
	Broader  []string // names of more general skills
	Related  []string // names of skills that go with it or replace it; both ways
	Everyday bool     // the name is an everyday word: matched only as a proper name

	everyday []string // aliases of which the same is true
	doubtful []string // those of them that are matched only beside another skill
}

// Vocabulary is a set of skills. It is read-only and safe for concurrent use.
type Vocabulary struct {
	skills    []Skill
	ids       map[string]int32 // folded name or alias → skill
	forms     map[string]form  // joined form → how it may stand in a text
	trie      trie             // the same, for reading along a text
	broader   [][]int32
	related   [][]int32
	ancestors [][]ancestor // nearest first
	below     []int32      // how many skills a skill is an ancestor of

	fingerprint uint64
}

//go:embed vocabulary/*.txt
var files embed.FS

// Default returns the vocabulary that is part of the binary. It is parsed on
// the first call.
var Default = sync.OnceValue(func() *Vocabulary {
	folder, err := fs.Sub(files, "vocabulary")
	if err != nil {
		panic(err)
	}
	vocabulary, err := Parse(folder)
	if err != nil {
		panic(err) // embedded, and kept valid by a test
	}
	return vocabulary
})

// Fingerprint differs between vocabularies that were read from different files
// or are matched by different rules.
func (v *Vocabulary) Fingerprint() uint64 { return v.fingerprint }

// Len returns the number of skills.
func (v *Vocabulary) Len() int { return len(v.skills) }

// Skills returns all skills in the order of the files. Callers must not change them.
func (v *Vocabulary) Skills() []Skill { return v.skills }

// Lookup finds a skill by its name or one of its aliases, whatever the case
// and whether its words are joined, hyphenated or apart: "node js", "NodeJS".
func (v *Vocabulary) Lookup(nameOrAlias string) (Skill, bool) {
	id, ok := v.id(nameOrAlias)
	if !ok {
		return Skill{}, false
	}
	return v.skills[id], true
}

func (v *Vocabulary) id(nameOrAlias string) (int32, bool) {
	if id, ok := v.ids[nameOrAlias]; ok {
		return id, true
	}
	key := joined(nameOrAlias)
	if key == "" {
		return 0, false
	}
	found, ok := v.forms[key]
	return found.skill, ok
}
