package skills

// ancestor is a more general skill and how many steps up it is.
type ancestor struct {
	skill int32
	steps int
}

// What a step between two skills leaves of their relatedness. The values are
// judgement, not measurement: a skill and its broader one do much of the same
// work, two skills that go together less, and two that merely share a broader
// one least of all.
const (
	stepUp       = 0.75
	relatedOnce  = 0.6
	siblings     = 0.5
	crowd        = 12 // an ancestor of more skills than this says less about what they share
	leastRelated = 0.05
)

// Relatedness says how near two skills are, in 0–1, whatever the order:
//
//   - 1 for the same skill (also by alias);
//   - 0.75 for a skill and its broader one, and 0.75 again for each further step;
//   - 0.6 for skills listed as related;
//   - at most 0.5 for two that share a broader skill, less with each step to it
//     and the more skills it covers;
//   - 0 below 0.05, and for words that are no skills.
func (v *Vocabulary) Relatedness(a, b string) float64 {
	first, ok := v.id(a)
	if !ok {
		return 0
	}
	second, ok := v.id(b)
	if !ok {
		return 0
	}
	if first == second {
		return 1
	}
	score := max(v.rise(first, second), v.rise(second, first), v.shared(first, second))
	for _, id := range v.related[first] {
		if id == second {
			score = max(score, relatedOnce)
		}
	}
	if score < leastRelated {
		return 0
	}
	return score
}

// Ancestors returns the more general skills of a skill, nearest first.
func (v *Vocabulary) Ancestors(nameOrAlias string) []Skill {
	id, ok := v.id(nameOrAlias)
	if !ok {
		return nil
	}
	found := make([]Skill, len(v.ancestors[id]))
	for i, a := range v.ancestors[id] {
		found[i] = v.skills[a.skill]
	}
	return found
}

// rise is the relatedness of a skill to one above it, 0 when it is not above.
func (v *Vocabulary) rise(from, to int32) float64 {
	for _, a := range v.ancestors[from] {
		if a.skill == to {
			return power(stepUp, a.steps)
		}
	}
	return 0
}

// shared is the relatedness of two skills by their best common ancestor.
func (v *Vocabulary) shared(first, second int32) float64 {
	best := 0.0
	for _, a := range v.ancestors[first] {
		for _, b := range v.ancestors[second] {
			if a.skill != b.skill {
				continue
			}
			score := siblings * power(stepUp, a.steps+b.steps-2)
			if size := float64(v.below[a.skill]); size > crowd {
				score *= crowd / size
			}
			best = max(best, score)
		}
	}
	return best
}

func power(base float64, steps int) float64 {
	result := 1.0
	for range steps {
		result *= base
	}
	return result
}

// findAncestors walks up from each skill, breadth first. A cycle would end
// where it began, so that a faulty vocabulary does no harm.
func (v *Vocabulary) findAncestors() {
	v.ancestors, v.below = make([][]ancestor, len(v.skills)), make([]int32, len(v.skills))
	for id := range v.skills {
		var found []ancestor
		level := v.broader[id]
		for steps := 1; len(level) > 0; steps++ {
			var next []int32
			for _, up := range level {
				if up == int32(id) || contains(found, up) {
					continue
				}
				found = append(found, ancestor{up, steps})
				next = append(next, v.broader[up]...)
			}
			level = next
		}
		v.ancestors[id] = found
		for _, a := range found {
			v.below[a.skill]++
		}
	}
}

func contains(found []ancestor, id int32) bool {
	for _, a := range found {
		if a.skill == id {
			return true
		}
	}
	return false
}
