package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/web/operators"
)

// TestConsoleConversations looks at conversations in a real Chromium, against
// the real server with a model server behind it. See needBrowser.
func TestConsoleConversations(t *testing.T) {
	needBrowser(t)
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", "e2e/console-sessions.mjs"}, newTalks(t)...)
	if err != nil || !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass ") {
		t.Errorf("%v\n%s", err, out)
		return
	}
	t.Log(out)
}

// TestConsoleConversationsScreenshots takes their pictures, as TestScreenshots does the others.
func TestConsoleConversationsScreenshots(t *testing.T) {
	if os.Getenv("PARLEY_SCREENSHOTS") == "" {
		t.Skip("no pictures taken: PARLEY_SCREENSHOTS names no folder")
	}
	needBrowser(t)
	if out, err := runNode(t, []string{"e2e/console-sessions-screenshots.mjs"}, newTalks(t)...); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

const talkConfig = `
models:
  endpoints:
    vllm: {base_url: '%[1]s/busy', retries: 0}
    backup: {base_url: '%[1]s'}
  purposes:
    job_post: [{endpoint: backup, model: gpt-4o-mini}]
    shortlist: [{endpoint: vllm, model: llama-3.1-8b-parley}, {endpoint: backup, model: gpt-4o-mini}]
    advice: [{endpoint: backup, model: gpt-4o-mini}]
  prices:
    - {model: llama-3.1-8b-parley, from: 2020-01-01, input: '0.05', output: '0.08', currency: USD}
    - {model: gpt-4o-mini, from: 2020-01-01, input: '0.15', output: '0.60', currency: USD}
`

// newTalks starts a server with conversations of several kinds, and returns what
// the scenarios must know of it.
func newTalks(t *testing.T) (env []string) {
	t.Helper()
	models := modeltest.NewServer(t, modeltest.Choose(tellFacts))
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, fmt.Appendf(nil, talkConfig, models.URL()), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg := testConfig(t, map[string]string{"PARLEY_CONFIG": file})
	tokens := hire(t, cfg,
		operators.Operator{Name: "Rita Okafor", Role: operators.Reviewer}, operators.Operator{Name: "Vic Tran", Role: operators.Viewer},
		operators.Operator{Name: "Noa Levi", Role: operators.Admin}, operators.Operator{Name: "Lena Lowered", Role: operators.Reviewer}, operators.Operator{Name: "Remy Revoked", Role: operators.Viewer})
	s := startServer(t, cfg)
	for _, lines := range [][]string{
		{"What is the capital of France?"},
		{"Only young women please, they are nicer to our guests on the phone. And nobody with an accent."},
		{"What does a senior Go developer usually charge per hour?", "And for a junior one?"},
		{"Translate our handbook from English to Spanish, 14,000 words", "Questions to maria.lopez@example.org or +34 612 345 678, please", "<img src=x onerror=\"document.title='owned'\"> \u202eyadsrut eb ot sah tI"},
		{"Need a logo for a small brewery", "200 to 400 dollars", "Three drafts and two rounds of changes"},
		{"I need a WordPress site for my bakery in Lisbon, about eight pages with an order form for birthday cakes", "around 1,500 euros, fixed", "It should be ready by the end of January"},
		{"We look for a React developer for three months, 20 hours a week, 60 to 80 dollars an hour", "TypeScript and Next.js are a must, GraphQL would be nice", "Find me people"},
	} {
		s.talk(t, lines)
	}
	return []string{"PARLEY_URL=" + s.base, "PARLEY_CONSOLE_TOKENS=" + strings.Join(tokens, ",")}
}

// talk holds a conversation, whose last answer the person rates down.
func (s *server) talk(t *testing.T, lines []string) {
	t.Helper()
	c := dial(t, s, "default", nil)
	defer c.ws.Close()
	last := ""
	for _, line := range lines {
		if r := c.say(line); r.Status != "held" {
			last = r.ID
		}
	}
	if len(lines) == 2 {
		c.request(object{"type": "feedback.create", "response_id": last, "rating": "down", "comment": "That is a wide range."})
	}
}

var factLine = regexp.MustCompile(`(?m)^\{"id".*$`)

// tellFacts is a model that says the first facts that it is given, and something
// that none of them says. One of the two servers is always busy.
func tellFacts(body []byte) modeltest.Behaviour {
	var request struct {
		Model    string
		Messages []struct{ Content string }
	}
	if json.Unmarshal(body, &request) != nil || strings.HasPrefix(request.Model, "llama") {
		return modeltest.Fail(http.StatusServiceUnavailable, "overloaded", "try again later")
	}
	var text []string
	for _, line := range factLine.FindAllString(request.Messages[len(request.Messages)-1].Content, 3) {
		var fact struct{ ID, Text string }
		if json.Unmarshal([]byte(line), &fact) == nil && fact.Text != "" {
			text = append(text, strings.TrimRight(fact.Text, ".")+" ["+fact.ID+"].")
		}
	}
	text = append(text, "Most agencies of this size give a discount of 40 percent.")
	return modeltest.Drip(strings.Join(text, " "), 12*time.Millisecond)
}
