// Package embed turns texts into vectors for search by nearness.
//
// [Trained] needs no download, no network and no other server. Part of its
// vector is learned: a weighted sum of what training found each word, piece of
// a word and skill to mean. The other part is hashed from the words, skills and
// kind of work themselves, so that exact words count too. [Default] is the one
// trained on the demo marketplace and on public names of occupations and
// skills, [Train] trains one further on a marketplace's own documents, and
// [Open] opens the file of such a one.
//
// [OpenAI] asks any server that speaks the OpenAI API. Both return vectors of
// unit length, and both are a retrieval.Embedder.
package embed

import (
	"context"
	"fmt"
	"math"

	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

const (
	learnedDimensions = 256
	hashedDimensions  = 128
	dimensions        = learnedDimensions + hashedDimensions

	// hashedShare is how much of a vector's square the hashed part makes up.
	hashedShare = 0.30
)

// Trained is the built-in embedder. It is stateless and safe for concurrent use.
type Trained struct {
	lexicon  *lexicon
	hasher   hasher
	artefact *learn.Artefact
	name     string
}

// algorithm is the version of how a vector is made from a reading. It changes whenever the same
// text gives another vector on the same artefact, words and skills.
const algorithm = "trained-1"

func newTrained(artefact *learn.Artefact, lexicon *lexicon, vocabulary *skills.Vocabulary, table *words.Table) *Trained {
	known := mix(table.Fingerprint() ^ mix(vocabulary.Fingerprint()+uint64(words.Rules)))
	return &Trained{
		lexicon: lexicon, hasher: hasher{vocabulary, table}, artefact: artefact,
		name: fmt.Sprintf("%s-%.8s-%08x", algorithm, artefact.Hash(), uint32(known)),
	}
}

// Name identifies the algorithm, the artefact, and the words and skills that
// are known: with other ones texts have other vectors, which must not be compared.
func (t *Trained) Name() string { return t.name }

// Dimensions returns the length of the vectors, 384.
func (t *Trained) Dimensions() int { return dimensions }

// Artefact tells what the embedder was trained on. Callers must not change it.
func (t *Trained) Artefact() *learn.Artefact { return t.artefact }

// Embed returns a vector of unit length for each text, the same one for the
// same text each time. The first line of a text counts double: it is the title of a
// document. Texts without a word that says anything are all alike, and far
// from others. The only error is that of ctx.
func (t *Trained) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors[i] = t.vector(read(t.hasher.vocabulary, text))
	}
	return vectors, nil
}

func (t *Trained) vector(r reading) []float32 {
	vector := make([]float32, dimensions)
	hashed := t.hasher.sum(r)
	if hashed.length() == 0 {
		hashed.add(hash('n', ""), 1)
	}
	scale := math.Sqrt(hashedShare) / hashed.length()
	for i, x := range hashed {
		vector[learnedDimensions+i] = float32(x * scale)
	}
	copy(vector, t.lexicon.sum(r))
	if normalise(vector[:learnedDimensions]) > 0 {
		for i := range learnedDimensions {
			vector[i] *= sqrtLearnedShare
		}
	}
	normalise(vector)
	return vector
}

var sqrtLearnedShare = float32(math.Sqrt(1 - hashedShare))

// normalise scales a vector to length 1 and returns the length it had.
func normalise(vector []float32) float32 {
	length := float32(math.Sqrt(float64(dot(vector, vector))))
	if length > 0 {
		scale := 1 / length
		for i := range vector {
			vector[i] *= scale
		}
	}
	return length
}

// dot is the inner product of two vectors of one length.
func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3, s4, s5, s6, s7 float32
	i := 0
	for ; i+8 <= len(a); i += 8 {
		x, y := a[i:i+8:i+8], b[i:i+8:i+8]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		s4 += x[4] * y[4]
		s5 += x[5] * y[5]
		s6 += x[6] * y[6]
		s7 += x[7] * y[7]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3) + (s4 + s5) + (s6 + s7)
}
