package chat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"
	"go.uber.org/goleak"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
	"github.com/parleyhq/parley/web/chat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// tokens is an Authenticator whose tokens are "name" or "name/expiry in
// RFC 3339"; a token that begins with "forged" is none.
type tokens struct {
	mu       sync.Mutex
	visitors int
	down     bool
}

func (a *tokens) Verify(_ context.Context, tenant, token string) (sessions.Principal, time.Time, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.down {
		return sessions.Principal{}, time.Time{}, sessions.ErrUnavailable
	}
	if strings.HasPrefix(token, "forged") {
		return sessions.Principal{}, time.Time{}, errors.New("signature is wrong")
	}
	name, expiry, _ := strings.Cut(token, "/")
	var expires time.Time
	if expiry != "" {
		var err error
		if expires, err = time.Parse(time.RFC3339Nano, expiry); err != nil {
			return sessions.Principal{}, time.Time{}, err
		}
	}
	return sessions.Principal{Tenant: tenant, Subject: name, Role: sessions.RoleClient}, expires, nil
}

func (a *tokens) Visitor(_ context.Context, tenant string) (string, sessions.Principal, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.visitors++
	name := "visitor" + strings.Repeat("x", a.visitors)
	return name, sessions.Principal{Tenant: tenant, Subject: name, Role: sessions.RoleClient}, nil
}

// Renew renews what "visitor…" tokens expire within an hour.
func (a *tokens) Renew(_ context.Context, who sessions.Principal, expires time.Time) (string, bool) {
	if !strings.HasPrefix(who.Subject, "visitor") || expires.IsZero() || time.Until(expires) > time.Hour {
		return "", false
	}
	return expiring(who.Subject, time.Now().Add(24*time.Hour)), true
}

func expiring(name string, at time.Time) string { return name + "/" + at.Format(time.RFC3339Nano) }

type respond = func(context.Context, sessions.Turn, func(sessions.Output) error) (sessions.Outcome, error)

// site is a server on a loopback port with everything behind it.
type site struct {
	t       *testing.T
	store   *sessionstest.FaultyStore
	manager *sessions.Manager
	chat    *chat.Server
	auth    *tokens
	http    *httptest.Server
}

type options struct {
	store *sessionstest.FaultyStore
	say   respond
	chat  chat.Config
	log   *slog.Logger
}

func newSite(t *testing.T, o options) *site {
	t.Helper()
	if o.store == nil {
		o.store = sessionstest.Store(t)
	}
	if o.say == nil {
		o.say = sessionstest.Echo
	}
	if o.log == nil {
		o.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	o.chat.Log = o.log
	s := &site{t: t, store: o.store, auth: &tokens{}}
	s.manager = sessions.New(o.store, &sessionstest.Responder{Say: o.say},
		sessions.Config{LeaseTTL: 300 * time.Millisecond, DrainTimeout: time.Second, Log: o.log})
	s.chat = chat.New(s.manager, s.auth, o.chat)
	e := echo.New()
	e.HideBanner = true
	e.GET("/v1/chat", s.chat.Handle)
	e.GET("/v1/sessions/:id/events", s.chat.Events)
	e.POST("/v1/sessions/:id/frames", s.chat.Frame)
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		var he *echo.HTTPError
		switch {
		case c.Response().Committed:
		case errors.As(err, &he):
			c.NoContent(he.Code)
		case errors.Is(err, chat.ErrUnauthorized):
			c.NoContent(http.StatusUnauthorized)
		case errors.Is(err, sessions.ErrNotFound):
			c.NoContent(http.StatusNotFound)
		case errors.Is(err, sessions.ErrTooLarge):
			c.NoContent(http.StatusRequestEntityTooLarge)
		case errors.Is(err, sessions.ErrInvalid):
			c.NoContent(http.StatusBadRequest)
		default:
			c.NoContent(http.StatusServiceUnavailable)
		}
	}
	s.http = httptest.NewServer(e)
	t.Cleanup(s.stop)
	return s
}

// stop shuts down as the real server does. It may be called again.
func (s *site) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	s.manager.Drain(ctx)
	if err := s.chat.Shutdown(ctx); err != nil {
		s.t.Errorf("shutdown: %v", err)
	}
	s.http.Close()
	s.manager.Close()
}

// message is a frame from the server.
type message struct {
	Type       string             `json:"type"`
	ID         string             `json:"id"`
	Offset     int64              `json:"offset"`
	Session    sessions.Session   `json:"session"`
	Token      string             `json:"token"`
	Epoch      string             `json:"epoch"`
	Recovered  bool               `json:"recovered"`
	Snapshot   *sessions.Snapshot `json:"snapshot"`
	ResponseID string             `json:"response_id"`
	MessageID  string             `json:"message_id"`
	At         int                `json:"at"`
	Delta      string             `json:"delta"`
	Message    sessions.Message   `json:"message"`
	Response   sessions.Response  `json:"response"`
	Draft      sessions.Draft     `json:"draft"`
	Result     json.RawMessage    `json:"result"`
	Error      *struct {
		sessions.Problem
		Current *sessions.Draft `json:"current"`
	} `json:"error"`
}

// client is one browser tab.
type client struct {
	t  *testing.T
	ws *websocket.Conn
}

func (s *site) url() string { return "ws" + strings.TrimPrefix(s.http.URL, "http") + "/v1/chat" }

func (s *site) dial() *client {
	s.t.Helper()
	dialer := websocket.Dialer{Subprotocols: []string{chat.Subprotocol}}
	ws, _, err := dialer.Dial(s.url(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if ws.Subprotocol() != chat.Subprotocol {
		s.t.Fatalf("subprotocol %q", ws.Subprotocol())
	}
	s.t.Cleanup(func() { ws.Close() })
	return &client{s.t, ws}
}

// open opens a session, "" for a new one.
func (s *site) open(token, session string) (*client, message) {
	s.t.Helper()
	c := s.dial()
	c.send(map[string]any{"type": "session.open", "token": token, "session": session})
	return c, c.wait("session.opened")
}

func (c *client) send(frame map[string]any) {
	c.t.Helper()
	c.ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
	if err := c.ws.WriteJSON(frame); err != nil {
		c.t.Fatalf("send %v: %v", frame["type"], err)
	}
}

func (c *client) raw(kind int, data []byte) {
	c.t.Helper()
	if err := c.ws.WriteMessage(kind, data); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) next() (message, error) {
	c.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, data, err := c.ws.ReadMessage()
	if err != nil {
		return message{}, err
	}
	var m message
	return m, json.NewDecoder(bytes.NewReader(data)).Decode(&m)
}

// wait reads until a frame of a type comes.
func (c *client) wait(kind string) message {
	c.t.Helper()
	for {
		m, err := c.next()
		if err != nil {
			c.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if m.Type == kind {
			return m
		}
	}
}

// ask sends a frame and returns its reply.
func (c *client) ask(id string, frame map[string]any) message {
	c.t.Helper()
	frame["id"] = id
	c.send(frame)
	for {
		if m := c.wait("reply"); m.ID == id {
			return m
		}
	}
}

// closed reads until the server closes and returns the code.
func (c *client) closed() int {
	c.t.Helper()
	for {
		_, err := c.next()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			c.t.Fatalf("waiting for the close frame: %v", err)
		}
	}
}
