package retrieval

import (
	"cmp"
	"math"
	"slices"
	"strings"

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
	similar = withoutCopies(similar)
	counts := make(map[string]int)
	names := namer{vocabulary, make(map[string]string)}
	for _, post := range similar {
		for name := range names.of(post.Skills) {
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

// withoutCopies keeps one of the posts that list exactly the same many skills:
// they were copied from each other, and say what one post says.
func withoutCopies(posts []Facets) []Facets {
	const many = 5
	seen := make(map[string]bool)
	kept := make([]Facets, 0, len(posts))
	for _, post := range posts {
		list := slices.Sorted(slices.Values(post.Skills))
		key := strings.ToLower(strings.Join(list, "\n"))
		if len(list) >= many && seen[key] {
			continue
		}
		seen[key] = true
		kept = append(kept, post)
	}
	return kept
}

// namer finds the vocabulary names of skills, each spelling once.
type namer struct {
	vocabulary *skills.Vocabulary
	known      map[string]string
}

// of returns the skills of a list by their vocabulary names, each once.
func (n namer) of(listed []string) map[string]bool {
	names := make(map[string]bool, len(listed))
	for _, spelling := range listed {
		name, ok := n.known[spelling]
		if !ok {
			name = canonical(n.vocabulary, spelling)
			n.known[spelling] = name
		}
		names[name] = true
	}
	return names
}
