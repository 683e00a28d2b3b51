package chat

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// page is the page that a connection or a stream belongs to, of an origin that
// its tenant has to allow; "" for a client that is no browser's page, or for a
// page of the server's own that nobody embeds.
type page struct {
	tenant, origin string
}

// pageOf is the page that a request comes from, or an echo.HTTPError when the
// tenant does not allow its origin. A page of the server's own that is embedded
// names the page around it in the query: host=https://shop.example.
func (s *Server) pageOf(r *http.Request, tenant string) (page, error) {
	p := page{tenant: tenant, origin: r.Header.Get("Origin")}
	if u, err := url.Parse(p.origin); err == nil && strings.EqualFold(u.Host, r.Host) {
		p.origin = ""
	}
	good := s.allowed(p)
	if host := r.URL.Query().Get("host"); host != "" {
		p.origin = host
		good = good && s.allowed(p)
	}
	if !good {
		return p, echo.NewHTTPError(http.StatusForbidden, "This site may not connect here.")
	}
	return p, nil
}

func (s *Server) allowed(p page) bool {
	return p.origin == "" || slices.ContainsFunc(s.cfg.Origins(p.tenant), func(allowed string) bool { return strings.EqualFold(allowed, p.origin) })
}

// Recheck ends the connections and streams of pages whose origin is not allowed
// any more. Call it when [Config.Origins] would answer otherwise than before.
func (s *Server) Recheck() {
	for _, c := range s.wheel.all() {
		if !s.allowed(c.page) {
			c.close(CodeRevoked, "origin not allowed")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for t, p := range s.streams {
		if s.allowed(p) {
			continue
		}
		if start, _ := t.out.end(closing{code: CodeRevoked}, false); start {
			t.wake <- struct{}{}
		}
	}
}

// streaming notes a stream until done is called.
func (s *Server) streaming(t *stream, p page) (done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.streams[t] = p
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.streams, t)
	}
}
