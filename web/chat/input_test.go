package chat_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/web/chat"
)

func TestWhatIsNoFrameClosesTheConnection(t *testing.T) {
	s := newSite(t, options{})
	for name, c := range map[string]struct {
		kind int
		data string
	}{
		"not JSON":      {websocket.TextMessage, `{"type":`},
		"an array":      {websocket.TextMessage, `[{"type":"typing"}]`},
		"a number":      {websocket.TextMessage, `7`},
		"empty":         {websocket.TextMessage, ``},
		"no type":       {websocket.TextMessage, `{"id":"1"}`},
		"type a number": {websocket.TextMessage, `{"type":1}`},
		"invalid UTF-8": {websocket.TextMessage, "{\"type\":\"typing\",\"text\":\"\xff\"}"},
		"binary":        {websocket.BinaryMessage, `{"type":"typing"}`},
		"too large":     {websocket.TextMessage, `{"type":"typing","text":"` + strings.Repeat("x", chat.MaxFrame) + `"}`},
		"two values":    {websocket.TextMessage, `{"type":"typing"}{"type":"typing"}`},
		"huge":          {websocket.TextMessage, strings.Repeat("[", 4<<20)},
	} {
		t.Run(name, func(t *testing.T) {
			c2, _ := s.open("alice", "")
			c2.raw(c.kind, []byte(c.data))
			if code := c2.closed(); code != chat.CodeBadFrame {
				t.Errorf("closed with %d", code)
			}
		})
	}
}

func TestFramesThatAreRefused(t *testing.T) {
	s := newSite(t, options{})
	c, opened := s.open("alice", "")
	for name, want := range map[string]struct {
		frame map[string]any
		code  string
	}{
		"unknown type":      {map[string]any{"type": "session.destroy"}, "unknown_type"},
		"wrong field type":  {map[string]any{"type": "message.create", "text": 7}, "bad_frame"},
		"opened twice":      {map[string]any{"type": "session.open"}, "already_open"},
		"no message id":     {map[string]any{"type": "message.create", "text": "x"}, "invalid"},
		"empty message":     {map[string]any{"type": "message.create", "message_id": "a", "text": ""}, "invalid"},
		"blank message":     {map[string]any{"type": "message.create", "message_id": "a", "text": " \u00a0\n"}, "invalid"},
		"too long":          {map[string]any{"type": "message.create", "message_id": "a", "text": strings.Repeat("x", 60<<10+1)}, "too_large"},
		"unknown parent":    {map[string]any{"type": "message.create", "message_id": "a", "text": "x", "parent_id": "no"}, "invalid"},
		"unknown source":    {map[string]any{"type": "message.edit", "message_id": "a", "text": "x", "source_id": "no"}, "invalid"},
		"unknown response":  {map[string]any{"type": "response.cancel", "response_id": "no"}, "not_found"},
		"unknown message":   {map[string]any{"type": "response.regenerate", "message_id": "no"}, "not_found"},
		"unknown branch":    {map[string]any{"type": "branch.select", "message_id": "no"}, "not_found"},
		"unknown draft":     {map[string]any{"type": "draft.update", "draft_id": "no", "patch": map[string]any{}}, "not_found"},
		"no patch":          {map[string]any{"type": "draft.update", "draft_id": "no"}, "invalid"},
		"unpublished draft": {map[string]any{"type": "draft.publish", "draft_id": "no"}, "not_found"},
		"unknown advice":    {map[string]any{"type": "suggestion.accept", "draft_id": "no", "suggestion_id": "no"}, "not_found"},
		"strange rating":    {map[string]any{"type": "feedback.create", "response_id": "no", "rating": "great"}, "invalid"},
	} {
		reply := c.ask("r", want.frame)
		if reply.Error == nil || reply.Error.Code != want.code || reply.Error.Temporary || reply.Error.Message == "" {
			t.Errorf("%s: %+v, want %s", name, reply.Error, want.code)
		}
	}
	c.send(map[string]any{"type": "session.destroy"}) // without an id
	if e := c.wait("error"); e.Error.Code != "unknown_type" {
		t.Errorf("error %+v", e.Error)
	}
	c.send(map[string]any{"type": "typing", "id": strings.Repeat("x", 65)})
	if e := c.wait("error"); e.Error.Code != "bad_frame" {
		t.Errorf("long id: %+v", e.Error)
	}
	state, err := s.manager.State(t.Context(), principal("alice"), opened.Session.ID)
	if err != nil || len(state.Messages) != 0 {
		t.Errorf("stored %+v %v", state, err)
	}
}

