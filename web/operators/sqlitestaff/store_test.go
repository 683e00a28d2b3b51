package sqlitestaff_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/operators/operatorstest"
	"github.com/parleyhq/parley/web/operators/sqlitestaff"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	operatorstest.Run(t, func(t *testing.T) func() operators.Store {
		db, err := migrations.OpenSQLite(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		if err := migrations.SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
		return func() operators.Store { return sqlitestaff.New(db) }
	})
}
