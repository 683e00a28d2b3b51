package pgindex

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// batch is how many documents one transaction writes.
const batch = 500

// Upsert implements [retrieval.Index]. Documents are committed a batch at a
// time: after an error those before it are stored and counted, and calling
// again completes the rest. A document that changed loses the vectors of
// embeddings other than the named one, since they are of its old text.
func (x *Index) Upsert(ctx context.Context, tenant, name string, docs []retrieval.Stored) (int, error) {
	records, e, err := x.prepare(ctx, tenant, name, docs)
	if err != nil {
		return 0, wrap("upsert", err)
	}
	total := 0
	for part := range slices.Chunk(records, batch) {
		n, err := x.upsert(ctx, tenant, e, part)
		total += n
		if err != nil {
			return total, wrap("upsert", err)
		}
	}
	return total, wrap("maintain", x.maintain(ctx, e, total))
}

// prepare checks documents before anything is written. The embedding is zero
// when none of them has a vector.
func (x *Index) prepare(ctx context.Context, tenant, name string, docs []retrieval.Stored) ([]record.Record, embedding, error) {
	if tenant == "" || tenant != cleanText(tenant) {
		return nil, embedding{}, fmt.Errorf("%w: no tenant", retrieval.ErrInvalid)
	}
	var e embedding
	var err error
	dimensions := 0
	if first := slices.IndexFunc(docs, func(s retrieval.Stored) bool { return s.Vector != nil }); first >= 0 {
		if dimensions, err = x.dimensions(ctx, name, docs[first].Vector); err != nil {
			return nil, e, err
		}
	}
	records, err := record.Of(docs, dimensions)
	if err != nil {
		return nil, e, err
	}
	if dimensions > 0 {
		e, err = x.register(ctx, name, dimensions)
	}
	// Two writers that lock the same rows in the same order cannot deadlock.
	slices.SortFunc(records, func(a, b record.Record) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return records, e, err
}

func (x *Index) upsert(ctx context.Context, tenant string, e embedding, records []record.Record) (changed int, err error) {
	rows, err := columnsOf(tenant, records)
	if err != nil {
		return 0, err
	}
	vectors := vectorColumns{}
	for _, r := range records {
		if r.Vector != nil {
			vectors.add(r.Kind, r.ID, r.Vector)
		}
	}
	err = pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		if changed, err = rows.put(ctx, tx, tenant); err != nil {
			return err
		}
		return vectors.put(ctx, tx, tenant, e)
	})
	if err != nil {
		return 0, err
	}
	if changed > 0 {
		for _, r := range records {
			x.noteChanges(scope{tenant, r.Kind}, 1)
		}
	}
	return changed, nil
}

// columns are documents, a slice a column, as unnest takes them.
type columns struct {
	kind, id, category, level, payType, currency, postedOn, body, facets, words []string
}

func columnsOf(tenant string, records []record.Record) (c columns, err error) {
	for _, r := range records {
		facets, err := json.Marshal(r.Facets)
		if err != nil {
			return c, err
		}
		f := r.Facets
		c.kind, c.id = append(c.kind, string(r.Kind)), append(c.id, r.ID)
		c.category, c.level = append(c.category, f.Category), append(c.level, f.Level)
		c.payType, c.currency = append(c.payType, f.PayType), append(c.currency, f.Currency)
		c.postedOn = append(c.postedOn, f.PostedOn)
		c.body, c.facets = append(c.body, string(r.Body)), append(c.facets, string(facets))
		c.words = append(c.words, tsvector(tenant, r))
	}
	return c, nil
}

// put stores documents and returns how many changed. One statement of arrays
// is as quick as COPY into a staging table, and needs none.
func (c columns) put(ctx context.Context, tx pgx.Tx, tenant string) (int, error) {
	rows, _ := tx.Query(ctx, `
		insert into documents as d (tenant, kind, id, category, level, pay_type, currency, posted_on, body, facets, words)
		select $1, kind, id, category, level, pay_type, currency, posted_on, body, facets, words::tsvector
		from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
			as new (kind, id, category, level, pay_type, currency, posted_on, body, facets, words)
		on conflict (tenant, kind, id) do update set
			category = excluded.category, level = excluded.level, pay_type = excluded.pay_type, currency = excluded.currency,
			posted_on = excluded.posted_on, body = excluded.body, facets = excluded.facets, words = excluded.words
		where d.body <> excluded.body
		returning kind, id`,
		tenant, c.kind, c.id, c.category, c.level, c.payType, c.currency, c.postedOn, c.body, c.facets, c.words)
	var kinds, ids []string
	var kind, id string
	_, err := pgx.ForEachRow(rows, []any{&kind, &id}, func() error {
		kinds, ids = append(kinds, kind), append(ids, id)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	_, err = tx.Exec(ctx, `delete from document_vectors v using unnest($2::text[], $3::text[]) as changed (kind, id)
		where v.tenant = $1 and v.kind = changed.kind and v.id = changed.id`, tenant, kinds, ids)
	return len(ids), err
}

// vectorColumns are vectors of documents, as unnest takes them.
type vectorColumns struct {
	kinds, ids []string
	vectors    []pgvector.HalfVector
}

func (c *vectorColumns) add(kind retrieval.Kind, id string, unit []float32) {
	c.kinds, c.ids = append(c.kinds, string(kind)), append(c.ids, id)
	c.vectors = append(c.vectors, pgvector.NewHalfVector(unit))
}

// put stores the vectors of those documents that exist. It locks their rows
// against changes, in order, so that the copied fields are those of the
// document that the vector stays with.
func (c *vectorColumns) put(ctx context.Context, tx pgx.Tx, tenant string, e embedding) error {
	if len(c.ids) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		insert into document_vectors (tenant, kind, id, embedding, category, level, pay_type, currency, vector)
		select d.tenant, d.kind, d.id, $2, d.category, d.level, d.pay_type, d.currency, new.vector
		from unnest($3::text[], $4::text[], $5::halfvec[]) as new (kind, id, vector)
		join documents d on d.tenant = $1 and d.kind = new.kind and d.id = new.id
		order by d.kind, d.id
		for share of d
		on conflict (tenant, kind, id, embedding) do update set vector = excluded.vector
		where document_vectors.vector <> excluded.vector`, tenant, e.n, c.kinds, c.ids, c.vectors)
	return err
}

// PutVectors implements [retrieval.Index].
func (x *Index) PutVectors(ctx context.Context, tenant, name string, kind retrieval.Kind, vectors map[string][]float32) error {
	if len(vectors) == 0 {
		return nil
	}
	e, units, err := x.units(ctx, name, kind, vectors)
	if err != nil {
		return wrap("put vectors", err)
	}
	for at := 0; at < len(units.ids); at += batch {
		end := min(at+batch, len(units.ids))
		part := vectorColumns{units.kinds[at:end], units.ids[at:end], units.vectors[at:end]}
		err := pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error { return part.put(ctx, tx, cleanText(tenant), e) })
		if err != nil {
			return wrap("put vectors", err)
		}
	}
	return wrap("maintain", x.maintain(ctx, e, len(units.ids)))
}

// Delete implements [retrieval.Index].
func (x *Index) Delete(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) (int, error) {
	tag, err := x.pool.Exec(ctx, "delete from documents where tenant = $1 and kind = $2 and id = any($3)", cleanText(tenant), kind, cleanTexts(ids))
	if err != nil {
		return 0, wrap("delete", err)
	}
	x.noteChanges(scope{tenant, kind}, int(tag.RowsAffected()))
	return int(tag.RowsAffected()), nil
}
