package pgindex

import (
	"math"
	"slices"
)

// weightedWord is a word of a search.
type weightedWord struct {
	word      string
	documents int     // that have it, about
	rarity    float64 // its inverse document frequency, as BM25 has it
}

// weigh returns the words of a search, rarest first.
func weigh(known frequencies, words []string) []weightedWord {
	weighted := make([]weightedWord, len(words))
	for i, word := range words {
		n := known.of(word)
		rest := float64(max(known.documents-n, 0))
		weighted[i] = weightedWord{word, n, math.Log(1 + (rest+0.5)/(float64(n)+0.5))}
	}
	slices.SortStableFunc(weighted, func(a, b weightedWord) int { return a.documents - b.documents })
	return weighted
}

// rarest returns the rarest words that bring enough documents.
func rarest(weighted []weightedWord, enough float64) []weightedWord {
	sum := 0
	for i, w := range weighted {
		if sum += w.documents; float64(sum) > enough && i > 0 {
			return weighted[:i]
		}
	}
	return weighted
}

func documentsOf(weighted []weightedWord) (sum float64) {
	for _, w := range weighted {
		sum += float64(w.documents)
	}
	return sum
}

func wordsOf(weighted []weightedWord) []string {
	words := make([]string, len(weighted))
	for i, w := range weighted {
		words[i] = w.word
	}
	return words
}

// group are words of about the same rarity, which one call of ts_rank scores.
type group struct {
	words  []string
	rarity float64 // their mean
}

// groups puts words together whose rarity differs by less than a tenth, less
// than what counting in a sample leaves uncertain: a call for each word takes
// three times as long.
func groups(weighted []weightedWord) []group {
	var list []group
	for i := 0; i < len(weighted); {
		g := group{}
		sum, first := 0.0, weighted[i].rarity
		for ; i < len(weighted) && weighted[i].rarity >= 0.9*first; i++ {
			g.words = append(g.words, weighted[i].word)
			sum += weighted[i].rarity
		}
		g.rarity = sum / float64(len(g.words))
		list = append(list, g)
	}
	return list
}
