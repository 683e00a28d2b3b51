package rules_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// TestFaultsAreThoseOfNow checks that what is wrong with the folder is told for
// as long as it is, and not longer.
func TestFaultsAreThoseOfNow(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rules")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "house.yaml", houseRule)
	write(t, dir, "other.yaml", "rules: [")
	synctest.Test(t, func(t *testing.T) {
		w := rules.NewWatcher(dir, time.Second, nil, nil)
		defer w.Close()
		expect := func(when string, want error) {
			t.Helper()
			faults := w.Faults()
			if want == nil && len(faults) == 0 || want != nil && len(faults) == 1 && errors.Is(faults[0], want) {
				return
			}
			t.Errorf("%s: %v, want %v", when, faults, want)
		}
		pass := func() { time.Sleep(2500 * time.Millisecond); synctest.Wait() }
		expect("at the start", rules.ErrFile)
		pass()
		expect("a while later", rules.ErrFile)
		write(t, dir, "other.yaml", "rules: []")
		pass()
		expect("mended", nil)
		write(t, dir, "house.yaml", replace(houseRule, "certain", "sure"))
		pass()
		expect("broken", rules.ErrRule)
		if !strikes(w.Set(), "house.flamingo", "plastic flamingo") {
			t.Error("the rules in force did not stay")
		}
		if err := os.Rename(dir, dir+"-gone"); err != nil {
			t.Fatal(err)
		}
		pass()
		expect("without the folder", rules.ErrFolder)
		if err := os.Rename(dir+"-gone", dir); err != nil {
			t.Fatal(err)
		}
		pass()
		expect("broken as before", rules.ErrRule)
		write(t, dir, "house.yaml", houseRule)
		pass()
		expect("as it was at first", nil)
	})
}
