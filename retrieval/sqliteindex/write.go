package sqliteindex

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// batch is how many documents one transaction writes: few enough that others,
// who share the one writing connection, wait some 20 ms at most.
const batch = 100

// Upsert implements [retrieval.Index]. Documents are committed a batch at a
// time: after an error those before it are stored and counted, and calling
// again completes the rest. A document that changed loses the vectors of
// embeddings other than the named one, since they are of its old text.
func (x *Index) Upsert(ctx context.Context, tenant, name string, docs []retrieval.Stored) (int, error) {
	unlock, err := x.lockWrites(ctx)
	if err != nil {
		return 0, wrap("upsert", err)
	}
	defer unlock()
	records, e, err := x.prepare(ctx, tenant, name, docs)
	if err != nil {
		return 0, wrap("upsert", err)
	}
	changed := 0
	for part := range slices.Chunk(records, batch) {
		n, err := x.upsert(ctx, tenant, e, part)
		changed += n
		if err != nil {
			return changed, wrap("upsert", err)
		}
	}
	return changed, nil
}

// prepare checks documents before anything is written. The embedding is nil
// when none of them has a vector. The caller has the right to write.
func (x *Index) prepare(ctx context.Context, tenant, name string, docs []retrieval.Stored) ([]record.Record, *embedding, error) {
	if tenant == "" {
		return nil, nil, fmt.Errorf("%w: no tenant", retrieval.ErrInvalid)
	}
	first := slices.IndexFunc(docs, func(s retrieval.Stored) bool { return s.Vector != nil })
	if first < 0 {
		records, err := record.Of(docs, 0)
		return records, nil, err
	}
	dimensions := x.dimensions(name, docs[first].Vector)
	records, err := record.Of(docs, dimensions)
	if err != nil {
		return nil, nil, err
	}
	e, err := x.register(ctx, name, dimensions)
	return records, e, err
}

// upsert writes a batch and then shows it in memory.
func (x *Index) upsert(ctx context.Context, tenant string, e *embedding, records []record.Record) (changed int, err error) {
	differs := make([]bool, len(records))
	err = x.transaction(ctx, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		for i, r := range records {
			if differs[i], err = w.document(ctx, tenant, r); err != nil {
				return err
			}
			if r.Vector == nil {
				continue
			}
			if err := w.vector(ctx, e, scope{tenant, r.Kind}, r.ID, r.Vector); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for i, r := range records {
		c := x.corpusOf(scope{tenant, r.Kind})
		if differs[i] {
			c.add(r.Facets, r.Words)
			changed++
		}
		if r.Vector != nil {
			c.matrix(e).set(c.slots[r.ID], r.Vector)
		}
		if c.sparse() {
			c.compact()
		}
	}
	return changed, nil
}

// Delete implements [retrieval.Index].
func (x *Index) Delete(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) (int, error) {
	unlock, err := x.lockWrites(ctx)
	if err != nil {
		return 0, wrap("delete", err)
	}
	defer unlock()
	total := 0
	for part := range slices.Chunk(ids, batch) {
		n, err := x.delete(ctx, scope{tenant, kind}, part)
		total += n
		if err != nil {
			return total, wrap("delete", err)
		}
	}
	return total, nil
}

func (x *Index) delete(ctx context.Context, in scope, ids []string) (int, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return 0, err
	}
	var n int64
	err = x.transaction(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `delete from documents
			where tenant = ? and kind = ? and id in (select value from json_each(?))`, in.tenant, in.kind, string(list))
		if err != nil {
			return err
		}
		n, err = result.RowsAffected()
		return err
	})
	if err != nil {
		return 0, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if c := x.corpora[in]; c != nil {
		for _, id := range ids {
			c.remove(id)
		}
		if c.sparse() {
			c.compact()
		}
	}
	return int(n), nil
}
