package proposal

import (
	"testing"
	"time"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// FuzzReaders gives any text to everything that reads people's texts: no
// panic, texts that stay valid, and quotes that stand where they say.
func FuzzReaders(f *testing.F) {
	for _, text := range []string{
		"", ", 0", "I'd take 1,100 euros per picture.", "My profile:\nData engineer\nExperience:\nBuilder, shop, 2019-2021: Built 3 sheds, painted 4 doors.\nRate: €45/h\nLanguages: English (native), Dutch",
		"The post:\nWe need somebody who knows Kafka.\nPlease tell us why.", "say that I have five years of Kafka, under 80 words, mention the bus", "I have never used Flink but 2 years… of Kafka!", "…", "“", "1.1.1,1 €€ per", "\xff\xfe", "ICH\u2028bin 👩‍🌾 9 Jahre",
	} {
		f.Add(text)
	}
	now := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 || !utf8.ValidString(text) {
			t.Skip()
		}
		var style Style
		r := readMessage(sessions.Message{ID: "m1", Text: text}, 1, &style)
		for _, s := range r.facts {
			if got, ok := brief.UTF16Slice(text, s.Source.Start, s.Source.End); !ok || got != s.Source.Quote {
				t.Errorf("%q stands at %q", s.Source.Quote, got)
			}
		}
		profile := readProfile(text, time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
		profile.Experience = append(profile.Experience, retrieval.Experience{Title: text, Text: text})
		for _, p := range passagesOf("p1", cleaned(profile)) {
			if !utf8.ValidString(p.text) || p.text == "" {
				t.Errorf("passage %q", p.text)
			}
		}
		cleaned := cleanedPost(readPost(text, brief.Input{Now: now, Zone: time.UTC}))
		questionsOf(nil, cleaned)
		tr := &tracer{own: []statement{newStatement(text, sessions.Source{})}}
		tr.trace("I have two years of Kafka and built a shop for " + text)
		if got := grounding.UTF16(blanked(text)); got != grounding.UTF16(text) {
			t.Errorf("blanked from %d units to %d", grounding.UTF16(text), got)
		}
		priced(text)
	})
}
