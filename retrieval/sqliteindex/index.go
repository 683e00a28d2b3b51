// Package sqliteindex keeps documents in SQLite, for an installation of one
// process, and searches them in memory. It implements [retrieval.Index] and
// passes package indextest.
//
// What is durable is in SQLite: documents, their words, their vectors. What a
// search reads is in memory and built from it by [New]: facets, an inverted
// index ranked by BM25, and vectors for an exact scan. A write is committed
// first and shown to searches after, in one step.
//
// Memory per document of usual size: about 1 KB of facets, 0.5 KB of words,
// and four bytes a dimension for each embedding in use.
package sqliteindex

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
)

// Index is a [retrieval.Index] on a migrated SQLite database.
type Index struct {
	read  *sql.DB
	write *sql.DB
	// writing holds one token: whoever has it may write. A write holds it from
	// its transaction's begin until memory shows what was committed.
	writing chan struct{}

	mu         sync.RWMutex // over what follows
	corpora    map[scope]*corpus
	embeddings map[string]*embedding
}

// scope is what is searched together.
type scope struct {
	tenant string
	kind   retrieval.Kind
}

// embedding is a model whose vectors are kept.
type embedding struct {
	n          int64 // embeddings.n
	dimensions int
	loaded     bool // its vectors are in memory
}

// New returns an index on an open database, which the caller closes. It reads
// all facets and words, and the vectors of the embedding that was named last;
// others are read when they are asked for.
func New(ctx context.Context, db *migrations.SQLiteDB) (*Index, error) {
	x := &Index{
		read: db.Read, write: db.Write,
		writing:    make(chan struct{}, 1),
		corpora:    make(map[scope]*corpus),
		embeddings: make(map[string]*embedding),
	}
	if err := x.loadDocuments(ctx); err != nil {
		return nil, wrap("load documents", err)
	}
	if err := x.loadEmbeddings(ctx); err != nil {
		return nil, wrap("load embeddings", err)
	}
	return x, nil
}

// lockWrites waits for the right to write; the caller calls the returned function to give it back.
func (x *Index) lockWrites(ctx context.Context) (unlock func(), err error) {
	select {
	case x.writing <- struct{}{}:
		return func() { <-x.writing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// transaction runs do in one transaction on the writing connection.
func (x *Index) transaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := x.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// wrap says what was being done and turns failures of the database into
// retrieval.ErrUnavailable.
func wrap(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, retrieval.ErrInvalid), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("sqliteindex: %s: %w", doing, err)
	case isUnavailable(err):
		return fmt.Errorf("sqliteindex: %s: %w: %w", doing, retrieval.ErrUnavailable, err)
	}
	return fmt.Errorf("sqliteindex: %s: %w", doing, err)
}

// isUnavailable tells a database that is closed, full or broken from a
// statement that is wrong. What is no error of SQLite comes from database/sql:
// a pool that is closed, a connection that is gone.
func isUnavailable(err error) bool {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return true
	}
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_TOOBIG:
		return false
	}
	return true
}
