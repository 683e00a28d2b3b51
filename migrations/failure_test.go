package migrations

import (
	"database/sql"
	"errors"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"golang.org/x/sync/errgroup"
)

// with adds a migration to the embedded ones.
func filesWith(t *testing.T, extra map[string]string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := files.ReadFile(path)
		all[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range extra {
		all[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return maps.Clone(all)
}

const brokenHalfWay = "-- +goose Up\ncreate table half_done (id text);\ncreate table sessions (id text);\n"

func TestFailedMigrationLeavesTheOldSchema(t *testing.T) {
	db := openMigrated(t)
	before, err := SQLiteStatus(t.Context(), db.Write)
	if err != nil {
		t.Fatal(err)
	}
	broken := filesWith(t, map[string]string{"sqlite/9000_broken.sql": brokenHalfWay})
	err = withSQLite(db.Write, broken, func(p *goose.Provider) error { return up(t.Context(), p) })
	if err == nil || !strings.Contains(err.Error(), "version:9000") {
		t.Fatalf("the broken migration: %v, want an error that names it", err)
	}
	var n int
	if err := db.Write.QueryRow("select count(*) from sqlite_master where name = 'half_done'").Scan(&n); err != nil || n != 0 {
		t.Errorf("a part of it stayed: %d, %v", n, err)
	}
	after, err := SQLiteStatus(t.Context(), db.Write)
	if err != nil || after != before {
		t.Errorf("status went from %+v to %+v, %v", before, after, err)
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	db := openMigrated(t)
	newer := filesWith(t, map[string]string{"sqlite/9000_later.sql": "-- +goose Up\ncreate table later (id text);\n"})
	if err := withSQLite(db.Write, newer, func(p *goose.Provider) error { return up(t.Context(), p) }); err != nil {
		t.Fatal(err)
	}
	if err := SQLite(t.Context(), db.Write); !errors.Is(err, ErrNewer) {
		t.Fatalf("%v, want ErrNewer", err)
	}
}

func openMigrated(t *testing.T) *SQLiteDB {
	t.Helper()
	db, err := OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	return db
}

// runTogether migrates one database from several callers at once.
func runTogether(t *testing.T, migrate func() error) {
	t.Helper()
	var group errgroup.Group
	for range 4 {
		group.Go(migrate)
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestSQLiteTogether(t *testing.T) {
	db, err := OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	runTogether(t, func() error { return SQLite(t.Context(), db.Write) })
	if _, err := db.Write.Exec("select 1 from messages"); errors.Is(err, sql.ErrNoRows) {
		t.Fatal(err)
	}
}
