package moderation

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// TestRuleOfTheDocs has the rule that docs/moderation.md shows loaded as a
// site's own, on top of those of the binary.
func TestRuleOfTheDocs(t *testing.T) {
	page, err := os.ReadFile(filepath.FromSlash("../../../docs/moderation.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Adding a rule\n")
	_, after, found := strings.Cut(section, "```yaml\n")
	rule, _, ends := strings.Cut(after, "```")
	if !found || !ends {
		t.Fatal("the page shows no rule")
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "own.yaml"), []byte(rule), 0o600); err != nil {
		t.Fatal(err)
	}
	watcher := rules.NewWatcher(folder, 0, slog.New(slog.DiscardHandler), nil)
	defer watcher.Close()
	if faults := watcher.Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	hit, found := watcher.Set().Check(message.Message{Text: "What channel is your walkie talkie on?"}).Strongest("contact_exchange")
	if !found || hit.Rule != "contact.walkie_talkie" {
		t.Errorf("found %+v", hit)
	}
}
