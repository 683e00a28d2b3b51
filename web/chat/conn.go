package chat

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/sessions"
)

// conn is one WebSocket. Its reader goroutine ends with it; a writer exists
// only while something is to be written.
type conn struct {
	server *Server
	ws     *websocket.Conn
	raw    syscall.RawConn // of its socket, or nil
	page   page            // whose it is
	out    outbox
	place  place // in the wheel, guarded by it

	seen     atomic.Int64 // when the client was last heard of, in Unix nanoseconds
	deadline atomic.Int64 // when the connection ends unless it was opened, or its token expires; 0 for never
	opened   atomic.Bool

	// Only the goroutine that handles a frame uses what follows; there is one at a time.
	who          sessions.Principal
	subscription *sessions.Subscription
	rate         bucket
}

func newConn(s *Server, ws *websocket.Conn, from page) *conn {
	now := time.Now()
	c := &conn{server: s, ws: ws, raw: rawConn(ws.NetConn()), page: from, rate: newBucket(s.cfg.Burst, now)}
	c.seen.Store(now.UnixNano())
	c.deadline.Store(now.Add(s.cfg.OpenTimeout).UnixNano())
	ws.SetPongHandler(func(string) error {
		c.seen.Store(time.Now().UnixNano())
		return nil
	})
	s.cfg.Metrics.Connections(1)
	return c
}

// Deliver implements [sessions.Subscriber].
func (c *conn) Deliver(e sessions.Event) {
	c.send(eventItem(e))
	if e.Type == sessions.EventSessionDeleted {
		c.close(CodeDeleted, "session deleted")
	}
}

func (c *conn) send(i item) {
	start, full := c.out.put(i, c.server.cfg.QueueBytes)
	switch {
	case full:
		c.close(CodeTooSlow, "too slow")
	case start:
		c.start()
	}
}

// read takes frames until the connection ends. It only waits for them, with a
// stack of 4 KiB as measured; whatever needs more would make it grow, and a
// stack that has grown stays while the connection is idle. So each frame is
// read and handled in a goroutine of its own, which read waits for.
func (c *conn) read() {
	defer c.leave()
	for {
		kind, r, err := c.ws.NextReader()
		if err != nil {
			return
		}
		done := make(chan struct{})
		go c.take(kind, r, done)
		<-done
	}
}

// take reads one frame and handles it. What comes after the connection was
// closed is not looked at, and skipped by the next NextReader.
func (c *conn) take(kind int, r io.Reader, done chan<- struct{}) {
	defer close(done)
	if c.out.ended() {
		return
	}
	c.seen.Store(time.Now().UnixNano())
	data, err := io.ReadAll(io.LimitReader(r, MaxFrame+1))
	switch {
	case kind != websocket.TextMessage, len(data) > MaxFrame:
		c.close(CodeBadFrame, "bad frame")
	case err == nil: // otherwise NextReader fails as well
		c.handle(data)
	}
}

// leave runs when nothing more can be read. No writer starts after it.
func (c *conn) leave() {
	defer c.server.wg.Done()
	if c.subscription != nil {
		c.subscription.Close()
	}
	c.out.end(closing{}, true)
	c.ws.Close()
	c.server.wheel.remove(c)
	c.server.cfg.Metrics.Connections(-1)
}

// write empties the outbox.
func (c *conn) write() {
	written := 0
	for {
		items, end := c.out.take(written)
		if end != nil {
			c.goodbye(end)
			return
		}
		if items == nil {
			return
		}
		var err error
		if written, err = c.writeItems(items); err != nil {
			c.ws.Close() // the reader notices; nothing else is written
			return
		}
	}
}

func (c *conn) writeItems(items []item) (written int, err error) {
	buffer := c.server.buffers.Get().(*[]byte)
	written, err = frames(items, buffer, c.writeFrame)
	if cap(*buffer) <= MaxFrame {
		c.server.buffers.Put(buffer)
	}
	return written, err
}

func (c *conn) writeFrame(frame []byte) error {
	c.ws.SetWriteDeadline(time.Now().Add(c.server.cfg.WriteTimeout))
	return c.ws.WriteMessage(websocket.TextMessage, frame)
}

const (
	goodbyeTimeout = time.Second     // to write a close frame
	lingerTimeout  = 2 * time.Second // for the client to answer it
)

// goodbye writes the close frame. The reader then waits a moment for the
// client's, because closing a socket at once with input unread would destroy
// what was just written.
func (c *conn) goodbye(end *closing) {
	if end.code == 0 {
		return // the client has left
	}
	now := time.Now()
	message := websocket.FormatCloseMessage(end.code, end.reason)
	if err := c.ws.WriteControl(websocket.CloseMessage, message, now.Add(goodbyeTimeout)); err != nil {
		c.ws.Close()
		return
	}
	c.ws.SetReadDeadline(now.Add(lingerTimeout))
}

// close ends the connection with a code, after what waits was written; a client that is too
// slow or silent is not waited for.
func (c *conn) close(code int, reason string) {
	if c.end(code, reason) {
		c.server.write(c)
	}
}

