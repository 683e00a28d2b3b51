package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// ErrVector is wrapped by the error of an embedder whose answer cannot be
// used: a vector of another length, of no length, or with what is no number.
var ErrVector = errors.New("retrieval: unusable vector")

// vectorsOf embeds texts and checks what came back: nothing of an answer with
// a fault is used, since which vector belongs to which text is then in doubt.
func vectorsOf(ctx context.Context, e Embedder, texts []string) ([][]float32, error) {
	vectors, err := e.Embed(ctx, texts)
	if err != nil {
		return nil, err
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("%w: embedder %s gave %d vectors for %d texts", ErrVector, e.Name(), len(vectors), len(texts))
	}
	for _, vector := range vectors {
		if len(vector) != e.Dimensions() {
			return nil, fmt.Errorf("%w: embedder %s gave %d dimensions instead of %d", ErrVector, e.Name(), len(vector), e.Dimensions())
		}
		square := 0.0
		for _, x := range vector {
			square += float64(x) * float64(x)
		}
		if !(square > 0) || math.IsInf(square, 0) {
			return nil, fmt.Errorf("%w: embedder %s gave one that is zero or not finite", ErrVector, e.Name())
		}
	}
	return vectors, nil
}

const (
	// An embedder that fails so late has tried again by itself: its server is
	// gone, and no single text is at fault.
	lateFailure = 5 * time.Second
	// mostFailures in a row, and all texts are at fault. Finding one among 256 takes 9.
	mostFailures = 16
)

// embedding embeds texts that may be at fault: those that make the embedder
// fail are found by halving, so that the others get their vectors.
type embedding struct {
	Embedder
	failures int // in a row
	skipped  int // texts without a vector
	first    error
	gaveUp   bool
}

// vectors returns one for each text, nil for those that failed. After it has
// given up all are nil.
func (e *embedding) vectors(ctx context.Context, texts []string) [][]float32 {
	vectors := make([][]float32, len(texts))
	e.try(ctx, texts, vectors)
	return vectors
}

func (e *embedding) try(ctx context.Context, texts []string, vectors [][]float32) {
	if e.gaveUp {
		e.skipped += len(texts)
		return
	}
	begun := time.Now()
	found, err := vectorsOf(ctx, e.Embedder, texts)
	if err == nil {
		e.failures = 0
		copy(vectors, found)
		return
	}
	if e.first == nil {
		e.first = err
	}
	e.failures++
	e.gaveUp = ctx.Err() != nil || time.Since(begun) > lateFailure || e.failures >= mostFailures
	if e.gaveUp || len(texts) == 1 {
		e.skipped += len(texts)
		return
	}
	half := len(texts) / 2
	e.try(ctx, texts[:half], vectors[:half])
	e.try(ctx, texts[half:], vectors[half:])
}

// err says that texts were skipped, and what the first fault was.
func (e *embedding) err() error {
	if e.skipped == 0 {
		return nil
	}
	return fmt.Errorf("%d documents have no vector: %w", e.skipped, e.first)
}
