package chat

import (
	"sync"
	"time"
)

// slots is into how many parts the time between two pings is divided.
const slots = 25

// wheel pings every connection once in PingEvery, a slot of them at a time,
// and closes those that do not answer, were not opened in time, or whose token
// has expired. It is one goroutine for all connections.
type wheel struct {
	server *Server

	mu    sync.Mutex
	slots [slots][]*conn
	next  int                // slot of the next new connection
	due   map[*conn]struct{} // deadline before the next visit to its slot
}

// place is where in the wheel a connection is; index -1 is nowhere.
type place struct{ slot, index int32 }

func newWheel(s *Server) *wheel { return &wheel{server: s, due: map[*conn]struct{}{}} }

func (w *wheel) add(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.place = place{int32(w.next), int32(len(w.slots[w.next]))}
	w.slots[w.next] = append(w.slots[w.next], c)
	w.next = (w.next + 1) % slots
	w.due[c] = struct{}{}
}

func (w *wheel) remove(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.due, c)
	if c.place.index < 0 {
		return
	}
	slot := w.slots[c.place.slot]
	last := slot[len(slot)-1]
	slot[c.place.index], last.place.index = last, c.place.index
	slot[len(slot)-1] = nil
	w.slots[c.place.slot] = slot[:len(slot)-1]
	c.place.index = -1
}

func (w *wheel) all() []*conn {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []*conn
	for _, slot := range w.slots {
		all = append(all, slot...)
	}
	return all
}

func (w *wheel) run() {
	ticker := time.NewTicker(max(w.server.cfg.PingEvery/slots, time.Millisecond))
	defer ticker.Stop()
	for slot := 0; ; slot = (slot + 1) % slots {
		select {
		case <-w.server.ctx.Done():
			return
		case <-ticker.C:
			w.tick(slot, time.Now().UnixNano())
		}
	}
}

func (w *wheel) tick(slot int, now int64) {
	horizon := now + 2*int64(w.server.cfg.PingEvery) // safely after the next visit
	w.mu.Lock()
	visit := append([]*conn(nil), w.slots[slot]...)
	var late []*conn
	for c := range w.due {
		switch deadline := c.deadline.Load(); {
		case deadline != 0 && deadline <= now:
			late = append(late, c)
			delete(w.due, c)
		case deadline == 0 || deadline > horizon:
			delete(w.due, c)
		}
	}
	for _, c := range visit {
		if deadline := c.deadline.Load(); deadline != 0 && deadline <= horizon {
			w.due[c] = struct{}{}
		}
	}
	w.mu.Unlock()

	for _, c := range late {
		w.expired(c)
	}
	silence := int64(w.server.cfg.PingEvery + w.server.cfg.PongTimeout)
	for _, c := range visit {
		if now-c.seen.Load() > silence {
			c.close(CodeNoPong, "no pong")
		} else {
			w.server.wg.Go(c.ping)
		}
	}
}

func (w *wheel) expired(c *conn) {
	if c.opened.Load() {
		c.close(CodeBadToken, "token expired")
	} else {
		c.close(CodeNotOpened, "not opened in time")
	}
}
