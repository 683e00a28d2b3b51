package main

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/sys/unix"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/chat"
)

func TestThePortIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	data := filepath.Join(t.TempDir(), "data")
	command(t, map[string]string{"PARLEY_LISTEN": taken.Addr().String(), "PARLEY_DATA": data}, "serve").
		fails(t, exitFailed, "the address is taken by another program", taken.Addr().String(), "PARLEY_LISTEN")
	if _, err := os.Stat(data); err == nil {
		t.Error("a data folder was made all the same")
	}
}

func TestTheDataFolderCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(t.TempDir(), "locked")
	if err := os.Mkdir(locked, 0o500); err != nil {
		t.Fatal(err)
	}
	folders := map[string]string{"below a file": filepath.Join(file, "data")}
	if os.Getuid() == 0 {
		folders["read only"] = "/proc/parley" // permissions do not stop root, but nobody may write there
	} else {
		folders["read only"] = locked
	}
	for name, folder := range folders {
		t.Run(name, func(t *testing.T) {
			command(t, map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": folder}, "serve").
				fails(t, exitStorage, "the data folder cannot be used: "+filepath.Dir(folder), "PARLEY_DATA")
		})
	}
}

func TestTheDataFolderIsInUse(t *testing.T) {
	cfg := testConfig(t, nil)
	s := startServer(t, cfg)
	for _, args := range [][]string{{"serve"}, {"search", "x"}, {"migrate"}, {"key", "rotate"}} {
		command(t, map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": cfg.Data}, args...).
			fails(t, exitStorage, "another parley process uses the data folder")
	}
	s.get(t, "/readyz", "", http.StatusOK, nil)
}

func TestTheDatabaseIsNewer(t *testing.T) {
	cfg := testConfig(t, nil)
	db, err := migrations.OpenSQLite(cfg.Data)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Write.Exec("insert into goose_db_version (version_id, is_applied) values (9000, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": cfg.Data}
	command(t, env, "serve").fails(t, exitStorage, "a later version of Parley has changed the database", "9000")
	command(t, env, "migrate", "status").fails(t, exitStorage, "a later version")
}

func TestTheDatabaseIsDownAtStart(t *testing.T) {
	command(t, map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "DATABASE_URL": "postgres://parley:geheim@127.0.0.1:1/parley"}, "serve").
		fails(t, exitStorage, "PostgreSQL cannot be reached", "DATABASE_URL", "connection refused")
}

