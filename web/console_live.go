package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/operators"
)

const (
	mostStreams = 100 // of operators, at once in this process
	mostOwn     = 8   // of one of them
	aliveEvery  = 15 * time.Second
	liveTimeout = 10 * time.Second // of a write
)

// streams are the places for operators who look on. Nobody takes all of them.
type streams struct {
	mu    sync.Mutex
	of    map[string]int
	total int
}

// enter takes a place, which leave gives back; ok is false when there is none.
func (s *streams) enter(who string) (leave func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.total >= mostStreams || s.of[who] >= mostOwn {
		return nil, false
	}
	if s.of == nil {
		s.of = map[string]int{}
	}
	s.of[who]++
	s.total++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.total--
		if s.of[who]--; s.of[who] == 0 {
			delete(s.of, who)
		}
	}, true
}

// live streams the conversations of a site that change, as Server-Sent Events:
// "session" with a line of the list, and "ended" before the server ends the
// stream because the operator lost their session or a part of their role. A
// stream that ends without that is to be opened again.
func (s *Server) live(c echo.Context) error {
	access := staff(c)
	leave, ok := s.streams.enter(access.Site + " " + access.Operator.ID)
	if !ok {
		return errWatched
	}
	defer leave()
	ctx := c.Request().Context()
	viewer := s.Inspection.Feed.View(access.Site)
	defer viewer.Close()
	lost := s.watch(c, access)

	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // proxies that know it pass pieces on at once
	c.Response().WriteHeader(http.StatusOK)
	write := eventWriter(c)
	err := write(": open\n\n")
	alive := time.NewTicker(aliveEvery)
	defer alive.Stop()
	for err == nil {
		select {
		case <-ctx.Done():
			return nil
		case reason := <-lost:
			if reason != "" {
				_ = write("event: ended\ndata: {\"code\":%q}\n\n", reason) // whoever asked may be gone
			}
			return nil
		case changed, open := <-viewer.Changes:
			if !open {
				return nil
			}
			data, failed := json.Marshal(shown(access, changed))
			if failed != nil {
				return failed
			}
			err = write("event: session\ndata: %s\n\n", data)
		case <-alive.C:
			err = write(": alive\n\n")
		}
	}
	return nil
}

// watch tells once that an operator may not look any more as they did when they
// began: with the code of why, or with "" when that could not be told. It ends
// with the request.
func (s *Server) watch(c echo.Context, access operators.Access) <-chan string {
	lost := make(chan string, 1)
	ctx := c.Request().Context()
	go func() {
		err := s.Operators.Watch(ctx, access, access.Operator.Role)
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, operators.ErrSignedOut), errors.Is(err, operators.ErrForbidden):
			lost <- problemOf(err).Code
		default:
			lost <- ""
		}
	}()
	return lost
}

// eventWriter writes pieces of a stream and sends each at once.
func eventWriter(c echo.Context) func(format string, args ...any) error {
	control := http.NewResponseController(c.Response())
	return func(format string, args ...any) error {
		_ = control.SetWriteDeadline(time.Now().Add(liveTimeout)) // a recorder in a test knows none
		if _, err := io.WriteString(c.Response(), fmt.Sprintf(format, args...)); err != nil {
			return err
		}
		return control.Flush()
	}
}
