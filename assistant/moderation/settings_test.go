package moderation_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// values is a moderation.Values whose storage can be taken away.
type values struct {
	mu   sync.Mutex
	kept map[string]string
	gone error
}

func newValues() *values { return &values{kept: make(map[string]string)} }

func (v *values) Get(_ context.Context, name string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.kept[name], v.gone
}

func (v *values) Swap(_ context.Context, name, old, new string) (bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.gone != nil || v.kept[name] != old {
		return false, v.gone
	}
	v.kept[name] = new
	return true, nil
}

// with has settings of the test's site in it.
func with(settings string) *values {
	v := newValues()
	v.kept["moderation:"+tenant] = settings
	return v
}

func TestSettingsThatAreRefused(t *testing.T) {
	for _, raw := range []string{
		``, `[]`, `{"labels": 1}`, `{"unknown": 1}`, `{} {}`,
		`{"labels": {"rudeness": {}}}`,
		`{"labels": {"spam": {"channels": ["assistant"]}}}`,
		`{"labels": {"spam": {"channels": ["document"]}}}`,
		`{"labels": {"injection": {"channels": ["message"]}}}`,
		`{"labels": {"spam": {"channels": ["radio"]}}}`,
		`{"labels": {"spam": {"certain": "delete"}}}`,
		`{"labels": {"spam": {"review": 0.9, "hold": 0.5}}}`,
		`{"labels": {"spam": {"review": 0.9, "block": 0.5}}}`,
		`{"labels": {"spam": {"review": -1}}}`,
		`{"any": {"block": 3}}`,
		`{"judge": {"share": 1.5}}`, `{"judge": {"clear": -0.1}}`, `{"judge": {"down": "block"}}`, `{"judge": {"meanwhile": "deliver"}}`, `{"judge": {"confirmed": "deliver"}}`,
		`{"hold": {"hours": 169}}`, `{"hold": {"hours": -1}}`, `{"hold": {"then": "hold"}}`,
		`{"retention_days": -1}`, `{"retention_days": 4000}`,
	} {
		if s, err := moderation.ParseSettings([]byte(raw)); !errors.Is(err, moderation.ErrInvalid) {
			t.Errorf("%s is taken: %+v, %v", raw, s, err)
		}
	}
}

func TestDefaults(t *testing.T) {
	s := start(t, moderation.Config{}).Effective(t.Context(), tenant)
	if s.Hold != (moderation.HoldSettings{Hours: 24, Then: moderation.Block}) || s.RetentionDays != 180 {
		t.Errorf("hold %+v, retention %d", s.Hold, s.RetentionDays)
	}
	want := moderation.JudgeSettings{Share: 0.2, Meanwhile: moderation.DeliverAndReview, Down: moderation.DeliverAndReview, Clear: 0.7, Confirm: 0.8, Confirmed: moderation.Block}
	if s.Judge != want {
		t.Errorf("judge %+v", s.Judge)
	}
	for label, channels := range map[policy.Label][]message.Channel{
		policy.Spam:      {message.Direct, message.Post},
		policy.Scam:      {message.Direct, message.Assistant, message.Post},
		policy.Injection: {message.Assistant, message.Document},
	} {
		if got := s.Labels[label].Channels; !slices.Equal(got, channels) {
			t.Errorf("%s is looked for on %v, want %v", label, got, channels)
		}
	}
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := moderation.ParseSettings(raw); err != nil {
		t.Errorf("the settings in force are not valid settings: %v", err)
	}
}

func TestSettingsChangeVerdicts(t *testing.T) {
	for name, test := range map[string]struct {
		settings, text string
		want           moderation.Action
	}{
		"certain held":            {`{"labels": {"scam": {"certain": "hold"}}}`, certainScam, moderation.Hold},
		"likely blocked":          {`{"labels": {"scam": {"likely": "block"}}}`, likelyScam, moderation.Block},
		"likely let through":      {`{"labels": {"scam": {"likely": "deliver"}}}`, likelyScam, moderation.Deliver},
		"off everywhere":          {`{"labels": {"scam": {"channels": []}}}`, certainScam, moderation.Deliver},
		"off here":                {`{"labels": {"scam": {"channels": ["post"]}}}`, certainScam, moderation.Deliver},
		"on here":                 {`{"labels": {"scam": {"channels": ["message"]}}}`, certainScam, moderation.Block},
		"threshold below a hit":   {`{"labels": {"scam": {"certain": "deliver", "block": 0.5}}}`, certainScam, moderation.Block},
		"threshold of any":        {`{"labels": {"scam": {"certain": "deliver"}}, "any": {"hold": 0.5, "block": 2}}`, certainScam, moderation.Hold},
		"any, but a label is off": {`{"labels": {"scam": {"certain": "deliver"}, "spam": {"channels": []}}, "any": {"hold": 0.5}}`, certainScam, moderation.Deliver},
	} {
		t.Run(name, func(t *testing.T) {
			m := start(t, moderation.Config{Settings: with(test.settings)})
			if v := m.Screen(t.Context(), tenant, text("1", test.text)); v.Action != test.want {
				t.Errorf("verdict %+v, want %s", v, test.want)
			}
			if v := m.Screen(t.Context(), "other", text("1", certainScam)); v.Action != moderation.Block {
				t.Errorf("another site's verdict %+v", v)
			}
		})
	}
}

