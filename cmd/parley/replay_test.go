package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/sessions"
)

const replayPosts = `{"id":"kiln-1","title":"Rebuild the shop of a pottery in Shopify","description":"We sell cups and bowls. You have built Shopify shops before and know Liquid.","category":"web","skills":["Shopify","Liquid"],"level":"intermediate","pay_type":"hourly","pay_min":4000,"pay_max":6000,"currency":"EUR","hours_per_week":20,"country":"DE","time_zone":"Europe/Berlin","language":"en","posted_on":"2026-02-10"}
`

const replayProfiles = `{"kind":"profile","id":"ann","headline":"Shopify developer for small shops","overview":"I built nine Shopify shops with Liquid themes of my own.","category":"web","skills":["Shopify","Liquid"],"level":"intermediate","rate":5500,"currency":"EUR","country":"DE","time_zone":"Europe/Berlin","hours_per_week":25}
{"kind":"profile","id":"bob","headline":"Shop developer","overview":"I built two Shopify shops last year.","category":"web","skills":["Shopify"],"level":"intermediate","rate":4500,"currency":"EUR","country":"PL","time_zone":"Europe/Warsaw","hours_per_week":30}
{"kind":"profile","id":"cem","headline":"Shopify and Liquid","overview":"Liquid themes and Shopify apps since 2019.","category":"web","skills":["Shopify","Liquid"],"level":"expert","rate":9500,"currency":"EUR","country":"TR","time_zone":"Europe/Istanbul","hours_per_week":40}
`

// tool runs commands as from a shell, on one installation.
type tool struct {
	t   *testing.T
	env map[string]string
}

func (c tool) run(args ...string) (out, log string, code int) {
	c.t.Helper()
	var o, l bytes.Buffer
	code = run(&environ{ctx: c.t.Context(), getenv: environment(c.env), in: strings.NewReader(""), out: &o, log: &l}, args)
	return o.String(), l.String(), code
}

// load puts rows into the installation, of the kind that the file's name says.
func (c tool) load(name, rows string) {
	c.t.Helper()
	file := filepath.Join(c.t.TempDir(), name)
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		c.t.Fatal(err)
	}
	if _, log, code := c.run("ingest", "-q", file); code != 0 {
		c.t.Fatalf("ingest %s: %s", name, log)
	}
}

// decisions is a conversation that makes two decisions; it returns their ids.
func (c tool) decisions(t *testing.T) (ids []string) {
	t.Helper()
	cfg, err := LoadConfig("", environment(c.env))
	if err != nil {
		t.Fatal(err)
	}
	s := startServer(t, cfg)
	talk := dial(t, s, "", nil)
	for _, text := range []string{"Find me people for the job post kiln-1", "only those at most 60 euros an hour"} {
		answer := talk.say(text)
		var list shortlist.Document
		draft := talk.draft()
		if draft == nil {
			t.Fatalf("no list: %s %s", answer.Route, answer.Text)
		}
		if err := json.Unmarshal(draft.Document, &list); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, list.Decision)
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestReplay(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		env["PARLEY_LISTEN"], env["PARLEY_DATA"], env["PARLEY_DEMO"] = "127.0.0.1:0", t.TempDir(), "false"
		c := tool{t, env}
		c.load("posts.jsonl", replayPosts)
		c.load("profiles.jsonl", replayProfiles)
		ids := c.decisions(t)

		expect := func(id string, code int, words ...string) {
			t.Helper()
			out, log, got := c.run("replay", id)
			if got != code {
				t.Errorf("exit code %d, want %d\n%s%s", got, code, out, log)
			}
			for _, word := range words {
				if !strings.Contains(out+log, word) {
					t.Errorf("it does not say %q:\n%s%s", word, out, log)
				}
			}
		}
		expect(ids[0], 0, "3 profiles: 3 on the list, 0 left out", "this is number 1", "same order, from the same facts")
		expect(ids[1], 0, "2 on the list, 1 left out", "2 decisions in the conversation", "this is number 2", "weights   table")
		expect("nonsense", 2, "is no decision")
		expect(ids[0][:len(ids[0])-1]+"x", 2, "no record of a decision")
		expect("0123-01234567", 2, "no conversation")

		// Ann asks more: still on the first list, where she falls behind, and no longer on the second.
		c.load("profiles.jsonl", strings.Replace(strings.SplitAfter(replayProfiles, "\n")[0], `"rate":5500`, `"rate":7700`, 1))
		expect(ids[0], 1, "another order", "profile changed", "pay 0.82 → ", "does not come out")
		expect(ids[1], 1, "left out now by k1")
		c.load("posts.jsonl", strings.Replace(replayPosts, `"level":"intermediate"`, `"level":"expert"`, 1))
		expect(ids[0], 1, "The post has changed since.", "level 1.00 → 0.35")

		var answer struct {
			Decision struct{ ID string }
			Same     bool
		}
		out, _, code := c.run("replay", "--json", ids[1])
		if err := json.Unmarshal([]byte(out), &answer); err != nil || code != 1 || answer.Same || answer.Decision.ID != ids[1] {
			t.Errorf("--json: %v, code %d\n%s", err, code, out)
		}

		c.forget(ids[0])
		expect(ids[0], 2, "takes its decisions with it")
	})
}

// TestReplaySeesAlteredRecords: what somebody changes in the database is told, with the link that
// does not hold.
func TestReplaySeesAlteredRecords(t *testing.T) {
	env := map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(), "PARLEY_DEMO": "false"}
	c := tool{t, env}
	c.load("posts.jsonl", replayPosts)
	c.load("profiles.jsonl", replayProfiles)
	ids := c.decisions(t)
	session, _ := sessionOfDecision(ids[0])
	alter(t, env, session, `"passed":3,"candidates"`, `"passed":4,"candidates"`)
	out, _, code := c.run("replay", ids[1])
	if code != 1 || !strings.Contains(out, "broken: link 1 of 2") || !strings.Contains(out, ids[0]+" was altered") {
		t.Errorf("code %d\n%s", code, out)
	}
}

// forget deletes the conversation of a decision.
func (c tool) forget(id string) {
	c.t.Helper()
	a, err := openTool(&environ{ctx: c.t.Context(), getenv: environment(c.env), out: &bytes.Buffer{}, log: &bytes.Buffer{}})
	if err != nil {
		c.t.Fatal(err)
	}
	defer a.Close()
	session, _ := sessionOfDecision(id)
	if err := a.storage.store.Delete(c.t.Context(), sessions.Key{Tenant: "default", Session: session}); err != nil {
		c.t.Fatal(err)
	}
}

// alter changes the annotations of a session's responses behind the program's back.
func alter(t *testing.T, env map[string]string, session, old, now string) {
	t.Helper()
	a, err := openTool(&environ{ctx: t.Context(), getenv: environment(env), out: &bytes.Buffer{}, log: &bytes.Buffer{}})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	key := sessions.Key{Tenant: "default", Session: session}
	state, lease, err := a.storage.store.Begin(t.Context(), key, "test", 1e9)
	if err != nil {
		t.Fatal(err)
	}
	var batch sessions.Batch
	for _, r := range state.Responses {
		if text := strings.Replace(string(r.Annotations), old, now, 1); text != string(r.Annotations) {
			r.Annotations = json.RawMessage(text)
			batch.Responses = append(batch.Responses, r)
		}
	}
	if len(batch.Responses) == 0 {
		t.Fatalf("nothing to alter: %s", state.Responses[0].Annotations)
	}
	batch.Release = true
	if _, err := a.storage.store.Commit(t.Context(), lease, batch); err != nil {
		t.Fatal(err)
	}
}
