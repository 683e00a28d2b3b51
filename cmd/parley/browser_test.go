package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// browserOperator is the API key with which scenarios look at profiles.
const browserOperator = "the-operator-of-the-browser-test"

const uiFolder = "../../web/ui"

// TestBrowser runs the scenarios of web/ui/e2e in a real Chromium against the
// real program, with a model server and with the built-in model. See needBrowser.
func TestBrowser(t *testing.T) {
	needBrowser(t)
	model := newSlowEcho(t)
	s := &restarting{t: t, env: map[string]string{"PARLEY_LISTEN": freeAddress(t), "PARLEY_DATA": t.TempDir(), "OPENAI_BASE_URL": model}}
	s.start()
	control := httptest.NewServer(s)
	t.Cleanup(control.Close)

	restart := fmt.Sprintf(`node -e 'fetch("%s").then((r) => process.exit(r.ok ? 0 : 1))'`, control.URL)
	out, err := runNode(t, append([]string{"--test", "--test-concurrency=1"}, scenarioFiles(t)...),
		"PARLEY_URL="+s.url, "PARLEY_BUILTIN_URL="+serveBuiltin(t), "PARLEY_RESTART_CMD="+restart, "PARLEY_OPERATOR="+browserOperator)
	switch {
	case err != nil:
		t.Errorf("%v\n%s\nlast lines of the server's log:\n%s", err, out, s.lastLog())
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	default:
		t.Log(out)
	}
}

// TestScreenshots takes the pictures of the documentation into the folder that
// PARLEY_SCREENSHOTS names: `make screenshots`.
func TestScreenshots(t *testing.T) {
	if os.Getenv("PARLEY_SCREENSHOTS") == "" {
		t.Skip("no pictures taken: PARLEY_SCREENSHOTS names no folder")
	}
	needBrowser(t)
	if out, err := runNode(t, []string{"e2e/screenshots.mjs"}, "PARLEY_URL="+serveBuiltin(t)); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// needBrowser skips a test where Chromium or Node's packages are missing, unless
// PARLEY_TEST_BROWSER=on requires them: `make test` sets that, after it has
// installed both. PARLEY_TEST_BROWSER=off and -short skip it anyway.
func needBrowser(t *testing.T) {
	t.Helper()
	wanted := os.Getenv("PARLEY_TEST_BROWSER")
	if wanted == "off" || wanted != "on" && testing.Short() {
		t.Skip("not tested in a browser: PARLEY_TEST_BROWSER=off, or -short")
	}
	chromium := os.Getenv("PARLEY_CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	missing := ""
	if _, err := exec.LookPath(chromium); err != nil {
		missing = "Chromium (" + chromium + ")"
	} else if _, err := exec.LookPath("node"); err != nil {
		missing = "Node"
	} else if _, err := os.Stat(filepath.Join(uiFolder, "node_modules", "playwright-core")); err != nil {
		missing = "the packages of web/ui (npm ci)"
	}
	switch {
	case missing != "" && wanted == "on":
		t.Fatalf("cannot test in a browser: %s is missing", missing)
	case missing != "":
		t.Skipf("not tested in a browser: %s is missing; make test installs it", missing)
	}
}

func runNode(t *testing.T, args []string, env ...string) (string, error) {
	t.Helper()
	node := exec.CommandContext(t.Context(), "node", args...)
	node.Dir, node.Env, node.WaitDelay = uiFolder, append(os.Environ(), env...), 10*time.Second
	out, err := node.CombinedOutput()
	return string(out), err
}

// serveBuiltin starts the program with the built-in model.
func serveBuiltin(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.yaml")
	const site = "tenants: [{id: default, allowed_origins: [\"https://shop.example\"], api_key_env: SITE_KEY}]\n"
	if err := os.WriteFile(file, []byte(site), 0o600); err != nil {
		t.Fatal(err)
	}
	return command(t, map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(), "PARLEY_CONFIG": file, "SITE_KEY": browserOperator}, "serve").serving(t)
}

// newSlowEcho is an echo that takes its time where the conversation asks for
// that, so that a browser has a middle of an answer to do something in.
func newSlowEcho(t *testing.T) (url string) {
	t.Helper()
	model := newEcho(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if bytes.Contains(body, []byte("Answer slowly")) {
			w = &slowWriter{w}
		}
		model.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

// slowWriter waits before each write: of an echo, that is before each word.
type slowWriter struct{ http.ResponseWriter }

func (w *slowWriter) Write(b []byte) (int, error) {
	time.Sleep(60 * time.Millisecond)
	return w.ResponseWriter.Write(b)
}

func (w *slowWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// scenarioFiles are the scenarios: which of a folder's files are tests differs
// between versions of Node.
func scenarioFiles(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(os.DirFS(uiFolder), "e2e/*.test.mjs")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios in %s: %v", uiFolder, err)
	}
	return files
}

// freeAddress is an address on which nothing listens: a restarted server must
// come back on the same one.
func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// restarting is the real program; a request to it kills and starts it anew.
type restarting struct {
	t   testing.TB
	env map[string]string
	url string

	mu      sync.Mutex
	process *process
}

func (s *restarting) start() {
	p := command(s.t, s.env, "serve")
	s.url = p.serving(s.t)
	s.process = p
}

func (s *restarting) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.process.Process.Kill(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = s.process.Wait() // killed
	p := command(s.t, s.env, "serve")
	if err := p.Start(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.t.Cleanup(func() {
		_ = p.Process.Kill() // it may have ended already
		_ = p.Wait()
	})
	s.process = p
	for range 500 {
		if strings.Contains(p.out.String(), "Parley is ready") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	http.Error(w, "it does not start: "+p.log.String(), http.StatusInternalServerError)
}

func (s *restarting) lastLog() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := strings.Split(s.process.log.String(), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}
