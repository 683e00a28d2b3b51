package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sqlitestore"
	"github.com/parleyhq/parley/web/chat"
)

// piece is a text that makes a frame of about 200 bytes.
var piece = strings.Repeat("word ", 20)

// pusher lets every stream push at its rate between two moments.
type pusher struct {
	begin  chan struct{} // closed when pushing begins
	pushed atomic.Int64
	done   sync.WaitGroup
	end    chan struct{} // closed when it was measured: turns end after that
}

func newPusher() *pusher { return &pusher{begin: make(chan struct{}), end: make(chan struct{})} }

// stream pushes one stream's pieces.
func (p *pusher) stream(push func(i int) error) error {
	p.done.Add(1)
	defer p.done.Done()
	<-p.begin
	ticker := time.NewTicker(time.Second / time.Duration(*rate))
	defer ticker.Stop()
	for i := range *rate * *seconds {
		<-ticker.C
		if err := push(i); err != nil {
			return err
		}
		p.pushed.Add(1)
	}
	return nil
}

// commands answers the process that measures until it closes the input.
func (p *pusher) commands(address string) {
	fmt.Println(address)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		switch in.Text() {
		case "collect":
			debug.FreeOSMemory()
			fmt.Println("collected")
		case "push":
			before := processorTime()
			close(p.begin)
			p.done.Wait()
			spent := processorTime() - before
			close(p.end)
			fmt.Println(spent.Microseconds(), p.pushed.Load())
		}
	}
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func listen(handler http.Handler) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(l, handler)
	return l.Addr().String(), nil
}

// Respond pushes, and ends when that was measured: what a turn costs at its
// end is not a piece's.
func (p *pusher) Respond(ctx context.Context, _ sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	err := p.stream(func(int) error { return emit(sessions.Output{Text: piece}) })
	select {
	case <-p.end:
	case <-ctx.Done():
	}
	return sessions.Outcome{}, err
}

// Revise is not called.
func (p *pusher) Revise(context.Context, sessions.Revision) (sessions.Draft, error) {
	return sessions.Draft{}, sessions.ErrInvalid
}

// visitors lets everybody in.
type visitors struct{}

func (visitors) Verify(_ context.Context, tenant, token string) (sessions.Principal, time.Time, error) {
	return sessions.Principal{Tenant: tenant, Subject: token, Role: sessions.RoleClient}, time.Now().Add(time.Hour), nil
}

func (visitors) Visitor(_ context.Context, tenant string) (string, sessions.Principal, error) {
	return "visitor", sessions.Principal{Tenant: tenant, Subject: "visitor", Role: sessions.RoleClient}, nil
}

func (visitors) Renew(context.Context, sessions.Principal, time.Time) (string, bool) {
	return "", false
}

// serveParley is the socket and the sessions on a new SQLite database.
func serveParley() error {
	folder, err := os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx := context.Background()
	if err := migrations.SQLite(ctx, db.Write); err != nil {
		return err
	}
	store, err := sqlitestore.New(ctx, db)
	if err != nil {
		return err
	}
	p := newPusher()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	manager := sessions.New(store, p, sessions.Config{Log: log})
	defer manager.Close()
	server := chat.New(manager, visitors{}, chat.Config{Log: log})
	e := echo.New()
	e.GET("/v1/chat", server.Handle)
	address, err := listen(e)
	if err != nil {
		return err
	}
	p.commands(address)
	manager.Drain(ctx)
	return server.Shutdown(ctx)
}

// serveBare is what one writes first with gorilla/websocket, with its buffers
// chosen as well as ours: a goroutine a connection that writes.
func serveBare() error {
	p := newPusher()
	upgrader := websocket.Upgrader{ReadBufferSize: 512, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{}}
	var connections atomic.Int64
	address, err := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		id := fmt.Sprintf("%032x", connections.Add(1))
		// session.open and message.create: answered so that the client takes it for ours.
		for _, answer := range []string{`{"type":"session.opened"}`, `{"type":"response.created"}`} {
			if _, _, err := ws.ReadMessage(); err != nil {
				return
			}
			if err := ws.WriteMessage(websocket.TextMessage, []byte(answer)); err != nil {
				return
			}
		}
		frames := make([][]byte, *rate**seconds)
		for i := range frames {
			frames[i] = fmt.Appendf(nil, `{"type":"response.output_text.delta","response_id":"%s","at":%d,"delta":"%s"}`, id, i*len(piece), piece)
		}
		_ = p.stream(func(i int) error { return ws.WriteMessage(websocket.TextMessage, frames[i]) })
		_, _, _ = ws.ReadMessage() // until the client leaves
	}))
	if err != nil {
		return err
	}
	p.commands(address)
	return nil
}
