// Package pgindex keeps and searches documents in PostgreSQL with pgvector,
// for an installation of any number of processes and documents. It implements
// [retrieval.Index] and passes package indextest.
//
// Nearest vectors are found by comparing all where a scope or a filter keeps
// few of them, and by an HNSW index of the scope where it keeps many: an
// approximate index loses what a narrow filter wants, or one that goes with
// another topic than the query. A list is never shorter than it could be.
//
// Words are split and stemmed in Go, as for every index, and kept as a
// tsvector whose weight classes hold how much a word says about its document.
// A search matches its rarest words until they bring enough candidates, in a
// sample of the documents where even the rarest bring too many, and ranks those
// by all its words.
//
// What filters compare is kept as lexemes beside the words, and beside the
// vectors, so that each condition is looked up in an index.
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

var _ retrieval.Index = (*Index)(nil)

// Index is a [retrieval.Index] on a migrated PostgreSQL database.
type Index struct {
	pool     *pgxpool.Pool
	pgvector pgvectorSupport
	// exactUpTo is how many vectors are compared one by one rather than looked up in an HNSW index.
	exactUpTo int

	large *large

	mu           sync.RWMutex // over what follows
	lexicons     map[int32]frequencies
	changed      map[scope]int // documents since their words were counted
	embeddings   map[string]embedding
	scopes       map[scope]int32 // their numbers
	zones        map[scope]zoneNames
	writes       uint64 // by this process
	indexed      indexes
	changes      int // documents changed since the last analyze
	analyzeAfter int
}

// New returns an index on an open pool, made by migrations.OpenPostgres, which
// the caller closes. It logs what the server's pgvector lacks; nil logs nothing.
func New(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) (*Index, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	x := &Index{
		pool: pool, exactUpTo: exactUpTo, large: newLarge(), lexicons: make(map[int32]frequencies), changed: make(map[scope]int),
		embeddings: make(map[string]embedding), scopes: make(map[scope]int32), zones: make(map[scope]zoneNames), analyzeAfter: firstAnalyze,
	}
	var err error
	if x.pgvector, err = readSupport(ctx, pool); err != nil {
		return nil, wrap("read what pgvector can do", err)
	}
	x.pgvector.warn(ctx, log)
	return x, nil
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
