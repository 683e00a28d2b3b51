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
		{&w.find, "select n, body from documents where tenant = ? and kind = ? and id = ?"},
		{&w.put, `insert into documents (tenant, kind, id, body, facets, words) values (?, ?, ?, ?, ?, ?)
			on conflict (tenant, kind, id) do update set body = excluded.body, facets = excluded.facets, words = excluded.words returning n`},
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

// document stores a document and returns its number, 0 when it was stored as it is.
func (w writer) document(ctx context.Context, tenant string, r record.Record) (int64, error) {
	var n int64
	var body sql.RawBytes
	rows, err := w.find.QueryContext(ctx, tenant, r.Kind, r.ID)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if rows.Next() {
		if err := rows.Scan(&n, &body); err != nil {
			return 0, err
		}
		if string(body) == string(r.Body) {
			return 0, nil
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return 0, err
	}
	if n != 0 {
		if _, err := w.forget.ExecContext(ctx, n); err != nil {
			return 0, err
		}
	}
	facets, err := json.Marshal(r.Facets)
	if err != nil {
		return 0, err
	}
	err = w.put.QueryRowContext(ctx, tenant, r.Kind, r.ID, string(r.Body), string(facets), encodeWords(r.Words)).Scan(&n)
	return n, err
}

// vector stores a vector of a document, if the document exists.
func (w writer) vector(ctx context.Context, e *embedding, in scope, id string, unit []float32) error {
	_, err := w.putVector.ExecContext(ctx, e.n, encodeVector(unit), in.tenant, in.kind, id)
	return err
}
