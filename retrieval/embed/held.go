package embed

import (
	"math/rand/v2"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

// Of the documents that have a title and a text, one in heldOut is not learned
// from, and at most mostHeld of them; of few documents none.
const (
	heldOut   = 20
	mostHeld  = 500
	leastHeld = 10
)

// exam is titles and the texts they belong to, none of them learned from.
type exam struct {
	titles, texts []string
}

// holdOut takes the documents of an exam out of others, with all that belongs to them.
func holdOut(documents []retrieval.Document, rng *rand.Rand) ([]retrieval.Document, exam) {
	var fit []int
	for i, d := range documents {
		if d.Kind != retrieval.KindProposal && d.Title() != "" && d.Text() != "" {
			fit = append(fit, i)
		}
	}
	n := min(mostHeld, len(fit)/heldOut)
	if n < leastHeld {
		return documents, exam{}
	}
	var e exam
	held := make(map[int]bool)
	for _, at := range rng.Perm(len(fit))[:n] {
		d := documents[fit[at]]
		held[fit[at]] = true
		e.titles, e.texts = append(e.titles, d.Title()), append(e.texts, d.Text())
	}
	var rest []retrieval.Document
	for i, d := range documents {
		if !held[i] {
			rest = append(rest, d)
		}
	}
	return rest, e
}

// draw returns n documents in their order, or all when there are no more.
func draw(documents []retrieval.Document, n int, rng *rand.Rand) []retrieval.Document {
	if len(documents) <= n {
		return documents
	}
	places := rng.Perm(len(documents))[:n]
	slices.Sort(places)
	drawn := make([]retrieval.Document, n)
	for i, at := range places {
		drawn[i] = documents[at]
	}
	return drawn
}

// grade is the mean reciprocal rank of a title's text among all texts of the exam.
func (e exam) grade(t *Trained) float64 {
	if len(e.titles) == 0 {
		return 0
	}
	texts := make([][]float32, len(e.texts))
	for i, text := range e.texts {
		texts[i] = t.vector(read(t.hasher.vocabulary, text))
	}
	sum := 0.0
	for i, title := range e.titles {
		vector := t.vector(read(t.hasher.vocabulary, title))
		own, rank := dot(vector, texts[i]), 1
		for j := range texts {
			if j != i && dot(vector, texts[j]) >= own {
				rank++
			}
		}
		sum += 1 / float64(rank)
	}
	return sum / float64(len(e.titles))
}
