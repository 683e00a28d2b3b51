package brief_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
)

// sources lists every source in a brief.
func sources(b brief.Brief) []brief.Source {
	var all []brief.Source
	for _, list := range [][]brief.Source{
		b.Title.Sources, b.Category.Sources, b.Level.Sources, b.Pay.Sources, b.Duration.Sources, b.Hours.Sources, b.Start.Sources, b.Deadline.Sources, b.Location.Sources, b.TimeZone.Sources,
	} {
		all = append(all, list...)
	}
	for _, items := range [][]brief.Item{b.Summary, b.Deliverables, b.Must, b.Nice, b.Without, b.Conditions, b.Questions} {
		for _, item := range items {
			all = append(all, item.Sources...)
		}
	}
	return all
}

// checkSources reports sources that do not say what stands in the text.
func checkSources(t *testing.T, texts map[string]string, b brief.Brief) {
	t.Helper()
	for _, source := range sources(b) {
		text, known := texts[source.ID]
		if !known {
			t.Errorf("source %+v names an unknown message", source)
			continue
		}
		quote, ok := brief.UTF16Slice(text, source.Start, source.End)
		if !ok || quote != source.Quote || quote == "" {
			t.Errorf("source %+v: the text there is %q in %q", source, quote, text)
		}
	}
	for _, items := range [][]brief.Item{b.Summary, b.Deliverables, b.Conditions, b.Questions} {
		for _, item := range items {
			if len(item.Sources) == 0 || !strings.Contains(text(item.Sources), item.Text) && !pieced(item) {
				t.Errorf("item %q is not what its sources %+v say", item.Text, item.Sources)
			}
		}
	}
}

// pieced reports whether an item that later words corrected, of the same message or of
// another, is made of the words of both.
func pieced(item brief.Item) bool {
	said := strings.ToLower(text(item.Sources))
	for _, word := range strings.Fields(strings.ToLower(item.Text)) {
		if !strings.Contains(said, strings.Trim(word, ",.;:!?")) {
			return false
		}
	}
	return len(item.Sources) > 1
}

func text(sources []brief.Source) string {
	var quotes []string
	for _, source := range sources {
		quotes = append(quotes, source.Quote)
	}
	return strings.Join(quotes, ", ")
}

// Whatever is read, its source says it: the quote is the text at the span, and
// reading the quotes alone, with the same question asked, gives the same value.
func TestValuesComeFromTheirSources(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		var known brief.Brief
		texts := make(map[string]string)
		for _, u := range load(t, file) {
			if !u.goesOn {
				known = brief.Brief{}
			}
			texts[u.where] = u.text
			in := brief.Input{MessageID: u.where, Text: u.text, Now: now, Asked: u.asked, Known: known, Locale: u.locale}
			got := brief.Read(in).Brief
			checkSources(t, texts, got)
			if !u.goesOn {
				checkRereading(t, u, got)
			}
			known = got
		}
	}
}

func checkRereading(t *testing.T, u utterance, b brief.Brief) {
	t.Helper()
	again := func(slot brief.Slot, sources []brief.Source) brief.Brief {
		return brief.Read(brief.Input{Text: text(sources), Now: now, Asked: slot, Locale: u.locale}).Brief
	}
	if b.Pay.Known() {
		if got := again(brief.SlotPay, b.Pay.Sources).Pay.Value; got.Min != b.Pay.Value.Min || got.Max != b.Pay.Value.Max || got.Currency != b.Pay.Value.Currency {
			t.Errorf("%s: pay %+v, but %q says %+v", u.where, b.Pay.Value, text(b.Pay.Sources), got)
		}
	}
	if b.Duration.Known() {
		if got := again(brief.SlotDuration, b.Duration.Sources).Duration.Value; got.MinDays != b.Duration.Value.MinDays || got.MaxDays != b.Duration.Value.MaxDays {
			t.Errorf("%s: duration %+v, but %q says %+v", u.where, b.Duration.Value, text(b.Duration.Sources), got)
		}
	}
	if b.Hours.Known() {
		if got := again(brief.SlotHours, b.Hours.Sources).Hours.Value; got.Min != b.Hours.Value.Min || got.Max != b.Hours.Value.Max {
			t.Errorf("%s: hours %+v, but %q says %+v", u.where, b.Hours.Value, text(b.Hours.Sources), got)
		}
	}
	if b.Deadline.Known() {
		if got := again(brief.SlotDeadline, b.Deadline.Sources).Deadline.Value; got.Date != b.Deadline.Value.Date {
			t.Errorf("%s: deadline %+v, but %q says %+v", u.where, b.Deadline.Value, text(b.Deadline.Sources), got)
		}
	}
}

// The same input gives the same reading, and what was known is left alone.
func TestReadIsDeterministicAndPure(t *testing.T) {
	first := brief.Read(brief.Input{MessageID: "a", Text: "We need a logo, a flyer and a blog with WordPress. No Wix. No agencies. 2k.", Now: now}).Brief
	before := render(brief.Reading{Brief: first})
	in := brief.Input{MessageID: "b", Text: "scratch the blog, no WordPress, Wix is fine, instead of the flyer a poster, 3k", Now: now, Known: first}
	want := render(brief.Read(in))
	for range 20 {
		got := render(brief.Read(in))
		for slot, value := range want {
			if got[slot] != value {
				t.Fatalf("%s = %q, then %q", slot, value, got[slot])
			}
		}
	}
	for slot, value := range render(brief.Reading{Brief: first}) {
		if before[slot] != value {
			t.Errorf("reading changed what was known: %s was %q, is %q", slot, before[slot], value)
		}
	}
}

// Dates count from the person's day, not from the server's.
func TestDaysCountInThePersonsZone(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	late := time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC)
	for zone, want := range map[*time.Location]string{nil: "2026-11-22", tokyo: "2026-11-23"} {
		got := brief.Read(brief.Input{Text: "I need it tomorrow", Now: late, Zone: zone}).Brief.Deadline.Value.Date
		if got != want {
			t.Errorf("tomorrow in %v is %s, want %s", zone, got, want)
		}
	}
}
