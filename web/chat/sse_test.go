package chat_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
	"github.com/parleyhq/parley/web/chat"
)

func (s *site) request(method, path, token, body string) *http.Response {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.http.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { response.Body.Close() })
	return response
}

// lines reads frames from an event stream.
type lines struct {
	t *testing.T
	r *bufio.Reader
}

func (l *lines) wait(kind string) message {
	l.t.Helper()
	for {
		line, err := l.r.ReadString('\n')
		if err != nil {
			l.t.Fatalf("waiting for %s: %v", kind, err)
		}
		data, ok := strings.CutPrefix(line, "data: ")
		if !ok {
			continue
		}
		var m message
		if err := json.Unmarshal([]byte(data), &m); err != nil {
			l.t.Fatalf("%s: %v", data, err)
		}
		if m.Type == kind {
			return m
		}
	}
}

func (s *site) events(token, path string) *lines {
	s.t.Helper()
	response := s.request("GET", path, token, "")
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		s.t.Fatalf("%s: %s", path, response.Status)
	}
	return &lines{s.t, bufio.NewReader(response.Body)}
}

func TestEventsAndFrames(t *testing.T) {
	stage := sessionstest.NewStage()
	s := newSite(t, options{say: stage.Say})
	created, err := s.manager.Create(t.Context(), principal("alice"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	path := "/v1/sessions/" + created.ID
	stream := s.events("alice", path+"/events")
	opened := stream.wait("session.opened")
	if opened.Recovered || opened.Snapshot == nil {
		t.Errorf("opened %+v", opened)
	}
	frame := func(body string) message {
		t.Helper()
		response := s.request("POST", path+"/frames", "alice", body)
		var m message
		if err := json.NewDecoder(response.Body).Decode(&m); err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %v", body, response.Status, err)
		}
		return m
	}
	if r := frame(`{"type":"message.create","id":"7","message_id":"m1","text":"hi"}`); r.ID != "7" || string(r.Result) != `{"message_id":"m1","offset":1}` {
		t.Errorf("reply %+v", r)
	}
	act := stage.Next(t)
	act.Text("line\none")
	if m := stream.wait("response.output_text.delta"); m.Delta != "line\none" {
		t.Errorf("delta %q", m.Delta)
	}
	resumed := s.events("alice", path+"/events?epoch="+opened.Epoch+"&offset=1")
	if m := resumed.wait("session.opened"); !m.Recovered {
		t.Error("not recovered")
	}
	if m := resumed.wait("response.created"); m.Offset != 2 {
		t.Errorf("gap begins with %+v", m)
	}
	if m := resumed.wait("response.output_text.delta"); m.Delta != "line\none" || m.At != 0 {
		t.Errorf("caught up with %+v", m)
	}
	act.End(sessions.Outcome{}, nil)
	stream.wait("response.completed")
	for body, code := range map[string]string{
		`{"type":"session.open","id":"1"}`: "already_open",
		`{"type":"nonsense","id":"1"}`:     "unknown_type",
		`nonsense`:                         "bad_frame",
	} {
		if r := frame(body); r.Error == nil || r.Error.Code != code {
			t.Errorf("%s: %+v", body, r.Error)
		}
	}
	if err := s.manager.Delete(t.Context(), principal("alice"), created.ID); err != nil {
		t.Fatal(err)
	}
	stream.wait("session.deleted")
	if _, err := io.ReadAll(stream.r); err != nil {
		t.Errorf("end of the stream: %v", err)
	}
}

func TestEventsAreRefused(t *testing.T) {
	s := newSite(t, options{})
	created, err := s.manager.Create(t.Context(), principal("alice"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	path := "/v1/sessions/" + created.ID
	big := `{"type":"typing","text":"` + strings.Repeat("x", chat.MaxFrame) + `"}`
	for name, c := range map[string]struct {
		method, path, token, body string
		want                      int
	}{
		"no token":                {"GET", path + "/events", "", "", http.StatusUnauthorized},
		"forged token":            {"GET", path + "/events", "forged", "", http.StatusUnauthorized},
		"expired token":           {"GET", path + "/events", expiring("alice", time.Now().Add(-time.Second)), "", http.StatusUnauthorized},
		"somebody else":           {"GET", path + "/events", "mallory", "", http.StatusNotFound},
		"broken offset":           {"GET", path + "/events?epoch=x&offset=y", "alice", "", http.StatusBadRequest},
		"frame without token":     {"POST", path + "/frames", "", `{"type":"typing"}`, http.StatusUnauthorized},
		"frame of somebody else":  {"POST", path + "/frames", "mallory", `{"type":"message.create","message_id":"a","text":"x"}`, http.StatusOK},
		"frame that is too large": {"POST", path + "/frames", "alice", big, http.StatusRequestEntityTooLarge},
		"frame without an answer": {"POST", path + "/frames", "alice", `{"type":"typing"}`, http.StatusNoContent},
	} {
		response := s.request(c.method, c.path, c.token, c.body)
		if response.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", name, response.StatusCode, c.want)
		}
		if body, _ := io.ReadAll(response.Body); c.token == "mallory" && c.method == "POST" && !strings.Contains(string(body), `"not_found"`) {
			t.Errorf("%s: %s", name, body)
		}
	}
}

func TestStreamEndsWithItsToken(t *testing.T) {
	s := newSite(t, options{})
	created, err := s.manager.Create(t.Context(), principal("alice"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	stream := s.events(expiring("alice", time.Now().Add(200*time.Millisecond)), "/v1/sessions/"+created.ID+"/events")
	stream.wait("session.opened")
	if _, err := io.ReadAll(stream.r); err != nil {
		t.Errorf("end of the stream: %v", err)
	}
}
