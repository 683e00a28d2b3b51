package retrieval

import (
	"cmp"
	"math"
	"slices"

	"github.com/parleyhq/parley/retrieval/skills"
)

const (
	maxCompanions   = 12
	companionPosts  = 3   // similar posts that must list a skill before it is a companion
	companionLift   = 1.3 // how much more often than elsewhere
	leastBackground = 20  // posts that a base rate needs
)

// companions are the skills that similar posts list clearly more often than the
// posts of the background do. Those already named are left out, and so are
// their other names and the more general skills above them, which would say
// nothing new. The best come first: common and distinctive, by posts × ln lift.
func companions(similar []Facets, background *group, named []string, vocabulary *skills.Vocabulary) []Companion {
	if len(similar) < MinPosts || background.posts < leastBackground {
		return nil
	}
	said := make(map[string]bool)
	for _, name := range named {
		said[canonical(vocabulary, name)] = true
		for _, broader := range vocabulary.Ancestors(name) {
			said[broader.Name] = true
		}
	}
	counts := make(map[string]int)
	for _, post := range similar {
		for name := range canonicalSkills(vocabulary, post.Skills) {
			counts[name]++
		}
	}
	var found []Companion
	for name, posts := range counts {
		if said[name] || posts < companionPosts {
			continue
		}
		base := float64(max(background.skills[name], posts)) / float64(max(background.posts, len(similar)))
		lift := float64(posts) / float64(len(similar)) / base
		if lift >= companionLift {
			found = append(found, Companion{Skill: name, Posts: posts, Of: len(similar), Lift: math.Round(lift*100) / 100})
		}
	}
	slices.SortFunc(found, func(a, b Companion) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a.Skill, b.Skill))
	})
	return found[:min(len(found), maxCompanions)]
}

// background is what companions are compared with: the posts of the category,
// or all of the tenant's when it is unknown or has few.
func (h *history) background(category string) *group {
	if g := h.groups[groupKey{category, ""}]; g != nil && g.posts >= leastBackground {
		return g
	}
	return h.all
}

func (c Companion) weight() float64 { return float64(c.Posts) * math.Log(c.Lift) }

// canonicalSkills are the skills of a list by their vocabulary names, each once.
func canonicalSkills(vocabulary *skills.Vocabulary, listed []string) map[string]bool {
	names := make(map[string]bool, len(listed))
	for _, name := range listed {
		names[canonical(vocabulary, name)] = true
	}
	return names
}
