package embed

import (
	"context"

	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// TrainOn trains on another vocabulary and word table.
func TrainOn(ctx context.Context, corpus *Corpus, vocabulary *skills.Vocabulary, table *words.Table, o TrainOptions) (*Trained, Report, error) {
	return train(ctx, corpus, vocabulary, table, o.withDefaults())
}

// Decode reads the body of an artefact, and writes it again.
func Decode(body []byte) ([]byte, error) {
	lexicon, err := decode(body)
	if err != nil {
		return nil, err
	}
	return lexicon.encode(), nil
}

// ByHand is an embedder whose few rows were not trained.
func ByHand(vocabulary *skills.Vocabulary, table *words.Table, stems, grams, names []string) *Trained {
	l := &lexicon{stems: newIndex(stems), grams: newIndex(grams), skills: newIndex(names)}
	l.weight, l.scale = make([]float32, len(stems)), make([]float32, l.rows())
	l.values = make([]int8, l.rows()*learnedDimensions)
	for i := range l.values {
		l.values[i] = int8(mix(uint64(i))%15) - mostLevel
	}
	for i := range l.scale {
		l.scale[i] = 0.1
	}
	return newTrained(&learn.Artefact{}, l, vocabulary, table)
}
