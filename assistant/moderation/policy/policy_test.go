package policy_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// sections are those that every policy has, in their order.
var sections = []string{"What belongs", "What does not", "Breaks it", "Does not break it", "How sure one must be", "What the sender is told"}

func TestPoliciesAreWhole(t *testing.T) {
	for _, label := range policy.Labels() {
		text := policy.Text(label)
		if !strings.HasPrefix(text, "# ") {
			t.Errorf("%s has no title", label)
		}
		var found []string
		for _, part := range strings.Split(text, "\n## ")[1:] {
			name, body, _ := strings.Cut(part, "\n")
			found = append(found, name)
			if items := strings.Count(body, "\n- "); strings.HasSuffix(name, "reak it") || name == "Breaks it" {
				if items < 4 || items > 6 {
					t.Errorf("%s: %s has %d examples, want 4 to 6", label, name, items)
				}
			}
		}
		if got, want := strings.Join(found, "|"), strings.Join(sections, "|"); got != want {
			t.Errorf("%s has the sections %s, want %s", label, got, want)
		}
	}
}

var sentenceEnd = regexp.MustCompile(`[.!?](?:\s|$)`)

func TestNotices(t *testing.T) {
	for _, label := range policy.Labels() {
		english, spanish := policy.Notice(label, "en"), policy.Notice(label, "es")
		for _, notice := range []string{english, spanish} {
			if n := len(sentenceEnd.FindAllString(notice, -1)); n != 2 {
				t.Errorf("%s: %d sentences in %q, want 2", label, n, notice)
			}
		}
		if !strings.Contains(english, "policy") || !strings.Contains(english, "appeal") {
			t.Errorf("%s: the English notice does not name the policy and the appeal: %q", label, english)
		}
		if !strings.Contains(spanish, "política") || !strings.Contains(spanish, "apelar") {
			t.Errorf("%s: the Spanish notice does not name the policy and the appeal: %q", label, spanish)
		}
	}
}

func TestNoticeByLocale(t *testing.T) {
	english, spanish := policy.Notice(policy.Spam, "en"), policy.Notice(policy.Spam, "es")
	for locale, want := range map[string]string{
		"": english, "en-GB": english, "de": english, "nonsense": english, "es": spanish, "es-MX": spanish, "es_419": spanish, "ES": spanish,
	} {
		if got := policy.Notice(policy.Spam, locale); got != want {
			t.Errorf("Notice(%q) = %q", locale, got)
		}
	}
	if got := policy.Notice("no such", "en"); got != "" {
		t.Errorf("a label that does not exist has the notice %q", got)
	}
}

func TestPromptLeavesTheNoticeOut(t *testing.T) {
	for _, label := range policy.Labels() {
		prompt := policy.Prompt(label)
		if !strings.Contains(prompt, "## How sure one must be") || strings.Contains(prompt, policy.Notice(label, "en")) || strings.Contains(prompt, "What the sender is told") {
			t.Errorf("%s: prompt %q", label, prompt)
		}
	}
}
