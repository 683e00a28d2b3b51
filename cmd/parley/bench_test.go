package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What people say in the benchmark: conversations of four messages over
// several trades.
var benchConversations = [][]string{
	{petShop, "About 850 products, our till can export them. It should be Shopify.", "4 to 6 weeks, remote, somebody experienced", "That's it, finish the post"},
	{"Looking for someone to scrape prices from 12 competitor sites every day", "Python, into a Postgres database, 25-35 an hour", "10 hours a week for three months", "just write it"},
	{"I need a logo for my bakery", "300 dollars fixed, warm colours, no stock art", "within two weeks", "looks good, done"},
	{"We want an iOS app for our climbing gym, members book slots and check in", "Swift, budget about 12k", "the backend exists already, REST", "start in January, 3 months"},
	{"Edit 20 YouTube videos about woodworking, around 15 minutes each", "80 per video", "captions would be nice", "No idea about the start, write it"},
	{"Translate our user manual from German to English, 40,000 words", "0.08 per word", "somebody who knows machine tools, before the end of next month", "done"},
	{"Need help with bookkeeping for a small restaurant, QuickBooks", "5 hours a week, up to 30 an hour", "US based, long term", "that is all"},
	{"Fine-tune an open model on our support tickets and evaluate it", "expert level, 60-90 an hour, part time", "data must stay on our servers", "write it please"},
}

const (
	benchSessions = 50
	benchSeconds  = 20
)

// TestTurnBench measures a turn without an external model in the whole product:
// the real program on 5,149 real posts, 50 conversations at once from this
// process, from the frame that is sent to response.completed received.
func TestTurnBench(t *testing.T) {
	if os.Getenv("PARLEY_BENCH") != "on" {
		t.Skip("a measurement: make bench")
	}
	data := os.Getenv("PARLEY_TESTDATA")
	if data == "" {
		t.Skip("PARLEY_TESTDATA is not set: there are no posts to measure with")
	}
	posts := filepath.Join(data, "posts", "freelance_posts.jsonl.gz")
	databases := map[string]map[string]string{"sqlite": {"PARLEY_DATA": t.TempDir()}}
	if os.Getenv("PARLEY_TEST_DATABASE_URL") != "" {
		databases["postgres"] = map[string]string{"DATABASE_URL": testDatabase(t)}
	}
	for name, env := range databases {
		t.Run(name, func(t *testing.T) { benchTurns(t, env, posts) })
	}
}

func benchTurns(t *testing.T, env map[string]string, posts string) {
	env["PARLEY_LISTEN"], env["PARLEY_LOG"] = "127.0.0.1:0", "warn"
	for _, round := range []string{"first", "again"} {
		load := command(t, env, "ingest", "-q", "--kind", "job_post", posts)
		start := time.Now()
		if err := load.Run(); err != nil {
			t.Fatalf("ingest: %v\n%s", err, load.log)
		}
		t.Logf("ingest, %s: %.1f s: %s", round, time.Since(start).Seconds(), load.out)
	}
	start := time.Now()
	p := command(t, env, "serve")
	s := &server{base: p.serving(t), http: &http.Client{}}
	t.Logf("start: %v", time.Since(start).Round(time.Millisecond))
	benchLoad(t, s, 0, 5*time.Second) // warms caches; not counted
	for _, think := range []time.Duration{time.Second, 0} {
		before := processorTime(t, p.Process.Pid)
		times := benchLoad(t, s, think, benchSeconds*time.Second)
		used := processorTime(t, p.Process.Pid) - before
		slices.Sort(times)
		at := func(q float64) string {
			return fmt.Sprintf("%.1f ms", float64(times[int(q*float64(len(times)-1))].Microseconds())/1000)
		}
		t.Logf("%d sessions, think time %v: %d turns (%.0f/s), p50 %s, p90 %s, p99 %s, max %s, processor time of the server a turn %.2f ms", benchSessions, think,
			len(times), float64(len(times))/benchSeconds, at(.5), at(.9), at(.99), at(1), float64(used.Microseconds())/1000/float64(len(times)))
	}
}

// processorTime is what a process has used so far: utime and stime of
// proc(5), in ticks of a hundredth of a second.
func processorTime(t *testing.T, pid int) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	var ticks int64
	for _, field := range strings.Fields(rest)[11:13] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// benchLoad holds conversations for so long and returns how long each turn took.
func benchLoad(t *testing.T, s *server, think, during time.Duration) []time.Duration {
	var mu sync.Mutex
	var all []time.Duration
	var wait sync.WaitGroup
	end := time.Now().Add(during)
	for i := range benchSessions {
		wait.Go(func() {
			// Clients do not all write at the same instant.
			time.Sleep(think * time.Duration(i) / benchSessions)
			var own []time.Duration
			for n := i; time.Now().Before(end); n++ {
				own = append(own, benchConversation(t, s, benchConversations[n%len(benchConversations)], think, end)...)
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, own...)
		})
	}
	wait.Wait()
	if len(all) == 0 {
		t.Fatal("no turn ended")
	}
	return all
}

func benchConversation(t *testing.T, s *server, messages []string, think time.Duration, end time.Time) (times []time.Duration) {
	c, err := tryDial(t, s, "default", nil)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer c.ws.Close()
	for _, text := range messages {
		if time.Now().After(end) {
			return times
		}
		start := time.Now()
		c.say(text)
		times = append(times, time.Since(start))
		c.seen = nil
		time.Sleep(think)
	}
	return times
}
