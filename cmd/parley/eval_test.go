package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/modeltest"
)

// TestEvalAgainst plays a case with the built-in composer and with a model at
// a server, and tells the difference.
func TestEvalAgainst(t *testing.T) {
	leaks(t)
	server := modeltest.NewServer(t, modeltest.Answer("I have started your post."))
	folder := t.TempDir()
	cases := filepath.Join(folder, "cases.jsonl")
	if err := os.WriteFile(cases, []byte(`{"id":"a","opening":"I need a small online shop in Shopify for 1,500 euros.","facts":{"category":"web","must_skills":["Shopify"]}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	eval := func(args ...string) (string, string, int) {
		var out, log bytes.Buffer
		env := &environ{ctx: t.Context(), out: &out, log: &log, getenv: environment(map[string]string{"OPENAI_BASE_URL": server.URL(), "OPENAI_MODEL": "small-1", "PARLEY_DATA": folder})}
		code := run(env, append([]string{"eval", "job_post", "--cases", cases, "--resamples", "20"}, args...))
		return out.String(), log.String(), code
	}
	if _, log, code := eval(); code != 0 || len(server.Requests()) != 0 {
		t.Fatalf("without --against the server was asked %d times: %d %s", len(server.Requests()), code, log)
	}
	raw, log, code := eval("--against", "openai", "--json")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	var got struct {
		Builtin, Other struct {
			Model string
			N     int
		}
		Differences map[string]struct{ Builtin, Other, Difference float64 }
	}
	if err := json.Unmarshal([]byte(raw), &got); err != nil {
		t.Fatal(err)
	}
	if got.Builtin.Model != "builtin" || got.Other.Model != "openai/small-1" || got.Other.N != 1 || len(got.Differences) == 0 {
		t.Errorf("told %+v", got)
	}
	if len(server.Requests()) == 0 {
		t.Error("the model was not asked")
	}
	text, _, _ := eval("--against", "openai/large-2")
	for _, want := range []string{"openai/large-2", "difference", "openai/large-2 wrote "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not told: %s", want, text)
		}
	}
	if last := server.Requests()[len(server.Requests())-1]; !strings.Contains(string(last.Body), "large-2") {
		t.Errorf("another model was asked: %s", last.Body)
	}
}

// TestEvalTranscripts writes conversations for people.
func TestEvalTranscripts(t *testing.T) {
	leaks(t)
	folder := t.TempDir()
	var out, log bytes.Buffer
	env := &environ{ctx: t.Context(), out: &out, log: &log, getenv: environment(map[string]string{"PARLEY_DATA": folder})}
	if code := run(env, []string{"eval", "transcripts", "--seed", "3", "--count", "4", "--out", filepath.Join(folder, "t")}); code != 0 {
		t.Fatalf("exit code %d: %s", code, &log)
	}
	files := strings.Fields(out.String())
	if len(files) != 4 {
		t.Fatalf("wrote %q", files)
	}
	for i, kind := range []string{"job_post", "shortlist", "proposal", "advice"} {
		text, err := os.ReadFile(files[i])
		if err != nil || !strings.Contains(files[i], kind) || !strings.Contains(string(text), "**Parley**") {
			t.Errorf("%s: %v\n%s", files[i], err, text)
		}
	}
}
