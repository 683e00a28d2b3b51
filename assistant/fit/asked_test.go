package fit_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// TestPeopleAsked asks experiences in words of the pools of
// testdata/people.txt: whoever plausibly shows it stays, and nobody else.
func TestPeopleAsked(t *testing.T) {
	text, err := os.ReadFile("testdata/people.txt")
	if err != nil {
		t.Fatal(err)
	}
	reader := newReader()
	var pool []*fit.Person
	right, all := 0, 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		says, want, asked := strings.Cut(strings.TrimPrefix(line, "? "), " =>")
		switch {
		case line == "":
		case line[0] == '#':
			pool = nil
		case !asked:
			pool = append(pool, personOf(reader, line))
		default:
			all++
			wish := reader.Wish(says, today, office).Among(pool, today)
			var ids []string
			for _, p := range pool {
				if !slices.ContainsFunc(wish.Add, func(r fit.Requirement) bool { return r.Hard && !r.Keeps(p.Check(r, today)) }) {
					ids = append(ids, p.ID)
				}
			}
			if got := strings.Join(ids, " "); got != strings.TrimSpace(want) {
				t.Logf("%q leaves %q, want %q", says, got, want)
				continue
			}
			right++
		}
	}
	t.Logf("%d of %d right", right, all)
	if float64(right) < 0.75*float64(all) {
		t.Errorf("only %d of %d leave whom a reader would leave", right, all)
	}
}

// personOf reads "id headline | overview | title: work | skills".
func personOf(reader *fit.Reader, line string) *fit.Person {
	parts := strings.Split(line[2:], " | ")
	title, work, _ := strings.Cut(parts[2], ": ")
	return reader.Person(line[:1], retrieval.Profile{
		Headline: parts[0], Overview: parts[1], Skills: strings.Split(parts[3], ", "),
		Experience: []retrieval.Experience{{Title: title, From: "2019-01", Text: work}},
	})
}
