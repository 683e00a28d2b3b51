package sqliteindex

import (
	"context"
	"database/sql"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// open reads what is stored to memory. Only New calls it. Documents and vectors
// are read at once; where the vectors go is known from the numbers of the
// documents, which an index of the table has.
func (x *Index) open(ctx context.Context) error {
	if err := x.loadScopes(ctx); err != nil {
		return fmt.Errorf("scopes: %w", err)
	}
	if err := x.loadWords(ctx); err != nil {
		return fmt.Errorf("words: %w", err)
	}
	if err := x.complete(ctx); err != nil {
		return fmt.Errorf("complete facts: %w", err)
	}
	newest, err := x.loadEmbeddings(ctx)
	if err != nil {
		return fmt.Errorf("embeddings: %w", err)
	}
	places, err := x.loadPlaces(ctx)
	if err != nil {
		return fmt.Errorf("numbers of documents: %w", err)
	}
	both, reading := errgroup.WithContext(ctx)
	both.Go(func() error { return x.loadFacts(reading) })
	var vectors map[*corpus]*matrix
	if newest != nil {
		both.Go(func() (err error) {
			vectors, err = x.readVectors(reading, newest, places)
			return err
		})
	}
	if err := both.Wait(); err != nil {
		return err
	}
	x.attach(newest, vectors)
	for _, c := range x.corpora {
		// A full disk is no reason not to open: the next time will do.
		if err := x.dropWords(ctx, c); err != nil && (ctx.Err() != nil || !isUnavailable(err)) {
			return fmt.Errorf("drop words: %w", err)
		}
	}
	return nil
}

func (x *Index) loadScopes(ctx context.Context) error {
	rows, err := x.read.QueryContext(ctx, "select n, tenant, kind from document_scopes")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var in scope
		if err := rows.Scan(&n, &in.tenant, &in.kind); err != nil {
			return err
		}
		x.corpora[in] = newCorpus(n)
	}
	return rows.Err()
}

// numberedCorpora are the corpora by document_scopes.n.
func (x *Index) numberedCorpora() map[int64]*corpus {
	corpora := make(map[int64]*corpus, len(x.corpora))
	for _, c := range x.corpora {
		corpora[c.n] = c
	}
	return corpora
}

func (x *Index) loadWords(ctx context.Context) error {
	corpora := x.numberedCorpora()
	rows, err := x.read.QueryContext(ctx, "select scope, first, words from document_words order by n")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var first int
		var encoded string
		if err := rows.Scan(&n, &first, &encoded); err != nil {
			return err
		}
		list, err := decodeTexts(encoded)
		c := corpora[n]
		if err != nil || c == nil || first != len(c.lexicon.since) {
			return errDamaged
		}
		c.lexicon.adopt(list)
	}
	return rows.Err()
}

