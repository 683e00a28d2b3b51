package sqlitesites_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/sites"
	"github.com/parleyhq/parley/web/sites/sitestest"
	"github.com/parleyhq/parley/web/sites/sqlitesites"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	sitestest.Run(t, func(t *testing.T) func() sites.Store {
		db, err := migrations.OpenSQLite(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		if err := migrations.SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
		return func() sites.Store { return sqlitesites.New(db) }
	})
}
