package pgindex

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

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
	return total, wrap("maintain", x.maintain(ctx, total, scopesOf(tenant, records)...))
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
	slices.SortFunc(records, inOrderOfKeys)
	return records, e, err
}

func inOrderOfKeys(a, b record.Record) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

// upsert writes a batch in one transaction: what is new by COPY, the rest by a
// statement of arrays.
func (x *Index) upsert(ctx context.Context, tenant string, e embedding, records []record.Record) (int, error) {
	for _, in := range scopesOf(tenant, records) {
		if _, err := x.registerScope(ctx, in); err != nil {
			return 0, err
		}
	}
	changed, written, err := x.write(ctx, tenant, e, records, true)
	if wasStored(err) {
		changed, written, err = x.write(ctx, tenant, e, records, false)
	}
	x.tally(tenant, written)
	return changed, err
}

// write does what upsert does, and also returns what it wrote, which may have
// changed in its words alone. Without copies it bears other writers of the same new documents.
func (x *Index) write(ctx context.Context, tenant string, e embedding, records []record.Record, copies bool) (changed int, written []record.Record, err error) {
	err = pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		c, err := changesOf(ctx, tx, tenant, records)
		if err != nil {
			return err
		}
		written = slices.Concat(c.fresh, c.other)
		vectors := vectorsOf(written, c.same)
		if copies {
			err = copyDocuments(ctx, tx, tenant, c.fresh)
			changed = len(c.fresh)
		} else {
			c.other, changed = slices.SortedFunc(slices.Values(written), inOrderOfKeys), 0
		}
		if err != nil {
			return err
		}
		n, err := putDocuments(ctx, tx, tenant, c.other)
		if err != nil {
			return err
		}
		changed += n
		return vectors.put(ctx, tx, tenant, e)
	})
	if err != nil {
		return 0, nil, err
	}
	return changed, written, nil
}

// scopesOf are the scopes of some records, each once.
func scopesOf(tenant string, records []record.Record) []scope {
	var list []scope
	for _, r := range records { // which are in the order of their kinds
		if in := (scope{tenant, r.Kind}); len(list) == 0 || list[len(list)-1] != in {
			list = append(list, in)
		}
	}
	return list
}

// columns are documents, a slice a column, as unnest takes them.
type columns struct {
	kind, id, category, level, payType, currency, postedOn, body, facets, words []string
	skills, analysis, country, timeZone, languages, availableFrom, credentials  []string // lists as array literals
	payMin, payMax                                                              []int64
	hours                                                                       []int32
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
		c.addFilters(r)
	}
	return c, nil
}

// addFilters adds what only filters compare.
func (c *columns) addFilters(r record.Record) {
	f := r.Facets
	low, high := record.Pay(f)
	c.payMin, c.payMax = append(c.payMin, low), append(c.payMax, high)
	c.hours = append(c.hours, int32(f.HoursPerWeek))
	c.skills, c.languages = append(c.skills, array(r.Skills)), append(c.languages, array(f.Languages))
	c.analysis = append(c.analysis, r.Analysis)
	c.country, c.timeZone = append(c.country, f.Country), append(c.timeZone, f.TimeZone)
	c.availableFrom = append(c.availableFrom, f.AvailableFrom)
	c.credentials = append(c.credentials, credentialLines(f.Credentials))
}

// putRows stores documents that differ or were analysed by other rules, and
// returns their numbers, and whether the document itself is another: old is the
// row as it was before the statement.
const putRows = `
	with new as (
		select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
			$12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::bigint[], $20::bigint[], $21::int[])
		as new (kind, id, category, level, pay_type, currency, posted_on, body, facets, words,
			skills, analysis, country, time_zone, languages, available_from, credentials, pay_min, pay_max, hours)
	), put as (
		insert into documents as d (tenant, kind, id, category, level, pay_type, currency, posted_on, body, facets, words,
			skills, analysis, country, time_zone, languages, available_from, credentials, pay_min, pay_max, hours_per_week)
		select $1, kind, id, category, level, pay_type, currency, posted_on, body, facets, words::tsvector,
			skills::text[], analysis, country, time_zone, languages::text[], available_from, credentials, pay_min, pay_max, hours
		from new order by kind, id
		on conflict (tenant, kind, id) do update set
			category = excluded.category, level = excluded.level, pay_type = excluded.pay_type, currency = excluded.currency,
			posted_on = excluded.posted_on, body = excluded.body, facets = excluded.facets, words = excluded.words,
			skills = excluded.skills, analysis = excluded.analysis, country = excluded.country, time_zone = excluded.time_zone,
			languages = excluded.languages, available_from = excluded.available_from, credentials = excluded.credentials,
			pay_min = excluded.pay_min, pay_max = excluded.pay_max, hours_per_week = excluded.hours_per_week
		where d.body <> excluded.body or d.analysis <> excluded.analysis
		returning n, kind, id, body
	)
	select put.n, old.body is distinct from put.body
	from put left join documents old on old.tenant = $1 and old.kind = put.kind and old.id = put.id`

