package chat

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/sessions"
)

// stream is a client that reads Server-Sent Events. The HTTP handler is its writer.
type stream struct {
	out   outbox
	limit int
	wake  chan struct{} // holds one token when there is something to write
}

// Deliver implements [sessions.Subscriber].
func (t *stream) Deliver(e sessions.Event) {
	start, full := t.out.put(eventItem(e), t.limit)
	if full {
		start, _ = t.out.end(closing{code: CodeTooSlow}, true)
	}
	if e.Type == sessions.EventSessionDeleted {
		also, _ := t.out.end(closing{code: CodeDeleted}, false)
		start = start || also
	}
	if start {
		t.wake <- struct{}{}
	}
}

// Events streams a session's events as Server-Sent Events, session.opened
// first: GET /v1/sessions/{id}/events?epoch=&offset= with a bearer token. It
// returns when the client leaves, is too slow, its token expires, or the server
// shuts down; the client then comes back with where it was.
//
// Before the stream has begun it returns ErrUnauthorized or an error of
// package sessions.
func (s *Server) Events(c echo.Context) error {
	who, expires, err := s.bearer(c)
	if err != nil {
		return err
	}
	from, err := s.pageOf(c.Request(), who.Tenant)
	if err != nil {
		return err
	}
	request := sessions.OpenRequest{Session: c.Param("id")}
	if request.After, err = position(c); err != nil {
		return err
	}
	t := &stream{limit: s.cfg.QueueBytes, wake: make(chan struct{}, 1)}
	t.out.hold()
	opened, subscription, err := s.manager.Open(c.Request().Context(), who, request, t)
	if err != nil {
		return err
	}
	defer subscription.Close()
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies that know it pass pieces on at once
	c.Response().WriteHeader(http.StatusOK)
	fresh, _ := s.auth.Renew(c.Request().Context(), who, expires)
	if t.out.open(openingItems("", fresh, &opened)) {
		t.wake <- struct{}{}
	}
	s.cfg.Metrics.Connections(1)
	defer s.cfg.Metrics.Connections(-1)
	defer s.streaming(t, from)()
	s.pump(c, t, expires)
	return nil
}

func (s *Server) pump(c echo.Context, t *stream, expires time.Time) {
	alive := time.NewTicker(s.cfg.PingEvery)
	defer alive.Stop()
	var expired <-chan time.Time
	if !expires.IsZero() {
		timer := time.NewTimer(time.Until(expires))
		defer timer.Stop()
		expired = timer.C
	}
	control := http.NewResponseController(c.Response())
	write := func(parts ...string) error {
		// A server that cannot set deadlines has its own write timeout.
		_ = control.SetWriteDeadline(time.Now().Add(s.cfg.WriteTimeout))
		for _, part := range parts {
			if _, err := io.WriteString(c.Response(), part); err != nil {
				return err
			}
		}
		return nil
	}
	for {
		var err error
		select {
		case <-c.Request().Context().Done():
			return
		case <-s.ctx.Done():
			return
		case <-expired:
			return
		case <-alive.C:
			err = write(": alive\n\n")
		case <-t.wake:
			err = t.write(control, write)
		}
		if err != nil || control.Flush() != nil {
			return
		}
	}
}

var errStreamEnds = errors.New("chat: stream ends")

// write empties the outbox.
func (t *stream) write(control *http.ResponseController, write func(...string) error) error {
	buffer := make([]byte, 0, 1024)
	written := 0
	for {
		items, end := t.out.take(written)
		if end != nil {
			return errStreamEnds
		}
		if items == nil {
			return nil
		}
		var err error
		written, err = frames(items, &buffer, func(frame []byte) error { return write("data: ", string(frame), "\n\n") })
		if err == nil {
			err = control.Flush()
		}
		if err != nil {
			return err
		}
	}
}

// position reads where a client was.
func position(c echo.Context) (*sessions.Position, error) {
	epoch, offset := c.QueryParam("epoch"), c.QueryParam("offset")
	if epoch == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(offset, 10, 64)
	if err != nil || n < 0 {
		return nil, fmt.Errorf("%w: offset is a number", sessions.ErrInvalid)
	}
	return &sessions.Position{Epoch: epoch, Offset: n}, nil
}

// Frame answers one client frame: POST /v1/sessions/{id}/frames with a bearer
// token. The answer is the reply's JSON, with status 200 also when the reply is
// an error; what the frame changes shows in the events.
func (s *Server) Frame(c echo.Context) error {
	who, _, err := s.bearer(c)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(c.Request().Body, MaxFrame+1))
	if err != nil {
		return fmt.Errorf("chat: read frame: %w", err)
	}
	if len(data) > MaxFrame {
		return fmt.Errorf("%w: a frame has at most %d KiB", sessions.ErrTooLarge, MaxFrame>>10)
	}
	f, err := decode(data)
	var result any
	switch {
	case err != nil:
	case f.Type == frameOpen:
		err = errAlreadyOpen
	case f.Type == frameRefresh:
		result = struct{}{} // each request brings its token
	default:
		result, err = s.dispatch(c.Request().Context(), who, c.Param("id"), &f)
	}
	s.count(f.Type)
	answer := reply(f.ID, result, err, s.log(f.Type))
	if answer == nil {
		return c.NoContent(http.StatusNoContent)
	}
	return c.JSONBlob(http.StatusOK, answer)
}

// bearer returns whom the token of a request stands for.
func (s *Server) bearer(c echo.Context) (who sessions.Principal, expires time.Time, err error) {
	if s.isClosing() {
		return who, expires, sessions.ErrDraining
	}
	tenant, err := s.cfg.Tenant(c.Request())
	if err != nil {
		return who, expires, err
	}
	scheme, token, _ := strings.Cut(c.Request().Header.Get(echo.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return who, expires, fmt.Errorf("%w: no bearer token", ErrUnauthorized)
	}
	return s.verify(c.Request().Context(), tenant, strings.TrimSpace(token))
}
