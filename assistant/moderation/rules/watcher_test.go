package rules_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const houseRule = `
label: spam
rules:
  - id: house.flamingo
    version: 1
    strength: certain
    description: Flamingos for sale.
    any: [plastic flamingo|flamingos]
    unless: [illustrate|draw]
    tests:
      match: [plastic flamingo, Plastic flamingos!, "P l a s t i c flamingo", plastic flаmingo]
      pass: [a flamingo, plastic, "draw a plastic flamingo", ok]
`

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func strikes(s *rules.Set, rule, text string) bool {
	return slices.ContainsFunc(s.Check(message.Message{Text: text}).Hits, func(h rules.Hit) bool { return h.Rule == rule })
}

func TestReload(t *testing.T) {
	dir := t.TempDir()
	var changes []string
	w := rules.NewWatcher(dir, 0, nil, func(s *rules.Set) { changes = append(changes, s.Version()) })
	defer w.Close()
	if strikes(w.Set(), "house.flamingo", "plastic flamingo") || !strikes(w.Set(), "abuse.harm", "kill yourself") {
		t.Fatal("the embedded rules should be in force")
	}
	write(t, dir, "house.yaml", houseRule)
	if err := w.Reload(); err != nil || !strikes(w.Set(), "house.flamingo", "plastic flamingo") || len(changes) != 1 {
		t.Fatalf("not loaded: %v, changes %v", err, changes)
	}
	version := w.Set().Version()
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"half a file", houseRule[:len(houseRule)/3], rules.ErrRule},
		{"no YAML", "rules: [", rules.ErrFile},
		{"an unknown field", "rulez: []\n", rules.ErrFile},
		{"a rule that fails its tests", houseRule + "      - x\n", rules.ErrFile},
		{"a rule that misses", replace(houseRule, "match: [plastic flamingo", "match: [wooden heron"), rules.ErrRule},
		{"a rule that strikes what it should pass", replace(houseRule, "pass: [a flamingo", "pass: [plastic flamingos"), rules.ErrRule},
		{"an unknown label", replace(houseRule, "label: spam", "label: birds"), rules.ErrRule},
		{"an unknown strength", replace(houseRule, "certain", "sure"), rules.ErrRule},
		{"an unknown list", replace(houseRule, "[plastic flamingo|flamingos]", "[$birds]"), rules.ErrRule},
		{"an unknown context", replace(houseRule, "illustrate|draw", "'@drawing'"), rules.ErrRule},
		{"too few tests", replace(houseRule, "a flamingo, plastic, ", ""), rules.ErrRule},
		{"twice the same id", houseRule + houseRule[len("\nlabel: spam\nrules:\n"):], rules.ErrRule},
	} {
		write(t, dir, "house.yaml", c.text)
		err := w.Reload()
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if w.Set().Version() != version {
			t.Errorf("%s: took the place of the rules in force", c.name)
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := w.Reload(); !errors.Is(err, rules.ErrFolder) || w.Set().Version() != version {
		t.Errorf("a folder that is gone: %v", err)
	}
}

func replace(text, old, by string) string {
	i := 0
	for i+len(old) <= len(text) && text[i:i+len(old)] != old {
		i++
	}
	return text[:i] + by + text[i+len(old):]
}

func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "off.yaml", "rules: [{id: abuse.harm, off: true}]\n")
	w := rules.NewWatcher(dir, 0, nil, nil)
	defer w.Close()
	if strikes(w.Set(), "abuse.harm", "kill yourself") || !strikes(w.Set(), "abuse.insult", "you are an idiot") {
		t.Error("a rule that was switched off strikes, or others do not")
	}
}

func TestBrokenAtTheStart(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.yaml", "rules: [")
	write(t, dir, "b.yaml", houseRule)
	w := rules.NewWatcher(dir, 0, nil, nil)
	defer w.Close()
	if !strikes(w.Set(), "house.flamingo", "plastic flamingo") || !strikes(w.Set(), "abuse.harm", "kill yourself") {
		t.Error("a broken file took the others with it")
	}
}

func TestWatching(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := rules.NewWatcher(dir, time.Second, nil, nil)
		defer w.Close()
		write(t, dir, "house.yaml", houseRule)
		time.Sleep(1100 * time.Millisecond)
		synctest.Wait()
		if strikes(w.Set(), "house.flamingo", "plastic flamingo") {
			t.Error("a file was taken over while it may still be written")
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if !strikes(w.Set(), "house.flamingo", "plastic flamingo") {
			t.Error("a new file was not seen")
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if !strikes(w.Set(), "house.flamingo", "plastic flamingo") {
			t.Error("the rules went with their folder")
		}
	})
}

// While one changes the rules, others check: there is always a whole set.
func TestReloadWhileChecking(t *testing.T) {
	dir := t.TempDir()
	w := rules.NewWatcher(dir, time.Millisecond, nil, nil)
	defer w.Close()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if !strikes(w.Set(), "abuse.harm", "kill yourself") {
					t.Error("a moment without rules")
					return
				}
			}
		})
	}
	for i := range 3 {
		text := houseRule
		if i%2 == 1 {
			text = houseRule[:100*i]
		}
		write(t, dir, "house.yaml", text)
		_ = w.Reload() // every second one is refused
	}
	close(stop)
	wg.Wait()
}