// putDocuments stores documents, which may be stored already, and returns how many changed.
func putDocuments(ctx context.Context, tx pgx.Tx, tenant string, records []record.Record) (int, error) {
	if len(records) == 0 {
		return 0, nil
	}
	c, err := columnsOf(tenant, records)
	if err != nil {
		return 0, err
	}
	rows, _ := tx.Query(ctx, putRows,
		tenant, c.kind, c.id, c.category, c.level, c.payType, c.currency, c.postedOn, c.body, c.facets, c.words,
		c.skills, c.analysis, c.country, c.timeZone, c.languages, c.availableFrom, c.credentials, c.payMin, c.payMax, c.hours)
	var changed, analysed []int64
	var n int64
	var differs bool
	_, err = pgx.ForEachRow(rows, []any{&n, &differs}, func() error {
		if differs {
			changed = append(changed, n)
		} else {
			analysed = append(analysed, n)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if len(changed) > 0 {
		if _, err := tx.Exec(ctx, "delete from document_vectors where document = any($1)", changed); err != nil {
			return 0, err
		}
	}
	if len(analysed) > 0 { // what filters compare, of documents from before this copy was kept also the rest
		_, err = tx.Exec(ctx, `update document_vectors v set filters = filter_lexemes(d.words), hours_per_week = d.hours_per_week, pay_min = d.pay_min,
				pay_max = d.pay_max, currency = d.currency, posted_on = d.posted_on, available_from = d.available_from, credentials = d.credentials
			from documents d where d.n = v.document and v.document = any($1)`, analysed)
	}
	return len(changed), err
}

// vectorColumns are vectors of documents, as unnest takes them.
type vectorColumns struct {
	kinds, ids []string
	vectors    [][]float32
}

func (c *vectorColumns) add(kind retrieval.Kind, id string, unit []float32) {
	c.kinds, c.ids = append(c.kinds, string(kind)), append(c.ids, id)
	c.vectors = append(c.vectors, unit)
}

// vectorsOf are those that some records have.
func vectorsOf(lists ...[]record.Record) (c vectorColumns) {
	for _, r := range slices.Concat(lists...) {
		if r.Vector != nil {
			c.add(r.Kind, r.ID, r.Vector)
		}
	}
	return c
}

// put stores the vectors of those documents that exist. It locks their rows
// against changes, in order, so that the copied fields are those of the
// document that the vector stays with.
func (c *vectorColumns) put(ctx context.Context, tx pgx.Tx, tenant string, e embedding) error {
	if len(c.ids) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		insert into document_vectors (document, embedding, scope, hours_per_week, pay_min, pay_max, currency, posted_on, available_from,
			credentials, filters, vector)
		select d.n, $2, s.n, d.hours_per_week, d.pay_min, d.pay_max, d.currency, d.posted_on, d.available_from,
			d.credentials, filter_lexemes(d.words), new.vector
		from unnest($3::text[], $4::text[], $5::`+e.column+`[]) as new (kind, id, vector)
		join documents d on d.tenant = $1 and d.kind = new.kind and d.id = new.id
		join scopes s on s.tenant = d.tenant and s.kind = d.kind
		join embeddings e on e.n = $2 -- unless it has been forgotten meanwhile
		order by d.kind, d.id
		for share of d for key share of e
		on conflict (document, embedding) do update set vector = excluded.vector
		where document_vectors.vector <> excluded.vector`, tenant, e.n, c.kinds, c.ids, e.values(c.vectors))
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
	return wrap("maintain", x.maintain(ctx, len(units.ids), scope{cleanText(tenant), kind}))
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
