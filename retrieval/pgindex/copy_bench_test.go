//go:build unix

package pgindex_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
	"github.com/parleyhq/parley/retrieval/pgindex"
	"github.com/parleyhq/parley/retrieval/skills"
)

// TestIngestBench compares `parley ingest` with a bare COPY of the same rows
// into the same table with the same indexes, in turns, without embedding:
//
//	PARLEY_BENCH=on PARLEY_TESTDATA=… go test ./retrieval/pgindex -run TestIngestBench -v
func TestIngestBench(t *testing.T) {
	if os.Getenv("PARLEY_BENCH") != "on" {
		t.Skip("PARLEY_BENCH is not on")
	}
	path, rows := realRows(t)
	const rounds = 2
	best := map[string]cost{}
	note := func(what string, pool *pgxpool.Pool, do func() time.Duration) {
		ours, theirs := processorTime(t), serverTime(t, pool)
		c := cost{took: do()}
		c.spent = processorTime(t) - ours + serverTime(t, pool) - theirs
		t.Logf("%-22s %6.2f s, %6.0f rows/s; processor time: %5.2f s of ours, %5.2f s of the server's",
			what, c.took.Seconds(), float64(rows)/c.took.Seconds(), (processorTime(t) - ours).Seconds(), (serverTime(t, pool) - theirs).Seconds())
		if old, known := best[what]; known {
			c = cost{min(c.took, old.took), min(c.spent, old.spent)}
		}
		best[what] = c
	}
	for range rounds {
		pool := pgtest.Pool(t)
		note("ingest", pool, func() time.Duration { return ingested(t, pool, path, rows) })
		copied := export(t, pool)
		note("ingest again, the same", pool, func() time.Duration { return ingested(t, pool, path, rows) })
		pool.Close()
		bare := pgtest.Pool(t)
		note("bare COPY", bare, func() time.Duration { return bareCopy(t, bare, copied, rows) })
		bare.Close()
	}
	bare, ingest := best["bare COPY"], best["ingest"]
	t.Logf("%d rows; best of %d: ingest at %.2f of the rate of COPY, for %.1f times its processor time",
		rows, rounds, float64(bare.took)/float64(ingest.took), float64(ingest.spent)/float64(bare.spent))
}

// cost is what something took on the clock, and of the processors, the server's part included.
type cost struct{ took, spent time.Duration }

// serverTime is what the open connections of a pool have used of the server's
// processor time, 0 where the server runs on another machine.
func serverTime(t *testing.T, pool *pgxpool.Pool) (used time.Duration) {
	t.Helper()
	rows, _ := pool.Query(t.Context(), "select pid from pg_stat_activity where datname = current_database()")
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		t.Fatal(err)
	}
	for _, pid := range pids {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		_, after, _ := strings.Cut(string(stat), ") ") // behind the name: state, ppid, …
		fields := strings.Fields(after)
		for _, ticks := range fields[11:13] { // utime, stime
			n, err := strconv.Atoi(ticks)
			if err != nil {
				t.Fatal(err)
			}
			used += time.Duration(n) * 10 * time.Millisecond // 100 a second, wherever Go runs
		}
	}
	return used
}

// processorTime is what this process has used so far.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

var errLater = errors.New("vectors are made later")

// unembedded gives no vectors: documents are stored without.
type unembedded struct{}

func (unembedded) Name() string    { return "none" }
func (unembedded) Dimensions() int { return 2 }
func (unembedded) Embed(context.Context, []string) ([][]float32, error) {
	return nil, errLater
}

func ingested(t *testing.T, pool *pgxpool.Pool, path string, rows int) time.Duration {
	t.Helper()
	index, err := pgindex.New(t.Context(), pool, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := ingest.Run(t.Context(), ingest.Options{
		Tenant: "acme", Kind: retrieval.KindProfile, Files: []string{path}, Loader: retrieval.New(index, unembedded{}, skills.Default()),
	})
	if !errors.Is(err, errLater) && err != nil || sum.Loaded != rows {
		t.Fatalf("%+v, %v", sum, err)
	}
	return sum.Took
}

const exported = `documents (tenant, kind, id, category, level, pay_type, currency, posted_on, body, facets, words,
	skills, analysis, country, time_zone, languages, pay_min, pay_max, hours_per_week, available_from, credentials)`

// export reads what an ingest has stored.
func export(t *testing.T, pool *pgxpool.Pool) []byte {
	t.Helper()
	var b bytes.Buffer
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Conn().PgConn().CopyTo(t.Context(), &b, "copy "+exported+" to stdout"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func bareCopy(t *testing.T, pool *pgxpool.Pool, data []byte, rows int) time.Duration {
	t.Helper()
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	began := time.Now()
	tag, err := conn.Conn().PgConn().CopyFrom(t.Context(), bytes.NewReader(data), "copy "+exported+" from stdin")
	if err != nil || tag.RowsAffected() != int64(rows) {
		t.Fatalf("%v, %v", tag, err)
	}
	return time.Since(began)
}

// realRows writes real posts, and résumés cut into sections, as JSON lines of ours.
func realRows(t *testing.T) (path string, rows int) {
	t.Helper()
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		t.Skip("PARLEY_TESTDATA is not set: nothing to load")
	}
	path = filepath.Join(t.TempDir(), "corpus.jsonl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	write := func(d retrieval.Document) {
		d.Normalise()
		if d.Validate() != nil {
			return
		}
		line, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
		rows++
	}
	eachLine(t, filepath.Join(folder, "posts", "freelance_posts.jsonl.gz"), func(n int, line []byte) {
		var p struct {
			Title, Description string
			Skills             []string
		}
		if json.Unmarshal(line, &p) == nil && p.Title != "" {
			write(retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprint("post-", n),
				Post: &retrieval.JobPost{Title: p.Title, Description: p.Description, Skills: p.Skills}})
		}
	})
	eachLine(t, filepath.Join(folder, "profiles", "resumes_it.jsonl.gz"), func(n int, line []byte) {
		var r map[string]any
		if json.Unmarshal(line, &r) != nil {
			return
		}
		text := fmt.Sprint(r["text"])
		for section := 0; text != ""; section++ {
			end := len(text)
			if end > 800 {
				end = 800 + strings.IndexAny(text[800:]+" ", " \n")
			}
			write(retrieval.Document{Kind: retrieval.KindProfile, ID: fmt.Sprintf("resume-%d-%d", n, section),
				Profile: &retrieval.Profile{Headline: fmt.Sprint("Resume ", n), Overview: strings.ToValidUTF8(text[:end], "")}})
			text = strings.TrimSpace(text[end:])
		}
	})
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return path, rows
}

func eachLine(t *testing.T, path string, do func(n int, line []byte)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReaderSize(unzipped, 1<<20)
	for n := 0; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			do(n, line)
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
