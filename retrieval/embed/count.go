package embed

import (
	"cmp"
	"math"
	"slices"

	"github.com/parleyhq/parley/retrieval/words"
)

// What of a corpus gets a row. More rows make the artefact larger and hardly better.
const (
	leastStem = 2 // occurrences
	leastGram = 8
	mostStems = 16_000

	leastNewStem = 3 // for a row beside those of the embedder that training goes on from
	mostNewStems = 16_000

	mostGrams = 12_000

	// smoothFrequency is a of the weight a/(a+p) of a word that makes up a
	// share p of the corpus: smooth inverse frequency (Arora, Liang and Ma 2017).
	smoothFrequency = 1e-3
)

// census counts what a corpus has.
type census struct {
	stems, grams map[string]int
	total        int // stems
}

func newCensus() *census { return &census{stems: make(map[string]int), grams: make(map[string]int)} }

func (c *census) add(text reading) {
	for i, stem := range text.stems.names {
		n := int(math.Ceil(text.stems.values[i]))
		c.stems[stem] += n
		c.total += n
		for gram := range grams(stem) {
			c.grams[gram] += n
		}
	}
}

func (c *census) merge(other *census) {
	c.total += other.total
	for stem, n := range other.stems {
		c.stems[stem] += n
	}
	for gram, n := range other.grams {
		c.grams[gram] += n
	}
}

// weight is how much a stem counts: by its rarity here, and by how much it
// says about the kind of work elsewhere.
func (c *census) weight(stem string, table *words.Table) float32 {
	frequency := float64(c.stems[stem]) / float64(max(1, c.total))
	return float32(smoothFrequency / (smoothFrequency + frequency) * table.Weight(stem) / table.Weight(""))
}

// commonest returns the n names with the highest counts of at least least.
func commonest(counts map[string]int, least, n int) []string {
	var names []string
	for name, count := range counts {
		if count >= least {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return names[:min(n, len(names))]
}
