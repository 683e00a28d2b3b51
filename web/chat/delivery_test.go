package chat_test

import (
	"context"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
	"github.com/parleyhq/parley/web/chat"
)

func TestFiveTabsSeeTheSame(t *testing.T) {
	stage := sessionstest.NewStage()
	s := newSite(t, options{say: stage.Say})
	first, opened := s.open("alice", "")
	tabs := []*client{first}
	for range 4 {
		tab, _ := s.open("alice", opened.Session.ID)
		tabs = append(tabs, tab)
	}
	first.send(map[string]any{"type": "message.create", "message_id": "m1", "text": "hi"})
	act := stage.Next(t)
	for range 50 {
		act.Text("piece ")
	}
	act.End(sessions.Outcome{}, nil)
	want := strings.Repeat("piece ", 50)
	for i, tab := range tabs {
		tab.wait("response.created")
		text := ""
		for {
			m, err := tab.next()
			if err != nil {
				t.Fatal(err)
			}
			if m.Type == "response.completed" {
				if text != want || m.Response.Text != want {
					t.Errorf("tab %d saw %d bytes, then %d", i, len(text), len(m.Response.Text))
				}
				break
			}
			if m.At != len(text) {
				t.Fatalf("tab %d: piece at %d after %d", i, m.At, len(text))
			}
			text += m.Delta
		}
	}
}

// A client that does not read is closed; nothing is lost for it.
func TestSlowReader(t *testing.T) {
	var closed atomic.Int64
	stage := sessionstest.NewStage()
	s := newSite(t, options{say: stage.Say, chat: chat.Config{
		QueueBytes: 16 << 10,
		Metrics:    chat.Metrics{Closed: func(code int) { closed.Store(int64(code)) }},
	}})
	dialer := websocket.Dialer{NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		if err == nil {
			c.(*net.TCPConn).SetReadBuffer(4 << 10)
		}
		return c, err
	}}
	ws, _, err := dialer.Dial(s.url(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	slow := &client{t, ws}
	slow.send(map[string]any{"type": "session.open", "token": "alice"})
	opened := slow.wait("session.opened")
	slow.send(map[string]any{"type": "message.create", "message_id": "m1", "text": "hi"})
	act := stage.Next(t)
	piece := strings.Repeat("x", 8<<10)
	total := 0
	for closed.Load() == 0 {
		if err := act.Text(piece); err != nil {
			t.Fatal(err)
		}
		total += len(piece)
		if total > 64<<20 {
			t.Fatal("64 MiB were taken for a client that does not read")
		}
	}
	if code := closed.Load(); code != chat.CodeTooSlow {
		t.Errorf("closed with %d", code)
	}
	act.End(sessions.Outcome{}, nil)

	again := s.dial()
	again.send(map[string]any{"type": "session.open", "token": "alice", "session": opened.Session.ID,
		"after": map[string]any{"epoch": opened.Epoch, "offset": opened.Offset}})
	if m := again.wait("session.opened"); !m.Recovered {
		t.Error("not recovered")
	}
	if m := again.wait("response.completed"); len(m.Response.Text) != total {
		t.Errorf("%d bytes of %d", len(m.Response.Text), total)
	}
}

func TestClientThatDoesNotAnswerPings(t *testing.T) {
	s := newSite(t, options{chat: chat.Config{PingEvery: 50 * time.Millisecond, PongTimeout: 100 * time.Millisecond}})
	mute, _ := s.open("alice", "")
	mute.ws.SetPingHandler(func(string) error { return nil })
	lively, _ := s.open("bob", "")
	pings := make(chan struct{}, 1000)
	answer := lively.ws.PingHandler()
	lively.ws.SetPingHandler(func(data string) error {
		pings <- struct{}{}
		return answer(data)
	})
	go lively.ws.ReadMessage()
	if code := mute.closed(); code != chat.CodeNoPong {
		t.Errorf("closed with %d", code)
	}
	for range 5 {
		<-pings
	}
}

func TestShutdown(t *testing.T) {
	stage := sessionstest.NewStage()
	s := newSite(t, options{say: stage.Say})
	var clients []*client
	for range 20 {
		c, _ := s.open("alice", "")
		clients = append(clients, c)
	}
	clients[0].send(map[string]any{"type": "message.create", "message_id": "m1", "text": "hi"})
	act := stage.Next(t)
	act.Text("in time")
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		s.stop()
	}()
	for !s.manager.Draining() {
		time.Sleep(time.Millisecond)
	}
	if r := clients[1].ask("1", map[string]any{"type": "message.create", "message_id": "m1", "text": "x"}); r.Error == nil || r.Error.Code != "draining" || !r.Error.Temporary {
		t.Errorf("while it drains: %+v", r.Error)
	}
	act.End(sessions.Outcome{}, nil)
	if m := clients[0].wait("response.completed"); m.Response.Text != "in time" {
		t.Errorf("text %q", m.Response.Text)
	}
	for _, c := range clients {
		if code := c.closed(); code != chat.CodeShutdown {
			t.Errorf("closed with %d", code)
		}
	}
	<-stopped
}

