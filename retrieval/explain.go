package retrieval

import (
	"github.com/parleyhq/parley/retrieval/skills"
)

const (
	maxWords   = 8     // matched words that a hit names
	maxExplain = 2_000 // bytes of a document's text that are looked at
)

// explain fills in which words and which skills of the query each hit has,
// and which skills it lacks.
func (r *Retriever) explain(hits []Hit, w *wanted) {
	for i := range hits {
		has := w.in(&hits[i])
		hits[i].Words = w.words(has)
		hits[i].Skills, hits[i].Missing = r.shareSkills(w, has, &hits[i])
	}
}

// shareSkills tells which of the named skills a hit lists, under any alias, and
// which it has not: neither listed nor named in its title or carried text.
func (r *Retriever) shareSkills(w *wanted, has []bool, hit *Hit) (shared, missing []string) {
	if len(w.skills) == 0 {
		return nil, nil
	}
	listed := make(map[string]bool, len(hit.Facets.Skills))
	for _, name := range hit.Facets.Skills {
		listed[r.listedAs(name, w)] = true
	}
	var mentioned map[string]bool // found out when it can matter
	for i, skill := range w.skills {
		if listed[skill.Name] || listed[w.low[i]] {
			shared = append(shared, skill.Name)
			continue
		}
		possible := w.possible(i, has)
		if possible && mentioned == nil {
			mentioned = r.mentions(hit)
		}
		if !possible || !mentioned[skill.Name] {
			missing = append(missing, skill.Name)
		}
	}
	return shared, missing
}

// listedAs is filterSkill for skills that many hits of one search list.
func (r *Retriever) listedAs(name string, w *wanted) string {
	canonical, known := w.canonical[name]
	if !known {
		canonical = r.filterSkill(name)
		w.canonical[name] = canonical
	}
	return canonical
}

// mentions are the skills that a hit's title and carried text name. It tells
// the language Go from the verb, which words alone do not.
func (r *Retriever) mentions(hit *Hit) map[string]bool {
	mentioned := make(map[string]bool)
	for _, match := range r.vocabulary.Match(hit.Facets.Title + "\n" + explained(hit)) {
		mentioned[match.Skill.Name] = true
	}
	return mentioned
}

// explained is the text of a carried document, as much as is looked at.
func explained(hit *Hit) string {
	if hit.Document == nil {
		return ""
	}
	text := hit.Document.Text()
	return text[:min(len(text), maxExplain)]
}

// canonical is a skill's name in the vocabulary, or the name as it is.
func canonical(vocabulary *skills.Vocabulary, name string) string {
	if skill, ok := vocabulary.Lookup(name); ok {
		return skill.Name
	}
	return name
}
