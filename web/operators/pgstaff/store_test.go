package pgstaff_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/operators/operatorstest"
	"github.com/parleyhq/parley/web/operators/pgstaff"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	operatorstest.Run(t, func(t *testing.T) func() operators.Store {
		pool := pgtest.Pool(t)
		return func() operators.Store { return pgstaff.New(pool) }
	})
}