func TestDeletedSession(t *testing.T) {
	s := newSite(t, options{})
	c, opened := s.open("alice", "")
	if err := s.manager.Delete(t.Context(), principal("alice"), opened.Session.ID); err != nil {
		t.Fatal(err)
	}
	c.wait("session.deleted")
	if code := c.closed(); code != chat.CodeDeleted {
		t.Errorf("closed with %d", code)
	}
}

func TestStoreDown(t *testing.T) {
	s := newSite(t, options{})
	c, _ := s.open("alice", "")
	s.store.Down(true)
	frame := map[string]any{"type": "message.create", "message_id": "m1", "text": "hi"}
	if r := c.ask("1", frame); r.Error == nil || r.Error.Code != "unavailable" || !r.Error.Temporary {
		t.Errorf("while it is down: %+v", r.Error)
	}
	s.store.Down(false)
	for {
		r := c.ask("2", frame)
		if r.Error == nil {
			break
		}
		if !r.Error.Temporary {
			t.Fatalf("afterwards: %+v", r.Error)
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.wait("response.completed")
}

// The process that runs a turn is cut off from its database; the client goes
// on with another one.
func TestTakeover(t *testing.T) {
	stageA, stageB := sessionstest.NewStage(), sessionstest.NewStage()
	a := newSite(t, options{say: stageA.Say})
	b := newSite(t, options{store: a.store.Another(), say: stageB.Say})
	c, opened := a.open("alice", "")
	c.send(map[string]any{"type": "message.create", "message_id": "m1", "text": "hi"})
	created := c.wait("response.created")
	act := stageA.Next(t)
	act.Text("never to be seen again")
	c.wait("response.output_text.delta")
	a.store.Down(true)
	c.ws.Close()

	c = b.dial()
	c.send(map[string]any{"type": "session.open", "token": "alice", "session": opened.Session.ID,
		"after": map[string]any{"epoch": opened.Epoch, "offset": created.Offset}})
	if m := c.wait("session.opened"); !m.Recovered {
		t.Error("not recovered")
	}
	again := stageB.Next(t)
	if m := c.wait("response.replaced"); m.ResponseID != created.ResponseID || m.Offset != created.Offset+1 {
		t.Errorf("replaced %+v", m)
	}
	if m := c.wait("response.created"); m.ResponseID != again.Turn.ResponseID || m.Offset != created.Offset+2 {
		t.Errorf("created %+v", m)
	}
	again.Text("anew")
	again.End(sessions.Outcome{}, nil)
	if m := c.wait("response.completed"); m.Response.Text != "anew" {
		t.Errorf("completed %+v", m.Response)
	}
	a.store.Down(false)
}
