package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/hooks"
)

// Words of the tests' rules, which say nothing by themselves.
const (
	blockedWord  = "kryptonit" // certain: scam, blocked
	heldWord     = "malachit"  // likely: scam, held
	reviewedWord = "zinnober"  // likely: payment, delivered and reviewed
)

const hookSecret = "the-shop-and-parley-share-this-secret"

// rulesFile is a rule file with a rule for each word.
func rulesFile() string {
	rule := func(id, label, strength, word string) string {
		return "- id: " + id + "\n  version: 3\n  label: " + label + "\n  strength: " + strength + "\n  description: a word of tests\n" +
			"  any: [" + word + "]\n  tests:\n    match: [" + strings.Repeat("some "+word+" here, ", 3) + "the " + word + "]\n    pass: [nothing, of the kind, is found, here]\n"
	}
	return "rules:\n" + rule("test.blocked", "scam", "certain", blockedWord) + rule("test.held", "scam", "likely", heldWord) +
		rule("test.reviewed", "payment_circumvention", "likely", reviewedWord)
}

// ruledByWords are settings with which the tests' rules decide, and no score.
func ruledByWords() object {
	never := object{"review": 2, "hold": 2, "block": 2}
	labels := object{}
	for _, l := range []string{"abuse", "contact_exchange", "payment_circumvention", "scam", "spam", "job_seeking", "partnership", "discrimination", "prohibited_work"} {
		labels[l] = never
	}
	return object{"labels": labels, "any": never}
}

// moderated is a configuration of two sites whose messages are moderated by the
// tests' rules, and by a judge where there is one.
type moderated struct {
	rules string // folder
	hook  string // where the shop is told of decisions
	judge string // base URL
	env   map[string]string
}

func (m *moderated) write(t testing.TB) map[string]string {
	t.Helper()
	m.rules = t.TempDir()
	if err := os.WriteFile(filepath.Join(m.rules, "words.yaml"), []byte(rulesFile()), 0o600); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(twoSites, "    api_key_env: SHOP_KEY\n", "    api_key_env: SHOP_KEY\n    webhooks: [{url: '"+m.hook+"', secret_env: HOOK_SECRET}]\n", 1)
	if m.hook == "" {
		text = twoSites
	}
	text += "demo: false\nmoderation:\n  rules: " + m.rules + "\n  judge: {timeout: 1s}\n"
	if m.judge != "" {
		text += "models:\n  endpoints:\n    judge: {base_url: '" + m.judge + "', retries: 0}\n  purposes:\n    moderate: [{endpoint: judge, model: strict}]\n"
	}
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{
		"PARLEY_CONFIG": file, "SHOP_SECRET": shopSecret, "OTHER_SECRET": otherSecret, "SHOP_KEY": shopKey, "OTHER_KEY": otherKey, "HOOK_SECRET": hookSecret,
		"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(),
	}
	for name, value := range m.env {
		all[name] = value
	}
	return all
}

// settings sets those of a site.
func (s *server) settings(t testing.TB, key string, settings object) {
	t.Helper()
	response, _ := s.get(t, "/v1/moderation/settings", key, http.StatusOK, nil)
	content, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), "PUT", s.base+"/v1/moderation/settings", strings.NewReader(string(content)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("If-Match", response.Header.Get("ETag"))
	s.send(t, r, http.StatusOK, nil)
}

// answer is what a check answers.
type answer struct {
	ID       string
	Decision string
	Labels   []string
	Stage    string
	Rule     string
	Case     string `json:"case_id"`
	Notice   string
	Judging  bool
}

