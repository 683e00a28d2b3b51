package moderation_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/migrations"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if folder, err := migrated(); err == nil {
			os.RemoveAll(folder)
		}
		os.Exit(code)
	}))
}

const tenant = "shop"

// Words of the test's rules, which say nothing by themselves.
const (
	certainScam    = "kryptonit"
	likelyScam     = "malachit"
	likelyPayment  = "zinnober"
	hintedPayment  = "obsidian"
	speaksToJudges = "abrakadabra"
)

// testRules makes a set of one rule for each word.
var testRules = sync.OnceValue(func() *rules.Set {
	rule := func(id, label, strength, channels, word string) string {
		return "- id: " + id + "\n  version: 3\n  label: " + label + "\n  strength: " + strength + "\n  description: a word of tests\n" + channels +
			"  any: [" + word + "]\n  tests:\n    match: [" + strings.Repeat("some "+word+" here, ", 3) + "the " + word + "]\n    pass: [nothing, of the kind, is found, here]\n"
	}
	file := "rules:\n" +
		rule("test.certain", "scam", "certain", "", certainScam) +
		rule("test.likely_scam", "scam", "likely", "", likelyScam) +
		rule("test.likely_payment", "payment_circumvention", "likely", "", likelyPayment) +
		rule("test.hint", "payment_circumvention", "hint", "", hintedPayment) +
		rule("test.injection", "injection", "hint", "  channels: [assistant, document, post]\n", speaksToJudges)
	set, faults := rules.Load(fstest.MapFS{"test.yaml": {Data: []byte(file)}})
	if len(faults) > 0 {
		panic(errors.Join(faults...))
	}
	return set
})

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// migrated is a folder with a migrated database, which tests copy: to migrate
// takes longer than most of them.
var migrated = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "moderation")
	if err != nil {
		return "", err
	}
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		return folder, err
	}
	err = migrations.SQLite(context.Background(), db.Write)
	return folder, errors.Join(err, db.Close())
})

// openDatabase opens a database of its own.
func openDatabase(t testing.TB) *migrations.SQLiteDB {
	t.Helper()
	from, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(folder, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Write.Exec("pragma synchronous = off"); err != nil { // no crash of the machine is tested
		t.Fatal(err)
	}
	return db
}

// openQueue is a queue in a database of its own, and what takes the database away.
func openQueue(t testing.TB) (q *sqlitequeue.Queue, closeDatabase func()) {
	t.Helper()
	db := openDatabase(t)
	return sqlitequeue.New(db), func() { db.Close() }
}

// start makes a Moderator with the test's rules; what is not set is set for tests.
func start(t testing.TB, cfg moderation.Config) *moderation.Moderator {
	t.Helper()
	if cfg.Rules == nil {
		cfg.Rules = testRules
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.SweepEvery == 0 {
		cfg.SweepEvery = 20 * time.Millisecond
	}
	if cfg.JudgeWait == 0 {
		cfg.JudgeWait = time.Millisecond
	}
	m := moderation.New(cfg)
	t.Cleanup(m.Close)
	return m
}

// judgeAt is a gateway whose purpose moderate is served by a server.
func judgeAt(t testing.TB, server *modeltest.Server) model.Model {
	t.Helper()
	none := 0
	g, err := gateway.New(gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL(), Retries: &none}},
		Purposes:  map[model.Purpose][]gateway.Choice{model.Moderate: {{Endpoint: "a", Model: "m"}}},
		Log:       slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	return g
}

// said is one verdict of a scripted judge.
type said struct {
	Message    string  `json:"message"`
	Label      string  `json:"label"`
	Quote      string  `json:"quote"`
	Reason     string  `json:"reason"`
	Confidence float64 `json:"confidence"`
}

// asked are the messages in the body of a request, by their ids.
func asked(body []byte) map[string]string {
	var request struct {
		Messages []struct{ Content string }
	}
	texts := make(map[string]string)
	if json.Unmarshal(body, &request) != nil || len(request.Messages) == 0 {
		return texts
	}
	last := request.Messages[len(request.Messages)-1].Content
	_, facts, _ := strings.Cut(last, "<facts>\n")
	decoder := json.NewDecoder(strings.NewReader(facts))
	for {
		var f struct{ ID, Kind, Text string }
		if decoder.Decode(&f) != nil {
			return texts
		}
		if f.Kind == "message" {
			texts[f.ID] = f.Text
		}
	}
}

// judges behaves as a judge who knows what to say of each text.
func judges(opinion func(text string) said) modeltest.Behaviour {
	return modeltest.Choose(func(body []byte) modeltest.Behaviour { return verdicts(body, opinion) })
}

// verdicts answers one request.
func verdicts(body []byte, opinion func(text string) said) modeltest.Behaviour {
	answer := struct {
		Verdicts []said `json:"verdicts"`
	}{[]said{}}
	for id, text := range asked(body) {
		s := opinion(text)
		s.Message = id
		answer.Verdicts = append(answer.Verdicts, s)
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return modeltest.Fail(500, "", "")
	}
	return modeltest.Answer(string(raw))
}

var (
	clean    = func(string) said { return said{Label: "none", Reason: "ordinary work", Confidence: 0.95} }
	violates = func(string) said {
		return said{Label: "payment_circumvention", Quote: likelyPayment, Reason: "pays outside", Confidence: 0.95}
	}
	isNotSure = func(string) said {
		return said{Label: "payment_circumvention", Quote: likelyPayment, Reason: "could be", Confidence: 0.5}
	}
	hardlySafe = func(string) said { return said{Label: "none", Reason: "could be", Confidence: 0.4} }
)

func text(id, text string) message.Message {
	return message.Message{ID: id, Sender: "client", Text: text}
}

// check asks about a message and fails the test on an error.
func check(t testing.TB, m *moderation.Moderator, msg message.Message) (moderation.Verdict, *moderation.Case) {
	t.Helper()
	v, c, err := m.Check(t.Context(), tenant, msg, moderation.Origin{Subject: "u1"})
	if err != nil {
		t.Fatal(err)
	}
	return v, c
}

// until waits for a case to be as wanted, and returns it.
func until(t testing.TB, q moderation.Queue, id string, wanted func(moderation.Case) bool) moderation.Case {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for {
		c, err := q.Get(ctx, tenant, id)
		if err != nil {
			t.Fatalf("case %s, last seen as %+v: %v", id, c, err)
		}
		if wanted(c) {
			return c
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func isDecided(c moderation.Case) bool { return c.Status == moderation.Decided }
func notJudging(c moderation.Case) bool {
	return c.Status != moderation.Judging
}

// logged is a log that tests read.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newLog() (*slog.Logger, *logged) {
	l := &logged{}
	return slog.New(slog.NewTextHandler(l, nil)), l
}
