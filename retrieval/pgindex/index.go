// Package pgindex keeps and searches documents in PostgreSQL with pgvector,
// for an installation of any number of processes and documents. It implements
// [retrieval.Index] and passes package indextest.
//
// Nearest vectors are found by an exact scan where a filter keeps few
// documents, and by an HNSW index where it keeps many: an approximate index
// loses what a narrow filter wants. A list is never shorter than it could be.
//
// Words are split and stemmed in Go, as for every index, and kept as a
// tsvector whose weight classes hold how much a word says about its document.
// A search matches its rarest words until they bring enough candidates, and
// ranks those by all its words.
package pgindex

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/puddle/v2"

	"github.com/parleyhq/parley/retrieval"
)

// Index is a [retrieval.Index] on a migrated PostgreSQL database.
type Index struct {
	pool *pgxpool.Pool
	// hnsw says that the server's pgvector can filter while it walks an HNSW index.
	hnsw bool
	// serialBuild keeps index builds to one process of the server.
	serialBuild bool
	// exactUpTo is how many documents are scanned rather than looked up in an HNSW index.
	exactUpTo int

	counts   *counts
	counting chan struct{} // holds a token while words are counted

	mu           sync.RWMutex // over what follows
	lexicons     map[scope]*frequencies
	embeddings   map[string]embedding
	indexed      map[int32]bool // by embeddings.n: the HNSW index is there
	changes      int            // documents changed since the last analyze
	analyzeAfter int
}

// embedding is a model whose vectors are kept. It never changes.
type embedding struct {
	n          int32
	dimensions int
}

// exactUpTo: an exact scan of so many halfvec of 384 dimensions takes about
// 5 ms, and below it an HNSW index gains nothing.
const exactUpTo = 10_000

// New returns an index on an open pool, made by migrations.OpenPostgres, which
// the caller closes. It logs what the server's pgvector lacks.
func New(ctx context.Context, pool *pgxpool.Pool) (*Index, error) {
	x := &Index{
		pool: pool, exactUpTo: exactUpTo, counts: newCounts(), counting: make(chan struct{}, 1), lexicons: make(map[scope]*frequencies),
		embeddings: make(map[string]embedding), indexed: make(map[int32]bool), analyzeAfter: firstAnalyze,
	}
	var text string
	if err := pool.QueryRow(ctx, "select extversion from pg_extension where extname = 'vector'").Scan(&text); err != nil {
		return nil, wrap("read the version of pgvector", err)
	}
	version, err := parseVersion(text)
	if err != nil {
		return nil, fmt.Errorf("pgindex: version of pgvector: %w", err)
	}
	x.hnsw = !version.before(release{0, 8, 0})
	x.serialBuild = version.before(release{0, 8, 4})
	switch {
	case !x.hnsw:
		slog.WarnContext(ctx, "pgvector is older than 0.8: vectors are searched without an index, which is slow beyond 100,000 documents", "version", text)
	case version.before(release{0, 8, 4}):
		slog.WarnContext(ctx, "pgvector is older than 0.8.4, which mends faults of HNSW indexes: please upgrade", "version", text)
	}
	return x, nil
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

// wrap says what was being done and turns the server's errors into sentinels.
func wrap(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, retrieval.ErrInvalid):
		return fmt.Errorf("pgindex: %s: %w", doing, err)
	case isUnavailable(err):
		return fmt.Errorf("pgindex: %s: %w: %w", doing, retrieval.ErrUnavailable, err)
	case isInvalid(err):
		return fmt.Errorf("pgindex: %s: %w: %w", doing, retrieval.ErrInvalid, err)
	}
	return fmt.Errorf("pgindex: %s: %w", doing, err)
}

// isUnavailable tells a server that is gone, starting, full or out of
// resources from a statement that is wrong. The classes are those of
// PostgreSQL's Appendix A: 08 connection, 53 resources, 57 operator
// intervention, 58 system error; 40 is a serialization failure or deadlock.
func isUnavailable(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		switch failure.Code[:2] {
		case "08", "40", "53", "57", "58":
			return true
		}
		return false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, puddle.ErrClosedPool) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		pgconn.SafeToRetry(err)
}

// isInvalid: class 22, data exception, such as a text with a NUL; 54, a limit of the server.
func isInvalid(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && (failure.Code[:2] == "22" || failure.Code[:2] == "54")
}
