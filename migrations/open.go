package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	pgxvec "github.com/pgvector/pgvector-go/pgx"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// ErrInUse means that another process holds the data folder.
var ErrInUse = errors.New("migrations: the data folder is in use by another process")

// SQLiteDB is an open SQLite database. Write has one connection, since SQLite
// has one writer at a time and waiting in Go is fair; Read has several.
type SQLiteDB struct {
	Write *sql.DB
	Read  *sql.DB
	lock  *os.File
}

// OpenSQLite opens the database file parley.db in a folder, made when missing,
// and holds the folder until Close: it returns [ErrInUse] when another process does.
//
// Commits are durable over a crash of the process and, with synchronous=FULL,
// of the machine.
func OpenSQLite(folder string) (*SQLiteDB, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("migrations: data folder: %w", err)
	}
	lock, err := lockFolder(folder)
	if err != nil {
		return nil, err
	}
	db := &SQLiteDB{lock: lock}
	path := filepath.Join(folder, "parley.db")
	if db.Write, err = openSQLite(path, "immediate", 1); err == nil {
		db.Read, err = openSQLite(path, "deferred", 4)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Close closes both pools and lets the folder go.
func (db *SQLiteDB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{db.Read, db.Write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	errs = append(errs, db.lock.Close())
	return errors.Join(errs...)
}

func lockFolder(folder string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(folder, "parley.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("migrations: data folder: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w: %s", ErrInUse, folder)
		}
		return nil, fmt.Errorf("migrations: lock data folder: %w", err)
	}
	return file, nil
}

func openSQLite(path, begin string, connections int) (*sql.DB, error) {
	settings := url.Values{"_txlock": {begin}, "_pragma": {
		"journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "busy_timeout(5000)",
		"cache_size(-16000)", "temp_store(memory)",
	}}
	db, err := sql.Open("sqlite", "file:"+path+"?"+settings.Encode())
	if err != nil {
		return nil, fmt.Errorf("migrations: open %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, fmt.Errorf("migrations: open %s: %w", path, err)
	}
	return db, nil
}

// OpenPostgres connects to a PostgreSQL server, creates the vector extension
// when it is missing, and registers its types on every connection.
func OpenPostgres(ctx context.Context, databaseURL string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(databaseURL)
	if err != nil {
		return nil, fmt.Errorf("migrations: DATABASE_URL: %w", err)
	}
	config.ConnConfig.ConnectTimeout = 5 * time.Second
	if err := ensureVector(ctx, config.ConnConfig); err != nil {
		return nil, err
	}
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		return pgxvec.RegisterTypes(ctx, conn)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("migrations: connect: %w", err)
	}
	return pool, nil
}

func ensureVector(ctx context.Context, config *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("migrations: connect: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var present bool
	if err := conn.QueryRow(ctx, "select exists (select from pg_extension where extname = 'vector')").Scan(&present); err != nil {
		return fmt.Errorf("migrations: look for pgvector: %w", err)
	}
	if present {
		return nil
	}
	// Two processes starting at once both come here: the lock, which ends with
	// the connection, keeps the second from failing on the extension's unique
	// name. The statements are sent apart, so that the extension is committed
	// before the lock is given up.
	if _, err := conn.Exec(ctx, "select pg_advisory_lock(7071992)"); err != nil {
		return fmt.Errorf("migrations: lock: %w", err)
	}
	if _, err := conn.Exec(ctx, "create extension if not exists vector"); err != nil {
		return fmt.Errorf("migrations: the server needs the pgvector extension: %w", err)
	}
	return nil
}
