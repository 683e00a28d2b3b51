package sqliteindex_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/indextest"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, folder string) (*sqliteindex.Index, *migrations.SQLiteDB) {
	t.Helper()
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
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
