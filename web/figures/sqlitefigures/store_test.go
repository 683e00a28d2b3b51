package sqlitefigures_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/gateway/sqliteledger"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions/sqlitestore"
	"github.com/parleyhq/parley/web/figures/figurestest"
	"github.com/parleyhq/parley/web/figures/sqlitefigures"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB) *migrations.SQLiteDB {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestStore(t *testing.T) {
	figurestest.Run(t, func(t *testing.T) figurestest.Backend {
		db := open(t)
		store, err := sqlitestore.New(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		return figurestest.Backend{Sessions: store, Ledger: sqliteledger.New(db), Figures: sqlitefigures.New(db)}
	})
}

func TestUnreachable(t *testing.T) {
	db := open(t)
	db.Close()
	figurestest.Unreachable(t, sqlitefigures.New(db))
}

// BenchmarkMonth takes some minutes and 3 GB of disk: run it once, with -benchtime 5x.
func BenchmarkMonth(b *testing.B) {
	db := open(b)
	figurestest.Month(b, sqlitefigures.New(db),
		func(query string) error { _, err := db.Write.ExecContext(b.Context(), query); return err },
		func(micros string) string { return micros })
}
