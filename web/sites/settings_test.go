package sites_test

import (
	"testing"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/web/sites"
)

func TestSettings(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		db, err := migrations.OpenSQLite(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := migrations.SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
		testSettings(t, sites.SQLite(db.Write))
	})
	t.Run("postgres", func(t *testing.T) { testSettings(t, sites.Postgres(pgtest.Pool(t))) })
}

func testSettings(t *testing.T, s sites.Settings) {
	ctx := t.Context()
	step := func(old, new string, want bool, value string) {
		t.Helper()
		if done, err := s.Swap(ctx, "colour", old, new); err != nil || done != want {
			t.Errorf("swap %q for %q: %v, %v; want %v", old, new, done, err, want)
		}
		if got, err := s.Get(ctx, "colour"); err != nil || got != value {
			t.Errorf("after swapping %q for %q: %q, %v; want %q", old, new, got, err, value)
		}
	}
	if got, err := s.Get(ctx, "colour"); err != nil || got != "" {
		t.Errorf("missing setting: %q, %v", got, err)
	}
	step("red", "blue", false, "")
	step("", "red", true, "red")
	step("", "green", false, "red")
	step("blue", "green", false, "red")
	step("red", "green", true, "green")
}
