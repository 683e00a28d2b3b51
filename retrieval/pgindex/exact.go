package pgindex

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pgvector/pgvector-go"

	"github.com/parleyhq/parley/retrieval"
)

// Vectors are ranked by the inner product, which for those of unit length is
// the cosine. Numbers of scopes and embeddings and the dimensions are written
// into the statements: HNSW indexes are partial, and a plan for any number
// could not use them.

// distance is the expression that an HNSW index is over.
func (q *query) distance(n near) string {
	if !n.e.half {
		return "(v.vector <#> " + q.arg(pgvector.NewVector(n.unit)) + ")"
	}
	return fmt.Sprintf("(v.vector::halfvec(%d) <#> %s)", n.e.dimensions, q.arg(pgvector.NewHalfVector(n.unit)))
}

// vectors adds the conditions of a search on document_vectors, called v.
func (q *query) vectors(n near) {
	q.scope(n)
	q.kept(n)
}

func (q *query) scope(n near) {
	q.add(" from document_vectors v where v.scope = ", strconv.Itoa(int(n.in)), " and v.embedding = ", strconv.Itoa(int(n.e.n)))
}

// kept adds what a filter asks for, each condition after an "and".
func (q *query) kept(n near) {
	if n.narrows() {
		q.add(" and v.filters @@ ", q.arg(allOf(n.clauses)), "::tsquery")
	}
	q.ranges("v", n.selection)
	if len(n.Exclude) > 0 {
		q.add(" and v.document <> all(array(select d.n from documents d where d.tenant = ", q.arg(n.Tenant), " and d.kind = ", q.arg(n.Kind),
			" and d.id = any(", q.arg(n.Exclude), ")))")
	}
}

// compareAll compares all vectors that the filter keeps: those of the scope by
// the index document_vectors_by_scope, or fewer by document_vectors_filters.
// Zero is added to the distance, so that no HNSW index serves the expression.
func (x *Index) compareAll(ctx context.Context, n near) ([]retrieval.Ranked, error) {
	var q query
	q.add("select d.id, -best.distance from (select v.document, ", q.distance(n), " + 0 as distance")
	q.vectors(n)
	q.add(" order by distance, v.document limit ", q.arg(n.limit), ") best join documents d on d.n = best.document")
	q.add(" order by best.distance, d.id")
	return x.ranked(ctx, &q)
}

// compareFew compares what the filter keeps when that is little, and returns
// false when it is not. Vectors are found by their lexemes through the index
// document_vectors_filters. The first row of the answer tells how many there
// are, up to one more than are compared.
func (x *Index) compareFew(ctx context.Context, n near) (list []retrieval.Ranked, few bool, err error) {
	key := tsquery(n.selection)
	if x.large.has(n.scope(), key) {
		return nil, false, nil
	}
	q := fewQuery(n, x.exactUpTo)
	list, err = x.ranked(ctx, &q, "enable_seqscan", "off")
	if err != nil || len(list) == 0 {
		return nil, false, err
	}
	if list[0].Score > float64(x.exactUpTo) {
		x.large.note(n.scope(), key)
		return nil, false, nil
	}
	return list[1:], true, nil
}

func fewQuery(n near, most int) query {
	var q query
	q.add("with kept as materialized (select v.document, ", q.distance(n), " + 0 as distance from document_vectors v")
	// The sums keep the server from reading all of the scope.
	q.add(" where v.scope + 0 = ", strconv.Itoa(int(n.in)), " and v.embedding + 0 = ", strconv.Itoa(int(n.e.n)))
	q.kept(n)
	q.add(" limit ", q.arg(most+1), "), best as (select document, distance from kept order by distance, document limit ", q.arg(n.limit), ")")
	q.add(" select '' as id, count(*)::float8 as score, 0 as place from kept")
	q.add(" union all select d.id, -best.distance, 1 from best join documents d on d.n = best.document")
	q.add(" where (select count(*) from kept) <= ", q.arg(most))
	q.add(" order by place, score desc, id")
	var outer query
	outer.args = q.args
	outer.add("select id, score from (", q.text.String(), ") found")
	return outer
}
