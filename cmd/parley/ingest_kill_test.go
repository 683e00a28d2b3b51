package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/web/sites"
)

const killed = 10 // times, on each kind of database

// generated writes job posts, other ones for each version, under the same ids.
func generated(t *testing.T, version, rows int) (path string, want map[string]string) {
	t.Helper()
	words := strings.Fields("shop logo bread violin data report mobile design tune paint model write check move ship plan build test map price")
	random := rand.New(rand.NewPCG(uint64(version), 1))
	want = make(map[string]string)
	var content strings.Builder
	for i := range rows {
		text := make([]string, 60)
		for j := range text {
			text[j] = words[random.IntN(len(words))]
		}
		d := retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprint("p", i), Post: &retrieval.JobPost{
			Title: strings.Join(text[:5], " "), Description: strings.Join(text, " "), Skills: []string{"Go", text[0]},
		}}
		line, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		want[d.ID] = string(line)
		content.WriteString(string(line) + "\n")
	}
	path = filepath.Join(t.TempDir(), "posts.jsonl")
	if err := os.WriteFile(path, []byte(content.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, want
}

// stored is what a database holds: each document, how many vectors there are,
// and what a few searches find.
type stored struct {
	Documents map[string]string
	Vectors   int
	Found     map[string][]string
}

func contents(t *testing.T, env map[string]string) (s stored) {
	t.Helper()
	cfg, err := LoadConfig("", environment(env))
	if err != nil {
		t.Fatal(err)
	}
	a, err := newApp(t.Context(), cfg, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	filter := retrieval.Filter{Tenant: sites.Default, Kind: retrieval.KindJobPost}
	facets, err := a.storage.index.Facets(t.Context(), filter, nil, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(facets))
	for i, f := range facets {
		ids[i] = f.ID
	}
	documents, err := a.storage.index.Get(t.Context(), sites.Default, retrieval.KindJobPost, ids)
	if err != nil {
		t.Fatal(err)
	}
	s.Documents, s.Found = make(map[string]string), make(map[string][]string)
	for _, d := range documents {
		line, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		s.Documents[d.ID] = string(line)
	}
	coverage, err := a.storage.index.Coverage(t.Context(), sites.Default)
	if err != nil {
		t.Fatal(err)
	}
	s.Vectors = coverage.Vectors[a.retriever.Embedding()]
	for _, term := range []string{"violin", "bread", "~go"} {
		found, err := a.storage.index.Lexical(t.Context(), filter, []string{term}, 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			s.Found[term] = append(s.Found[term], f.ID)
		}
	}
	return s
}

// TestKilledIngest kills the program at random moments of a loading that
// changes every document, and runs the same command again. Once a process was
// done first, the moments that follow are earlier.
func TestKilledIngest(t *testing.T) {
	if testing.Short() {
		t.Skip("takes many seconds")
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		random := rand.New(rand.NewPCG(seed, 2))
		const rows = 400
		env["PARLEY_DATA"] = t.TempDir()
		load := func(path string) *process { return command(t, env, "ingest", path) }

		path, _ := generated(t, 0, rows)
		began := time.Now()
		if p := load(path); p.Run() != nil {
			t.Fatalf("%s%s", p.out, p.log)
		}
		latest, hit := time.Since(began), 0
		var want map[string]string
		for version := 1; version <= killed; version++ {
			path, want = generated(t, version, rows)
			moment := time.Duration(random.Float64() * float64(latest))
			p := load(path)
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(moment)
			_ = p.Process.Kill()
			_ = p.Wait()
			if wasKilled(p) {
				hit++
			} else {
				latest = moment
			}
			if p := load(path); p.Run() != nil {
				t.Fatalf("after a kill at %v: %s%s", moment, p.out, p.log)
			}
			got := contents(t, env)
			if diff := cmp.Diff(want, got.Documents); diff != "" || got.Vectors != rows {
				t.Fatalf("after a kill at %v: %d vectors, documents (-want +got):\n%.2000s", moment, got.Vectors, diff)
			}
		}
		if hit < killed/2 {
			t.Errorf("%d of %d kills met a running process: too few to show anything", hit, killed)
		}

		clean := map[string]string{"PARLEY_DATA": t.TempDir()}
		if env["DATABASE_URL"] != "" {
			clean["DATABASE_URL"] = testDatabase(t)
		}
		if p := command(t, clean, "ingest", path); p.Run() != nil {
			t.Fatalf("%s%s", p.out, p.log)
		}
		if diff := cmp.Diff(sorted(contents(t, clean)), sorted(contents(t, env))); diff != "" {
			t.Errorf("not what one clean run makes (-want +got):\n%.2000s", diff)
		}
	})
}

// wasKilled tells a process that a signal ended from one that was done before.
func wasKilled(p *process) bool {
	status, ok := p.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled()
}

// sorted makes what was found comparable: equal scores come in any order.
func sorted(s stored) stored {
	for term, ids := range s.Found {
		set := make(map[string]bool)
		for _, id := range ids {
			set[id] = true
		}
		s.Found[term] = []string{fmt.Sprint(len(set), set)}
	}
	return s
}

// TestInterruptedIngest: a signal ends it while it waits for input, too, and it
// says what was done.
func TestInterruptedIngest(t *testing.T) {
	env := map[string]string{"PARLEY_DATA": t.TempDir()}
	path, want := generated(t, 1, 600)
	p := command(t, env, "ingest", "-")
	in, err := p.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	// More than a pipe holds: when it is written, rows have been read.
	if _, err := io.Copy(in, io.LimitReader(file, 300_000)); err != nil {
		t.Fatal(err)
	}
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = p.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(p.log.String(), "interrupted") || !strings.Contains(p.out.String(), " loaded (") {
		t.Errorf("%v\n%s%s", err, p.out, p.log)
	}
	if p := command(t, env, "ingest", path); p.Run() != nil {
		t.Fatalf("%s%s", p.out, p.log)
	}
	if diff := cmp.Diff(want, contents(t, env).Documents); diff != "" {
		t.Errorf("%.2000s", diff)
	}
}
