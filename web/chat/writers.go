package chat

import (
	"syscall"
	"time"
)

const (
	// writerLinger is how long a writer without work waits for more.
	writerLinger = time.Second

	// smallWrite is how many bytes of events are written by whoever has them.
	smallWrite = 2048
)

// start is called by whoever put something into an outbox that nobody empties.
// A piece of text goes out at once, without a change of goroutine, when the
// socket has room for it; everything else is left to a writer, because nobody
// who has an event may wait for a slow client.
func (c *conn) start() {
	if c.raw == nil || !c.out.small(smallWrite) || !hasRoom(c.raw) {
		c.server.write(c)
		return
	}
	items, _ := c.out.take(0)
	written, err := c.writeItems(items)
	if err != nil {
		c.ws.Close() // the reader notices; nothing else is written
		return
	}
	if c.out.settle(written) {
		c.server.write(c)
	}
}

// rawConn is nil when the connection is no plain socket (TLS ends in this process).
func rawConn(c any) syscall.RawConn {
	socket, ok := c.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// write empties a connection's outbox in another goroutine: in a writer that
// has just finished and waits, whose stack has grown already to what a write
// needs, or else in a new one.
func (s *Server) write(c *conn) {
	select {
	case s.writers <- c:
	default:
		s.wg.Go(func() { s.writer(c) })
	}
}

func (s *Server) writer(c *conn) {
	idle := time.NewTimer(writerLinger)
	defer idle.Stop()
	for {
		c.write()
		idle.Reset(writerLinger)
		select {
		case c = <-s.writers:
		case <-idle.C:
			return
		case <-s.ctx.Done():
			return
		}
	}
}
