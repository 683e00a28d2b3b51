package jobpost

import (
	"fmt"
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/sessions"
)

var src = []brief.Source{{Kind: "message", ID: "m1"}}

func item(text string) []brief.Item { return []brief.Item{{Text: text, Sources: src}} }

func asking(slots ...string) []sessions.Exchange {
	var history []sessions.Exchange
	for _, s := range slots {
		history = append(history, sessions.Exchange{Response: &sessions.Response{Question: &sessions.Question{Slot: s}}})
	}
	return history
}

func TestDecide(t *testing.T) {
	logo := func() *Document {
		d := &Document{Category: "design"}
		d.Brief.Title = brief.Field[string]{Value: "Logo", Sources: src}
		d.Brief.Deliverables = item("a logo")
		return d
	}
	with := func(change func(*Document)) *Document {
		d := logo()
		change(d)
		return d
	}
	tests := []struct {
		name    string
		doc     *Document
		intent  brief.Intent
		history []sessions.Exchange
		action  string
		slot    brief.Slot
	}{
		{"nothing known", &Document{}, "", nil, "ask", brief.SlotSummary},
		{"nothing known, asked before", &Document{}, "", asking("summary"), "ask", brief.SlotSummary},
		{"the work alone", logo(), "", nil, "ask", slotScope},
		{"scope asked", logo(), "", asking("scope"), "ask", brief.SlotPay},
		{"pay known", with(func(d *Document) {
			d.Brief.Pay = brief.Field[brief.Pay]{Value: brief.Pay{Min: 1, Max: 1, Currency: "USD"}, Sources: src}
		}), "", asking("scope"), "ask", brief.SlotDuration},
		{"pay without a currency", with(func(d *Document) {
			d.Brief.Pay = brief.Field[brief.Pay]{Value: brief.Pay{Min: 1, Max: 1}, Sources: src}
			d.Brief.Duration.Declined = true
		}), "", asking("scope"), "ask", slotCurrency},
		{"pay of which only the type was said", with(func(d *Document) {
			d.Brief.Pay = brief.Field[brief.Pay]{Value: brief.Pay{Type: "hourly"}, Sources: src}
		}), "", asking("scope"), "ask", brief.SlotPay},
		{"hourly", with(func(d *Document) {
			d.Brief.Pay = brief.Field[brief.Pay]{Value: brief.Pay{Type: "hourly", Min: 1, Max: 1, Currency: "USD"}, Sources: src}
		}), "", asking("scope"), "ask", brief.SlotHours},
		{"a deadline settles the duration", with(func(d *Document) {
			d.Brief.Pay.Declined = true
			d.Brief.Deadline = brief.Field[brief.Day]{Value: brief.Day{Text: "soon"}, Sources: src}
		}), "", asking("scope"), "ask", brief.SlotSkills},
		{"six asked", logo(), "", asking("a", "b", "c", "d", "e", "f"), "draft", ""},
		{"just write it", logo(), brief.IntentWrite, nil, "draft", ""},
		{"and later", with(func(d *Document) { d.Brief.Memory.Rush = true }), "", nil, "draft", ""},
		{"done", logo(), brief.IntentFinish, nil, "finish", ""},
		{"off the subject", with(func(d *Document) { d.Brief.Memory.Key, d.Brief.Memory.Pending = "k", brief.SlotPay }), brief.IntentOther, nil, "none", brief.SlotPay},
		{"thanks while a question stands", with(func(d *Document) { d.Brief.Memory.Pending = brief.SlotPay }), brief.IntentThanks, nil, "none", brief.SlotPay},
		{"what similar posts agree on is not worth a question", with(func(d *Document) {
			d.Brief.Pay.Declined, d.Brief.Duration.Declined = true, true
			d.Brief.Must = item("Figma")
			d.Brief.Memory.Spread = &Spread{Posts: 10, Level: map[string]int{"expert": 10}}
		}), "", asking("scope"), "draft", ""},
		{"and what they differ in is", with(func(d *Document) {
			d.Brief.Pay.Declined, d.Brief.Duration.Declined = true, true
			d.Brief.Must = item("Figma")
			d.Brief.Memory.Spread = &Spread{Posts: 10, Level: map[string]int{"expert": 4, "entry": 3, "intermediate": 3}}
		}), "", asking("scope"), "ask", brief.SlotLevel},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := decide(test.doc, test.intent, test.history)
			if got.Action != test.action || got.Slot != test.slot {
				t.Errorf("got %s %q (%v), want %s %q", got.Action, got.Slot, got.Scores, test.action, test.slot)
			}
		})
	}
}

func TestEntropy(t *testing.T) {
	for _, test := range []struct {
		posts []int
		kinds int
		want  string
	}{{nil, 3, "0.00"}, {[]int{9}, 3, "0.00"}, {[]int{5, 5, 5}, 3, "1.00"}, {[]int{5, 5}, 2, "1.00"}, {[]int{9, 1}, 2, "0.47"}, {[]int{1, 1, 1, 1}, 2, "1.00"}} {
		if got := fmt.Sprintf("%.2f", entropy(test.posts, test.kinds)); got != test.want {
			t.Errorf("%v of %d: %s, want %s", test.posts, test.kinds, got, test.want)
		}
	}
}

// TestQuestions checks that each question can be worded in every category,
// ends as one question, and always offers a way out.
func TestQuestions(t *testing.T) {
	for _, category := range append([]brief.Category{{}}, brief.Categories...) {
		for slot := range needs {
			q := question(&Document{Category: category.ID}, slot)
			if q.Text == "" || q.Text[len(q.Text)-1] != '?' || q.Slot != string(slot) {
				t.Errorf("%s %s: %+v", category.ID, slot, q)
			}
			if n := len(q.Suggestions); slot != brief.SlotSummary && (n == 0 || q.Suggestions[n-1].Text != notSure) {
				t.Errorf("%s %s has no way out: %+v", category.ID, slot, q.Suggestions)
			}
		}
	}
}

func TestAspects(t *testing.T) {
	for _, category := range brief.Categories {
		if len(aspects[category.ID]) < 5 {
			t.Errorf("%s has %d aspects", category.ID, len(aspects[category.ID]))
		}
	}
	for category, list := range aspects {
		if brief.CategoryName(category) == "" {
			t.Errorf("unknown category %q", category)
		}
		ids := map[string]bool{}
		for _, a := range list {
			if ids[a.id] || a.text == "" || a.name == "" || len(a.patterns) == 0 {
				t.Errorf("%s: %+v", category, a)
			}
			ids[a.id] = true
			for _, p := range a.patterns {
				if flat(p) != " "+p+" " && flat(p) != p+" " && flat(p) != " "+p && flat(p) != p {
					t.Errorf("%s: pattern %q can never be found in a flat text", category, p)
				}
			}
		}
	}
}
