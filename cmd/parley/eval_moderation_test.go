package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/modeltest"
)

// TestEvalModerationJudge measures the cascade with a model at a server as its
// judge, which clears whatever it is asked about.
func TestEvalModerationJudge(t *testing.T) {
	leaks(t)
	server := modeltest.NewServer(t, modeltest.Choose(func(body []byte) modeltest.Behaviour {
		var verdicts []string
		for i := range strings.Count(string(body), `\"kind\":\"message\"`) {
			verdicts = append(verdicts, fmt.Sprintf(`{"message":"m%d","label":"none","quote":"","reason":"It breaks nothing.","confidence":0.95}`, i+1))
		}
		return modeltest.Answer(`{"verdicts":[` + strings.Join(verdicts, ",") + `]}`)
	}))
	folder := t.TempDir()
	cases, rules, config := filepath.Join(folder, "cases.jsonl"), filepath.Join(folder, "rules"), filepath.Join(folder, "parley.yaml")
	if err := os.Mkdir(rules, 0o700); err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{
		cases: `{"id":"a","text":"The quokka is in the folder with the drafts.","labels":[]}
{"id":"b","text":"Meet me where the quokka sleeps.","labels":["contact_exchange"]}`,
		config: "moderation:\n  rules: " + rules + "\nmodels:\n  purposes:\n    moderate: [{endpoint: openai, model: small-1}]\n",
		filepath.Join(rules, "own.yaml"): `label: contact_exchange
rules:
  - id: contact.quokka
    version: 1
    strength: likely
    description: Speaks of a quokka, so that a judge is asked.
    any: [quokka]
    tests:
      match: [quokka, the quokka, a quokka, one quokka]
      pass: [wombat, the wombat, a wombat, one wombat]
`,
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	measure := func(args ...string) (stages []evalStage) {
		var out, log bytes.Buffer
		env := &environ{ctx: t.Context(), out: &out, log: &log, getenv: environment(map[string]string{"OPENAI_BASE_URL": server.URL(), "OPENAI_MODEL": "small-1", "PARLEY_DATA": folder})}
		if code := run(env, append([]string{"--config", config, "eval", "moderation", "--cases", cases, "--resamples", "20", "--json"}, args...)); code != 0 {
			t.Fatalf("exit code %d: %s", code, &log)
		}
		var told struct{ Stages []evalStage }
		if err := json.Unmarshal(out.Bytes(), &told); err != nil {
			t.Fatal(err)
		}
		return told.Stages
	}
	if stages := measure("--no-judge"); len(stages) != 4 || len(server.Requests()) != 0 {
		t.Fatalf("without the judge %d stages were measured, and it was asked %d times", len(stages), len(server.Requests()))
	}
	stages := measure()
	if len(stages) != 5 || len(server.Requests()) == 0 {
		t.Fatalf("%d stages were measured, and the judge was asked %d times", len(stages), len(server.Requests()))
	}
	if s := stages[4]; s.Name != "cascade_configured" || s.Asked.Messages != 2 || s.Asked.Failed != 0 || s.Asked.Usage.InputTokens == 0 || s.Flagged.Recall.Value != 0 {
		t.Errorf("measured %+v", s)
	}
	if before := stages[2]; before.Flagged.Recall.Value != 1 {
		t.Errorf("without a judge: %+v", before)
	}
}

type evalStage struct {
	Name    string
	Flagged struct{ Recall struct{ Value float64 } }
	Asked   struct {
		Messages int
		Failed   int
		Usage    struct{ InputTokens int }
	}
}
