package fit

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/parleyhq/parley/retrieval/words"
)

// concepts.txt holds words for the same thing, and words that show it: one
// concept a line,
//
//	restaurant, eatery, dining: cafe, bistro, pizzeria, tapas bar
//
// A wish for one before the colon is met by all of the line; one behind it by
// itself and by its own line, if it has one. An entry may have two words.
//
//go:embed concepts.txt
var conceptText string

// thesaurus knows which stems show which.
type thesaurus struct {
	shows map[string][]int32 // stem, or two stems with a space, → concepts that it shows
	asks  map[string][]int32 // → concepts that meet a wish for it
	pairs map[string]bool    // first stems of entries of two words

	heads, members [][]string // of each concept
}

var concepts = sync.OnceValue(func() *thesaurus {
	t := &thesaurus{shows: make(map[string][]int32), asks: make(map[string][]int32), pairs: make(map[string]bool)}
	id := int32(0)
	for line := range strings.Lines(conceptText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		heads, members, _ := strings.Cut(line, ":")
		t.heads, t.members = append(t.heads, nil), append(t.members, nil)
		for k, list := range []string{heads, members} {
			for entry := range strings.SplitSeq(list, ",") {
				key := stemKey(entry)
				if key == "" {
					continue
				}
				t.shows[key] = append(t.shows[key], id)
				if k == 1 {
					t.members[id] = append(t.members[id], key)
				} else {
					t.heads[id] = append(t.heads[id], key)
					t.asks[key] = append(t.asks[key], id)
				}
				if first, _, two := strings.Cut(key, " "); two {
					t.pairs[first] = true
				}
			}
		}
		id++
	}
	return t
})

// stemKey is an entry by its stems.
func stemKey(entry string) string {
	list := words.Split(strings.TrimSpace(entry))
	if len(list) == 3 && list[2] == list[0]+list[1] { // "e-mail" is three words: e, mail, email
		list = list[2:]
	}
	for i, w := range list {
		list[i] = words.Stem(w)
	}
	return strings.Join(list, " ")
}

// conceptKey is a concept among the keys of a line.
func conceptKey(id int32) string { return "#" + strconv.Itoa(int(id)) }

// covers reports whether keys show a term: one of its alternatives, parted by
// "|", with all of its parts, joined by "+".
func (t *thesaurus) covers(keys map[string]bool, term string) bool {
	term = strings.TrimSuffix(term, optional)
	for alternative := range strings.SplitSeq(term, "|") {
		all := true
		for part := range strings.SplitSeq(alternative, "+") {
			all = all && t.coversOne(keys, part)
		}
		if all {
			return true
		}
	}
	return false
}

func (t *thesaurus) coversOne(keys map[string]bool, part string) bool {
	if keys[part] {
		return true
	}
	if root := rootOf(part); root != "" && keys[root] {
		return true
	}
	for _, id := range t.asks[part] {
		if keys[conceptKey(id)] {
			return true
		}
	}
	return false
}
