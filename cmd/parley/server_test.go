package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// server is the product as Serve runs it, on a free port and in a folder of its own.
type server struct {
	Started
	base string // http://host:port
	http *http.Client
	logs *logBuffer

	cancel context.CancelFunc
	done   chan error
	ended  sync.Once
	err    error
}

// logBuffer is safe to read while the server writes.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// testConfig is a configuration on a fresh data folder.
func testConfig(t testing.TB, env map[string]string) Config {
	t.Helper()
	all := map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir()}
	for name, value := range env {
		all[name] = value
	}
	cfg, err := LoadConfig("", environment(all))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// startServer runs cfg until the test ends, which fails when the server does
// not shut down cleanly.
func startServer(t testing.TB, cfg Config) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &server{logs: &logBuffer{}, http: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{}}, cancel: cancel, done: make(chan error, 1)}
	up := make(chan Started, 1)
	go func() { s.done <- Serve(ctx, cfg, s.logs, func(started Started) { up <- started }) }()
	select {
	case s.Started = <-up:
	case err := <-s.done:
		cancel()
		t.Fatalf("the server did not start: %v\n%s", err, s.logs)
	}
	s.base = "http://" + s.Address
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("the server did not stop cleanly: %v", err)
		}
	})
	return s
}

// stop ends the server as a signal would, once.
func (s *server) stop() error {
	s.ended.Do(func() {
		s.http.CloseIdleConnections()
		s.cancel()
		select {
		case s.err = <-s.done:
		case <-time.After(30 * time.Second):
			s.err = errors.New("it still runs after 30 s")
		}
		s.http.CloseIdleConnections()
	})
	return s.err
}

// onDatabases runs a test on both kinds of database.
func onDatabases(t *testing.T, test func(t *testing.T, env map[string]string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, map[string]string{}) })
	t.Run("postgres", func(t *testing.T) { test(t, map[string]string{"DATABASE_URL": testDatabase(t)}) })
}

// leaks fails the test when it leaves goroutines behind. Call it first.
func leaks(t *testing.T) {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
}

var quietLog = slog.New(slog.DiscardHandler)
