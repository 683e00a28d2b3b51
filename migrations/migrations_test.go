package migrations

import (
	"errors"
	"testing"
)

func TestSQLiteMigratesOnceAndAgain(t *testing.T) {
	db, err := OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for range 2 {
		if err := SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
	}
	status, err := SQLiteStatus(t.Context(), db.Write)
	if err != nil || status.Current != status.Latest || status.Current == 0 {
		t.Fatalf("status %+v, %v", status, err)
	}
}

func TestDataFolderIsHeldByOneProcess(t *testing.T) {
	folder := t.TempDir()
	db, err := OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSQLite(folder); !errors.Is(err, ErrInUse) {
		t.Fatalf("second opening: %v, want ErrInUse", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err = OpenSQLite(folder)
	if err != nil {
		t.Fatalf("after closing: %v", err)
	}
	db.Close()
}
