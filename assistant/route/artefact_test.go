package route

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/learn"
)

// The committed router is that of the utterances and word lists as they are.
func TestArtefactIsUpToDate(t *testing.T) {
	const remedy = "run parley train router as artefact/NOTICE.md says"
	artefact, err := learn.Parse(shipped)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := decode(artefact.Body)
	if err != nil {
		t.Fatalf("%v: %s", err, remedy)
	}
	_, hash, err := Utterances()
	if err != nil {
		t.Fatal(err)
	}
	current := m
	current.Utterances = hex(hash)
	if m.Utterances != current.Utterances || artefact.Data != current.hash() {
		t.Errorf("the router was trained on other utterances or with other settings: %s", remedy)
	}
	if len(shipped) > 2<<20 {
		t.Errorf("the artefact has %d bytes", len(shipped))
	}
	for _, want := range []string{"CLINC150", "CC BY 3.0"} {
		if m.Negatives != "" && !strings.Contains(artefact.Source, want) {
			t.Errorf("the source %q does not say %q", artefact.Source, want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	artefact, err := learn.Parse(shipped)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		edit func(a *learn.Artefact)
		want error
	}{
		{"another kind", func(a *learn.Artefact) { a.Kind = "ranker" }, learn.ErrKind},
		{"another format", func(a *learn.Artefact) { a.Format = 99 }, learn.ErrFormat},
		{"other features", func(a *learn.Artefact) {
			a.Body = bytes.Replace(bytes.Clone(a.Body), []byte(featureRules), []byte("router-0"), 1)
		}, ErrFeatures},
		{"no body", func(a *learn.Artefact) { a.Body = nil }, learn.ErrDamaged},
		{"weights cut short", func(a *learn.Artefact) { a.Body = a.Body[:len(a.Body)-2] }, learn.ErrDamaged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			edited := *artefact
			tt.edit(&edited)
			path := filepath.Join(t.TempDir(), "router.parley")
			if err := learn.WriteFile(path, &edited); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(path); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// A training that is cancelled ends with the context's error.
func TestTrainEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Train(ctx, TrainOptions{Seed: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// The same examples give the same weights, to the last bit.
func TestFitIsDeterministic(t *testing.T) {
	list, _, err := Utterances()
	if err != nil {
		t.Fatal(err)
	}
	var files [2][]byte
	for i := range files {
		model, err := fit(prepare(list[:200], 1))
		if err != nil {
			t.Fatal(err)
		}
		if files[i], err = encode(meta{Temperature: 1}, model); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two trainings gave two models")
	}
}

// Answers to one question are held out together.
func TestFoldsKeepGroupsTogether(t *testing.T) {
	list, _, err := Utterances()
	if err != nil {
		t.Fatal(err)
	}
	var sizes [folds]int
	at := make(map[string]int)
	for _, e := range prepare(list, 1) {
		fold := foldOf(e.group, 1)
		if was, known := at[e.group]; known && was != fold {
			t.Fatalf("%q is in two folds", e.group)
		}
		at[e.group] = fold
		sizes[fold]++
	}
	for fold, n := range sizes {
		if n == 0 {
			t.Errorf("fold %d is empty", fold)
		}
	}
}

func TestReadNegatives(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "negatives.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	n, err := ReadNegatives(write("split,intent,text\ntrain,oos,why do geese fly in a v\ntest,oos,never learned from\nval,oos,\"who, then, am i\"\n"))
	if err != nil || len(n.list) != 2 || n.list[1].Text != "who, then, am i" || n.list[1].Route != OutOfScope {
		t.Errorf("%+v, %v", n, err)
	}
	for _, bad := range []string{"", "a,b\n", "split,intent,text\n", "split,intent,text\ntest,oos,only\n", "split,intent,text\ntrain,oos,\"open\n", "\x1f\x8bno gzip"} {
		if _, err := ReadNegatives(write(bad)); !errors.Is(err, ErrNegatives) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestParseUtterancesRefuses(t *testing.T) {
	for _, bad := range []string{`{`, `{"text":"a","route":"weather"}`, `{"text":" ","route":"advice"}`} {
		if _, err := parseUtterances([]byte(bad)); !errors.Is(err, ErrUtterance) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
