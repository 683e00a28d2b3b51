package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// echo is a model server that says every fact it is given, with its mark: a
// model that is dull and does what its instructions ask. It may be held back,
// and may take its time.
type echo struct {
	url   string
	pause time.Duration // before each word

	mu   sync.Mutex
	gate chan struct{} // closed: speak
	came chan struct{} // a request waits at the gate
}

func newEcho(t testing.TB) *echo {
	t.Helper()
	e := &echo{gate: make(chan struct{}), came: make(chan struct{}, 100)}
	close(e.gate)
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	e.url = server.URL + "/v1"
	return e
}

// hold keeps answers back until the returned function is called.
func (e *echo) hold() (release func()) {
	gate := make(chan struct{})
	e.mu.Lock()
	e.gate = gate
	e.mu.Unlock()
	return sync.OnceFunc(func() { close(gate) })
}

// waiting returns when a request waits at the gate.
func (e *echo) waiting(t testing.TB) {
	t.Helper()
	select {
	case <-e.came:
	case <-time.After(20 * time.Second):
		t.Fatal("the model was not asked")
	}
}

func (e *echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	text, err := sayFacts(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	e.mu.Lock()
	gate := e.gate
	e.mu.Unlock()
	select {
	case <-gate:
	default:
		e.came <- struct{}{}
		select {
		case <-gate:
		case <-r.Context().Done():
			return
		}
	}
	e.stream(w, r, text)
}

func (e *echo) stream(w http.ResponseWriter, r *http.Request, text string) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w).Flush
	for _, word := range strings.SplitAfter(text, " ") {
		select {
		case <-time.After(e.pause):
		case <-r.Context().Done():
			return
		}
		content, err := json.Marshal(word)
		if err != nil {
			return
		}
		fmt.Fprintf(w, `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":%s}}]}`+"\n\n", content)
		if flush() != nil {
			return
		}
	}
	fmt.Fprint(w, `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
}

// sayFacts makes a sentence of each fact of a request.
func sayFacts(body []byte) (string, error) {
	var request struct{ Messages []struct{ Content string } }
	if err := json.Unmarshal(body, &request); err != nil || len(request.Messages) == 0 {
		return "", fmt.Errorf("not a chat request: %w", err)
	}
	_, facts, _ := strings.Cut(request.Messages[len(request.Messages)-1].Content, "<facts>")
	facts, _, _ = strings.Cut(facts, "</facts>")
	var said []string
	lines := bufio.NewScanner(strings.NewReader(facts))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var fact struct{ ID, Text string }
		if json.Unmarshal(lines.Bytes(), &fact) != nil || fact.Text == "" {
			continue
		}
		text := strings.TrimSpace(fact.Text)
		end := text[len(text)-1:]
		if strings.ContainsAny(end, ".?") {
			text = text[:len(text)-1]
		} else {
			end = "."
		}
		said = append(said, fmt.Sprintf("%s [%s]%s", text, fact.ID, end))
	}
	if len(said) == 0 {
		return "All right.", lines.Err()
	}
	return strings.Join(said, " "), lines.Err()
}
