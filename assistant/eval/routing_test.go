package eval_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/route"
)

// scripted answers by text.
type scripted map[string]route.Decision

func (s scripted) Route(in route.Input) route.Decision { return s[in.Text] }

func TestRouting(t *testing.T) {
	cases, err := eval.ReadRoutingCases(strings.NewReader(`
{"id":"a","role":"client","text":"one","route":"job_post"}
{"id":"b","role":"client","text":"two","route":"job_post","hard":true}

{"id":"c","role":"visitor","text":"three","route":"out_of_scope","context":{"workflow":"advice","draft":"","question":"Well?"}}
{"id":"d","role":"visitor","text":"four","route":"advice","hard":true}`))
	if err != nil {
		t.Fatal(err)
	}
	router := scripted{
		"one":   {Route: route.JobPost, Confidence: 1},
		"two":   {Route: route.OutOfScope, Confidence: 0.4, Unsure: true},
		"three": {Route: route.OutOfScope, Confidence: 1},
		"four":  {Route: route.Advice, Confidence: 1},
	}
	report, err := eval.Routing(router, cases, 200, 1)
	if err != nil {
		t.Fatal(err)
	}
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %.4f, want %.4f", name, got, want)
		}
	}
	near("accuracy", report.Accuracy, 0.75)
	near("F1 of out of scope", report.OutOfScope, 2.0/3)
	near("accuracy of the hard ones", report.HardRight, 0.5)
	near("unsure", report.Unsure, 0.25)
	near("accuracy where sure", report.Sure, 1)
	near("calibration error", report.Calibration, 0.1)
	if len(report.Failed) != 1 || report.Failed[0].ID != "b" || report.Failed[0].Got != route.OutOfScope {
		t.Errorf("failed: %+v", report.Failed)
	}
	var text bytes.Buffer
	if err := report.Write(&text); err != nil || !strings.Contains(text.String(), "accuracy 0.750") {
		t.Errorf("%v\n%s", err, text.String())
	}
	out, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{`"n":4`, `"accuracy":0.75`, `"oos_f1":0.666`, `"failures":[{"id":"b"`} {
		if !strings.Contains(string(out), name) {
			t.Errorf("JSON without %s: %s", name, out)
		}
	}
}

func TestReadRoutingCasesRefuses(t *testing.T) {
	for _, bad := range []string{"", "\n", "{", `{"id":"a","text":"b","route":"elsewhere"}`, strings.Repeat("x", 2<<20)} {
		if _, err := eval.ReadRoutingCases(strings.NewReader(bad)); !errors.Is(err, eval.ErrData) {
			t.Errorf("%.40q: %v", bad, err)
		}
	}
}

// The cases of the project are whole. How the router does on them is for parley
// eval routing to say: a test that had to pass would invite tuning on them.
func TestRoutingCases(t *testing.T) {
	file, err := os.Open(filepath.Join("cases", "routing.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cases, err := eval.ReadRoutingCases(file)
	if err != nil || len(cases) < 400 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	ids := make(map[string]bool)
	for _, c := range cases {
		if ids[c.ID] {
			t.Errorf("case %s is there twice", c.ID)
		}
		ids[c.ID] = true
	}
}
