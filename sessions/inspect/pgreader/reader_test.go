package pgreader_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/sessions/inspect/inspecttest"
	"github.com/parleyhq/parley/sessions/inspect/pgreader"
	"github.com/parleyhq/parley/sessions/pgstore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestReader(t *testing.T) {
	inspecttest.Run(t, func(t *testing.T) inspecttest.Backend {
		pool := pgtest.Pool(t)
		store, err := pgstore.New(t.Context(), pool)
		if err != nil {
			t.Fatal(err)
		}
		reader := pgreader.New(pool)
		return inspecttest.Backend{Sessions: store, Store: reader, Trail: reader, Refuses: func(query string) error {
			_, err := pool.Exec(t.Context(), query)
			return err
		}}
	})
}
