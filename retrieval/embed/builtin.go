// Package embed turns texts into vectors for search by nearness.
//
// [Builtin] needs no download, no network and no other server: it projects what
// a text says (stems and parts of words, skills with what they are related to,
// and the kind of work) into 384 numbers. [OpenAI] asks any server that speaks
// the OpenAI API. Both return vectors of unit length, and both are a
// retrieval.Embedder.
package embed

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// algorithm is the version of this file: it changes whenever the same text gives
// another vector on the same words and skills.
const algorithm = "builtin-1"

const (
	dimensions = 384
	// maxBytes of a text are read. What a text is about stands at its beginning.
	maxBytes = 20_000
)

// How much of a vector's square each part makes up when all are there, and
// what features weigh within their part. Chosen by the measurement in docs/retrieval.md.
const (
	wordShare  = 0.50
	skillShare = 0.30
	topicShare = 0.20

	titleWeight   = 2.0 // of words on the first line, beside those below it
	partWeight    = 0.3 // of all parts of a word together, beside the word
	partLength    = 4   // characters in a part of a word
	broaderDecay  = 0.5 // of each step up from a skill
	relatedWeight = 0.2 // of a related skill, beside the skill

	// topicSharpness is how far the likeliest kind of work stands out. With more
	// of it real posts find less of their like.
	topicSharpness = 1.0
)

// Embedder is the built-in embedder. It is stateless and safe for concurrent use.
type Embedder struct {
	vocabulary *skills.Vocabulary
	table      *words.Table
	name       string
}

// Builtin returns the built-in embedder, on the vocabulary and the word table of the binary.
var Builtin = sync.OnceValue(func() *Embedder { return newBuiltin(skills.Default(), words.Default()) })

func newBuiltin(vocabulary *skills.Vocabulary, table *words.Table) *Embedder {
	known := table.Fingerprint()
	for _, skill := range vocabulary.Skills() {
		for _, part := range [][]string{{skill.Name}, skill.Aliases, skill.Broader, skill.Related} {
			known = mix(known ^ hash('v', strings.Join(part, ",")))
		}
	}
	return &Embedder{vocabulary, table, fmt.Sprintf("%s-%08x", algorithm, uint32(known))}
}

// Name identifies the algorithm, and the words and skills that it knows: with
// other ones texts have other vectors, which must not be compared.
func (e *Embedder) Name() string { return e.name }

// Dimensions returns the length of the vectors, 384.
func (e *Embedder) Dimensions() int { return dimensions }

// Embed returns a vector of unit length for each text, the same one for the
// same text each time. The first line of a text counts double: it is the title of a
// document. Texts without a word that says anything are all alike, and far
// from others. The only error is that of ctx.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors[i] = e.embed(text)
	}
	return vectors, nil
}

func (e *Embedder) embed(text string) []float32 {
	if len(text) > maxBytes {
		text = strings.ToValidUTF8(text[:maxBytes], "")
	}
	var all, part sum
	stems := countStems(text)
	for i, stem := range stems.names {
		e.addWord(&part, stem, stems.values[i])
	}
	all.mix(&part, wordShare)
	part = sum{}
	named := e.weighSkills(text)
	for i, skill := range named.names {
		part.add(hash('s', skill), named.values[i])
	}
	all.mix(&part, skillShare)
	part = sum{}
	for topic, share := range e.topics(stems) {
		part.add(hash('t', e.table.Topics()[topic]), share)
	}
	all.mix(&part, topicShare)
	return all.unit()
}

// countStems counts stems, those of the first line by titleWeight.
func countStems(text string) *tally {
	counts := newTally(len(text) / 8)
	title, rest, _ := strings.Cut(text, "\n")
	for _, word := range words.Split(title) {
		if !words.Stop(word) {
			counts.add(words.Stem(word), titleWeight)
		}
	}
	for _, word := range words.Split(rest) {
		if !words.Stop(word) {
			counts.add(words.Stem(word), 1)
		}
	}
	return counts
}

// addWord adds a stem, and its parts so that other forms and misspellings are near.
func (e *Embedder) addWord(part *sum, stem string, count float64) {
	weight := math.Sqrt(count) * e.table.Weight(stem)
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
func (e *Embedder) weighSkills(text string) *tally {
	counts := newTally(16)
	for _, match := range e.vocabulary.Match(text) {
		counts.add(match.Skill.Name, 1)
	}
	weights := newTally(4 * len(counts.names))
	for i, name := range counts.names {
		weight := math.Log1p(counts.values[i])
		weights.add(name, weight)
		decay := broaderDecay
		for _, broader := range e.vocabulary.Ancestors(name) {
			weights.add(broader.Name, weight*decay)
			decay *= broaderDecay
		}
		skill, _ := e.vocabulary.Lookup(name)
		for _, related := range skill.Related {
			weights.add(related, weight*relatedWeight)
		}
	}
	return weights
}

// topics estimates the kind of work from the stems, as a naive Bayes
// classifier does. Stems of one text depend on each other, so the evidence
// counts by the square root of its amount and not in full.
func (e *Embedder) topics(stems *tally) []float64 {
	scores := make([]float64, len(e.table.Topics()))
	amount := 0.0
	for i, stem := range stems.names {
		odds := e.table.Odds(stem)
		if odds == nil {
			continue
		}
		weight := math.Log1p(stems.values[i])
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