// check asks about a message of the shop.
func (s *server) check(t testing.TB, id, text string, want int) (a answer) {
	t.Helper()
	_, body := s.do(t, "POST", "/v1/moderation/check", shopKey, object{"id": id, "sender": "freelancer", "text": text}, want, nil)
	if want == http.StatusOK {
		if err := json.Unmarshal(body, &a); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// detail is a case with its history.
type detail struct {
	Case struct {
		ID       string
		Version  int
		Status   string
		Assignee string
		Deadline time.Time
		Message  struct{ ID, Text string }
		Verdict  struct {
			Decision string
			Stage    string
			Reason   string
			Labels   []string
		}
	}
	History []struct {
		Kind, Decision, Actor, Note, Stage string
		Changes                            bool
	}
	Rules    []struct{ ID, Description, Strength string }
	Policies []struct{ Label, Title, Text string }
	Notice   string
	People   map[string]string
}

func (s *server) caseOf(t testing.TB, id string) (d detail) {
	t.Helper()
	s.get(t, "/v1/moderation/cases/"+id, shopKey, http.StatusOK, &d)
	return d
}

// becomes waits until a case is as fits wants it.
func (s *server) becomes(t testing.TB, id, what string, fits func(detail) bool) (d detail) {
	t.Helper()
	eventually(t, what, func() bool {
		d = s.caseOf(t, id)
		return fits(d)
	})
	return d
}

// movedClock is a clock that tests put forward.
type movedClock struct{ ahead atomic.Int64 }

func (c *movedClock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *movedClock) forward(d time.Duration) { c.ahead.Add(int64(d)) }

// judgeServer is a model server that judges: texts with a word that it knows are
// scam or clean, as sure as is said; it may stall or talk nonsense.
type judgeServer struct {
	url string

	mu      sync.Mutex
	mood    string // "", "stalls", "rambles", "refuses"
	asked   int
	stalled chan struct{} // a token for each request that waits
}

// Words that a judge knows.
const (
	clearedWord   = "honest"
	confirmedWord = "crooked"
	unsureWord    = "foggy"
)

func newJudgeServer(t testing.TB) *judgeServer {
	t.Helper()
	j := &judgeServer{stalled: make(chan struct{}, 1000)}
	server := httptest.NewServer(j)
	t.Cleanup(server.Close)
	j.url = server.URL + "/v1"
	return j
}

func (j *judgeServer) be(mood string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.mood = mood
}

func (j *judgeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	j.mu.Lock()
	mood := j.mood
	j.asked++
	j.mu.Unlock()
	said := ""
	switch mood {
	case "stalls":
		j.stalled <- struct{}{}
		<-r.Context().Done()
		return
	case "rambles":
		said = "I would rather not say, but the first one looks fine to me."
	case "refuses":
		http.Error(w, `{"error":{"message":"overloaded"}}`, http.StatusServiceUnavailable)
		return
	default:
		if said, err = verdicts(body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	content, _ := json.Marshal(said)
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":%s}}]}`+"\n\n", content)
	fmt.Fprint(w, `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
}

// verdicts judges the messages of a request.
func verdicts(body []byte) (string, error) {
	var request struct{ Messages []struct{ Content string } }
	if err := json.Unmarshal(body, &request); err != nil || len(request.Messages) == 0 {
		return "", fmt.Errorf("not a chat request: %w", err)
	}
	_, facts, _ := strings.Cut(request.Messages[len(request.Messages)-1].Content, "<facts>")
	list := []object{}
	lines := bufio.NewScanner(strings.NewReader(facts))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var fact struct{ ID, Kind, Text string }
		if json.Unmarshal(lines.Bytes(), &fact) != nil || fact.Kind != "message" {
			continue
		}
		v := object{"message": fact.ID, "label": "none", "quote": "", "reason": "It is about the work.", "confidence": 0.95}
		if strings.Contains(fact.Text, confirmedWord) {
			v["label"], v["quote"], v["reason"] = "scam", confirmedWord, "It asks for money in advance."
		}
		if strings.Contains(fact.Text, unsureWord) {
			v["confidence"] = 0.2
		}
		list = append(list, v)
	}
	said, err := json.Marshal(object{"verdicts": list})
	return string(said), err
}

// receiver is a site's server that is told of decisions: it remembers the ids
// that it has had, as a receiver should.
type receiver struct {
	url   string
	clock movedClock

	mu       sync.Mutex
	refusing bool
	requests int
	forged   int
	told     map[string]map[string]string // message: webhook-id: decision
}

func newReceiver(t testing.TB) *receiver {
	t.Helper()
	r := &receiver{told: map[string]map[string]string{}}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.url = server.URL + "/parley"
	return r
}

func (r *receiver) refuse(yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refusing = yes
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return
	}
	var event struct {
		Type string
		Data struct {
			Message  string `json:"message_id"`
			Decision string
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests++
	if hooks.Verify(request.Header, body, r.clock.now(), hookSecret) != nil || json.Unmarshal(body, &event) != nil || event.Type != hooks.ModerationDecided {
		r.forged++
	}
	if r.refusing {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if r.told[event.Data.Message] == nil {
		r.told[event.Data.Message] = map[string]string{}
	}
	r.told[event.Data.Message][request.Header.Get(hooks.HeaderID)] = event.Data.Decision
}

// of is what the site was told of a message: decisions by webhook-id.
func (r *receiver) of(message string) map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	copied := map[string]string{}
	for id, decision := range r.told[message] {
		copied[id] = decision
	}
	return copied
}

func (r *receiver) tried() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.requests
}
