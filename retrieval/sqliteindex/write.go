package sqliteindex

import (
	"cmp"
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
// embeddings other than the named one, since they are of its old text. One that
// is only analysed anew keeps them, and does not count as changed.
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
	// Stable: of one kind, documents stay in their order.
	slices.SortStableFunc(records, func(a, b record.Record) int { return cmp.Compare(a.Kind, b.Kind) })
	changed := 0
	for len(records) > 0 {
		in := scope{tenant, records[0].Kind}
		n := 1
		for n < min(batch, len(records)) && records[n].Kind == in.kind {
			n++
		}
		differing, err := x.upsert(ctx, in, e, records[:n])
		changed += differing
		if err != nil {
			return changed, wrap("upsert", err)
		}
		records = records[n:]
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

// written is a document of a batch that has been stored.
type written struct {
	document int64
	did      change
	words    []occurrence
	facts    encodedFacts
}

// upsert writes a batch of one scope and then shows it in memory.
func (x *Index) upsert(ctx context.Context, in scope, e *embedding, records []record.Record) (int, error) {
	c, err := x.corpus(ctx, in)
	if err != nil {
		return 0, err
	}
	words := newWords(c)
	batch := make([]written, len(records))
	for i, r := range records {
		b := &batch[i]
		b.words = words.of(r.Words)
		b.facts = encodedFacts{encodeFacets(r.Facets), appendTexts(nil, r.Skills), encodeWords(b.words), r.Analysis}
	}
	err = x.transaction(ctx, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		return w.batch(ctx, in, words, e, records, batch)
	})
	if err != nil {
		return 0, err
	}
	n, err := x.show(c, words, e, records, batch)
	if err == nil && c.fragmented() {
		err = x.compact(ctx, in)
	}
	return n, err
}

// batch stores documents with what belongs to them.
func (w *writer) batch(ctx context.Context, in scope, words *words, e *embedding, records []record.Record, batch []written) (err error) {
	for i, r := range records {
		b := &batch[i]
		if b.document, b.did, err = w.document(ctx, in, words.corpus.n, r, b.facts); err != nil {
			return err
		}
		if r.Vector == nil || b.did == left {
			continue
		}
		if err := w.vector(ctx, e, b.document, r.Vector); err != nil {
			return err
		}
	}
	return w.words(ctx, words)
}

// show brings to memory what has been committed, and counts what changed.
func (x *Index) show(c *corpus, words *words, e *embedding, records []record.Record, batch []written) (n int, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	c.lexicon.adopt(words.list)
	for i, r := range records {
		b := &batch[i]
		if b.did == left {
			continue
		}
		if b.did != unchanged {
			f := facts{document: b.document, facets: string(b.facts.facets), skills: r.Skills, analysis: x.shared(r.Analysis)}
			if err := c.replace(r.ID, f, b.words, b.did == reanalysed); err != nil {
				return n, err
			}
		}
		if b.did == changed {
			n++
		}
		if r.Vector != nil {
			c.matrix(e).set(c.slots[r.ID], r.Vector)
		}
	}
	return n, nil
}

// compact renews a corpus without its dead slots and drops words that were only
// theirs. It takes long, some 0.2 s at 100,000 documents, in which searches go
// on and writes wait. The caller has the right to write.
func (x *Index) compact(ctx context.Context, in scope) error {
	renewed := x.corpora[in].compacted()
	x.mu.Lock()
	x.corpora[in] = renewed
	x.mu.Unlock()
	return x.dropWords(ctx, renewed)
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
	c := x.corpora[in]
	if c == nil {
		return int(n), nil
	}
	x.mu.Lock()
	for _, id := range ids {
		c.remove(id)
	}
	x.mu.Unlock()
	if c.fragmented() {
		err = x.compact(ctx, in)
	}
	return int(n), err
}
