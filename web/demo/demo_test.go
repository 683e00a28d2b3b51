package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/web/hooks"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const secret = "quayside-and-parley-share-this-secret"

// api is Parley's API as far as the site asks for it.
type api struct {
	mu        sync.Mutex
	published []map[string]any // what GET /v1/drafts gives, page by page
	answered  map[string]string
	loaded    []string
	down      bool
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	switch {
	case a.down || r.Header.Get("Authorization") != "Bearer key":
		w.WriteHeader(http.StatusServiceUnavailable)
	case r.URL.Path == "/v1/documents":
		a.loaded = append(a.loaded, string(body))
	case r.URL.Path == "/v1/search":
		io.WriteString(w, `{"hits":[{"id":"old-1","title":"Mend a sail","snippet":"A tear of a metre.","data":{"category":"design","pay_type":"fixed","pay_min":12050,"pay_max":12050,"currency":"EUR","skills":[]}}]}`)
	case r.URL.Path == "/v1/drafts":
		page := map[string]any{"drafts": []any{}, "next": "end"}
		var at int
		if fmt.Sscan(r.URL.Query().Get("cursor"), &at); r.URL.Query().Get("cursor") != "end" && at < len(a.published) {
			page = map[string]any{"drafts": []any{a.published[at]}, "next": fmt.Sprint(at + 1)}
		}
		_ = json.NewEncoder(w).Encode(page)
	case strings.HasSuffix(r.URL.Path, "/published"):
		var answer struct{ URL string }
		_ = json.Unmarshal(body, &answer)
		a.answered[strings.Split(r.URL.Path, "/")[3]] = answer.URL
		io.WriteString(w, "{}")
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func newSite(t *testing.T, a *api) *Site {
	t.Helper()
	a.answered = map[string]string{}
	server := httptest.NewServer(a)
	s := New(t.Context(), Config{
		Parley: "http://127.0.0.1:8080", API: server.URL, Origins: []string{"http://127.0.0.1:8081", "http://localhost:8081"}, Site: "demo-site", APIKey: "key",
		JWTSecret: []byte(secret), Issuer: "quayside", Audience: "parley", WebhookSecret: secret, Log: slog.New(slog.DiscardHandler),
	})
	t.Cleanup(func() { s.parley.client.CloseIdleConnections(); server.Close() })
	return s
}

func published(id string, version int, title string) map[string]any {
	return map[string]any{
		"draft_id": id, "version": version, "kind": "job_post", "published": "2026-03-02T12:00:00Z",
		"document": map[string]any{
			"title": title, "description": "One.\n\nTwo <b>.", "skills": map[string]any{"must": []string{"Sails"}, "nice": []string{"Knots"}},
			"pay": map[string]any{"type": "hourly", "min": 4000, "max": 5550, "currency": "EUR"},
		},
	}
}

// tell sends an event as Parley does, and returns status and body.
func tell(t *testing.T, s *Site, id, kind string, data any, secret string, at time.Time) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"type": kind, "data": data})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "http://127.0.0.1:8081/parley-events", strings.NewReader(string(body)))
	if err := hooks.Sign(r.Header, id, body, at, secret); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func get(t *testing.T, s *Site, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1:8081"+path, nil))
	return w.Code, w.Body.String()
}

