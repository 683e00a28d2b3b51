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
	docs, err := x.bodies(ctx, `select d.body from json_each(?) asked
		cross join documents d where d.tenant = ? and d.kind = ? and d.id = asked.value order by asked.key`, string(list), tenant, kind)
	return docs, wrap("get documents", err)
}

// numbered returns documents by documents.n, in the order of numbers.
func (x *Index) numbered(ctx context.Context, numbers []int64) ([]retrieval.Document, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(numbers)
	if err != nil {
		return nil, err
	}
	return x.bodies(ctx, `select d.body from json_each(?) asked
		cross join documents d where d.n = asked.value order by asked.key`, string(list))
}

// bodies reads a column of documents.
func (x *Index) bodies(ctx context.Context, query string, args ...any) ([]retrieval.Document, error) {
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
