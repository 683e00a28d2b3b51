package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAFileIsJudged has the real program ask a judge about the doubtful
// messages of a file, and about no others.
func TestAFileIsJudged(t *testing.T) {
	judge := newJudgeServer(t)
	m := &moderated{judge: judge.url}
	env := m.write(t)
	settings, err := json.Marshal(ruledByWords())
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	in, out, chosen := filepath.Join(folder, "in.jsonl"), filepath.Join(folder, "out.jsonl"), filepath.Join(folder, "settings.json")
	var lines strings.Builder
	for i := range 600 { // more than a chunk
		text := []string{"All is well", "A " + confirmedWord + " " + heldWord, "An " + clearedWord + " " + heldWord, "The " + blockedWord, "Still well", "Well"}[i%6]
		fmt.Fprintf(&lines, `{"id":%d,"sender":"client","text":"%s, number %d"}`+"\n", i, text, i)
	}
	if os.WriteFile(in, []byte(lines.String()), 0o600) != nil || os.WriteFile(chosen, settings, 0o600) != nil {
		t.Fatal("the files cannot be written")
	}
	args := []string{"moderate", "--in", in, "--out", out, "--settings", chosen, "--judge"}
	p := command(t, env, args...)
	if err := p.Run(); err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
	for i, line := range decisions(t, out) {
		want := []string{"deliver", "block", "deliver", "block", "deliver", "deliver"}[i%6]
		stage := []string{"classifier", "judge", "judge", "rules", "classifier", "classifier"}[i%6]
		if line.ID != i || line.Decision != want || line.Stage != stage {
			t.Errorf("line %d: %+v, want %s by %s", i, line, want, stage)
		}
	}
	// 200 doubtful messages, at most 8 in a call, and none of the other 400.
	if judge.asked < 25 || judge.asked > 60 || !strings.Contains(p.log.String(), "was asked") {
		t.Errorf("asked %d times\n%s", judge.asked, p.log)
	}

	// A judge that refuses is told of, and the site's choice holds.
	judge.be("refuses")
	p = command(t, env, args...)
	var exit *exec.ExitError
	if err := p.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitRefused || !strings.Contains(p.log.String(), "did not answer") {
		t.Errorf("%v\n%s", err, p.log)
	}
	for i, line := range decisions(t, out) {
		if want := []string{"deliver", "hold", "hold", "block", "deliver", "deliver"}[i%6]; line.Decision != want {
			t.Errorf("line %d: %+v, want %s", i, line, want)
		}
	}
}

type decidedLine struct {
	ID       int
	Decision string
	Stage    string
}

func decisions(t *testing.T, file string) (list []decidedLine) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		var d decidedLine
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		list = append(list, d)
	}
	if len(list) != 600 {
		t.Errorf("%d lines", len(list))
	}
	return list
}

// TestAByteOrderMarkIsNoPartOfAMessage judges a file as programs on Windows write them.
func TestAByteOrderMarkIsNoPartOfAMessage(t *testing.T) {
	folder := t.TempDir()
	in, out := filepath.Join(folder, "in.jsonl"), filepath.Join(folder, "out.jsonl")
	if err := os.WriteFile(in, []byte("\ufeff"+`{"id":0,"text":"All is well"}`+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := command(t, nil, "moderate", "--in", in, "--out", out)
	if err := p.Run(); err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
	if judged, err := os.ReadFile(out); err != nil || !strings.Contains(string(judged), `"decision":"deliver"`) {
		t.Errorf("judged %s, %v", judged, err)
	}
}
