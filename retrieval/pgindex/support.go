package pgindex

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pgvector/pgvector-go"
)

// pgvectorSupport is what the server's pgvector can do.
type pgvectorSupport struct {
	version     string
	column      string // type of the column of vectors: halfvec, or vector in a database made before the server had that
	half        bool   // halfvec is there, since 0.7
	hnsw        bool   // an HNSW index can be walked until enough passes a filter, since 0.8
	serialBuild bool   // builds of HNSW indexes by several processes have faults, until 0.8.4
}

func readSupport(ctx context.Context, pool *pgxpool.Pool) (s pgvectorSupport, err error) {
	var method bool
	err = pool.QueryRow(ctx, `select extversion, to_regtype('halfvec') is not null, exists (select from pg_am where amname = 'hnsw'),
			(select atttypid::regtype::text from pg_attribute where attrelid = 'document_vectors'::regclass and attname = 'vector')
		from pg_extension where extname = 'vector'`).Scan(&s.version, &s.half, &method, &s.column)
	if err != nil {
		return s, err
	}
	version, err := parseVersion(s.version)
	s.hnsw = method && s.half && !version.before(release{0, 8, 0})
	s.serialBuild = version.before(release{0, 8, 4})
	return s, err
}

func (s pgvectorSupport) warn(ctx context.Context, log *slog.Logger) {
	switch {
	case !s.half:
		log.WarnContext(ctx, "This server's pgvector has no halfvec: vectors take twice the room, and every search compares all that its filter keeps, "+
			"which is slow beyond 100,000 documents. Please upgrade pgvector to 0.8.4 or newer.", "version", s.version)
	case !s.hnsw:
		log.WarnContext(ctx, "This server's pgvector cannot filter while it walks an HNSW index: every search compares all vectors that its filter keeps, "+
			"which is slow beyond 100,000 documents. Please upgrade pgvector to 0.8.4 or newer.", "version", s.version)
	case s.serialBuild:
		log.WarnContext(ctx, "This server's pgvector is older than 0.8.4, which mends faults of HNSW indexes. Please upgrade.", "version", s.version)
	}
}

// values are vectors as the column takes them.
func (s pgvectorSupport) values(vectors [][]float32) any {
	if s.column != "halfvec" {
		list := make([]pgvector.Vector, len(vectors))
		for i, v := range vectors {
			list[i] = pgvector.NewVector(v)
		}
		return list
	}
	list := make([]pgvector.HalfVector, len(vectors))
	for i, v := range vectors {
		list[i] = pgvector.NewHalfVector(v)
	}
	return list
}

// release is a version number.
type release [3]int

func parseVersion(text string) (r release, err error) {
	if _, err := fmt.Sscanf(text+".0", "%d.%d.%d", &r[0], &r[1], &r[2]); err != nil {
		return r, fmt.Errorf("%q: %w", text, err)
	}
	return r, nil
}

func (r release) before(other release) bool {
	for i := range r {
		if r[i] != other[i] {
			return r[i] < other[i]
		}
	}
	return false
}
