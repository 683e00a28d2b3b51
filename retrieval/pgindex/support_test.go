package pgindex_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/indextest"
	"github.com/parleyhq/parley/retrieval/pgindex"
)

// withoutHalfvec makes a migrated database on which pgvector is as it was
// before 0.7: it takes halfvec and everything about it from the extension.
func withoutHalfvec(t *testing.T) *pgxpool.Pool {
	t.Helper()
	url := pgtest.EmptyURL(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, statement := range []string{
		"create extension vector",
		`do $$ declare member record; begin
			for member in select classid, objid from pg_depend
				where refclassid = 'pg_extension'::regclass and refobjid = (select oid from pg_extension where extname = 'vector') and deptype = 'e'
			loop
				execute (select format('alter extension vector drop %s %s', type, identity) from pg_identify_object(member.classid, member.objid, 0));
			end loop;
		end $$`,
		"drop type halfvec cascade",
		"drop access method hnsw cascade",
		"update pg_extension set extversion = '0.4.4' where extname = 'vector'",
	} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	pool, err := migrations.OpenPostgres(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	if err := migrations.Postgres(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	return pool
}

// TestOldPgvector: without halfvec and HNSW the index keeps its promises, and says what is missing.
func TestOldPgvector(t *testing.T) {
	var log bytes.Buffer
	if _, err := pgindex.New(t.Context(), withoutHalfvec(t), slog.New(slog.NewTextHandler(&log, nil))); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "no halfvec") || !strings.Contains(log.String(), "version=0.4.4") {
		t.Errorf("logged: %s", log.String())
	}
	indextest.RunVectors(t, func(t *testing.T) retrieval.Index {
		index, err := pgindex.New(t.Context(), withoutHalfvec(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		index.SetExactUpTo(20)
		return settling{index}
	}, "Filters", "Nearest")
}

// TestPgvectorIsUpgraded: a database from before halfvec, on a server that has
// it now, gets an HNSW index although its column is of the old type.
func TestPgvectorIsUpgraded(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	if _, err := pool.Exec(t.Context(), "alter table document_vectors alter column vector type vector"); err != nil {
		t.Fatal(err)
	}
	index, err := pgindex.New(t.Context(), pool, nil)
	if err != nil {
		t.Fatal(err)
	}
	index.SetExactUpTo(50)
	docs := posts(200, 16)
	upsert(t, settling{index}, docs)
	plan, err := index.PlanNearest(t.Context(), all, "test/1", docs[0].Vector, 10)
	if err != nil || !strings.Contains(plan, "document_vectors_hnsw_") {
		t.Errorf("the plan does not use the index: %v\n%s", err, plan)
	}
	list, err := index.Nearest(t.Context(), all, "test/1", docs[123].Vector, 10)
	if err != nil || len(list) != 10 || list[0].ID != "p00123" {
		t.Errorf("nearest: %v, %v", list, err)
	}
}
