package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes "parley" a command of the scripts in testdata. The same name
// lets tests run the real program, in a process of its own.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "read-pdf" { // a server under test has a PDF read by this program
		main()
		return
	}
	testscript.Main(m, map[string]func(){"parley": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PARLEY_LISTEN", "127.0.0.1:0")
			env.Setenv("PARLEY_DATA", filepath.Join(env.WorkDir, "data"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": exitsWith},
	})
}

// exitsWith runs a command and compares its exit code: code N COMMAND ARG…
func exitsWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N COMMAND ARG…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = strings.TrimPrefix(exit.Error(), "exit status ")
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// process is the real program, running.
type process struct {
	*exec.Cmd
	out, log *logBuffer
}

// command is the real program with these variables besides the tests' own.
func command(t testing.TB, env map[string]string, args ...string) *process {
	t.Helper()
	self, err := exec.LookPath("parley") // put on PATH by testscript.Main
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.CommandContext(t.Context(), self, args...), out: &logBuffer{}, log: &logBuffer{}}
	p.Stdout, p.Stderr, p.Dir = p.out, p.log, t.TempDir()
	p.WaitDelay = 10 * time.Second
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "PARLEY_") && !strings.HasPrefix(variable, "OPENAI_") && !strings.HasPrefix(variable, "DATABASE_URL") {
			p.Env = append(p.Env, variable)
		}
	}
	for name, value := range env {
		p.Env = append(p.Env, name+"="+value)
	}
	return p
}

// fails runs the program to its end, which must be an error of one line with
// this code and these words.
func (p *process) fails(t testing.TB, code int, words ...string) {
	t.Helper()
	err := p.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != code {
		t.Errorf("ended with %v, want exit code %d\n%s%s", err, code, p.out, p.log)
	}
	lines := strings.Split(strings.TrimSpace(p.log.String()), "\n")
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, "parley: ") {
		t.Errorf("the last line is no message: %s", p.log)
	}
	for _, word := range words {
		if !strings.Contains(last, word) {
			t.Errorf("the message does not say %q: %s", word, last)
		}
	}
}

// serving starts the server and waits for its start message; it returns its base URL.
func (p *process) serving(t testing.TB) string {
	t.Helper()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Kill() // it may have ended already
		_ = p.Wait()
	})
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		_, rest, found := strings.Cut(p.out.String(), "Parley is ready: ")
		if url, _, whole := strings.Cut(rest, "/\n"); found && whole {
			return url
		}
	}
	t.Fatalf("no start message\n%s%s", p.out, p.log)
	return ""
}
