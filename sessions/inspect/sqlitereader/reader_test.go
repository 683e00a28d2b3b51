package sqlitereader_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions/inspect/inspecttest"
	"github.com/parleyhq/parley/sessions/inspect/sqlitereader"
	"github.com/parleyhq/parley/sessions/sqlitestore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB) (*migrations.SQLiteDB, *sqlitestore.Store) {
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	store, err := sqlitestore.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return db, store
}

func TestReader(t *testing.T) {
	inspecttest.Run(t, func(t *testing.T) inspecttest.Backend {
		db, store := open(t)
		reader := sqlitereader.New(db)
		return inspecttest.Backend{Sessions: store, Store: reader, Trail: reader, Refuses: func(query string) error {
			_, err := db.Write.ExecContext(t.Context(), query)
			return err
		}}
	})
}
