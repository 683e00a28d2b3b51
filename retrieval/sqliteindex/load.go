package sqliteindex

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// loadDocuments reads facets and words of all documents. Only New calls it.
func (x *Index) loadDocuments(ctx context.Context) error {
	rows, err := x.read.QueryContext(ctx, "select n, tenant, kind, facets, words from documents order by n")
	if err != nil {
		return err
	}
	defer rows.Close()
	texts := make(interned)
	var counted []record.Counted
	for rows.Next() {
		var n int64
		var in scope
		var facetsJSON sql.RawBytes
		var text string
		if err := rows.Scan(&n, &in.tenant, &in.kind, &facetsJSON, &text); err != nil {
			return err
		}
		var facets retrieval.Facets
		if err := json.Unmarshal(facetsJSON, &facets); err != nil {
			return fmt.Errorf("facets of document %d: %w", n, err)
		}
		if counted, err = decodeWords(counted[:0], text); err != nil {
			return err
		}
		texts.share(&facets)
		x.corpusOf(in).add(facets, counted)
	}
	return rows.Err()
}

// corpusOf returns a corpus, a new one when there is none.
func (x *Index) corpusOf(in scope) *corpus {
	c := x.corpora[in]
	if c == nil {
		c = newCorpus()
		x.corpora[in] = c
	}
	return c
}

// interned keeps one copy of texts that many documents have.
type interned map[string]string

func (t interned) share(f *retrieval.Facets) {
	for _, s := range []*string{&f.Category, &f.Level, &f.PayType, &f.Currency, &f.Country, &f.PostedOn} {
		*s = t.one(*s)
	}
	for i, skill := range f.Skills {
		f.Skills[i] = t.one(skill)
	}
}

func (t interned) one(s string) string {
	if known, ok := t[s]; ok {
		return known
	}
	t[s] = s
	return s
}

// loadEmbeddings reads which embeddings there are, and the vectors of the
// newest: most likely the one that is in use. Only New calls it.
func (x *Index) loadEmbeddings(ctx context.Context) error {
	rows, err := x.read.QueryContext(ctx, "select name, n, dimensions from embeddings order by n")
	if err != nil {
		return err
	}
	defer rows.Close()
	var newest *embedding
	for rows.Next() {
		var name string
		newest = &embedding{}
		if err := rows.Scan(&name, &newest.n, &newest.dimensions); err != nil {
			return err
		}
		x.embeddings[name] = newest
	}
	if err := rows.Err(); err != nil || newest == nil {
		return err
	}
	return x.loadVectors(ctx, newest)
}

// load returns an embedding with its vectors in memory, nil for one that has none.
func (x *Index) load(ctx context.Context, name string) (*embedding, error) {
	x.mu.RLock()
	e := x.embeddings[name]
	ready := e == nil || e.loaded
	x.mu.RUnlock()
	if ready {
		return e, nil
	}
	unlock, err := x.lockWrites(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	return e, x.loadVectors(ctx, e)
}

// loadVectors brings the vectors of an embedding to memory, once. The caller has the right to write.
func (x *Index) loadVectors(ctx context.Context, e *embedding) error {
	if e.loaded { // written only with the right to write
		return nil
	}
	rows, err := x.read.QueryContext(ctx, `select d.tenant, d.kind, d.id, v.vector from document_vectors v
		join documents d on d.n = v.document where v.embedding = ?`, e.n)
	if err != nil {
		return err
	}
	defer rows.Close()
	x.mu.Lock()
	defer x.mu.Unlock()
	vector := make([]float32, e.dimensions)
	for rows.Next() {
		var in scope
		var id string
		var blob sql.RawBytes
		if err := rows.Scan(&in.tenant, &in.kind, &id, &blob); err != nil {
			return err
		}
		if err := decodeVector(vector, blob); err != nil {
			return fmt.Errorf("document %q: %w", id, err)
		}
		c := x.corpora[in]
		m := c.matrix(e)
		m.grow(len(c.keys))
		m.set(c.slots[id], vector)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	e.loaded = true
	return nil
}
