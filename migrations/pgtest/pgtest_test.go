package pgtest

import "testing"

func TestPoolIsMigrated(t *testing.T) {
	t.Parallel()
	pool := Pool(t)
	var epoch string
	if err := pool.QueryRow(t.Context(), "select value from meta where key = 'epoch'").Scan(&epoch); err != nil || len(epoch) != 32 {
		t.Fatalf("epoch %q, %v", epoch, err)
	}
}
