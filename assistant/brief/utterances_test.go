package brief_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
)

// now is a Saturday.
var now = time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)

// A case of testdata/*.txt is a message and, indented, what shall be known
// after it: "slot = value", or "- slot" for nothing. "only" alone means that
// nothing else is known. A message that begins with "+ " goes on the
// conversation before it; "[slot] " before a text is what had been asked;
// "{en-AU} " a locale. A line that begins with # is a comment.
type utterance struct {
	where  string
	text   string
	asked  brief.Slot
	locale string
	goesOn bool
	want   map[string]string
	only   bool
}

func TestUtterances(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			var known brief.Brief
			for _, u := range load(t, file) {
				total++
				if !u.goesOn {
					known = brief.Brief{}
				}
				got := brief.Read(brief.Input{MessageID: u.where, Text: u.text, Now: now, Asked: u.asked, Known: known, Locale: u.locale})
				known = got.Brief
				compare(t, u, render(got))
			}
		})
	}
	if total < 250 {
		t.Errorf("%d utterances, want at least 250", total)
	}
}

func compare(t *testing.T, u utterance, got map[string]string) {
	t.Helper()
	var wrong []string
	for slot, want := range u.want {
		if got[slot] != want {
			wrong = append(wrong, fmt.Sprintf("%s = %q, want %q", slot, got[slot], want))
		}
	}
	if u.only {
		for slot, value := range got {
			if _, named := u.want[slot]; !named {
				wrong = append(wrong, fmt.Sprintf("%s = %q, want nothing", slot, value))
			}
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		t.Errorf("%s: %q [%s]\n\t%s", u.where, u.text, u.asked, strings.Join(wrong, "\n\t"))
	}
}

func load(t *testing.T, path string) []utterance {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var cases []utterance
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		switch {
		case strings.TrimSpace(line) == "", strings.HasPrefix(line, "#"):
		case line[0] == '\t' || line[0] == ' ':
			expect(t, &cases[len(cases)-1], strings.TrimSpace(line))
		default:
			u := utterance{where: fmt.Sprintf("%s:%d", filepath.Base(path), number), want: make(map[string]string)}
			line, u.goesOn = strings.CutPrefix(line, "+ ")
			if rest, ok := strings.CutPrefix(line, "["); ok {
				asked, text, _ := strings.Cut(rest, "] ")
				u.asked, line = brief.Slot(asked), text
			}
			if rest, ok := strings.CutPrefix(line, "{"); ok {
				u.locale, line, _ = strings.Cut(rest, "} ")
			}
			u.text = strings.ReplaceAll(line, `\n`, "\n")
			cases = append(cases, u)
		}
	}
	return cases
}

func expect(t *testing.T, u *utterance, line string) {
	t.Helper()
	if line == "only" {
		u.only = true
		return
	}
	if slot, ok := strings.CutPrefix(line, "- "); ok {
		u.want[slot] = ""
		return
	}
	slot, value, ok := strings.Cut(line, " = ")
	if !ok {
		t.Fatalf("%s: %q is no expectation", u.where, line)
	}
	u.want[slot] = value
}

// render writes what is known as slot → value.
func render(r brief.Reading) map[string]string {
	b, got := r.Brief, make(map[string]string)
	set := func(slot, value string) {
		if value != "" {
			got[slot] = value
		}
	}
	list := func(slot string, items []brief.Item) {
		var texts []string
		for _, item := range items {
			texts = append(texts, item.Text)
		}
		set(slot, strings.Join(texts, " | "))
	}
	set("title", b.Title.Value)
	set("category", b.Category.Value)
	set("level", b.Level.Value)
	set("pay", b.Pay.Value.String())
	set("duration", period(b.Duration.Value))
	set("hours", b.Hours.Value.String())
	set("start", day(b.Start.Value))
	set("deadline", day(b.Deadline.Value))
	set("location", b.Location.Value.String())
	set("time_zone", b.TimeZone.Value)
	list("summary", b.Summary)
	list("deliverables", b.Deliverables)
	list("must", b.Must)
	list("nice", b.Nice)
	list("without", b.Without)
	list("conditions", b.Conditions)
	list("questions", b.Questions)
	list("removed", r.Removed)
	set("declined", declined(b))
	set("intent", string(r.Intent))
	return got
}

func declined(b brief.Brief) string {
	var slots []string
	for slot, is := range map[brief.Slot]bool{
		brief.SlotTitle: b.Title.Declined, brief.SlotCategory: b.Category.Declined, brief.SlotLevel: b.Level.Declined, brief.SlotPay: b.Pay.Declined, brief.SlotDuration: b.Duration.Declined, brief.SlotHours: b.Hours.Declined,
		brief.SlotStart: b.Start.Declined, brief.SlotDeadline: b.Deadline.Declined, brief.SlotLocation: b.Location.Declined, brief.SlotTimeZone: b.TimeZone.Declined,
	} {
		if is {
			slots = append(slots, string(slot))
		}
	}
	for _, slot := range b.Declined {
		slots = append(slots, string(slot))
	}
	slices.Sort(slots)
	return strings.Join(slots, " ")
}

func period(p brief.Period) string {
	switch {
	case p.Ongoing && p.MaxDays == 0 && p.MinDays == 0:
		return "ongoing"
	case p.MinDays == 0 && p.MaxDays == 0:
		return ""
	case p.MinDays == p.MaxDays:
		return fmt.Sprintf("%dd", p.MinDays)
	}
	return fmt.Sprintf("%d-%dd", p.MinDays, p.MaxDays)
}

func day(d brief.Day) string {
	switch {
	case d.Asap:
		return "asap"
	case d.Date != "":
		return d.Date
	case d.Text != "":
		return "open: " + d.Text
	}
	return ""
}
