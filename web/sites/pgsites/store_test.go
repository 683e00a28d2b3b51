package pgsites_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/web/sites"
	"github.com/parleyhq/parley/web/sites/pgsites"
	"github.com/parleyhq/parley/web/sites/sitestest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	sitestest.Run(t, func(t *testing.T) func() sites.Store {
		pool := pgtest.Pool(t)
		return func() sites.Store { return pgsites.New(pool) }
	})
}
