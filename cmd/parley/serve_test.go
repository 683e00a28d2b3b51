package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/workflow/jobpost"
)

const petShop = "I need someone to build an online shop for my pet store, maybe 4k, before Christmas"

func TestAConversationSurvivesARestart(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		leaks(t)
		cfg := testConfig(t, env)
		s := startServer(t, cfg)
		c := dial(t, s, "default", nil)
		if answer := c.say(petShop); answer.Text == "" {
			t.Error("the answer is empty")
		}
		draft := c.draft()
		if draft == nil {
			t.Fatal("no draft after the first message")
		}
		var post jobpost.Document
		if err := json.Unmarshal(draft.Document, &post); err != nil {
			t.Fatal(err)
		}
		if post.Pay == nil || !strings.Contains(strings.ToLower(post.Title+post.Description), "pet") {
			t.Errorf("the draft lacks what was said: %s", draft.Document)
		}
		epoch, offset := c.opened.Epoch, c.seen[len(c.seen)-1].Offset
		c.ws.Close()
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}

		s = startServer(t, cfg)
		back := dial(t, s, "default", object{"token": c.token, "session": c.session})
		if snapshot := back.opened.Snapshot; snapshot == nil || len(snapshot.Messages) != 1 || len(snapshot.Responses) != 1 || len(snapshot.Drafts) != 1 {
			t.Fatalf("after a restart: %s", back.opened.raw)
		}
		back.say("It should be Shopify, 3 to 4 weeks")
		exact := dial(t, s, "default", object{"token": c.token, "session": c.session, "after": object{"epoch": epoch, "offset": offset}})
		if !exact.opened.Recovered || exact.opened.Snapshot != nil {
			t.Errorf("resuming over a restart: %s", exact.opened.raw)
		}
		if f, err := exact.read(); err != nil || f.Offset != offset+1 {
			t.Errorf("the gap begins at %d, want %d: %v", f.Offset, offset+1, err)
		}
	})
}

func TestStartIsQuick(t *testing.T) {
	cfg := testConfig(t, nil)
	begin := time.Now()
	s := startServer(t, cfg)
	first := time.Since(begin)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	begin = time.Now()
	startServer(t, cfg)
	later := time.Since(begin)
	t.Logf("first start %v, later start %v", first, later)
	// What the product promises is 5 s and 1 s on an idle machine; a machine
	// that runs all tests at once gets more.
	if first > 20*time.Second || later > 10*time.Second {
		t.Errorf("first start %v, later start %v", first, later)
	}
}

func TestTheStartMessage(t *testing.T) {
	s := startServer(t, testConfig(t, nil))
	var out strings.Builder
	s.print(&out)
	for _, want := range []string{"Parley is ready: http://127.0.0.1:", "embedded SQLite in ", "works offline", "job posts", "demo marketplace", "OPENAI_API_KEY", "DATABASE_URL"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("escape sequences in the start message")
	}
}

func TestLogsHoldNoWordsOfPeople(t *testing.T) {
	s := startServer(t, testConfig(t, map[string]string{"PARLEY_LOG": "debug"}))
	c := dial(t, s, "default", nil)
	c.say("Zanzibar quokkas need a veterinary newsletter, 900 EUR")
	s.search(t, "/v1/search", c.token, object{"text": "zanzibar quokkas"}, 200)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	logs := s.logs.String()
	for _, word := range []string{"quokka", "Zanzibar", "zanzibar", c.token, c.session} {
		if strings.Contains(logs, word) {
			t.Errorf("the log holds %q", word)
		}
	}
	for line := range strings.Lines(logs) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	if !strings.Contains(logs, `"route":"/v1/search"`) {
		t.Errorf("no line about the search:\n%s", logs)
	}
}
