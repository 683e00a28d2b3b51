package pgtest

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/migrations"
)

// Four processes that start at once on an empty database, each with a pool of
// its own: one migrates, the others wait, all succeed.
func TestPostgresMigratesTogether(t *testing.T) {
	t.Parallel()
	url := EmptyURL(t)
	pools := make([]*pgxpool.Pool, 4)
	var group errgroup.Group
	for i := range pools {
		group.Go(func() (err error) {
			if pools[i], err = migrations.OpenPostgres(t.Context(), url); err != nil {
				return err
			}
			return migrations.Postgres(t.Context(), pools[i])
		})
	}
	err := group.Wait()
	for _, pool := range pools {
		if pool != nil {
			defer pool.Close()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	status, err := migrations.PostgresStatus(t.Context(), pools[0])
	if err != nil || status.Current != status.Latest {
		t.Fatalf("status %+v, %v", status, err)
	}
}
