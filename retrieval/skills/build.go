package skills

import (
	"fmt"
	"slices"
	"strings"
)

// form is how a joined name or alias may stand in a text.
type form struct {
	skill    int32
	gaps     uint64 // bit n: a word ends at byte n of the joined form, as it was written
	apart    bool   // its words are always apart: it has no spelling in one piece
	everyday bool   // only as a proper name, spelled like exact
	doubtful bool   // only beside another skill
	exact    string
}

// build numbers the entries, resolves their relations and indexes their forms.
func build(entries []entry) (*Vocabulary, []error) {
	v := &Vocabulary{
		skills: make([]Skill, 0, len(entries)),
		ids:    make(map[string]int32, len(entries)*2),
		forms:  make(map[string]form, len(entries)*8),
	}
	var problems []error
	var kept []entry
	for _, e := range entries {
		if _, repeated := v.ids[strings.ToLower(e.skill.Name)]; repeated {
			problems = append(problems, fmt.Errorf("%w: %s: name %q is taken", ErrInvalid, e.where, e.skill.Name))
			continue
		}
		id := int32(len(v.skills))
		v.ids[e.skill.Name], v.ids[strings.ToLower(e.skill.Name)] = id, id
		v.skills, kept = append(v.skills, e.skill), append(kept, e)
	}
	var words tokens
	for id := range v.skills {
		if err := v.index(&words, int32(id), v.skills[id].Name, true); err != nil {
			problems = append(problems, fmt.Errorf("%w: %s: %w", ErrInvalid, kept[id].where, err))
		}
	}
	for id := range v.skills {
		for _, alias := range v.skills[id].Aliases {
			if err := v.index(&words, int32(id), alias, false); err != nil {
				problems = append(problems, fmt.Errorf("%w: %s: %w", ErrInvalid, kept[id].where, err))
			}
		}
	}
	v.indexSingulars()
	v.trie = newTrie(v.forms)
	problems = append(problems, v.relate(kept)...)
	return v, problems
}

// index adds a form of a skill. Two forms of one skill may join to the same
// key ("node js", "nodejs"): then words may end where either has them end.
func (v *Vocabulary) index(words *tokens, id int32, text string, isName bool) error {
	words.read(text)
	key := words.joined(0, words.len())
	if len(key) == 0 || len(key) > 63 {
		return fmt.Errorf("%q is not a usable form", text)
	}
	added := form{skill: id, gaps: words.gaps(0, words.len()), apart: words.len() > 1}
	if isName && v.skills[id].Everyday || !isName && slices.Contains(v.skills[id].everyday, text) {
		added.everyday, added.exact = true, text
		added.doubtful = !isName && slices.Contains(v.skills[id].doubtful, text)
	}
	if old, ok := v.forms[string(key)]; ok {
		if old.skill != id {
			return fmt.Errorf("%q is a form of %q already", text, v.skills[old.skill].Name)
		}
		added.gaps, added.apart = added.gaps|old.gaps, added.apart && old.apart
		added.everyday, added.exact = old.everyday && added.everyday, old.exact
		added.doubtful = old.doubtful && added.doubtful
	}
	v.forms[string(key)] = added
	return nil
}

// indexSingulars lets "landing page" be found where "landing pages" was
// written: the last word of a form of several words may lack its s.
func (v *Vocabulary) indexSingulars() {
	singulars := make(map[string]form)
	for key, f := range v.forms {
		short, ok := strings.CutSuffix(key, "s")
		last := len(key) - lastWord(f.gaps, len(key))
		if !ok || f.gaps == 0 || last < 4 || strings.HasSuffix(short, "s") {
			continue
		}
		if _, taken := v.forms[short]; !taken {
			singulars[short] = f
		}
	}
	for key, f := range singulars {
		v.forms[key] = f
	}
}

// lastWord returns where the last word begins in a joined form of a length.
func lastWord(gaps uint64, length int) int {
	for at := length - 1; at > 0; at-- {
		if gaps&(1<<at) != 0 {
			return at
		}
	}
	return 0
}

// relate resolves relations, makes related symmetric, and finds all ancestors.
func (v *Vocabulary) relate(entries []entry) (problems []error) {
	v.broader, v.related = make([][]int32, len(v.skills)), make([][]int32, len(v.skills))
	resolve := func(id int, names []string, add func(to int32)) {
		for _, name := range names {
			to, ok := v.ids[strings.ToLower(name)]
			if !ok || to == int32(id) {
				problems = append(problems, fmt.Errorf("%w: %s: %q refers to %q", ErrInvalid, entries[id].where, v.skills[id].Name, name))
				continue
			}
			add(to)
		}
	}
	for id := range v.skills {
		resolve(id, v.skills[id].Broader, func(to int32) { v.broader[id] = appendNew(v.broader[id], to) })
		resolve(id, v.skills[id].Related, func(to int32) {
			v.related[id] = appendNew(v.related[id], to)
			v.related[to] = appendNew(v.related[to], int32(id))
		})
	}
	for id := range v.skills {
		v.skills[id].Broader, v.skills[id].Related = v.names(v.broader[id]), v.names(v.related[id])
	}
	v.findAncestors()
	return problems
}

func appendNew(ids []int32, id int32) []int32 {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func (v *Vocabulary) names(ids []int32) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = v.skills[id].Name
	}
	return names
}