func TestFirstFrameOpens(t *testing.T) {
	s := newSite(t, options{chat: chat.Config{OpenTimeout: 300 * time.Millisecond, PingEvery: 100 * time.Millisecond}})
	c := s.dial()
	if r := c.ask("1", map[string]any{"type": "message.create", "message_id": "a", "text": "x"}); r.Error == nil || r.Error.Code != "not_open" {
		t.Errorf("before session.open: %+v", r.Error)
	}
	if r := c.ask("2", map[string]any{"type": "session.refresh", "token": "alice"}); r.Error == nil || r.Error.Code != "not_open" {
		t.Errorf("before session.open: %+v", r.Error)
	}
	if code := c.closed(); code != chat.CodeNotOpened {
		t.Errorf("closed with %d", code)
	}
}

func TestMessagesOfAllKindsArrive(t *testing.T) {
	s := newSite(t, options{})
	c, _ := s.open("alice", "")
	for i, text := range []string{
		strings.Repeat("é", 30<<10),
		"שלום עולם \u202eabc\u202c مرحبا",
		"👩‍👧‍👦🐕\u2028\u2029\\\"\b\x1f</script>",
	} {
		r := c.ask(fmt.Sprint(i), map[string]any{"type": "message.create", "message_id": fmt.Sprint("m", i), "text": text})
		if r.Error != nil {
			t.Fatalf("message %d: %+v", i, r.Error)
		}
		if done := c.wait("response.completed"); done.Response.Text != "You said: "+text {
			t.Errorf("message %d came back as %.60q", i, done.Response.Text)
		}
	}
	if r := c.ask("same", map[string]any{"type": "message.create", "message_id": "m0", "text": "other"}); r.Error == nil || r.Error.Code != "conflict" {
		t.Errorf("an id used again: %+v", r.Error)
	}
}

func TestOrigins(t *testing.T) {
	s := newSite(t, options{chat: chat.Config{Origins: func(tenant string) []string { return []string{"https://shop.example"} }}})
	own := "http" + strings.TrimSuffix(strings.TrimPrefix(s.url(), "ws"), "/v1/chat")
	for origin, want := range map[string]int{
		"":                          http.StatusSwitchingProtocols,
		own:                         http.StatusSwitchingProtocols,
		"https://shop.example":      http.StatusSwitchingProtocols,
		"https://evil.example":      http.StatusForbidden,
		"https://shop.example.evil": http.StatusForbidden,
		"http://shop.example":       http.StatusForbidden,
		"null":                      http.StatusForbidden,
		"%":                         http.StatusForbidden,
	} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		ws, response, _ := websocket.DefaultDialer.Dial(s.url(), header)
		if response.StatusCode != want {
			t.Errorf("origin %q: %d, want %d", origin, response.StatusCode, want)
		}
		if ws != nil {
			ws.Close()
		}
	}
	plain, err := http.Get(s.http.URL + "/v1/chat")
	if err != nil {
		t.Fatal(err)
	}
	plain.Body.Close()
	if plain.StatusCode != http.StatusBadRequest {
		t.Errorf("without upgrade: %d", plain.StatusCode)
	}
}

func TestTooManyFrames(t *testing.T) {
	s := newSite(t, options{})
	c, _ := s.open("alice", "")
	quiet, _ := s.open("bob", "")
	go func() {
		for range 10_000 {
			if c.ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"feedback.create","id":"x"}`)) != nil {
				return
			}
		}
	}()
	limited := 0
	for {
		m, err := c.next()
		if err != nil {
			closed, ok := err.(*websocket.CloseError)
			if !ok || closed.Code != chat.CodeTooMany {
				t.Errorf("ended with %v", err)
			}
			break
		}
		if m.Error != nil && m.Error.Code == "rate_limited" {
			limited++
		}
	}
	if limited == 0 || limited > 200 {
		t.Errorf("%d frames were refused before the end", limited)
	}
	if r := quiet.ask("1", map[string]any{"type": "message.create", "message_id": "a", "text": "x"}); r.Error != nil {
		t.Errorf("somebody else is disturbed: %+v", r.Error)
	}
}
