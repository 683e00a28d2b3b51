package words_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/words"
)

func TestTableTellsWhatWordsSay(t *testing.T) {
	counter := words.NewCounter([]string{"web", "design"})
	for range 10 {
		counter.Text("web", "an online shop with hosting for my husband")
		counter.Text("design", "a logo for my husband")
	}
	counter.Text("web", "a single zebra")
	counter.Phrase("design", "Logo Design")
	table, err := words.Parse(strings.NewReader(counter.Table()))
	if err != nil {
		t.Fatal(err)
	}
	stem := words.Stem
	if table.Weight(stem("hosting")) <= table.Weight(stem("husband")) {
		t.Errorf("hosting weighs %.2f, husband %.2f", table.Weight(stem("hosting")), table.Weight(stem("husband")))
	}
	if table.Rarity(stem("logo")) >= table.Rarity("unheard") {
		t.Errorf("logo is rarer (%.2f) than a word never met (%.2f)", table.Rarity(stem("logo")), table.Rarity("unheard"))
	}
	if odds := table.Odds(stem("logo")); odds[0] >= 0 || odds[1] <= 0 {
		t.Errorf("odds of logo %v, want it to go with design", odds)
	}
	if table.Odds("zebra") != nil {
		t.Error("a word met once has odds")
	}
	if table.Weight("unheard") <= 0 {
		t.Error("an unknown word weighs nothing")
	}
}

func TestParseRefusesBrokenTables(t *testing.T) {
	for _, text := range []string{"", "x web", "0 web", "9", "9 web\nshop", "9 web\nshop x", "9 web\nshop 3 1:2", "9 web\nshop 3 0:x", "9 web\nshop 3 -1:2"} {
		if _, err := words.Parse(strings.NewReader(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestDefaultTable(t *testing.T) {
	if n := len(words.Default().Topics()); n != 16 {
		t.Errorf("%d topics, want 16", n)
	}
	for _, pair := range [][2]string{{"the", "shop"}, {"shop", "zebra"}} {
		if words.Rarity(words.Stem(pair[0])) >= words.Rarity(words.Stem(pair[1])) {
			t.Errorf("%s is rarer than %s", pair[0], pair[1])
		}
	}
}

func TestStop(t *testing.T) {
	for word, want := range map[string]bool{"the": true, "looking": true, "freelancer": true, "shop": false, "c++": false} {
		if words.Stop(word) != want {
			t.Errorf("Stop(%q) = %v", word, !want)
		}
	}
}
