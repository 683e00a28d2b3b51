package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func TestTableFitsTheScreen(t *testing.T) {
	table := table{head: []string{"no", "title", "pay", "empty", "id"}, flex: 1, right: []int{0, 2}, rows: []row{
		{cells: []string{"1", "A rather long title that has to give way", "€40–60/h", "", "one"}, below: []string{"one reason and another reason and a third one"}},
		{cells: []string{"12", "日本語の長い題名はここで切られます、必ず", "$5", "", "two"}},
	}}
	for _, tt := range []struct {
		screen screen
		styled bool
		whole  bool
	}{{screen{}, false, true}, {screen{width: 200, style: true}, true, true}, {screen{width: 44, style: true}, true, false}, {screen{width: 44}, false, false}, {screen{width: 5}, false, false}} {
		text := table.draw(tt.screen)
		if styled := strings.Contains(text, "\x1b["); styled != tt.styled {
			t.Errorf("%+v: escape sequences %v", tt.screen, styled)
		}
		plain := strings.NewReplacer("\x1b[2m", "", "\x1b[1m", "", "\x1b[0m", "").Replace(text)
		if whole := strings.Contains(plain, "has to give way"); whole != tt.whole {
			t.Errorf("%+v: cut is %v:\n%s", tt.screen, !whole, plain)
		}
		if strings.Contains(plain, "empty") {
			t.Errorf("%+v: a column without content:\n%s", tt.screen, plain)
		}
		columns := map[int]bool{}
		for line := range strings.Lines(plain) {
			line = strings.TrimSuffix(line, "\n")
			if tt.screen.width >= 44 && cells(line) > tt.screen.width {
				t.Errorf("%+v: %d characters: %s", tt.screen, cells(line), line)
			}
			for _, id := range []string{"one", "two"} {
				if strings.HasSuffix(line, " "+id) && !strings.HasPrefix(line, "    ") {
					columns[cells(line)] = true
				}
			}
		}
		if len(columns) != 1 {
			t.Errorf("%+v: the ids stand in %d columns:\n%s", tt.screen, len(columns), plain)
		}
	}
}

func TestBarsAndSparklines(t *testing.T) {
	low := retrieval.PayFigure{PayType: "fixed", Currency: "USD", P25: 100, P50: 200, P75: 400}
	high := retrieval.PayFigure{PayType: "fixed", Currency: "USD", P25: 400, P50: 800, P75: 1600}
	same := retrieval.PayFigure{PayType: "hourly", Currency: "USD", P25: 5, P50: 5, P75: 5}
	all, wide := []retrieval.PayFigure{low, high, same}, screen{width: 120}
	a, b := []rune(bar(low, all, wide)), []rune(bar(high, all, wide))
	if len(a) != barWidth || len(b) != barWidth || a[0] != '━' || a[barWidth-1] != '·' || b[0] != '·' || b[barWidth-1] != '━' {
		t.Errorf("bars on one scale:\n%s\n%s", string(a), string(b))
	}
	if strings.Count(bar(same, all, wide), "┃") != 1 {
		t.Errorf("bar of equal quartiles: %s", bar(same, all, wide))
	}
	if bar(low, all, screen{}) != "" || bar(low, all, screen{width: 80}) != "" {
		t.Error("a bar where there is no room for it")
	}
	months := []retrieval.Month{{Month: "2025-01", Of: 5, Index: 50}, {Month: "2025-02"}, {Month: "2025-03", Of: 9, Index: 100}}
	if line := sparkline(months); line != "▅ █  2025-01 to 2025-03" {
		t.Errorf("sparkline %q", line)
	}
}

func TestOutputThatIsNoTerminal(t *testing.T) {
	if s := screenOf(&environ{out: new(bytes.Buffer), getenv: func(string) string { return "" }}); s != (screen{}) {
		t.Errorf("a buffer is %+v", s)
	}
}
