package pgfigures_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/gateway/pgledger"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/sessions/pgstore"
	"github.com/parleyhq/parley/web/figures/figurestest"
	"github.com/parleyhq/parley/web/figures/pgfigures"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	figurestest.Run(t, func(t *testing.T) figurestest.Backend {
		pool := pgtest.Pool(t)
		store, err := pgstore.New(t.Context(), pool)
		if err != nil {
			t.Fatal(err)
		}
		return figurestest.Backend{Sessions: store, Ledger: pgledger.New(pool), Figures: pgfigures.New(pool)}
	})
}

func TestUnreachable(t *testing.T) {
	pool := pgtest.Pool(t)
	pool.Close()
	figurestest.Unreachable(t, pgfigures.New(pool))
}

// BenchmarkMonth takes some minutes and 3 GB of disk: run it once, with -benchtime 5x.
func BenchmarkMonth(b *testing.B) {
	pool := pgtest.Pool(b)
	figurestest.Month(b, pgfigures.New(pool),
		func(query string) error { _, err := pool.Exec(b.Context(), query); return err },
		func(micros string) string { return "to_timestamp(" + micros + "::float8 / 1e6)" })
}
