package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/chat"
)

// frame is what the server sends, as far as tests look at it.
type frame struct {
	Type       string             `json:"type"`
	ID         string             `json:"id"`
	Offset     int64              `json:"offset"`
	Epoch      string             `json:"epoch"`
	Token      string             `json:"token"`
	Recovered  bool               `json:"recovered"`
	Session    *sessions.Session  `json:"session"`
	Snapshot   *sessions.Snapshot `json:"snapshot"`
	Message    *sessions.Message  `json:"message"`
	Response   *sessions.Response `json:"response"`
	Draft      *sessions.Draft    `json:"draft"`
	ResponseID string             `json:"response_id"`
	Result     json.RawMessage    `json:"result"`
	URL        string             `json:"url"`
	Error      *sessions.Problem  `json:"error"`

	raw string
}

// client is one chat connection with an opened session.
type client struct {
	t       testing.TB
	ws      *websocket.Conn
	opened  frame
	token   string
	session string
	seen    []frame
}

type object = map[string]any

// dial opens a session on a new connection; fields go into session.open.
func dial(t testing.TB, s *server, site string, fields object) *client {
	t.Helper()
	c, err := tryDial(t, s, site, fields)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func tryDial(t testing.TB, s *server, site string, fields object) (*client, error) {
	t.Helper()
	dialer := websocket.Dialer{Subprotocols: []string{chat.Subprotocol}, HandshakeTimeout: 10 * time.Second}
	ws, response, err := dialer.Dial(strings.Replace(s.base, "http", "ws", 1)+"/v1/chat?site="+site, nil)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	response.Body.Close()
	t.Cleanup(func() { ws.Close() })
	c := &client{t: t, ws: ws}
	open := object{"type": "session.open", "locale": "en-GB", "time_zone": "Europe/London"}
	for k, v := range fields {
		open[k] = v
	}
	c.write(open)
	c.opened, err = c.read()
	if err != nil {
		return nil, err
	}
	if c.opened.Type != "session.opened" {
		return nil, fmt.Errorf("instead of session.opened: %s", c.opened.raw)
	}
	c.session = c.opened.Session.ID
	if c.token = c.opened.Token; c.token == "" {
		c.token, _ = fields["token"].(string)
	}
	return c, nil
}

func (c *client) write(frame object) {
	c.t.Helper()
	if err := c.ws.WriteJSON(frame); err != nil {
		c.t.Fatalf("send %v: %v", frame["type"], err)
	}
}

func (c *client) read() (frame, error) {
	if err := c.ws.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return frame{}, err
	}
	_, data, err := c.ws.ReadMessage()
	if err != nil {
		return frame{}, err
	}
	f := frame{raw: string(data)}
	if err := json.Unmarshal(data, &f); err != nil {
		return frame{}, fmt.Errorf("%w: %s", err, data)
	}
	c.seen = append(c.seen, f)
	return f, nil
}

// end reads to the connection's end and returns how it ended.
func (c *client) end() error {
	for {
		if _, err := c.read(); err != nil {
			return err
		}
	}
}

// until reads frames until one fits.
func (c *client) until(what string, fits func(frame) bool) frame {
	c.t.Helper()
	for {
		f, err := c.read()
		if err != nil {
			c.t.Fatalf("waiting for %s: %v", what, err)
		}
		if fits(f) {
			return f
		}
	}
}

func (c *client) untilType(kind string) frame {
	c.t.Helper()
	return c.until(kind, func(f frame) bool { return f.Type == kind })
}

// request sends a frame and returns its reply.
func (c *client) request(f object) frame {
	c.t.Helper()
	id := rand.Text()
	f["id"] = id
	c.write(f)
	return c.until("a reply", func(f frame) bool { return f.Type == "reply" && f.ID == id })
}

// say sends a message and waits for its response to end.
func (c *client) say(text string) sessions.Response {
	c.t.Helper()
	message := rand.Text()
	c.write(object{"type": "message.create", "id": message, "message_id": message, "text": text})
	f := c.until("the end of a response", func(f frame) bool {
		if f.Type == "reply" && f.ID == message && f.Error != nil {
			c.t.Fatalf("message refused: %s", f.raw)
		}
		return f.Response != nil && f.Response.Message == message && f.Response.Status != sessions.StatusRunning
	})
	if f.Response.Status != sessions.StatusCompleted {
		c.t.Fatalf("the response ended %s: %s", f.Response.Status, f.raw)
	}
	return *f.Response
}

// draft is the newest version that was shown, nil for none.
func (c *client) draft() *sessions.Draft {
	for i := len(c.seen) - 1; i >= 0; i-- {
		if c.seen[i].Draft != nil {
			return c.seen[i].Draft
		}
		if s := c.seen[i].Snapshot; s != nil && len(s.Drafts) > 0 {
			return &s.Drafts[len(s.Drafts)-1]
		}
	}
	return nil
}
