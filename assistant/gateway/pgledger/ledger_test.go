package pgledger_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/gateway/ledgertest"
	"github.com/parleyhq/parley/assistant/gateway/pgledger"
	"github.com/parleyhq/parley/migrations/pgtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestLedger(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) func() gateway.Ledger {
		pool := pgtest.Pool(t)
		return func() gateway.Ledger { return pgledger.New(pool) }
	})
}
