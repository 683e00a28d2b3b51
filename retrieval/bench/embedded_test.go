package bench

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

func openEmbedded(t *testing.T, folder string) (*sqliteindex.Index, *migrations.SQLiteDB) {
	t.Helper()
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	index, err := sqliteindex.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return index, db
}

// TestEmbedded measures the embedded index: loading, searching, and starting
// again in a process of its own.
func TestEmbedded(t *testing.T) {
	documents, queries := material(t)
	folder := t.TempDir()
	index, db := openEmbedded(t, folder)
	r := load(t, index, documents)
	timed(t, queries[:200], 2, search(r)) // warms caches; not counted
	for _, concurrent := range []int{1, 2, 8} {
		before := processorTime(t)
		times := timed(t, queries, concurrent, search(r))
		used := (processorTime(t) - before) / time.Duration(len(queries))
		t.Logf("embedded, %d at once: %v; processor time %.1f ms a search; load of the machine %s", concurrent, times, ms(used), loadAverage())
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	size := int64(0)
	for _, name := range []string{"parley.db", "parley.db-wal"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err == nil {
			size += info.Size()
		}
	}
	t.Logf("on disk: %d MB", size>>20)
	for range 3 {
		t.Log(startAgain(t, folder))
	}
}

const startFolder = "PARLEY_BENCH_START"

// startAgain opens the index in a fresh process and returns what that says of itself.
func startAgain(t *testing.T, folder string) string {
	t.Helper()
	var out bytes.Buffer
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestStart$", "-test.v")
	again.Env = append(os.Environ(), startFolder+"="+folder)
	again.Stdout, again.Stderr = &out, &out
	if err := again.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for line := range strings.Lines(out.String()) {
		if _, said, ok := strings.Cut(line, "start: "); ok {
			return "start: " + strings.TrimSpace(said)
		}
	}
	t.Fatalf("the process says nothing:\n%s", &out)
	return ""
}

// TestStart is the process that startAgain starts.
func TestStart(t *testing.T) {
	folder := os.Getenv(startFolder)
	if folder == "" {
		t.Skip("started by TestEmbedded")
	}
	embedder, vocabulary := embed.Default(), skills.Default()
	before := resident(t)
	start := time.Now()
	index, db := openEmbedded(t, folder)
	defer db.Close()
	opened := time.Since(start)
	r := retrieval.New(index, embedder, vocabulary)
	start = time.Now()
	if err := search(r)(t.Context(), "Build an online shop"); err != nil {
		t.Fatal(err)
	}
	first := time.Since(start)
	after := resident(t)
	debug.FreeOSMemory()
	t.Logf("start: open %.2f s, first search %.0f ms; resident %s before, %s after, %s once garbage is given back", opened.Seconds(), ms(first), before, after, resident(t))
	runtime.KeepAlive(r)
}

// resident is the memory of this process that is in use, as the system counts it.
func resident(t *testing.T) string {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("needs Linux's /proc")
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "unknown"
}
