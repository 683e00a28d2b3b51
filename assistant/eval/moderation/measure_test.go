package moderation

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/model"
)

func measure(t *testing.T, cases []Case, data string) (Report, error) {
	t.Helper()
	return Measure(t.Context(), cases, Options{
		Cascade: cascade(), Bootstrap: Bootstrap{20, 1}, Accuracy: Accuracy{.9, .05, .9, 1}, Data: data,
		Count: func(r model.Request, answer string) model.Usage {
			return model.Usage{InputTokens: 1000, OutputTokens: 10}
		},
		Prices: []Price{{"small-1", .5, 2, "EUR"}},
	})
}

// TestMeasure measures a little of everything and tells it in every form.
func TestMeasure(t *testing.T) {
	r, err := measure(t, written(t, 400), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Stages) != 4 || len(r.Targets) != 4 || r.Split == nil || len(r.Split.Systems) != 3 || len(r.Times) != 3 || r.Outside != nil {
		t.Errorf("measured %+v", r)
	}
	if r.Stages[0].ROC.Value < .6 || r.ROC < r.Stages[0].ROC.Value {
		t.Errorf("ROC AUC of the rules %.2f, with the classifier %.2f", r.Stages[0].ROC.Value, r.ROC)
	}
	calls := float64(r.Cost.Each.InputTokens) / 1000
	if p := r.Cost.Models[0]; calls < 1 || p.Cost <= 0 || p.Cost != (r.Cost.Input*.5+r.Cost.Output*2)/1e6 {
		t.Errorf("cost %+v", r.Cost)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var told map[string]any
	if err := json.Unmarshal(raw, &told); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"n", "roc_auc", "hard_false_positives", "judge_share", "stopped_or_queued", "stages", "wrong"} {
		if _, there := told[name]; !there {
			t.Errorf("JSON has no %s", name)
		}
	}
	var text, markdown bytes.Buffer
	if err := r.Write(&text, true); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteMarkdown(&markdown); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "Whole cascade") || strings.Contains(text.String()+markdown.String(), "NaN") {
		t.Error(text.String())
	}
	columns := 0
	for line := range strings.Lines(markdown.String()) {
		switch now := strings.Count(line, "|"); {
		case now == 0:
			columns = 0
		case columns == 0:
			columns = now
		case now != columns:
			t.Errorf("a row of %d cells in a table of %d: %s", now-1, columns-1, line)
		}
	}
}

// TestMeasureOfLittle has cases of one kind only, and a single one.
func TestMeasureOfLittle(t *testing.T) {
	for _, lines := range [][]string{
		{`{"text":"See you tomorrow.","labels":[]}`},
		{`{"text":"Write me on WhatsApp, +49 30 23125 100.","labels":["contact_exchange"]}`, `{"text":"","labels":["scam"],"channel":"document"}`},
	} {
		r, err := measure(t, read(t, lines...), "")
		if err != nil || r.Split != nil {
			t.Fatalf("%v, %v", r.Split, err)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
		if err := r.Write(&bytes.Buffer{}, true); err != nil {
			t.Error(err)
		}
	}
}

func TestNoOutsideData(t *testing.T) {
	if _, err := measure(t, read(t, `{"text":"x","labels":[]}`), t.TempDir()); !errors.Is(err, eval.ErrData) {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestOutsideSets(t *testing.T) {
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		t.Skip("PARLEY_TESTDATA is not set")
	}
	for name, want := range map[string][2]int{
		"convabuse": {4185, 681}, "sms": {5839, 1107}, "attacks": {6309, 3771}, "emscad": {50, 21}, "hatecheck": {3728, 2563},
	} {
		for _, s := range sources {
			if s.name != name {
				continue
			}
			cases, err := s.read(folder)
			if err != nil {
				t.Fatal(err)
			}
			if got := [2]int{len(cases), violating(cases)}; got != want {
				t.Errorf("%s: %v cases and violations, wanted %v", name, got, want)
			}
		}
	}
}
