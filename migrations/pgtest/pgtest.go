// Package pgtest gives each test a PostgreSQL database of its own, made from a
// migrated template so that tests run in parallel.
//
// The server is the one that PARLEY_TEST_DATABASE_URL names; its user must be
// allowed to create databases and the vector extension. `make test` starts one
// and sets the variable. PARLEY_TEST_POSTGRES=off skips such tests.
package pgtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/migrations"
)

// Pool returns an open pool on a migrated database that is dropped when the
// test ends.
func Pool(t testing.TB) *pgxpool.Pool {
	t.Helper()
	pool, err := migrations.OpenPostgres(t.Context(), URL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// URL returns the address of a migrated database that is dropped when the test ends.
func URL(t testing.TB) string {
	t.Helper()
	server := serverURL(t)
	template, err := migratedTemplate()
	if err != nil {
		t.Fatal(err)
	}
	name := "parley_test_" + randomHex()
	if err := exec(server, fmt.Sprintf("create database %s template %s", name, template)); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	t.Cleanup(func() {
		if err := exec(server, fmt.Sprintf("drop database if exists %s with (force)", name)); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return on(server, name)
}

// EmptyURL returns the address of a database without any schema.
func EmptyURL(t testing.TB) string {
	t.Helper()
	server := serverURL(t)
	name := "parley_test_" + randomHex()
	if err := exec(server, "create database "+name); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	t.Cleanup(func() {
		if err := exec(server, fmt.Sprintf("drop database if exists %s with (force)", name)); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return on(server, name)
}

func serverURL(t testing.TB) string {
	t.Helper()
	if os.Getenv("PARLEY_TEST_POSTGRES") == "off" {
		t.Skip("PARLEY_TEST_POSTGRES=off: not tested on PostgreSQL")
	}
	server := os.Getenv("PARLEY_TEST_DATABASE_URL")
	if server == "" {
		t.Fatal("no PostgreSQL to test on: run `make test`, or `.ci/postgres.sh run -- go test ./...`, or set PARLEY_TEST_DATABASE_URL")
	}
	return server
}

// migratedTemplate makes the template once a process, under a name of its own:
// several test processes run at once.
var migratedTemplate = sync.OnceValues(func() (string, error) {
	server := os.Getenv("PARLEY_TEST_DATABASE_URL")
	name := fmt.Sprintf("parley_template_%d_%s", os.Getpid(), randomHex())
	if err := exec(server, "create database "+name); err != nil {
		return "", fmt.Errorf("pgtest: create the template: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	pool, err := migrations.OpenPostgres(ctx, on(server, name))
	if err != nil {
		return "", err
	}
	defer pool.Close()
	return name, migrations.Postgres(ctx, pool)
})

func exec(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// on returns the server's address with another database.
func on(server, database string) string {
	config, err := pgx.ParseConfig(server)
	if err != nil {
		return server
	}
	return fmt.Sprintf("host='%s' port=%d user='%s' password='%s' dbname=%s sslmode=prefer",
		config.Host, config.Port, config.User, config.Password, database)
}

func randomHex() string {
	var b [6]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err)
	}
	return hex.EncodeToString(b[:])
}
