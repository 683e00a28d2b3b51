package advice

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// match is how well a section answers a question.
type match struct {
	section *Section
	score   float64
}

// Constants of the search, chosen on the questions of find_test.go.
const (
	nearness     = 14.0 // what a cosine counts beside a word's rarity
	leastNear    = 0.62 // of the two cosines together: nearer than this is known
	leastAlike   = 0.46 // or this, where the words say so too
	leastCovered = 0.42 // share of what the question says that the section says
	leastAbout   = 2.8  // rarity of its words that stand in the title or among the synonyms
	leastScore   = 16.0 // of all together: less is a word or two that happen to be there
	otherSide    = 0.9  // a section for the other side of the market counts this much
)

// finder finds sections by words and by nearness of meaning.
type finder struct {
	embedder retrieval.Embedder
	sections func() ([]placed, error) // with their vectors, made once
}

// placed is a section with the vectors of its phrases and of its text.
type placed struct {
	*Section
	phrases [][]float32
	whole   []float32
}

func newFinder(embedder retrieval.Embedder) *finder {
	return &finder{embedder: embedder, sections: sync.OnceValues(func() ([]placed, error) { return place(embedder) })}
}

func place(embedder retrieval.Embedder) ([]placed, error) {
	var list []placed
	for i := range Handbook() {
		s := &Handbook()[i]
		texts := append([]string{s.Title + ". " + s.synonyms + " " + s.Text, s.Title}, strings.Split(s.synonyms, ",")...)
		vectors, err := embedder.Embed(context.Background(), texts)
		if err != nil {
			return nil, fmt.Errorf("advice: embedding the handbook: %w", err)
		}
		list = append(list, placed{s, vectors[1:], vectors[0]})
	}
	return list, nil
}

// find returns the sections that answer a question, best first.
func (f *finder) find(ctx context.Context, question string, role sessions.Role) ([]match, error) {
	asked := questionTerms(question)
	if len(asked) == 0 {
		return nil, nil
	}
	sections, err := f.sections()
	if err != nil {
		return nil, err
	}
	vectors, err := f.embedder.Embed(ctx, []string{question})
	if err != nil {
		return nil, fmt.Errorf("advice: find: %w", err)
	}
	var found []match
	for _, s := range sections {
		near, score := s.near(vectors[0]), 0.0
		words, about, covered := s.shares(asked)
		if near < leastNear && (near < leastAlike || about < leastAbout || covered < leastCovered) {
			continue
		}
		score = words + nearness*near
		if s.For != "both" && string(role) != "" && s.For != string(role) {
			score *= otherSide
		}
		if score >= leastScore {
			found = append(found, match{s.Section, score})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	return found, nil
}

// near adds how near the closest phrase is and how near the whole text.
func (s placed) near(question []float32) float64 {
	best := 0.0
	for _, p := range s.phrases {
		best = max(best, cosine(question, p))
	}
	return best + cosine(question, s.whole)
}

// cosine of two vectors of unit length.
func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// shares weighs the words that a section has in common with a question.
func (s placed) shares(asked map[string]bool) (score, about, covered float64) {
	total := 0.0
	for term := range asked {
		total += rarityOf(term)
	}
	for term := range asked {
		place := s.terms[term]
		if place == 0 {
			continue
		}
		score += rarityOf(term) * place
		covered += rarityOf(term) / total
		if place > inText {
			about += rarityOf(term)
		}
	}
	return score, about, covered
}

// rarities is how rare each stem is among the sections: ln(1 + n/sections that have it).
var rarities = sync.OnceValue(func() map[string]float64 {
	counts := make(map[string]int)
	for _, s := range Handbook() {
		for term := range s.terms {
			counts[term]++
		}
	}
	found := make(map[string]float64, len(counts))
	for term, n := range counts {
		found[term] = math.Log(1 + float64(len(Handbook()))/float64(n))
	}
	return found
})

// rarityOf takes a word that no section has for one that a single one has.
func rarityOf(term string) float64 {
	if r, ok := rarities()[term]; ok {
		return r
	}
	return math.Log(1 + float64(len(Handbook())))
}

// chatter is words of a question that say nothing of what it is about.
var chatter = telling("how what when who why should would could can need want tell know think help advice question please thanks normal usual best good way thing things people someone somebody " +
	"do does done did get got give make use work works working job jobs freelancer freelancers client clients hire hiring first time lot really much many better")

// questionTerms is what a question says. When it says nothing but chatter, that is taken.
func questionTerms(question string) map[string]bool {
	all := telling(question)
	kept := make(map[string]bool)
	for term := range all {
		if !chatter[term] {
			kept[term] = true
		}
	}
	if len(kept) == 0 {
		return all
	}
	return kept
}