// end is close for a caller that writes itself when told to start.
func (c *conn) end(code int, reason string) (start bool) {
	hopeless := code == CodeTooSlow || code == CodeNoPong
	start, ended := c.out.end(closing{code, reason}, hopeless)
	if ended {
		c.server.cfg.Metrics.Closed(code)
		// A writer that is stuck is not to hold the end up.
		c.ws.NetConn().SetWriteDeadline(time.Now().Add(goodbyeTimeout))
	}
	return start
}

// ping is called by the wheel.
func (c *conn) ping() {
	// An error shows when the pong is missing.
	_ = c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.server.cfg.WriteTimeout))
}

// handle answers one frame.
func (c *conn) handle(data []byte) {
	f, err := decode(data)
	if errors.Is(err, errNotFrame) {
		c.close(CodeBadFrame, "bad frame")
		return
	}
	switch c.rate.take(time.Now(), c.server.cfg.Rate, c.server.cfg.Burst) {
	case tooMany:
		c.close(CodeTooMany, "too many frames")
		return
	case limited:
		err = errRateLimited
	}
	if deadline := c.deadline.Load(); c.opened.Load() && deadline != 0 && time.Now().UnixNano() > deadline && f.Type != frameRefresh {
		c.close(CodeBadToken, "token expired")
		return
	}
	var result any
	if err == nil {
		ctx, cancel := context.WithTimeout(c.server.ctx, c.server.cfg.FrameTimeout)
		defer cancel()
		result, err = c.answer(ctx, &f)
	}
	c.server.count(f.Type)
	if err == nil && (f.Type == frameOpen || f.Type == frameTyping) {
		return
	}
	if answer := reply(f.ID, result, err, c.server.log(f.Type)); answer != nil {
		c.send(item{frame: answer, size: len(answer)})
	}
	if errors.Is(err, ErrUnauthorized) && f.Type == frameOpen {
		c.close(CodeBadToken, "bad token")
	}
}

func (c *conn) answer(ctx context.Context, f *frame) (any, error) {
	switch {
	case f.Type == frameOpen && c.opened.Load():
		return nil, errAlreadyOpen
	case f.Type == frameOpen:
		return nil, c.open(ctx, f)
	case !known(f.Type):
		return nil, errUnknownType
	case !c.opened.Load():
		return nil, errNotOpen
	case f.Type == frameRefresh:
		return struct{}{}, c.refresh(ctx, f.Token)
	}
	return c.server.dispatch(ctx, c.who, c.subscription.Session(), f)
}

// open finds out who asks, and subscribes.
func (c *conn) open(ctx context.Context, f *frame) error {
	var issued string
	if f.Token == "" {
		token, _, err := c.server.auth.Visitor(ctx, c.page.tenant)
		if err != nil {
			return err
		}
		issued, f.Token = token, token
	}
	who, expires, err := c.server.verify(ctx, c.page.tenant, f.Token)
	if err != nil {
		return err
	}
	if fresh, ok := c.server.auth.Renew(ctx, who, expires); ok {
		issued = fresh
	}
	c.out.hold()
	request := sessions.OpenRequest{Session: f.Session, After: f.After, Locale: f.Locale, TimeZone: f.TimeZone}
	opened, subscription, err := c.server.manager.Open(ctx, who, request, c)
	if err != nil {
		if c.out.unhold() {
			c.server.write(c)
		}
		return err
	}
	c.who, c.subscription = who, subscription
	c.expire(expires)
	c.opened.Store(true)
	if c.out.open(openingItems(f.ID, issued, &opened)) {
		c.server.write(c)
	}
	return nil
}

// openingItems is session.opened and the events that belong to it.
func openingItems(id, token string, opened *sessions.Opened) []item {
	items := make([]item, 0, 1+len(opened.Events))
	items = append(items, item{frame: encode(struct {
		Type      string             `json:"type"`
		ID        string             `json:"id,omitempty"`
		Session   sessions.Session   `json:"session"`
		Token     string             `json:"token,omitempty"`
		Epoch     string             `json:"epoch"`
		Offset    int64              `json:"offset"`
		Recovered bool               `json:"recovered"`
		Snapshot  *sessions.Snapshot `json:"snapshot,omitempty"`
	}{"session.opened", id, opened.Session, token, opened.Epoch, opened.Offset, opened.Recovered, opened.Snapshot})})
	for _, e := range opened.Events {
		items = append(items, eventItem(e))
	}
	return items
}

// refresh takes a newer token of the same person.
func (c *conn) refresh(ctx context.Context, token string) error {
	who, expires, err := c.server.verify(ctx, c.page.tenant, token)
	if err != nil {
		return err
	}
	if who.Tenant != c.who.Tenant || who.Subject != c.who.Subject {
		return ErrForbidden
	}
	c.who = who
	c.expire(expires)
	return nil
}

func (c *conn) expire(at time.Time) {
	if at.IsZero() {
		c.deadline.Store(0)
		return
	}
	c.deadline.Store(at.UnixNano())
}
