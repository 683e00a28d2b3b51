package bench

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/pgindex"
	"github.com/parleyhq/parley/retrieval/skills"
)

const (
	rounds  = 2   // of searches and bare statements in turn
	perTurn = 500 // queries of each
)

// TestPostgres measures whole searches beside the two statements that rank
// their lists, sent bare.
func TestPostgres(t *testing.T) {
	documents, queries := material(t)
	if os.Getenv("PARLEY_TEST_DATABASE_URL") == "" {
		t.Skip("PARLEY_TEST_DATABASE_URL is not set: there is no server to measure")
	}
	pool := pgtest.Pool(t)
	index, err := pgindex.New(t.Context(), pool, nil)
	if err != nil {
		t.Fatal(err)
	}
	queries = queries[:perTurn]
	server(t, pool)
	r := load(t, index, documents)
	settle(t, pool)
	sizes(t, pool)
	statements := record(t, pool, queries)
	timed(t, queries, 2, search(r)) // warms caches; not counted
	for _, concurrent := range []int{1, 2, 8} {
		var whole, bare run
		for range rounds {
			whole.add(t, pool, queries, concurrent, search(r))
			bare.add(t, pool, queries, concurrent, func(ctx context.Context, text string) error {
				return replay(ctx, pool, statements[text])
			})
		}
		t.Logf("PostgreSQL, %d at once: %v; load of the machine %s", concurrent, &whole, loadAverage())
		t.Logf("      bare statements: %v", &bare)
		t.Logf("      the whole search is %.2f × p50, %.2f × p90, %.2f × p99 of the bare statements", ratio(whole, bare, .5), ratio(whole, bare, .9), ratio(whole, bare, .99))
	}
}

// run is what was measured in several rounds.
type run struct {
	times          latency
	client, server time.Duration // processor time of all of them
}

func (r *run) add(t *testing.T, pool *pgxpool.Pool, queries []string, concurrent int, do func(context.Context, string) error) {
	t.Helper()
	client, server := processorTime(t), serverTime(t, pool)
	r.times = sorted(append(r.times, timed(t, queries, concurrent, do)...))
	r.client += processorTime(t) - client
	r.server += serverTime(t, pool) - server
}

func (r *run) String() string {
	n := time.Duration(len(r.times))
	return fmt.Sprintf("%v; processor time %.1f ms of Parley and %.1f ms of the server each", r.times, ms(r.client/n), ms(r.server/n))
}

func ratio(a, b run, q float64) float64 { return float64(a.times.at(q)) / float64(b.times.at(q)) }

// server tells what is measured.
func server(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	var version, vector, buffers string
	err := pool.QueryRow(t.Context(), `select current_setting('server_version'), extversion, current_setting('shared_buffers')
		from pg_extension where extname = 'vector'`).Scan(&version, &vector, &buffers)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("PostgreSQL %s, pgvector %s, shared_buffers %s, pool of %d connections", version, vector, buffers, pool.Config().MaxConns)
}

// settle lets the server finish what loading leaves to do.
func settle(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	start := time.Now()
	if _, err := pool.Exec(t.Context(), "vacuum analyze"); err != nil {
		t.Fatal(err)
	}
	t.Logf("vacuum and analyze in %.1f s", time.Since(start).Seconds())
}

func sizes(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	rows, err := pool.Query(t.Context(), `select relname, pg_relation_size(oid) >> 20 from pg_class
		where relkind in ('r', 'i') and pg_relation_size(oid) > 4 << 20 order by 2 desc`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var megabytes int64
		if err := rows.Scan(&name, &megabytes); err != nil {
			t.Fatal(err)
		}
		t.Logf("on disk: %s %d MB", name, megabytes)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// record searches each query twice, on connections that are listened to, and
// returns what the second search sent for each list. The first one fills
// caches of counts.
func record(t *testing.T, pool *pgxpool.Pool, queries []string) map[string]map[list][]*pgx.QueuedQuery {
	t.Helper()
	heard := &recorder{last: make(map[list][]*pgx.QueuedQuery)}
	config := pool.Config()
	config.ConnConfig.Tracer = heard
	traced, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer traced.Close()
	index, err := pgindex.New(t.Context(), traced, nil)
	if err != nil {
		t.Fatal(err)
	}
	find := search(retrieval.New(marked{index}, embed.Default(), skills.Default()))
	statements := make(map[string]map[list][]*pgx.QueuedQuery, len(queries))
	for _, text := range queries {
		for range 2 {
			heard.take()
			if err := find(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		statements[text] = heard.take()
	}
	return statements
}
