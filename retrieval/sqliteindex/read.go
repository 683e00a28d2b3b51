package sqliteindex

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/parleyhq/parley/retrieval"
)

// Get implements [retrieval.Index].
func (x *Index) Get(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) ([]retrieval.Document, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, wrap("get documents", err)
	}
	// A cross join keeps its order: one look-up by key for each id.
	docs, err := x.documents(ctx, `select d.body from json_each(?) asked
		cross join documents d where d.tenant = ? and d.kind = ? and d.id = asked.value order by asked.key`, string(list), tenant, kind)
	return docs, wrap("get documents", err)
}

// Unembedded implements [retrieval.Index], oldest documents first. It looks at
// every document of the tenant: it is for work in the background.
func (x *Index) Unembedded(ctx context.Context, tenant, name string, limit int) ([]retrieval.Document, error) {
	if limit <= 0 {
		return nil, nil
	}
	docs, err := x.documents(ctx, `select d.body from documents d where d.tenant = ? and not exists (
			select 1 from document_vectors v join embeddings e on e.n = v.embedding
			where v.document = d.n and e.name = ?)
		order by d.n limit ?`, tenant, name, limit)
	return docs, wrap("list documents to embed", err)
}

// documents reads a column of bodies.
func (x *Index) documents(ctx context.Context, query string, args ...any) ([]retrieval.Document, error) {
	rows, err := x.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var docs []retrieval.Document
	for rows.Next() {
		var body sql.RawBytes
		var d retrieval.Document
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &d); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, rows.Err()
}
