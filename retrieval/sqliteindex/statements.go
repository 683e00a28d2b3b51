package sqliteindex

import (
	"context"
	"database/sql"
	"errors"

	"github.com/parleyhq/parley/retrieval/record"
)

const putVector = `insert into document_vectors (embedding, document, vector) values (?, ?, ?)
	on conflict (embedding, document) do update set vector = excluded.vector`

// writer writes documents in one transaction.
type writer struct {
	tx                                              *sql.Tx
	find, put, putFacts, forget, putVector, putWord *sql.Stmt
}

func newWriter(ctx context.Context, tx *sql.Tx) (*writer, error) {
	w := &writer{tx: tx}
	for _, s := range []struct {
		statement **sql.Stmt
		query     string
	}{
		{&w.find, `select d.n, d.body = ?, f.facets, f.skills, f.words, f.analysis from documents d
			left join document_facts f on f.document = d.n where d.tenant = ? and d.kind = ? and d.id = ?`},
		{&w.put, `insert into documents (tenant, kind, id, body) values (?, ?, ?, ?)
			on conflict (tenant, kind, id) do update set body = excluded.body returning n`},
		{&w.putFacts, `insert into document_facts (document, scope, facets, skills, words, analysis) values (?, ?, ?, ?, ?, ?)
			on conflict (document) do update set facets = excluded.facets, skills = excluded.skills, words = excluded.words, analysis = excluded.analysis`},
		{&w.forget, "delete from document_vectors where document = ?"},
		{&w.putVector, putVector},
		{&w.putWord, "insert into document_words (scope, first, words) values (?, ?, ?)"},
	} {
		var err error
		if *s.statement, err = tx.PrepareContext(ctx, s.query); err != nil {
			w.close()
			return nil, err
		}
	}
	return w, nil
}

func (w *writer) close() {
	for _, statement := range []*sql.Stmt{w.find, w.put, w.putFacts, w.forget, w.putVector, w.putWord} {
		if statement != nil {
			statement.Close()
		}
	}
}

// change is what storing a document did.
type change int

const (
	unchanged  change = iota
	reanalysed        // the same document with other words, skills or facets
	changed
	left // not there, or with another text, and so not stored: [retrieval.Stored].Known
)

// encodedFacts are facts as they are stored.
type encodedFacts struct {
	facets, skills, words []byte
	analysis              string
}

// document stores a document and tells its number and what differs from what
// was there. One that changes loses its vectors.
func (w *writer) document(ctx context.Context, in scope, n int64, r record.Record, facts encodedFacts) (document int64, did change, err error) {
	var before encodedFacts
	var analysis sql.NullString
	var sameBody bool
	body := string(r.Body)
	err = w.find.QueryRowContext(ctx, body, in.tenant, in.kind, r.ID).Scan(&document, &sameBody, &before.facets, &before.skills, &before.words, &analysis)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return 0, unchanged, err
	case r.Known && !sameBody:
		return 0, left, nil
	case sameBody && analysis.Valid && analysis.String == facts.analysis && before.same(facts):
		return document, unchanged, nil
	case sameBody:
		return document, reanalysed, w.facts(ctx, document, n, facts)
	case err == nil:
		if _, err := w.forget.ExecContext(ctx, document); err != nil {
			return 0, unchanged, err
		}
	}
	if err := w.put.QueryRowContext(ctx, in.tenant, in.kind, r.ID, body).Scan(&document); err != nil {
		return 0, unchanged, err
	}
	return document, changed, w.facts(ctx, document, n, facts)
}

// same compares all but the analysis.
func (f encodedFacts) same(other encodedFacts) bool {
	return string(f.facets) == string(other.facets) && string(f.skills) == string(other.skills) && string(f.words) == string(other.words)
}

func (w *writer) facts(ctx context.Context, document, scope int64, f encodedFacts) error {
	_, err := w.putFacts.ExecContext(ctx, document, scope, f.facets, f.skills, f.words, f.analysis)
	return err
}

// vector stores a vector of a document.
func (w *writer) vector(ctx context.Context, e *embedding, document int64, unit []float32) error {
	_, err := w.putVector.ExecContext(ctx, e.n, document, encodeVector(unit))
	return err
}
