package brief_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/brief"
)

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		for _, u := range load(&testing.T{}, file) {
			f.Add(u.text, string(u.asked), u.locale)
		}
	}
	for _, hostile := range hostiles() {
		f.Add(hostile[:min(len(hostile), 4096)], "pay", "en-US")
	}
	known := brief.Read(brief.Input{MessageID: "m0", Text: knownText, Now: now}).Brief
	f.Fuzz(func(t *testing.T, text, asked, locale string) {
		texts := map[string]string{"m0": knownText, "m1": text}
		for _, before := range []brief.Brief{{}, known} {
			start := time.Now()
			got := brief.Read(brief.Input{MessageID: "m1", Text: text, Now: now, Asked: brief.Slot(asked), Locale: locale, Known: before})
			if spent := time.Since(start); len(text) < 10_000 && spent > 10*time.Second {
				t.Errorf("took %v", spent)
			}
			if utf8.ValidString(text) {
				checkSources(t, texts, got.Brief)
			}
			checkValues(t, got.Brief)
		}
	})
}

const knownText = "We need a logo, a flyer and a blog in WordPress for $2000 by March 5, 20 hours a week for 3 weeks, senior, in Berlin. No agencies."

// checkValues reports values that no text can mean.
func checkValues(t *testing.T, b brief.Brief) {
	t.Helper()
	pay := b.Pay.Value
	if pay.Min < 0 || pay.Max < 0 || pay.Max != 0 && pay.Min > pay.Max {
		t.Errorf("pay %+v", pay)
	}
	if d := b.Duration.Value; d.MinDays < 0 || d.MaxDays < 0 || d.MaxDays != 0 && d.MinDays > d.MaxDays {
		t.Errorf("duration %+v", d)
	}
	if h := b.Hours.Value; h.Min < 0 || h.Max > 168 || h.Max != 0 && h.Min > h.Max {
		t.Errorf("hours %+v", h)
	}
	for _, day := range []brief.Day{b.Start.Value, b.Deadline.Value} {
		if _, err := time.Parse("2006-01-02", day.Date); day.Date != "" && err != nil {
			t.Errorf("day %+v: %v", day, err)
		}
	}
	if c := b.Category.Value; c != "" && brief.CategoryName(c) == "" {
		t.Errorf("category %q", c)
	}
}

// hostiles are texts of the largest size a message may have, made to be slow to read.
func hostiles() []string {
	fill := func(piece string) string { return strings.Repeat(piece, 60<<10/len(piece)+1)[:60<<10] }
	return []string{
		fill("a"), fill("a "), fill("1"), fill("1 "), fill("1,"), fill("1.1."), fill("$"), fill("$1"), fill("- "), fill("\n"), fill("\n- x"), fill("?"), fill("? "), fill("about about "), fill("no "), fill("up to "),
		fill("React, "), fill("react and "), fill("a couple of "), fill("two and a half "), fill("hundred "), fill("I need a logo, "), fill("I need a logo. "), fill("need "), fill("to build "), fill("by the end of "), fill("next "), fill("no agencies "),
		fill("between 1 and "), fill("1-"), fill("3-4k "), fill("\u202e\u05d0"), fill("😀"), fill("é"), fill("e\u0301"), fill("\xff"), fill("instead of the "), fill("scratch the logo "), fill("ask them "), fill("in Berlin "), fill("C++"), fill(".net "), fill("'"), fill("a'"), fill("new york "), fill("node.js/"),
		fill("$10 a week for 3 weeks by Monday, must know React and Vue would be a plus, no WordPress. "),
	}
}

// A message of the largest size is read in bounded time, whatever it holds.
func TestHostileTextsAreReadInTime(t *testing.T) {
	known := brief.Read(brief.Input{MessageID: "m0", Text: knownText, Now: now}).Brief
	for _, text := range hostiles() {
		start := time.Now()
		brief.Read(brief.Input{MessageID: "m1", Text: text, Now: now, Known: known, Asked: brief.SlotPay})
		// A quadratic reader needs a minute; the limit leaves room for a busy machine.
		if spent := time.Since(start); spent > 10*time.Second {
			t.Errorf("%.20q…: %v", text, spent)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	text := "Hi there! I run a small bakery and we'd like a new website with online ordering. Our current site is ten years old and doesn't work on phones. We need a menu page, a contact form and Google Maps. I can pay around 2,500 euros, it should take 4 weeks and has to be live by the end of January. No agencies."
	b.ReportAllocs()
	for b.Loop() {
		brief.Read(brief.Input{MessageID: "m", Text: text, Now: now})
	}
}

func BenchmarkReadHostile(b *testing.B) {
	for _, text := range hostiles() {
		b.Run(strings.Trim(strings.ReplaceAll(text[:12], "\n", " "), " "), func(b *testing.B) {
			for b.Loop() {
				brief.Read(brief.Input{MessageID: "m", Text: text, Now: now})
			}
		})
	}
}
