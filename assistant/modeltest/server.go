package modeltest

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// Behaviour answers one request for a chat completion. It returns early when
// quit is closed or the request's context ends.
type Behaviour func(w http.ResponseWriter, r *http.Request, quit <-chan struct{})

// Received is a request as it came.
type Received struct {
	Path   string
	Header http.Header
	Body   []byte
	Gone   <-chan struct{} // closed when the client has gone or the answer has ended
}

// Server is an OpenAI-compatible server whose behaviour is scripted.
type Server struct {
	http  *httptest.Server
	quit  chan struct{}
	conns atomic.Int64
	came  chan struct{}

	mu       sync.Mutex
	script   []Behaviour
	received []Received
}

// NewServer starts a server that answers each request with the next behaviour,
// and all further ones with the last. It is closed when the test ends.
func NewServer(t testing.TB, script ...Behaviour) *Server {
	s := &Server{script: script, quit: make(chan struct{}), came: make(chan struct{}, 1024)}
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	s.http.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			s.conns.Add(1)
		}
	}
	s.http.Start()
	t.Cleanup(s.Close)
	return s
}

// URL is the base URL, with the version.
func (s *Server) URL() string { return s.http.URL + "/v1" }

// Close ends what runs and stops the server. It may be called twice.
func (s *Server) Close() {
	s.mu.Lock()
	select {
	case <-s.quit:
	default:
		close(s.quit)
	}
	s.mu.Unlock()
	s.http.Close()
}

// Script replaces what is left of the script.
func (s *Server) Script(script ...Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = script
}

// Requests returns what came so far.
func (s *Server) Requests() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received(nil), s.received...)
}

// Came receives a value for each request that has come, before it is answered.
func (s *Server) Came() <-chan struct{} { return s.came }

// Connections returns how many connections were made so far.
func (s *Server) Connections() int { return int(s.conns.Load()) }

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body)) // behaviours may read it again
	behave := s.next(Received{Path: r.URL.Path, Header: r.Header.Clone(), Body: body, Gone: r.Context().Done()})
	select {
	case s.came <- struct{}{}:
	default:
	}
	if behave == nil {
		http.Error(w, "nothing scripted", http.StatusNotImplemented)
		return
	}
	behave(w, r, s.quit)
}

func (s *Server) next(r Received) Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.received = append(s.received, r)
	if len(s.script) == 0 {
		return nil
	}
	behave := s.script[0]
	if len(s.script) > 1 {
		s.script = s.script[1:]
	}
	return behave
}
