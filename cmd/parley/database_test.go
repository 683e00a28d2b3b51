package main

import (
	"testing"

	"github.com/parleyhq/parley/migrations/pgtest"
)

// testDatabase is a PostgreSQL database of the test's own.
func testDatabase(t testing.TB) string { return pgtest.URL(t) }
