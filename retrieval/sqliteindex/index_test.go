package sqliteindex_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/indextest"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(writerFolder); folder != "" {
		fmt.Fprintln(os.Stderr, writeForever(folder)) // until it is killed
		os.Exit(1)
	}
	code := m.Run()
	for _, clean := range slices.Backward(atExit) {
		clean()
	}
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// open returns the index of a folder until the test ends.
func open(t testing.TB, folder string) (*sqliteindex.Index, *migrations.SQLiteDB) {
	t.Helper()
	index, db := openAt(t, folder)
	t.Cleanup(func() { db.Close() })
	return index, db
}

func openAt(t testing.TB, folder string) (*sqliteindex.Index, *migrations.SQLiteDB) {
	t.Helper()
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	index, err := sqliteindex.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return index, db
}

func TestIndex(t *testing.T) {
	indextest.Run(t, func(t *testing.T) retrieval.Index {
		index, _ := open(t, t.TempDir())
		return index
	})
}

func TestRecall(t *testing.T) {
	var size indextest.Recall // the usual one
	if sqliteindex.Racing {
		size = indextest.Recall{Documents: 5_000, Tenants: 20, Shared: 2_000}
	}
	indextest.RunRecall(t, func(t *testing.T) retrieval.Index {
		index, _ := open(t, t.TempDir())
		return index
	}, size)
}
