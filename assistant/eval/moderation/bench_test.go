//go:build unix

package moderation

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/migrations"
)

const (
	benchMessages = 100_000
	benchPart     = 10_000
)

// TestModerationBench measures rules and classifier on 100,000 messages, one
// processor for everything, the garbage collector too; then what Check adds to messages
// that are delivered, while the others become cases of a queue on SQLite. One message in
// ten violates, as in life more or less: the rest is ordinary, or looks like a violation.
func TestModerationBench(t *testing.T) {
	if os.Getenv("PARLEY_BENCH") != "on" {
		t.Skip("a measurement: make bench-moderation")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	messages := traffic(t)
	c := cascade()
	m := c.moderator()
	defer m.Close()
	for _, msg := range messages[:1000] { // warms pools and pages; not counted
		m.Screen(t.Context(), tenant, msg)
	}
	t.Logf("%d different messages, %d characters on average", len(messages), characters(messages))
	var total, used time.Duration
	for from := 0; from < benchMessages; from += benchPart {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start, processor := time.Now(), processorTime(t)
		for i := from; i < from+benchPart; i++ {
			m.Screen(t.Context(), tenant, messages[i%len(messages)])
		}
		took, busy := time.Since(start), processorTime(t)-processor
		total, used = total+took, used+busy
		runtime.ReadMemStats(&after)
		held := after.Mallocs - before.Mallocs
		runtime.GC()
		runtime.ReadMemStats(&after)
		t.Logf("messages %6d to %6d: %.0f in a second of the processor, %.2f allocations a message, %.1f MiB in use after collection",
			from+1, from+benchPart, benchPart/busy.Seconds(), float64(held)/benchPart, float64(after.HeapAlloc)/(1<<20))
	}
	t.Logf("rules, classifier and decision: %.0f messages in a second of one core's time, %.0f in a second of the clock beside what else runs here",
		benchMessages/used.Seconds(), benchMessages/total.Seconds())
	benchCheck(t, c, messages)
}

// benchCheck measures each delivered message by itself.
func benchCheck(t *testing.T, c Cascade, messages []message.Message) {
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	m := moderation.New(moderation.Config{
		Rules: func() *rules.Set { return c.Rules }, Classifier: c.Classifier, Queue: sqlitequeue.New(db), Log: slog.New(slog.DiscardHandler),
	})
	defer m.Close()
	var delivered []time.Duration
	kept := 0
	for i := range benchMessages {
		msg := messages[i%len(messages)]
		msg.ID = fmt.Sprint(i)
		start := time.Now()
		v, _, err := m.Check(t.Context(), tenant, msg, moderation.Origin{})
		took := time.Since(start)
		if err != nil && !errors.Is(err, moderation.ErrUnavailable) {
			t.Fatal(err)
		}
		if v.Action == moderation.Deliver && err == nil {
			delivered = append(delivered, took)
		} else {
			kept++
		}
	}
	slices.Sort(delivered)
	at := func(q float64) time.Duration {
		return delivered[int(q*float64(len(delivered)-1))].Round(time.Microsecond)
	}
	t.Logf("Check, %d messages delivered at once, %d became cases on SQLite meanwhile: added p50 %v, p90 %v, p99 %v, p99.9 %v, most %v",
		len(delivered), kept, at(.5), at(.9), at(.99), at(.999), at(1))
}

// processorTime is what this process has used so far. Other processes do not count.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// traffic are messages of the corpus, every clean one with so many violations
// that these are a tenth.
func traffic(t *testing.T) (messages []message.Message) {
	all := written(t, 1<<20)
	var clean, bad []message.Message
	for _, c := range all {
		if c.Clean() {
			clean = append(clean, c.Message)
		} else {
			bad = append(bad, c.Message)
		}
	}
	for i, msg := range clean {
		messages = append(messages, msg)
		if i%9 == 8 {
			messages = append(messages, bad[i/9*len(bad)/(len(clean)/9+1)])
		}
	}
	return messages
}

func characters(messages []message.Message) int {
	n := 0
	for _, m := range messages {
		n += len([]rune(m.Text))
	}
	return n / len(messages)
}
