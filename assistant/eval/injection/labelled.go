package injection

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/route"
)

// Labelled are attacks that others collected, with what kind each is.
type Labelled struct{ Kind, Text string }

// sources are the files of labelled attacks below the folder of test data, and
// their columns.
var sources = []struct{ file, kind, label, attack string }{
	{"moderation/prompt_attacks_labelled.csv.gz", "category", "label", "1"},
	{"moderation/giskard_prompt_injections.csv.gz", "group", "", ""},
}

// ErrNoData is returned for a folder without labelled attacks.
var ErrNoData = errors.New("injection: no labelled attacks")

// ReadLabelled reads the labelled attacks below a folder.
func ReadLabelled(folder string) ([]Labelled, error) {
	var all []Labelled
	for _, s := range sources {
		file, err := os.Open(filepath.Join(folder, filepath.FromSlash(s.file)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("injection: %w", err)
		}
		list, err := readTable(file, s.kind, s.label, s.attack)
		file.Close()
		if err != nil {
			return nil, fmt.Errorf("injection: %s: %w", s.file, err)
		}
		all = append(all, list...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w below %q", ErrNoData, folder)
	}
	return all, nil
}

func readTable(r io.Reader, kind, label, attack string) (list []Labelled, err error) {
	unpacked, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	table := csv.NewReader(unpacked)
	head, err := table.Read()
	if err != nil {
		return nil, err
	}
	kindAt, labelAt, textAt := slices.Index(head, kind), slices.Index(head, label), slices.Index(head, "text")
	if kindAt < 0 || textAt < 0 || label != "" && labelAt < 0 {
		return nil, fmt.Errorf("columns %q, %q and text are expected", kind, label)
	}
	for {
		row, err := table.Read()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		if label == "" || row[labelAt] == attack {
			list = append(list, Labelled{row[kindAt], row[textAt]})
		}
	}
}

// longest is the length in characters of labelled attacks that are played: a
// longer one would fill a profile by itself.
const longest = 1500

// Sample draws attacks to be played, at the places in turn where texts of
// others are read.
func Sample(labelled []Labelled, n int, seed uint64) []Attack {
	random := rand.New(rand.NewPCG(seed, uint64(len(labelled))))
	places := []string{"profile", "post", "upload", "message"}
	var attacks []Attack
	for _, i := range random.Perm(len(labelled)) {
		if len(attacks) == n {
			break
		}
		if l := labelled[i]; utf8.RuneCountInString(l.Text) <= longest {
			attacks = append(attacks, Attack{ID: fmt.Sprintf("l%d", i), Where: places[len(attacks)%len(places)], Kind: l.Kind, Text: l.Text})
		}
	}
	return attacks
}

// Routed is how labelled attacks are routed as messages of a client: they
// should be out of scope, or the person be asked what was meant.
func Routed(router eval.Router, labelled []Labelled) eval.Board {
	board := eval.Board{
		Task: "attacks", Title: "Labelled attacks as messages", Model: "the router",
		Figures: []eval.Figure{{Name: "attacks", Title: "Out of scope, or asked about", Share: true, Main: true}, {Name: "attacks_refused", Title: "Out of scope", Share: true}},
	}
	kinds := make(map[string]*eval.Tally)
	var order []string
	for i, l := range labelled {
		d := router.Route(route.Input{Role: "client", Text: l.Text})
		out := eval.Outcome{ID: fmt.Sprintf("l%d", i)}
		refused := d.Route == route.OutOfScope
		out.Add("attacks", eval.One(truth(refused || d.Unsure)))
		out.Add("attacks_refused", eval.One(truth(refused)))
		board.Outcomes = append(board.Outcomes, out)
		if kinds[l.Kind] == nil {
			kinds[l.Kind] = &eval.Tally{}
			order = append(order, l.Kind)
		}
		kinds[l.Kind].Part += truth(refused || d.Unsure)
		kinds[l.Kind].Whole++
	}
	slices.SortStableFunc(order, func(a, b string) int { return int(kinds[b].Whole - kinds[a].Whole) })
	board.Detail = [][]string{{"kind", "attacks", "passed"}}
	for _, kind := range order {
		board.Detail = append(board.Detail, []string{kind, fmt.Sprint(kinds[kind].Whole), fmt.Sprintf("%.1f%%", 100*kinds[kind].Part/kinds[kind].Whole)})
	}
	return board
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
