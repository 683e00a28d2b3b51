package sqlitequeue_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/queuetest"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions/sqlitestore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func openDatabase(t *testing.T) *migrations.SQLiteDB {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	// The suite writes much and survives no crash of the machine.
	if _, err := db.Write.Exec("pragma synchronous = off"); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestQueue(t *testing.T) {
	queuetest.Run(t, func(t *testing.T) queuetest.Database {
		db := openDatabase(t)
		store, err := sqlitestore.New(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		return queuetest.Database{
			Queue:    func() moderation.Queue { return sqlitequeue.New(db) },
			Sessions: store,
			Close:    func() { db.Close() },
		}
	})
}

func TestHistoryCannotBeRewritten(t *testing.T) {
	db := openDatabase(t)
	now := time.Now()
	_, _, err := sqlitequeue.New(db).Open(t.Context(), moderation.Case{
		Tenant: "t", ID: "c", Message: message.Message{ID: "m", Text: "Hello."}, Status: moderation.Waiting,
		Verdict: moderation.Verdict{Action: moderation.Hold}, First: moderation.Verdict{Action: moderation.Hold}, Created: now, Changed: now,
	}, moderation.Decision{ID: "d1", Kind: moderation.Opened, Actor: "rules", At: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"update moderation_decisions set note = 'other'",
		"update moderation_decisions set actor = 'other' where id = 'd1'",
		"update moderation_decisions set at = 0, pending = 0",
	} {
		if _, err := db.Write.Exec(statement); err == nil {
			t.Errorf("done: %s", statement)
		}
	}
	if _, err := db.Write.Exec("update moderation_decisions set pending = 0"); err != nil {
		t.Error(err)
	}
}
