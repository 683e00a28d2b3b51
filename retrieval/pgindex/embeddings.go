package pgindex

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// embedding is a model whose vectors are kept.
type embedding struct {
	pgvectorSupport
	n          int32
	dimensions int
	read       time.Time
}

// embeddingsLast is how long it goes unnoticed that another process has
// forgotten an embedding and registered its name again.
const embeddingsLast = time.Minute

// embedding looks an embedding up by its name.
func (x *Index) embedding(ctx context.Context, name string) (e embedding, ok bool, err error) {
	x.mu.RLock()
	e, ok = x.embeddings[name]
	x.mu.RUnlock()
	if ok && time.Since(e.read) < embeddingsLast {
		return e, true, ctx.Err()
	}
	e = embedding{pgvectorSupport: x.pgvector, read: time.Now()}
	err = x.pool.QueryRow(ctx, "select n, dimensions from embeddings where name = $1", cleanText(name)).Scan(&e.n, &e.dimensions)
	if errors.Is(err, pgx.ErrNoRows) {
		return embedding{}, false, nil
	}
	if err != nil {
		return embedding{}, false, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.embeddings[name] = e
	return e, true, nil
}

// dimensions returns the length of an embedding's vectors: that of the given one when it is new.
func (x *Index) dimensions(ctx context.Context, name string, vector []float32) (int, error) {
	if name == "" || name != cleanText(name) || len(vector) == 0 {
		return 0, fmt.Errorf("%w: a vector needs the name of its embedding and at least one dimension", retrieval.ErrInvalid)
	}
	e, ok, err := x.embedding(ctx, name)
	if !ok {
		return len(vector), err
	}
	return e.dimensions, err
}

// register returns an embedding, a new one with the given number of dimensions.
func (x *Index) register(ctx context.Context, name string, dimensions int) (embedding, error) {
	if e, ok, err := x.embedding(ctx, name); ok || err != nil {
		return e, err
	}
	_, err := x.pool.Exec(ctx, "insert into embeddings (name, dimensions) values ($1, $2) on conflict (name) do nothing", name, dimensions)
	if err != nil {
		return embedding{}, err
	}
	e, _, err := x.embedding(ctx, name)
	if err == nil && e.dimensions != dimensions { // another process was first, with vectors of another length
		err = fmt.Errorf("%w: vectors of %q have %d dimensions, not %d", retrieval.ErrInvalid, name, e.dimensions, dimensions)
	}
	return e, err
}

// units checks vectors and registers their embedding.
func (x *Index) units(ctx context.Context, name string, kind retrieval.Kind, vectors map[string][]float32) (e embedding, units vectorColumns, err error) {
	dimensions := 0
	for _, id := range slices.Sorted(maps.Keys(vectors)) {
		if dimensions == 0 {
			if dimensions, err = x.dimensions(ctx, name, vectors[id]); err != nil {
				return e, units, err
			}
		}
		unit, err := record.Unit(vectors[id], dimensions)
		if err != nil {
			return e, units, fmt.Errorf("document %q: %w", id, err)
		}
		units.add(kind, cleanText(id), unit)
	}
	e, err = x.register(ctx, name, dimensions)
	return e, units, err
}
