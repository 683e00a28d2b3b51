package retrieval

import (
	"strconv"
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// What a skill's term counts by where the skill stands, as words do.
const (
	titledSkill = 3
	listedSkill = 2
	namedSkill  = 1
)

// maxDocumentSkills bounds how many skills of a document are indexed: a text
// that names more is a catalogue, and about none of them.
const maxDocumentSkills = 100

// analyse finds what is indexed of a document beside the words of its text:
// the canonical names of the skills that it lists, a term for each skill that
// it lists or names, repeated as often as it counts, and the rules by which both
// were found.
func (r *Retriever) analyse(d Document) (listed, terms []string, analysis string) {
	found := skillTerms{seen: make(map[string]bool)}
	if d.Proposal == nil { // whose title is made from an id
		found.match(r.vocabulary, d.Title(), titledSkill)
	}
	has := make(map[string]bool)
	for _, spelled := range d.Skills() {
		name, known := canonicalSkill(r.vocabulary, spelled)
		if name != "" && !has[name] {
			has[name] = true
			listed = append(listed, name)
		}
		if known {
			found.add(name, listedSkill)
		}
	}
	found.match(r.vocabulary, d.Text(), namedSkill)
	return listed, found.terms, r.analysis()
}

// skillTerms collects terms of skills, each by the first place that it is added from.
type skillTerms struct {
	terms []string
	seen  map[string]bool
}

func (s *skillTerms) match(vocabulary *skills.Vocabulary, text string, count int) {
	for _, match := range vocabulary.Match(text) {
		s.add(match.Skill.Name, count)
	}
}

func (s *skillTerms) add(name string, count int) {
	if s.seen[name] || len(s.seen) == maxDocumentSkills {
		return
	}
	s.seen[name] = true
	term := words.SkillTerm(name)
	for range count {
		s.terms = append(s.terms, term)
	}
}

// analysis names the rules in use: those of package words and the vocabulary.
// Documents that were stored under another name are Stale.
func (r *Retriever) analysis() string {
	return strconv.Itoa(words.Rules) + "-" + strconv.FormatUint(r.vocabulary.Fingerprint(), 36)
}

// canonicalSkill is the name under which a listed skill is filtered by: that of
// the vocabulary, or for a skill it does not know the name in lower case.
func canonicalSkill(vocabulary *skills.Vocabulary, name string) (canonical string, known bool) {
	if skill, ok := vocabulary.Lookup(name); ok {
		return skill.Name, true
	}
	return strings.ToLower(cleanLine(name)), false
}

// titledText is the title and the text of a document. A proposal's title is
// made from an id and says nothing.
func titledText(d Document) string {
	if d.Proposal != nil {
		return d.Proposal.Text
	}
	return d.Title() + "\n" + d.Text()
}