func TestEventsMakeJobs(t *testing.T) {
	a := &api{}
	s := newSite(t, a)
	now := time.Now()
	const address = `{"url":"http://127.0.0.1:8081/jobs/q-77"}`
	for _, step := range []struct {
		name, id, kind string
		data           any
		secret         string
		at             time.Time
		status         int
		answer, title  string // title: of the job's page after it
	}{
		{"published", "s-77-v2", "draft.published", published("s-77", 2, "A sail"), secret, now, 200, address, "A sail"},
		{"again", "s-77-v2", "draft.published", published("s-77", 2, "A sail"), secret, now, 200, address, "A sail"},
		{"a newer version", "s-77-v4", "draft.published", published("s-77", 4, "Two sails"), secret, now, 200, address, "Two sails"},
		{"an older one late", "s-77-v2", "draft.published", published("s-77", 2, "A sail"), secret, now, 200, address, "Two sails"},
		{"another secret", "s-77-v5", "draft.published", published("s-77", 5, "Forged"), strings.Repeat("x", 30), now, 401, "", "Two sails"},
		{"an old signature", "s-77-v5", "draft.published", published("s-77", 5, "Forged"), secret, now.Add(-time.Hour), 401, "", "Two sails"},
		{"another type", "c-1", "moderation.decided", map[string]any{}, secret, now, 204, "", "Two sails"},
		{"another kind", "s-78-v1", "draft.published", map[string]any{"draft_id": "s-78", "kind": "invitation"}, secret, now, 204, "", "Two sails"},
		{"no draft", "s-79-v1", "draft.published", "text", secret, now, 400, "", "Two sails"},
	} {
		status, answer := tell(t, s, step.id, step.kind, step.data, step.secret, step.at)
		if status != step.status || step.answer != "" && strings.TrimSpace(answer) != step.answer {
			t.Errorf("%s: %d %s", step.name, status, answer)
		}
		if _, page := get(t, s, "/jobs/q-77"); !strings.Contains(page, "<h1 dir=\"auto\">"+step.title+"</h1>") || !strings.Contains(page, "EUR 40–55.50 an hour") {
			t.Errorf("%s: the page is\n%s", step.name, page)
		}
	}
	_, page := get(t, s, "/jobs/q-77")
	if strings.Contains(page, "<b>") || !strings.Contains(page, "Two &lt;b&gt;.") {
		t.Error("the description is markup")
	}
	_, received := get(t, s, "/received")
	if strings.Count(received, "Signature verified") != 6 || strings.Count(received, "Wrong signature, refused") != 2 || strings.Contains(received, "Forged") {
		t.Errorf("what was received:\n%s", received)
	}
	if len(a.loaded) != 4 || !strings.Contains(a.loaded[3], "Two sails") {
		t.Errorf("Parley was told of %q", a.loaded)
	}
}

func TestCatchesUpWithTheFirstVisit(t *testing.T) {
	a := &api{published: []map[string]any{published("s-1", 1, "First"), published("s-2", 3, "Second")}, down: true}
	s := newSite(t, a)
	if status, page := get(t, s, "/"); status != http.StatusServiceUnavailable || !strings.Contains(page, "closed for a moment") {
		t.Errorf("while Parley is down: %d", status)
	}
	a.down = false
	a.published[1]["url"] = "http://127.0.0.1:8081/jobs/q-2" // known already
	status, page := get(t, s, "/")
	if first, second, old := strings.Index(page, "First"), strings.Index(page, "Second"), strings.Index(page, "Mend a sail"); status != 200 || second < 0 || first < second || old < first {
		t.Errorf("home: %d\n%s", status, page)
	}
	if len(a.answered) != 1 || a.answered["s-1"] != "http://127.0.0.1:8081/jobs/q-1" {
		t.Errorf("answered %v", a.answered)
	}
}

func TestPreparedUntilItSucceeds(t *testing.T) {
	s := newSite(t, &api{})
	calls := 0
	s.cfg.Prepare = func(context.Context) error {
		if calls++; calls == 1 {
			return errors.New("not now")
		}
		return nil
	}
	for i, want := range []int{503, 200, 200} {
		if status, _ := get(t, s, "/"); status != want {
			t.Errorf("visit %d: %d, want %d", i+1, status, want)
		}
	}
	if calls != 2 {
		t.Errorf("prepared %d times", calls)
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		pay("fixed", "", "USD", 40000, 40000):         "USD 400",
		pay("fixed", "", "JPY", 250000, 300000):       "JPY 250,000–300,000",
		pay("hourly", "", "EUR", 4000, 0):             "EUR 40 an hour",
		pay("", "word", "GBP", 11, 12):                "GBP 0.11–0.12 per word",
		pay("fixed", "", "", 0, 150000000):            "up to 1,500,000",
		pay("fixed", "", "EUR", 0, 0):                 "",
		days(1):                                       "1 day",
		days(30):                                      "about 4 weeks",
		days(180):                                     "about 6 months",
		day{"2026-12-13", "in three weeks"}.String():  "13 December 2026",
		day{"", "in spring"}.String():                 "in spring",
		place("remote", "", "PT"):                     "Remote, PT",
		place("onsite", "Porto", "PT"):                "On site, Porto",
		strings.Join(paragraphs("a\n\n\n b \n"), "|"): "a|b",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
