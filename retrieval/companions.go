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
// posts of the background do: more often by the lower end of the lift's interval too,
// so that chance among few posts makes none. Those already named are left out,
// and so are their other names and the more general skills above them, which
// would say nothing new. The best come first: common and surely distinctive, by
// posts × ln of that lower end.
func companions(similar []counted, background *group, named []string, names namer) []Companion {
	if len(similar) < MinPosts || background.posts < leastBackground {
		return nil
	}
	said := make(map[string]bool)
	for _, name := range named {
		said[canonical(names.vocabulary, name)] = true
		for _, broader := range names.vocabulary.Ancestors(name) {
			said[broader.Name] = true
		}
	}
	similar = withoutCopies(similar)
	counts := make(map[string]int)
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
		c := Companion{Skill: name, Posts: posts, Of: len(similar)}
		c.compare(max(background.skills[name], posts), max(background.posts, len(similar)))
		if c.Lift >= companionLift && c.Low > 1 {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b Companion) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a.Skill, b.Skill))
	})
	return found[:min(len(found), maxCompanions)]
}

// compare fills in the lift over a background where so many posts of all list the skill.
func (c *Companion) compare(posts, of int) {
	lift, spread := shareRatio(c.Posts, c.Of, posts, of)
	c.Lift, c.Low = math.Round(lift*100)/100, math.Round(lift*math.Exp(-z90*spread)*100)/100
}

// shareRatio is the ratio of two shares, a of n over b of m, and the standard
// error of its logarithm (Katz, Baptista, Azen and Pike 1978).
func shareRatio(a, n, b, m int) (ratio, spread float64) {
	x, y := float64(a)/float64(n), float64(b)/float64(m)
	return x / y, math.Sqrt(max(0, (1-x)/float64(a)+(1-y)/float64(b)))
}

// background is what companions are compared with: the posts of the category,
// or all of the tenant's when it is unknown or has few.
func (h *history) background(category string) *group {
	if g := h.groups[groupKey{category, ""}]; g != nil && g.posts >= leastBackground {
		return g
	}
	return h.all
}

func (c Companion) weight() float64 { return float64(c.Posts) * math.Log(c.Low) }

// withoutCopies keeps one of the posts that list exactly the same many skills:
// they were copied from each other, and say what one post says.
func withoutCopies(posts []counted) []counted {
	const many = 5
	seen := make(map[string]bool)
	kept := make([]counted, 0, len(posts))
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
	known      map[string]string // found by others, only read
	found      map[string]string
}

func newNamer(vocabulary *skills.Vocabulary, known map[string]string) namer {
	return namer{vocabulary, known, make(map[string]string)}
}

// of returns the skills of a list by their vocabulary names, each once.
func (n namer) of(listed []string) map[string]bool {
	names := make(map[string]bool, len(listed))
	for _, spelling := range listed {
		names[n.name(spelling)] = true
	}
	return names
}

func (n namer) name(spelling string) string {
	if name, ok := n.known[spelling]; ok {
		return name
	}
	name, ok := n.found[spelling]
	if !ok {
		name = canonical(n.vocabulary, spelling)
		n.found[spelling] = name
	}
	return name
}

// broader are the skills above those that were found.
func (n namer) broader() map[string][]string {
	above := make(map[string][]string)
	for _, name := range n.found {
		if above[name] == nil {
			for _, skill := range n.vocabulary.Ancestors(name) {
				above[name] = append(above[name], skill.Name)
			}
		}
	}
	return above
}
