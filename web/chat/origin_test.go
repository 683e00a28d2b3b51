package chat_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/web/chat"
)

// origins are allowed ones that change.
type origins struct {
	mu   sync.Mutex
	list []string
}

func (o *origins) of(string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.list)
}

func (o *origins) set(list ...string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list = list
}

func TestPagesAroundAFrame(t *testing.T) {
	allowed := &origins{list: []string{"https://shop.example"}}
	s := newSite(t, options{chat: chat.Config{Origins: allowed.of}})
	for query, want := range map[string]int{
		"?host=https://shop.example": http.StatusSwitchingProtocols,
		"?host=https://evil.example": http.StatusForbidden,
		"?host=null":                 http.StatusForbidden,
	} {
		ws, response, _ := websocket.DefaultDialer.Dial(s.url()+query, http.Header{"Origin": {s.http.URL}})
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", query, response.StatusCode, want)
		}
		if ws != nil {
			ws.Close()
		}
	}
	if _, response, _ := websocket.DefaultDialer.Dial(s.url()+"?host=https://shop.example", http.Header{"Origin": {"https://evil.example"}}); response.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign page that names an allowed one: %d", response.StatusCode)
	}
}

func TestAnOriginThatIsNotAllowedAnyMore(t *testing.T) {
	allowed := &origins{list: []string{"https://shop.example", "https://blog.example"}}
	s := newSite(t, options{chat: chat.Config{Origins: allowed.of}})
	dial := func(query, origin string) *websocket.Conn {
		t.Helper()
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		ws, _, err := websocket.DefaultDialer.Dial(s.url()+query, header)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { ws.Close() })
		return ws
	}
	shop, framed := dial("", "https://shop.example"), dial("?host=https://shop.example", s.http.URL)
	staying := []*websocket.Conn{dial("", "https://blog.example"), dial("", ""), dial("", s.http.URL)}
	for _, ws := range append([]*websocket.Conn{shop, framed}, staying...) {
		if err := ws.WriteJSON(map[string]any{"type": "session.open", "id": "1", "token": "alice"}); err != nil {
			t.Fatal(err)
		}
	}
	_, opened := s.open("alice", "")
	stream := func(host string) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.http.URL+"/v1/sessions/"+opened.Session.ID+"/events?host="+host, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer alice")
		response, err := http.DefaultClient.Do(r)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%v, %v", response, err)
		}
		t.Cleanup(func() { response.Body.Close() })
		return response
	}
	ended := stream("https://shop.example")

	allowed.set("https://blog.example")
	s.chat.Recheck()
	for name, ws := range map[string]*websocket.Conn{"page": shop, "frame": framed} {
		var closed *websocket.CloseError
		if err := readUntilError(ws); !errors.As(err, &closed) || closed.Code != chat.CodeRevoked {
			t.Errorf("the %s's connection ends with %v", name, err)
		}
	}
	if _, err := io.ReadAll(ended.Body); err != nil {
		t.Errorf("the stream: %v", err)
	}
	for i, ws := range staying {
		if err := ws.WriteJSON(map[string]any{"type": "nonsense", "id": "still here"}); err != nil {
			t.Error(err)
		}
		var answer struct{ ID string }
		for answer.ID != "still here" {
			ws.SetReadDeadline(time.Now().Add(10 * time.Second))
			if err := ws.ReadJSON(&answer); err != nil {
				t.Fatalf("connection %d did not stay: %v", i, err)
			}
		}
	}
}

func readUntilError(ws *websocket.Conn) error {
	ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			return err
		}
	}
}
