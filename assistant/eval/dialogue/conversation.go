package dialogue

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/sessions"
)

// subprotocol is the version of docs/wire.md that is spoken.
const subprotocol = "parley.v1"

// patience is how long the server may be silent.
const patience = 2 * time.Minute

// Person is who talks.
type Person struct {
	Token    string // "" for a visitor
	Locale   string // BCP 47; en-US
	TimeZone string // IANA; UTC
}

// reconnects is how often a conversation connects anew when the server asks for it.
const reconnects = 5

// Conversation is one session, from its beginning. When the server closes the
// connection in a way that asks to come back (codes 3000 to 3499), it does, and goes on
// where it was, as a browser does. It is for one goroutine.
type Conversation struct {
	ctx       context.Context
	site      Site
	who       Person
	session   string
	epoch     string
	offset    int64
	came      int // connections so far
	ws        *websocket.Conn
	stop      func() bool
	drafts    map[string]sessions.Draft // the newest of each kind
	exchanges []Exchange
}

// Exchange is what was said, how it was answered, and the drafts after that.
type Exchange struct {
	Said     string
	Response sessions.Response
	Drafts   map[string]sessions.Draft // by kind
}

// frame is what a server sends, as far as it is looked at.
type frame struct {
	Type     string             `json:"type"`
	ID       string             `json:"id"`
	Token    string             `json:"token"`
	Epoch    string             `json:"epoch"`
	Offset   int64              `json:"offset"`
	Session  *sessions.Session  `json:"session"`
	Snapshot *sessions.Snapshot `json:"snapshot"`
	Response *sessions.Response `json:"response"`
	Draft    *sessions.Draft    `json:"draft"`
	Error    *sessions.Problem  `json:"error"`
}

// Open begins a conversation. It ends with Close, or with ctx.
func Open(ctx context.Context, site Site, who Person) (*Conversation, error) {
	c := &Conversation{ctx: ctx, site: site, who: who, drafts: make(map[string]sessions.Draft)}
	if _, err := c.connect(); err != nil {
		return nil, err
	}
	return c, nil
}

// connect opens the session on a new connection, and returns session.opened.
func (c *Conversation) connect() (frame, error) {
	dialer := websocket.Dialer{Subprotocols: []string{subprotocol}, HandshakeTimeout: 20 * time.Second}
	ws, response, err := dialer.DialContext(c.ctx, c.site.socket(), nil)
	if err != nil {
		return frame{}, fmt.Errorf("%w: connecting: %w", ErrServer, err)
	}
	response.Body.Close()
	c.came++
	c.ws, c.stop = ws, context.AfterFunc(c.ctx, func() { ws.Close() })
	open := map[string]any{"type": "session.open", "locale": or(c.who.Locale, "en-US"), "time_zone": or(c.who.TimeZone, "UTC")}
	if c.who.Token != "" {
		open["token"] = c.who.Token
	}
	if c.session != "" {
		open["session"], open["after"] = c.session, sessions.Position{Epoch: c.epoch, Offset: c.offset}
	}
	if err := ws.WriteJSON(open); err != nil {
		c.Close()
		return frame{}, fmt.Errorf("%w: opening: %w", ErrServer, err)
	}
	f, err := c.next()
	if err == nil && f.Type != "session.opened" {
		err = fmt.Errorf("%w: opening: %s: %w", ErrServer, f.Type, problem(f.Error))
	}
	if err != nil {
		c.Close()
		return frame{}, err
	}
	if f.Session != nil {
		c.session = f.Session.ID
	}
	c.who.Token, c.epoch = or(f.Token, c.who.Token), f.Epoch
	return f, nil
}

// Close ends the connection.
func (c *Conversation) Close() {
	c.stop()
	c.ws.Close()
}

// Say sends a message and returns the exchange when its response has ended,
// whichever way: see Response.Status.
func (c *Conversation) Say(text string) (Exchange, error) {
	id := rand.Text()
	unsent := c.send(id, text) // a connection that the server closed says why when it is read
	for {
		f, err := c.next()
		if c.asksBack(err) {
			if f, err = c.connect(); err == nil {
				unsent = c.send(id, text) // the same id again doubles nothing
			}
		}
		if err != nil {
			return Exchange{}, errors.Join(err, unsent)
		}
		if f.Type == "reply" && f.ID == id && f.Error != nil {
			return Exchange{}, fmt.Errorf("%w: message refused: %w", ErrServer, f.Error)
		}
		if response := c.take(f, id); response != nil {
			e := Exchange{Said: text, Response: *response, Drafts: maps.Clone(c.drafts)}
			c.exchanges = append(c.exchanges, e)
			return e, nil
		}
	}
}

// take notes what a frame tells, and returns the response to a message if it
// has ended with it.
func (c *Conversation) take(f frame, message string) *sessions.Response {
	responses := []*sessions.Response{f.Response}
	if f.Draft != nil {
		c.drafts[f.Draft.Kind] = *f.Draft
	}
	if f.Snapshot != nil {
		for _, draft := range f.Snapshot.Drafts {
			c.drafts[draft.Kind] = draft
		}
		for i := range f.Snapshot.Responses {
			responses = append(responses, &f.Snapshot.Responses[i])
		}
	}
	for _, r := range responses {
		if r != nil && r.Message == message && r.Status != sessions.StatusRunning && r.Status != sessions.StatusReplaced && r.Status != sessions.StatusReleased {
			return r
		}
	}
	return nil
}

// Draft is the newest version of a kind of draft, and false when there is none.
func (c *Conversation) Draft(kind string) (sessions.Draft, bool) {
	draft, found := c.drafts[kind]
	return draft, found
}

// Exchanges are those so far, oldest first.
func (c *Conversation) Exchanges() []Exchange { return c.exchanges }

func (c *Conversation) send(id, text string) error {
	if err := c.ws.WriteJSON(map[string]any{"type": "message.create", "id": id, "message_id": id, "text": text}); err != nil {
		return fmt.Errorf("%w: saying: %w", ErrServer, err)
	}
	return nil
}

// asksBack reports whether the server closed the connection and wants it anew;
// the old one is let go of then.
func (c *Conversation) asksBack(err error) bool {
	var closed *websocket.CloseError
	back := errors.As(err, &closed) && closed.Code >= 3000 && closed.Code < 3500 && c.came <= reconnects
	if back {
		c.Close()
	}
	return back
}

func (c *Conversation) next() (frame, error) {
	var f frame
	if err := c.ws.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return f, fmt.Errorf("%w: reading: %w", ErrServer, err)
	}
	_, data, err := c.ws.ReadMessage()
	if err != nil {
		return f, fmt.Errorf("%w: reading: %w", ErrServer, err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return f, fmt.Errorf("%w: reading: %w", ErrServer, err)
	}
	c.offset = max(c.offset, f.Offset)
	return f, nil
}

func problem(p *sessions.Problem) error {
	if p == nil {
		return fmt.Errorf("no reason was given")
	}
	return p
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