// TestTheDatabaseGoes takes PostgreSQL away under a running server, between
// turns and in the midst of one, and gives it back.
func TestTheDatabaseGoes(t *testing.T) {
	leaks(t)
	database := newProxy(t, testDatabase(t))
	model := newEcho(t)
	s := startServer(t, testConfig(t, map[string]string{"DATABASE_URL": database.url, "OPENAI_BASE_URL": model.url}))
	c := dial(t, s, "default", nil)
	c.say(petShop)

	database.cut()
	reply := c.request(object{"type": "message.create", "message_id": "while-it-is-gone", "text": "It should be Shopify"})
	if reply.Error == nil || reply.Error.Code != "unavailable" || !reply.Error.Temporary {
		t.Errorf("a message without a database: %s", reply.raw)
	}
	s.get(t, "/readyz", "", http.StatusServiceUnavailable, nil)
	s.get(t, "/healthz", "", http.StatusOK, nil)
	s.get(t, "/v1/sessions", c.token, http.StatusServiceUnavailable, nil)
	database.mend()
	eventually(t, "the server is ready again", func() bool {
		response, err := s.http.Get(s.base + "/readyz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
	// The same message again is taken, and is there once.
	reply = c.request(object{"type": "message.create", "message_id": "while-it-is-gone", "text": "It should be Shopify"})
	if reply.Error != nil {
		t.Fatalf("after it is back: %s", reply.raw)
	}
	c.until("its answer", answers("while-it-is-gone"))

	// In the midst of a turn: the model speaks while the database is away.
	release := model.hold()
	c.write(object{"type": "message.create", "id": "m3", "message_id": "m3", "text": "Four to six weeks, remote"})
	c.untilType("response.in_progress")
	model.waiting(t)
	database.cut()
	release()
	time.Sleep(300 * time.Millisecond) // long enough for the commit to fail at least once
	database.mend()
	c.until("the answer of the interrupted turn", answers("m3"))

	var kept sessions.Snapshot
	s.get(t, "/v1/sessions/"+c.session+"/messages", c.token, http.StatusOK, &kept)
	if len(kept.Messages) != 3 {
		t.Errorf("%d messages are kept, want 3", len(kept.Messages))
	}
	for _, m := range kept.Messages {
		if n := countCompleted(kept, m.ID); n != 1 {
			t.Errorf("message %s has %d completed responses", m.ID, n)
		}
	}
}

func answers(message string) func(frame) bool {
	return func(f frame) bool {
		return f.Response != nil && f.Response.Message == message && f.Response.Status == sessions.StatusCompleted
	}
}

func countCompleted(kept sessions.Snapshot, message string) (n int) {
	for _, r := range kept.Responses {
		if r.Message == message && r.Status == sessions.StatusCompleted {
			n++
		}
	}
	return n
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("waited for 20 s: %s", what)
}

// TestTheDiskIsFull lets the real program write no file beyond a few bytes, as
// a full disk would, and lifts the limit again.
func TestTheDiskIsFull(t *testing.T) {
	p := command(t, map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir()}, "serve")
	s := &server{base: p.serving(t), http: &http.Client{Timeout: 30 * time.Second}}
	c := dial(t, s, "default", nil)
	c.say(petShop)

	limitFiles(t, p.Process.Pid, 4096)
	reply := c.request(object{"type": "message.create", "message_id": "when-full", "text": "It should be Shopify"})
	if reply.Error == nil || reply.Error.Code != "unavailable" || !reply.Error.Temporary {
		t.Errorf("a message with a full disk: %s", reply.raw)
	}
	var kept sessions.Snapshot
	s.get(t, "/v1/sessions/"+c.session+"/messages", c.token, http.StatusOK, &kept) // what is there can be read
	if len(kept.Messages) != 1 {
		t.Errorf("%d messages are kept, want 1", len(kept.Messages))
	}

	limitFiles(t, p.Process.Pid, unix.RLIM_INFINITY)
	reply = c.request(object{"type": "message.create", "message_id": "when-full", "text": "It should be Shopify"})
	if reply.Error != nil {
		t.Fatalf("with space again: %s", reply.raw)
	}
	c.until("its answer", answers("when-full"))
}

func limitFiles(t *testing.T, pid int, size uint64) {
	t.Helper()
	if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: unix.RLIM_INFINITY}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestASignalEndsTheServerInOrder(t *testing.T) {
	model := newEcho(t)
	p := command(t, map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(), "OPENAI_BASE_URL": model.url}, "serve")
	s := &server{base: p.serving(t), http: &http.Client{Timeout: 30 * time.Second}}
	c := dial(t, s, "default", nil)
	release := model.hold()
	c.write(object{"type": "message.create", "id": "m1", "message_id": "m1", "text": petShop})
	c.untilType("response.in_progress")
	model.waiting(t)

	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the server is not ready any more", func() bool {
		response, err := s.http.Get(s.base + "/readyz")
		if err != nil {
			return false
		}
		defer response.Body.Close()
		return response.StatusCode == http.StatusServiceUnavailable
	})
	if reply := c.request(object{"type": "message.create", "message_id": "m2", "text": "One more thing"}); reply.Error == nil || reply.Error.Code != "draining" {
		t.Errorf("a message while it shuts down: %s", reply.raw)
	}
	release()
	c.until("the answer of the running turn", answers("m1"))
	if err := c.end(); !websocket.IsCloseError(err, chat.CodeShutdown) {
		t.Errorf("the connection ended with %v, want %d", err, chat.CodeShutdown)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("the process ended with %v\n%s", err, p.log)
	}
}

func TestAKilledServerRunsItsTurnAgain(t *testing.T) {
	model := newEcho(t)
	env := map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(), "OPENAI_BASE_URL": model.url}
	p := command(t, env, "serve")
	s := &server{base: p.serving(t), http: &http.Client{Timeout: 30 * time.Second}}
	c := dial(t, s, "default", nil)
	release := model.hold()
	c.write(object{"type": "message.create", "id": "m1", "message_id": "m1", "text": petShop})
	c.untilType("response.in_progress")
	model.waiting(t)
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait() // killed
	release()

	p = command(t, env, "serve")
	s = &server{base: p.serving(t), http: s.http}
	back := dial(t, s, "default", object{"token": c.token, "session": c.session})
	done := back.until("the answer of the dead turn", answers("m1"))
	if done.Response.Text == "" {
		t.Error("it is empty")
	}
	var kept sessions.Snapshot
	_, body := s.get(t, "/v1/sessions/"+c.session+"/messages", c.token, http.StatusOK, &kept)
	if len(kept.Messages) != 1 || countCompleted(kept, "m1") != 1 || !json.Valid(body) {
		t.Errorf("kept: %s", body)
	}
}
