package pgoutbox_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/hooks/hookstest"
	"github.com/parleyhq/parley/web/hooks/pgoutbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	hookstest.Run(t, func(t *testing.T) func() hooks.Store {
		pool := pgtest.Pool(t)
		return func() hooks.Store { return pgoutbox.New(pool) }
	})
}
