package retrieval

import (
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

const (
	maxWords    = 8     // matched words that a hit names
	maxExplain  = 4_000 // bytes of a document's text that are looked at
	maxNameable = 50    // skills of a query that count
)

// explain fills in which words and which skills of the query each hit has.
func (r *Retriever) explain(hits []Hit, text string, named []skills.Skill) {
	asked := contentWords(text)
	for i := range hits {
		hits[i].Words = matched(asked, hits[i])
		hits[i].Skills = r.sharedSkills(named, hits[i].Facets.Skills)
	}
}

// queryWord is a word of the query with its stem.
type queryWord struct{ word, stem string }

// contentWords are the query's words that say something, each stem once.
func contentWords(text string) []queryWord {
	var asked []queryWord
	seen := make(map[string]bool)
	for _, word := range words.Split(text) {
		if words.Stop(word) || len(word) < 2 {
			continue
		}
		if stem := words.Stem(word); !seen[stem] {
			seen[stem] = true
			asked = append(asked, queryWord{word, stem})
		}
	}
	return asked
}

func matched(asked []queryWord, hit Hit) []string {
	if len(asked) == 0 {
		return nil
	}
	has := make(map[string]bool)
	add := func(text string) {
		for _, word := range words.Split(text) {
			if !words.Stop(word) {
				has[words.Stem(word)] = true
			}
		}
	}
	add(hit.Facets.Title)
	for _, skill := range hit.Facets.Skills {
		add(skill)
	}
	if hit.Document != nil {
		text := hit.Document.Text()
		add(text[:min(len(text), maxExplain)])
	}
	var found []string
	for _, q := range asked {
		if has[q.stem] && len(found) < maxWords {
			found = append(found, q.word)
		}
	}
	return found
}

// sharedSkills returns the named skills that a list holds under any alias.
func (r *Retriever) sharedSkills(named []skills.Skill, listed []string) []string {
	if len(named) == 0 || len(listed) == 0 {
		return nil
	}
	has := make(map[string]bool, len(listed))
	for _, name := range listed {
		has[canonical(r.vocabulary, name)] = true
	}
	var shared []string
	for _, skill := range named {
		if has[skill.Name] {
			shared = append(shared, skill.Name)
		}
	}
	return shared
}

// canonical is a skill's name in the vocabulary, or the name as it is.
func canonical(vocabulary *skills.Vocabulary, name string) string {
	if skill, ok := vocabulary.Lookup(name); ok {
		return skill.Name
	}
	return name
}
