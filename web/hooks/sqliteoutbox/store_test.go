package sqliteoutbox_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/hooks/hookstest"
	"github.com/parleyhq/parley/web/hooks/sqliteoutbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	hookstest.Run(t, func(t *testing.T) func() hooks.Store {
		db, err := migrations.OpenSQLite(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		if err := migrations.SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
		return func() hooks.Store { return sqliteoutbox.New(db) }
	})
}
