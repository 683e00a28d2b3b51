package sqliteledger_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/gateway/ledgertest"
	"github.com/parleyhq/parley/assistant/gateway/sqliteledger"
	"github.com/parleyhq/parley/migrations"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestLedger(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) func() gateway.Ledger {
		db, err := migrations.OpenSQLite(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		if err := migrations.SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
		return func() gateway.Ledger { return sqliteledger.New(db) }
	})
}
