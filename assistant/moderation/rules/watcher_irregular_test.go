//go:build unix

package rules_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// TestIrregularFiles checks that what is no regular file is refused by its name
// and neither waited for nor passed over in silence.
func TestIrregularFiles(t *testing.T) {
	for name, irregular := range map[string]func(path string) error{
		"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"a link to a pipe": func(path string) error {
			return errors.Join(syscall.Mkfifo(path+".pipe", 0o600), os.Symlink(path+".pipe", path))
		},
		"a device": func(path string) error { return os.Symlink("/dev/zero", path) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			w := rules.NewWatcher(dir, 0, nil, nil)
			defer w.Close()
			write(t, dir, "house.yaml", houseRule)
			if err := w.Reload(); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, "odd.yaml")
			if err := irregular(path); err != nil {
				t.Fatal(err)
			}
			refused := func(when string, faults ...error) {
				t.Helper()
				if len(faults) != 1 || !errors.Is(faults[0], rules.ErrFile) || !strings.Contains(faults[0].Error(), "odd.yaml") {
					t.Errorf("%s: %v", when, faults)
				}
			}
			soon(t, func() {
				refused("reload", w.Reload())
				refused("faults", w.Faults()...)
				_, faults := rules.Load(os.DirFS(dir))
				refused("load", faults...)
				start := rules.NewWatcher(dir, 0, nil, nil)
				defer start.Close()
				refused("start", start.Faults()...)
				if !strikes(start.Set(), "house.flamingo", "plastic flamingo") {
					t.Error("the other files are not in force at the start")
				}
			})
			if !strikes(w.Set(), "house.flamingo", "plastic flamingo") {
				t.Error("the rules in force did not stay")
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := w.Reload(); err != nil || len(w.Faults()) != 0 {
				t.Errorf("without it: %v, %v", err, w.Faults())
			}
		})
	}
}

// soon fails where f waits for something that never comes.
func soon(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("still waiting")
	}
}
