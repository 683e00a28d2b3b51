package embed

import (
	"math"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// How much of the hashed part's square each kind of feature makes up when all
// are there, and what features weigh within it. Chosen by measurement on real posts.
const (
	wordShare  = 0.50
	skillShare = 0.30
	topicShare = 0.20

	partWeight    = 0.3 // of all parts of a word together, beside the word
	partLength    = 4   // characters in a part of a word
	broaderDecay  = 0.5 // of each step up from a skill
	relatedWeight = 0.2 // of a related skill, beside the skill

	// topicSharpness is how far the likeliest kind of work stands out. With more
	// of it real posts find less of their like.
	topicSharpness = 1.0
)

// hasher makes the part of a vector that is not trained: what a text says, word
// by word and skill by skill, under a random projection. By it exact words
// count, also those that the training has never seen.
type hasher struct {
	vocabulary *skills.Vocabulary
	table      *words.Table
}

func (h *hasher) sum(r reading) *sum {
	all, part := new(sum), new(sum)
	for i, stem := range r.stems.names {
		if r.says(i) {
			h.addWord(part, stem, r.stems.values[i])
		}
	}
	all.mix(part, wordShare)
	*part = sum{}
	named := h.weighSkills(r.skills)
	for i, skill := range named.names {
		part.add(hash('s', skill), named.values[i])
	}
	all.mix(part, skillShare)
	*part = sum{}
	for topic, share := range h.topics(r) {
		part.add(hash('t', h.table.Topics()[topic]), share)
	}
	all.mix(part, topicShare)
	return all
}

// addWord adds a stem, and its parts so that other forms and misspellings are near.
func (h *hasher) addWord(part *sum, stem string, count float64) {
	weight := math.Sqrt(count) * h.table.Weight(stem)
	part.add(hash('w', stem), weight)
	if len(stem) <= partLength {
		return
	}
	parts := len(stem) - partLength + 1
	share := weight * partWeight / math.Sqrt(float64(parts))
	for at := range parts {
		part.add(hash('p', stem[at:at+partLength]), share)
	}
}

// weighSkills weighs the skills that a text names, and what is above and beside
// them, so that texts about React and about Vue are nearer than their words.
func (h *hasher) weighSkills(named *tally) *tally {
	weights := newTally(4 * len(named.names))
	for i, name := range named.names {
		weight := math.Log1p(named.values[i])
		weights.add(name, weight)
		decay := broaderDecay
		for _, broader := range h.vocabulary.Ancestors(name) {
			weights.add(broader.Name, weight*decay)
			decay *= broaderDecay
		}
		skill, _ := h.vocabulary.Lookup(name)
		for _, related := range skill.Related {
			weights.add(related, weight*relatedWeight)
		}
	}
	return weights
}

// topics estimates the kind of work from the stems, as a naive Bayes
// classifier does. Stems of one text depend on each other, so the evidence
// counts by the square root of its amount and not in full.
func (h *hasher) topics(r reading) []float64 {
	scores := make([]float64, len(h.table.Topics()))
	amount := 0.0
	for i, stem := range r.stems.names {
		odds := h.table.Odds(stem)
		if odds == nil || !r.says(i) {
			continue
		}
		weight := math.Log1p(r.stems.values[i])
		amount += weight
		for topic := range scores {
			scores[topic] += weight * float64(odds[topic])
		}
	}
	if amount == 0 {
		return nil
	}
	best := scores[0]
	for _, score := range scores {
		best = max(best, score)
	}
	total := 0.0
	for topic := range scores {
		scores[topic] = math.Exp(topicSharpness * (scores[topic] - best) / math.Sqrt(amount))
		total += scores[topic]
	}
	for topic := range scores {
		scores[topic] /= total
	}
	return scores
}
