package chat

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/sessions"
)

// Subprotocol is the version of the wire.
const Subprotocol = "parley.v1"

// Close codes; below 3500 a client reconnects.
const (
	CodeShutdown  = 3001
	CodeTooSlow   = 3008
	CodeNoPong    = 3012
	CodeBadToken  = 3500
	CodeBadFrame  = 3501
	CodeNotOpened = 3502
	CodeRevoked   = 3503
	CodeDeleted   = 3504
	CodeTooMany   = 3505
)

// Server speaks the wire to clients of a Manager.
type Server struct {
	manager  *sessions.Manager
	auth     Authenticator
	cfg      Config
	upgrader websocket.Upgrader
	buffers  sync.Pool  // *[]byte in which frames are made
	writers  chan *conn // to writers that wait for work

	ctx    context.Context // of handling frames and of streams
	cancel context.CancelFunc
	wheel  *wheel

	mu      sync.Mutex
	closing bool
	streams map[*stream]page
	wg      sync.WaitGroup // every goroutine; a new connection adds under mu while not closing
}

// New returns a server. Its one goroutine ends with Shutdown.
func New(manager *sessions.Manager, auth Authenticator, cfg Config) *Server {
	s := &Server{manager: manager, auth: auth, cfg: cfg.withDefaults(), writers: make(chan *conn), streams: map[*stream]page{}}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.buffers.New = func() any { return new([]byte) }
	s.upgrader = websocket.Upgrader{
		ReadBufferSize: 128, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{}, // a frame larger than its buffer is read past it
		Subprotocols: []string{Subprotocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // checked by Handle, which knows the tenant
		Error:        func(http.ResponseWriter, *http.Request, int, error) {},
	}
	s.wheel = newWheel(s)
	s.wg.Go(s.wheel.run)
	return s
}

// Handle upgrades a request to a WebSocket and returns; the connection goes on
// by itself. A request that is no upgrade, comes from a foreign origin, or
// comes while the server shuts down is refused with an echo.HTTPError.
func (s *Server) Handle(c echo.Context) error {
	r := c.Request()
	tenant, err := s.cfg.Tenant(r)
	if err != nil {
		return err
	}
	from, err := s.pageOf(r, tenant)
	if err != nil {
		return err
	}
	if s.isClosing() {
		return echo.NewHTTPError(http.StatusServiceUnavailable, "The server is restarting.")
	}
	ws, err := s.upgrader.Upgrade(c.Response(), r, nil)
	if err != nil {
		var handshake websocket.HandshakeError
		if errors.As(err, &handshake) {
			return echo.NewHTTPError(http.StatusBadRequest, "This address is for WebSocket connections.").SetInternal(err)
		}
		return err
	}
	s.serve(ws, from)
	return nil
}

// serve leaves nothing of the request alive.
func (s *Server) serve(ws *websocket.Conn, from page) {
	c := newConn(s, ws, from)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		ws.Close()
		return
	}
	s.wheel.add(c)
	s.wg.Add(1) // c.leave takes it away
	go c.read()
	if !s.allowed(from) { // since it was checked
		c.close(CodeRevoked, "origin not allowed")
	}
}

func (s *Server) isClosing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closing
}

// closesAtOnce bounds how many connections Shutdown writes to in parallel.
const closesAtOnce = 256

// Shutdown closes every connection with 3001 and ends every stream. Call it
// after Manager.Drain. When ctx ends first, what is left is cut off.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	s.cancel()

	conns := make(chan *conn)
	for range closesAtOnce {
		s.wg.Go(func() {
			for c := range conns {
				if c.end(CodeShutdown, "shutting down") {
					c.write()
				}
			}
		})
	}
	for _, c := range s.wheel.all() {
		conns <- c
	}
	close(conns)

	done := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
	}
	for _, c := range s.wheel.all() {
		c.ws.Close()
	}
	<-done
	return ctx.Err()
}
