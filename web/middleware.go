package web

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/auth"
)

const (
	headerRequestID = "X-Request-Id"
	readTimeout     = 30 * time.Second // of a request's body
	writeTimeout    = 60 * time.Second // of a response
)

// observe gives a request its id, counts it and writes one line about it: the
// route and never the path or the query, which hold ids and people's words.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		id := requestID(c.Request().Header.Get(headerRequestID))
		c.Response().Header().Set(headerRequestID, id)
		err := next(c)
		if err != nil {
			c.Error(err) // writes the problem, so that its status is known here
		}
		status, took := c.Response().Status, time.Since(start)
		route := c.Path()
		s.Metrics.request(c.Request().Method, route, status, took)
		level := slog.LevelInfo
		switch {
		case status >= http.StatusInternalServerError:
			level = slog.LevelError
		case route == "/healthz" || route == "/readyz" || route == "/metrics" || strings.HasPrefix(route, "/assets"):
			level = slog.LevelDebug
		}
		attrs := []slog.Attr{
			slog.String("request_id", id), slog.String("method", c.Request().Method), slog.String("route", route),
			slog.Int("status", status), slog.Float64("ms", float64(took.Microseconds())/1000), slog.Int64("bytes", c.Response().Size),
		}
		if err != nil && status >= http.StatusInternalServerError {
			attrs = append(attrs, slog.String("error", err.Error()))
		}
		s.Log.LogAttrs(c.Request().Context(), level, "request", attrs...)
		return nil
	}
}

// requestID takes over an id that a proxy gave when it is a plain one.
func requestID(given string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
	}
	if len(given) > 0 && len(given) <= 64 && !strings.ContainsFunc(given, func(r rune) bool { return !plain(r) }) {
		return given
	}
	return rand.Text()
}

// recover turns a handler's panic into an error. http.ErrAbortHandler goes on
// its way: with it a handler ends the connection.
func (s *Server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch r := recover(); r {
			case nil:
			case http.ErrAbortHandler:
				panic(r)
			default:
				s.Metrics.panics.Inc()
				s.Log.Error("panic", "route", c.Path(), "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
				err = errPanic
			}
		}()
		return next(c)
	}
}

// secure sets the headers that every response carries. The page's own policy
// is set where the page is served.
func secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if strings.HasPrefix(c.Path(), "/v1/") {
			h.Set("Cache-Control", "no-store")
			h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		}
		return next(c)
	}
}

// deadlines bounds how long a request may take to be read and answered. The
// chat's connections and uploads of documents set their own.
func deadlines(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		switch c.Path() {
		case "/v1/chat", "/v1/sessions/:id/events", "/v1/documents", "/v1/console/live":
			return next(c)
		}
		// A recorder in a test knows no deadlines, and needs none.
		control := http.NewResponseController(c.Response().Writer)
		_ = control.SetReadDeadline(time.Now().Add(readTimeout))
		_ = control.SetWriteDeadline(time.Now().Add(writeTimeout))
		return next(c)
	}
}

// wellFormed refuses what no address of ours has and no database takes: NUL and
// invalid UTF-8, in ids and in queries.
func wellFormed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, value := range c.ParamValues() {
			if !storable(value) {
				return errNotFound
			}
		}
		for _, values := range c.QueryParams() {
			for _, value := range values {
				if !storable(value) {
					return invalid("The query holds characters that are not text.")
				}
			}
		}
		return next(c)
	}
}

func storable(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }

// sameSite lets pages of other origins use the API only where the site allows
// them, and answers their preflight requests. No credentials are ever allowed:
// tokens travel in Authorization, and cookies are not read.
func (s *Server) sameSite(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		origin := r.Header.Get(echo.HeaderOrigin)
		if origin == "" || !strings.HasPrefix(r.URL.Path, "/v1/") || r.URL.Path == "/v1/openapi.yaml" {
			return next(c)
		}
		h := c.Response().Header()
		h.Add(echo.HeaderVary, echo.HeaderOrigin)
		if !s.Auth.OriginAllowed(auth.Tenant(r), r) {
			return errOrigin
		}
		h.Set(echo.HeaderAccessControlAllowOrigin, origin)
		h.Set(echo.HeaderAccessControlExposeHeaders, headerRequestID+", Retry-After, Content-Disposition")
		if r.Method != http.MethodOptions {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowMethods, "GET, POST, PATCH, DELETE")
		h.Set(echo.HeaderAccessControlAllowHeaders, "Authorization, Content-Type")
		h.Set(echo.HeaderAccessControlMaxAge, "600")
		return c.NoContent(http.StatusNoContent)
	}
}
