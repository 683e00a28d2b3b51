package jobpost

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
)

// mostSuggestions is how many suggestions a draft carries.
const mostSuggestions = 6

// suggest lists what similar posts specify and the draft lacks: practical
// aspects for its deliverables, companion skills for what would be nice. What
// the person mentioned in any way, accepted or dismissed is not offered.
func suggest(doc *Document) []sessions.Suggestion {
	var out []sessions.Suggestion
	for _, a := range openAspects(doc) {
		if len(out) == mostSuggestions-2 {
			break
		}
		reason := ofSimilar(doc.Brief.Memory.Aspects[a.id], doc.Brief.Memory.Posts) + " mention " + a.name
		out = append(out, suggestion("aspect-"+a.id, a.text, reason, map[string]any{"deliverables": append(slices.Clone(doc.Deliverables), a.text)}))
	}
	for _, c := range companions(doc) {
		if len(out) == mostSuggestions {
			break
		}
		id := skillID(c.Skill)
		if slices.Contains(doc.Dismissed, id) {
			continue
		}
		nice := map[string]any{"skills": map[string]any{"nice": append(slices.Clone(doc.Skills.Nice), c.Skill)}}
		out = append(out, suggestion(id, c.Skill+" as a welcome skill", ofRelated(c.Posts, c.Of)+" ask for it", nice))
	}
	return out
}

func skillID(name string) string {
	return "skill-" + strings.Join(strings.Fields(strings.ToLower(name)), "-")
}

func suggestion(id, text, reason string, patch map[string]any) sessions.Suggestion {
	data, err := json.Marshal(patch)
	if err != nil { // strings only
		panic(err)
	}
	return sessions.Suggestion{ID: id, Text: text, Reason: reason, Patch: data}
}

// openAspects are the aspects that enough similar posts mention (at least
// three, and a quarter of them) and the person has not, most mentioned first.
func openAspects(doc *Document) []aspect {
	m := doc.Brief.Memory
	said := saidText(doc.Brief.Brief)
	var found []aspect
	for _, a := range aspectsOf(doc.Category) {
		if n := m.Aspects[a.id]; n < leastPosts || 4*n < m.Posts || mentions(said, a.patterns) || slices.Contains(doc.Dismissed, "aspect-"+a.id) {
			continue
		}
		if slices.ContainsFunc(found, func(other aspect) bool { return other.id == a.id }) || slices.Contains(doc.Deliverables, a.text) {
			continue
		}
		found = append(found, a)
	}
	slices.SortStableFunc(found, func(a, b aspect) int { return cmp.Compare(m.Aspects[b.id], m.Aspects[a.id]) })
	return found
}

// companions are the skills that similar posts list more often than others do,
// without those that the person named, ruled out, or that say the same.
func companions(doc *Document) []retrieval.Companion {
	if doc.Market == nil {
		return nil
	}
	var found []retrieval.Companion
	for _, c := range doc.Market.Companions {
		if c.Posts >= leastPosts && c.Lift >= 1.2 && !named(doc.Brief.Brief, c.Skill) {
			found = append(found, c)
		}
	}
	return found
}

func named(b brief.Brief, skill string) bool {
	for _, list := range [][]brief.Item{b.Must, b.Nice, b.Without} {
		for _, item := range list {
			if strings.EqualFold(item.Text, skill) || skills.Default().Relatedness(item.Text, skill) >= 0.99 {
				return true
			}
		}
	}
	return false
}
