package sqlitequeue_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/queuetest"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions/sqlitestore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func openDatabase(t *testing.T) *migrations.SQLiteDB {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	// The suite writes much and survives no crash of the machine.
	if _, err := db.Write.Exec("pragma synchronous = off"); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestQueue(t *testing.T) {
	queuetest.Run(t, func(t *testing.T) queuetest.Database {
		db := openDatabase(t)
		store, err := sqlitestore.New(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		return queuetest.Database{
			Queue:    func() moderation.Queue { return sqlitequeue.New(db) },
			Sessions: store,
			Close:    func() { db.Close() },
		}
	})
}
