package dialogue

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
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

// Conversation is one session, from its beginning. It is for one goroutine.
type Conversation struct {
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
	Response *sessions.Response `json:"response"`
	Draft    *sessions.Draft    `json:"draft"`
	Error    *sessions.Problem  `json:"error"`
}

// Open begins a conversation. It ends with Close, or with ctx.
func Open(ctx context.Context, site Site, who Person) (*Conversation, error) {
	dialer := websocket.Dialer{Subprotocols: []string{subprotocol}, HandshakeTimeout: 20 * time.Second}
	ws, response, err := dialer.DialContext(ctx, site.socket(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: connecting: %w", ErrServer, err)
	}
	response.Body.Close()
	c := &Conversation{ws: ws, stop: context.AfterFunc(ctx, func() { ws.Close() }), drafts: make(map[string]sessions.Draft)}
	open := map[string]any{"type": "session.open", "locale": or(who.Locale, "en-US"), "time_zone": or(who.TimeZone, "UTC")}
	if who.Token != "" {
		open["token"] = who.Token
	}
	if err := ws.WriteJSON(open); err != nil {
		c.Close()
		return nil, fmt.Errorf("%w: opening: %w", ErrServer, err)
	}
	f, err := c.read()
	if err == nil && f.Type != "session.opened" {
		err = fmt.Errorf("%w: opening: %s: %w", ErrServer, f.Type, problem(f.Error))
	}
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
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
	if err := c.ws.WriteJSON(map[string]any{"type": "message.create", "id": id, "message_id": id, "text": text}); err != nil {
		return Exchange{}, fmt.Errorf("%w: saying: %w", ErrServer, err)
	}
	for {
		f, err := c.read()
		switch {
		case err != nil:
			return Exchange{}, err
		case f.Type == "reply" && f.ID == id && f.Error != nil:
			return Exchange{}, fmt.Errorf("%w: message refused: %w", ErrServer, f.Error)
		case f.Draft != nil:
			c.drafts[f.Draft.Kind] = *f.Draft
		case f.Response != nil && f.Response.Message == id && f.Response.Status != sessions.StatusRunning:
			e := Exchange{Said: text, Response: *f.Response, Drafts: make(map[string]sessions.Draft, len(c.drafts))}
			for kind, draft := range c.drafts {
				e.Drafts[kind] = draft
			}
			c.exchanges = append(c.exchanges, e)
			return e, nil
		}
	}
}

// Draft is the newest version of a kind of draft, and false when there is none.
func (c *Conversation) Draft(kind string) (sessions.Draft, bool) {
	draft, found := c.drafts[kind]
	return draft, found
}

// Exchanges are those so far, oldest first.
func (c *Conversation) Exchanges() []Exchange { return c.exchanges }

func (c *Conversation) read() (frame, error) {
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