// loadFacts reads what is known of all documents.
func (x *Index) loadFacts(ctx context.Context) error {
	loading := make(map[int64]*loadedWords)
	for _, c := range x.corpora {
		loading[c.n] = &loadedWords{corpus: c, maker: newMaker(len(c.lexicon.since))}
	}
	rows, err := x.read.QueryContext(ctx, "select document, scope, facets, skills, words, analysis from document_facts order by document")
	if err != nil {
		return err
	}
	defer rows.Close()
	var n int64
	var facets, skills, words, analysis sql.RawBytes
	for rows.Next() {
		f := facts{}
		if err := rows.Scan(&f.document, &n, &facets, &skills, &words, &analysis); err != nil {
			return err
		}
		f.facets, f.analysis = string(facets), x.shared(string(analysis))
		if f.skills, err = decodeTexts(string(skills)); err == nil {
			err = loading[n].add(f, words)
		}
		if err != nil {
			return fmt.Errorf("document %d: %w", f.document, err)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, l := range loading {
		l.finish()
	}
	return nil
}

// loadedWords holds the words of documents until all are counted.
type loadedWords struct {
	corpus *corpus
	maker  *maker
	words  [][]byte // by slot
}

func (l *loadedWords) add(f facts, words []byte) error {
	if _, err := l.corpus.add(f); err != nil {
		return err
	}
	length, err := l.maker.count(words)
	if err != nil {
		return err
	}
	x := &l.corpus.lexicon
	x.lengths = append(x.lengths, float32(length))
	x.total += float64(length)
	l.words = append(l.words, append([]byte(nil), words...))
	return nil
}

// finish makes the inverted index.
func (l *loadedWords) finish() {
	l.maker.counted()
	for slot, words := range l.words {
		l.maker.add(int32(slot), words)
	}
	l.maker.take(&l.corpus.lexicon)
}

// loadEmbeddings reads which embeddings there are, and returns the newest: most
// likely the one that is in use.
func (x *Index) loadEmbeddings(ctx context.Context) (newest *embedding, err error) {
	rows, err := x.read.QueryContext(ctx, "select name, n, dimensions from embeddings order by n")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		newest = &embedding{}
		if err := rows.Scan(&name, &newest.n, &newest.dimensions); err != nil {
			return nil, err
		}
		x.embeddings[name] = newest
	}
	return newest, rows.Err()
}

// place is where a document is in memory.
type place struct {
	corpus *corpus
	slot   int32
}

// loadPlaces tells where loadFacts puts each document, by documents.n.
func (x *Index) loadPlaces(ctx context.Context) (map[int64]place, error) {
	corpora, next := x.numberedCorpora(), make(map[int64]int32)
	places := make(map[int64]place)
	rows, err := x.read.QueryContext(ctx, "select scope, document from document_facts order by scope, document")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n, document int64
		if err := rows.Scan(&n, &document); err != nil {
			return nil, err
		}
		places[document] = place{corpora[n], next[n]}
		next[n]++
	}
	return places, rows.Err()
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
	if x.embeddings[name] != e { // it was forgotten meanwhile
		return nil, nil
	}
	return e, x.loadVectors(ctx, e)
}

// loadVectors brings the vectors of an embedding to memory, once; searches go
// on meanwhile. The caller has the right to write.
func (x *Index) loadVectors(ctx context.Context, e *embedding) error {
	if e.loaded { // written only with the right to write
		return nil
	}
	places := make(map[int64]place)
	for _, c := range x.corpora {
		for slot := range c.alive.each() {
			places[c.documents[slot]] = place{c, slot}
		}
	}
	vectors, err := x.readVectors(ctx, e, places)
	if err != nil {
		return err
	}
	x.attach(e, vectors)
	return nil
}

// readVectors reads the vectors of an embedding.
func (x *Index) readVectors(ctx context.Context, e *embedding, places map[int64]place) (map[*corpus]*matrix, error) {
	rows, err := x.read.QueryContext(ctx, "select document, vector from document_vectors where embedding = ?", e.n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	vectors := make(map[*corpus]*matrix)
	vector := make([]float32, e.dimensions)
	for rows.Next() {
		var document int64
		var blob sql.RawBytes
		if err := rows.Scan(&document, &blob); err != nil {
			return nil, err
		}
		if err := decodeVector(vector, blob); err != nil {
			return nil, fmt.Errorf("vector of document %d: %w", document, err)
		}
		at, known := places[document]
		if !known {
			return nil, fmt.Errorf("%w: vector of document %d, which is not there", errDamaged, document)
		}
		m := vectors[at.corpus]
		if m == nil {
			m = newMatrix(e.dimensions)
			vectors[at.corpus] = m
		}
		m.set(at.slot, vector)
	}
	return vectors, rows.Err()
}

// attach shows the vectors of an embedding.
func (x *Index) attach(e *embedding, vectors map[*corpus]*matrix) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for c, m := range vectors {
		c.vectors[e] = m
	}
	if e != nil {
		e.loaded = true
	}
}
