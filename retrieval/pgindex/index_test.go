package pgindex_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/indextest"
	"github.com/parleyhq/parley/retrieval/pgindex"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestIndex(t *testing.T) {
	indextest.Run(t, func(t *testing.T) retrieval.Index {
		index, err := pgindex.New(t.Context(), pgtest.Pool(t))
		if err != nil {
			t.Fatal(err)
		}
		return index
	})
}
