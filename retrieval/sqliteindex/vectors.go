package sqliteindex

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// embedding is a model whose vectors are kept.
type embedding struct {
	n          int64 // embeddings.n
	dimensions int
	loaded     bool // its vectors are in memory
}

// PutVectors implements [retrieval.Index].
func (x *Index) PutVectors(ctx context.Context, tenant, name string, kind retrieval.Kind, vectors map[string][]float32) error {
	if len(vectors) == 0 {
		return nil
	}
	unlock, err := x.lockWrites(ctx)
	if err != nil {
		return wrap("put vectors", err)
	}
	defer unlock()
	units, e, err := x.units(ctx, name, vectors)
	if err != nil {
		return wrap("put vectors", err)
	}
	c := x.corpora[scope{tenant, kind}]
	if c == nil {
		return nil
	}
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(units)), func(id string) bool {
		_, exists := c.slots[id]
		return !exists
	})
	for part := range slices.Chunk(ids, batch) {
		if err := x.putVectors(ctx, c, e, part, units); err != nil {
			return wrap("put vectors", err)
		}
	}
	return nil
}

// putVectors stores vectors of documents that exist and then shows them in memory.
func (x *Index) putVectors(ctx context.Context, c *corpus, e *embedding, ids []string, units map[string][]float32) error {
	err := x.transaction(ctx, func(tx *sql.Tx) error {
		put, err := tx.PrepareContext(ctx, putVector)
		if err != nil {
			return err
		}
		defer put.Close()
		for _, id := range ids {
			if _, err := put.ExecContext(ctx, e.n, c.documents[c.slots[id]], encodeVector(units[id])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	m := c.matrix(e)
	for _, id := range ids {
		m.set(c.slots[id], units[id])
	}
	return nil
}

// units checks vectors and registers their embedding. The caller has the right to write.
func (x *Index) units(ctx context.Context, name string, vectors map[string][]float32) (map[string][]float32, *embedding, error) {
	units := make(map[string][]float32, len(vectors))
	dimensions := 0
	for id, vector := range vectors {
		if dimensions == 0 {
			dimensions = x.dimensions(name, vector)
		}
		unit, err := record.Unit(vector, dimensions)
		if err != nil {
			return nil, nil, fmt.Errorf("document %q: %w", id, err)
		}
		units[id] = unit
	}
	e, err := x.register(ctx, name, dimensions)
	return units, e, err
}

// dimensions returns the length of an embedding's vectors: that of the given one when it is new.
func (x *Index) dimensions(name string, vector []float32) int {
	if e := x.embeddings[name]; e != nil {
		return e.dimensions
	}
	return len(vector)
}

// register returns an embedding by its name, with its vectors in memory; a new
// one has the given number of dimensions. The caller has the right to write.
func (x *Index) register(ctx context.Context, name string, dimensions int) (*embedding, error) {
	if name == "" {
		return nil, fmt.Errorf("%w: a vector needs the name of its embedding", retrieval.ErrInvalid)
	}
	if e := x.embeddings[name]; e != nil {
		return e, x.loadVectors(ctx, e)
	}
	e := &embedding{dimensions: dimensions, loaded: true}
	err := x.write.QueryRowContext(ctx, "insert into embeddings (name, dimensions) values (?, ?) returning n", name, dimensions).Scan(&e.n)
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.embeddings[name] = e
	return e, nil
}