func TestBrokenSettings(t *testing.T) {
	log, lines := newLog()
	kept := with(`{"hold": {"hours": "two"}}`)
	m := start(t, moderation.Config{Settings: kept, Log: log})
	if v := m.Screen(t.Context(), tenant, text("1", certainScam)); v.Action != moderation.Block {
		t.Errorf("verdict %+v", v)
	}
	if !strings.Contains(lines.String(), "the defaults are in force") || !strings.Contains(lines.String(), "tenant="+tenant) {
		t.Errorf("the log says %q", lines)
	}
	// They can be replaced, and are then in force at once.
	_, tag, err := m.Settings(t.Context(), tenant)
	if !errors.Is(err, moderation.ErrInvalid) || tag == "" {
		t.Fatalf("tag %q, %v", tag, err)
	}
	if _, err := m.SetSettings(t.Context(), tenant, tag, moderation.Settings{Hold: moderation.HoldSettings{Hours: 2}}); err != nil {
		t.Fatal(err)
	}
	if s := m.Effective(t.Context(), tenant); s.Hold.Hours != 2 {
		t.Errorf("hold %+v", s.Hold)
	}
}

func TestSettingsThatCannotBeRead(t *testing.T) {
	log, lines := newLog()
	kept := newValues()
	kept.gone = errors.New("no database")
	m := start(t, moderation.Config{Settings: kept, Log: log})
	for range 3 {
		if v := m.Screen(t.Context(), tenant, text("1", certainScam)); v.Action != moderation.Block {
			t.Errorf("verdict %+v", v)
		}
	}
	if n := strings.Count(lines.String(), "cannot be read"); n != 1 {
		t.Errorf("said %d times in the log: %s", n, lines)
	}
}

func TestSettingsOfTwoOperators(t *testing.T) {
	m := start(t, moderation.Config{Settings: newValues()})
	_, tag, err := m.Settings(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	first := moderation.Settings{RetentionDays: 30}
	next, err := m.SetSettings(t.Context(), tenant, tag, first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.SetSettings(t.Context(), tenant, tag, moderation.Settings{RetentionDays: 90}); !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("the second operator overwrites the first: %v", err)
	}
	if s, tag, err := m.Settings(t.Context(), tenant); err != nil || s.RetentionDays != 30 || tag != next {
		t.Errorf("settings %+v, tag %q, %v", s, tag, err)
	}
	if _, err := m.SetSettings(t.Context(), tenant, next, moderation.Settings{RetentionDays: -5}); !errors.Is(err, moderation.ErrInvalid) {
		t.Errorf("invalid settings: %v", err)
	}
}

// TestSettingsReachOtherProcesses has a second Moderator hear of a change.
func TestSettingsReachOtherProcesses(t *testing.T) {
	kept := newValues()
	here := start(t, moderation.Config{Settings: kept})
	there := start(t, moderation.Config{Settings: kept, SettingsEvery: 5 * time.Millisecond})
	if s := there.Effective(t.Context(), tenant); s.RetentionDays != 180 {
		t.Fatalf("settings %+v", s)
	}
	_, tag, err := here.Settings(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := here.SetSettings(t.Context(), tenant, tag, moderation.Settings{RetentionDays: 30}); err != nil {
		t.Fatal(err)
	}
	for there.Effective(t.Context(), tenant).RetentionDays != 30 {
		if t.Context().Err() != nil {
			t.Fatal("the change did not arrive")
		}
		time.Sleep(time.Millisecond)
	}
}
