package sqliteindex

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/parleyhq/parley/retrieval/record"
)

// writer holds the statements of one transaction.
type writer struct {
	find, put, forget, putVector *sql.Stmt
}

func newWriter(ctx context.Context, tx *sql.Tx) (w writer, err error) {
	for _, s := range []struct {
		statement **sql.Stmt
		query     string
	}{
		{&w.find, "select n, body = ? from documents where tenant = ? and kind = ? and id = ?"},
		{&w.put, `insert into documents (tenant, kind, id, body, facets, words) values (?, ?, ?, ?, ?, ?)
			on conflict (tenant, kind, id) do update set body = excluded.body, facets = excluded.facets, words = excluded.words`},
		{&w.forget, "delete from document_vectors where document = ?"},
		{&w.putVector, `insert or replace into document_vectors (embedding, document, vector)
			select ?, n, ? from documents where tenant = ? and kind = ? and id = ?`},
	} {
		if *s.statement, err = tx.PrepareContext(ctx, s.query); err != nil {
			w.close()
			return writer{}, err
		}
	}
	return w, nil
}

func (w writer) close() {
	for _, statement := range []*sql.Stmt{w.find, w.put, w.forget, w.putVector} {
		if statement != nil {
			statement.Close()
		}
	}
}

// document stores a document and reports whether it differs from what was
// there. One that changes loses its vectors.
func (w writer) document(ctx context.Context, tenant string, r record.Record) (differs bool, err error) {
	body := string(r.Body)
	var n int64
	var same bool
	err = w.find.QueryRowContext(ctx, body, tenant, r.Kind, r.ID).Scan(&n, &same)
	switch {
	case same:
		return false, nil
	case err == nil:
		_, err = w.forget.ExecContext(ctx, n)
	case errors.Is(err, sql.ErrNoRows):
		err = nil
	}
	if err != nil {
		return false, err
	}
	facets, err := json.Marshal(r.Facets)
	if err != nil {
		return false, err
	}
	_, err = w.put.ExecContext(ctx, tenant, r.Kind, r.ID, body, string(facets), encodeWords(r.Words))
	return true, err
}

// vector stores a vector of a document, if the document exists.
func (w writer) vector(ctx context.Context, e *embedding, in scope, id string, unit []float32) error {
	_, err := w.putVector.ExecContext(ctx, e.n, encodeVector(unit), in.tenant, in.kind, id)
	return err
}
