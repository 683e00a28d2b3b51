package embed

import (
	"math/rand/v2"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// enrol makes a student with a row for each stem, gram and skill of a corpus
// that is worth one, in random directions.
func enrol(counts *census, vocabulary *skills.Vocabulary, table *words.Table, rng *rand.Rand) *student {
	s := &student{
		stems:  newIndex(commonest(counts.stems, leastStem, mostStems)),
		grams:  newIndex(commonest(counts.grams, leastGram, mostGrams)),
		skills: newIndex(skillNames(vocabulary)),
	}
	s.weigh(counts, table)
	s.scatter(rng)
	s.relate(vocabulary)
	return s
}

// readmit makes a student that knows what an embedder does, with further rows
// for stems that are often in the corpus and new to it. They begin as the sum of their grams.
func readmit(from *lexicon, counts *census, vocabulary *skills.Vocabulary, table *words.Table, rng *rand.Rand) *student {
	stems := from.stems.names
	for _, stem := range commonest(counts.stems, leastNewStem, mostStems) {
		if _, known := from.stems.at[stem]; !known && len(stems) < mostStems+mostNewStems {
			stems = append(stems[:len(stems):len(stems)], stem)
		}
	}
	s := &student{stems: newIndex(append([]string(nil), stems...)), grams: from.grams, skills: newIndex(skillNames(vocabulary))}
	s.weigh(counts, table)
	s.scatter(rng)
	s.relate(vocabulary)
	s.remember(from)
	return s
}

func skillNames(vocabulary *skills.Vocabulary) []string {
	names := make([]string, 0, vocabulary.Len())
	for _, skill := range vocabulary.Skills() {
		names = append(names, skill.Name)
	}
	return names
}

func (s *student) weigh(counts *census, table *words.Table) {
	s.weight = make([]float32, len(s.stems.names))
	for i, stem := range s.stems.names {
		s.weight[i] = counts.weight(stem, table)
	}
}

// remember takes over the rows of a lexicon. What a stem's row took in of its grams is taken out again.
func (s *student) remember(from *lexicon) {
	for i := range from.grams.names {
		from.copy(s.row(s.gramRow(int32(i))), len(from.stems.names)+i)
	}
	for i, name := range from.skills.names {
		if at, ok := s.skills.at[name]; ok {
			from.copy(s.row(s.skillRow(at)), len(from.stems.names)+len(from.grams.names)+i)
		}
	}
	vector, scratch := make([]float32, learnedDimensions), make([]float32, learnedDimensions)
	for at, stem := range s.stems.names {
		row := s.row(int32(at))
		clear(row)
		known, ok := from.stems.at[stem]
		if !ok || from.weight[known] == 0 {
			continue
		}
		s.weight[at] = from.weight[known]
		from.add(row, int(known), 1/from.weight[known])
		parts := newFeatures(32)
		s.addGrams(parts, stem, 1)
		s.encode(vector, scratch, parts.list)
		for d, x := range vector {
			row[d] -= x
		}
	}
}

// copy writes a row of the lexicon to a vector.
func (l *lexicon) copy(vector []float32, row int) {
	clear(vector)
	l.add(vector, row, 1)
}

// relate begins each skill near those above and beside it.
func (s *student) relate(vocabulary *skills.Vocabulary) {
	alone := append([]float32(nil), s.rows...)
	row := func(rows []float32, name string) []float32 {
		at := int(s.skillRow(s.skills.at[name])) * learnedDimensions
		return rows[at : at+learnedDimensions]
	}
	for _, name := range s.skills.names {
		vector := row(s.rows, name)
		near := func(other string, weight float32) {
			for d, x := range row(alone, other) {
				vector[d] += weight * x
			}
		}
		weight := float32(broaderDecay)
		for _, broader := range vocabulary.Ancestors(name) {
			near(broader.Name, weight)
			weight *= broaderDecay
		}
		skill, _ := vocabulary.Lookup(name)
		for _, related := range skill.Related {
			near(related, relatedWeight)
		}
		normalise(vector)
	}
}
