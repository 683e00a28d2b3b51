package chat

import (
	"sync"

	"github.com/parleyhq/parley/sessions"
)

// outbox is what waits to be written to one client, in order. It is filled
// without blocking and emptied by one writer at a time.
type outbox struct {
	mu      sync.Mutex
	items   []item
	bytes   int  // of items and of what the writer has taken, openings left out
	holding bool // session.opened must be written first
	writing bool // a writer is at work
	closing *closing
}

// closing is how a connection ends; nothing is taken after it was set.
type closing struct {
	code   int
	reason string
}

// item is a frame, or an event still to be made one.
type item struct {
	frame []byte
	event sessions.Event
	size  int // counted against the limit
}

func eventItem(e sessions.Event) item {
	size := len(e.Data) + 64
	if e.Delta != nil {
		size += len(e.Delta.Text)
	}
	return item{event: e, size: size}
}

// put adds an item. It returns start when the caller must see to it that a
// writer starts, and full when more waits already than the limit allows: then the item
// is not added.
func (o *outbox) put(i item, limit int) (start, full bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closing != nil {
		return false, false
	}
	if o.bytes > limit {
		return false, true
	}
	o.items = append(o.items, i)
	o.bytes += i.size
	return o.begin(), false
}

// hold keeps what is put from being written until open or, when opening
// failed, unhold.
func (o *outbox) hold() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.holding = true
}

func (o *outbox) unhold() (start bool) { return o.open(nil) }

// open puts what a subscriber starts with before what has come since hold.
// A large snapshot does not count as slowness.
func (o *outbox) open(first []item) (start bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closing != nil {
		return false
	}
	for i := range first {
		first[i].size = 0
	}
	o.items = append(first, o.items...)
	o.holding = false
	return len(o.items) > 0 && o.begin()
}

// end closes the outbox. What waits is still written first, unless drop is set.
func (o *outbox) end(c closing, drop bool) (start, ended bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closing != nil {
		return false, false
	}
	o.closing = &c
	if drop || o.holding {
		o.items, o.holding = nil, false
	}
	return o.begin(), true
}

// begin is called with mu held.
func (o *outbox) begin() bool {
	if o.writing || o.holding {
		return false
	}
	o.writing = true
	return true
}

// take returns what waits, or how to close, or neither when the writer may end.
// written is the size of what the writer took before.
func (o *outbox) take(written int) ([]item, *closing) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes -= written
	if len(o.items) > 0 {
		items := o.items
		o.items = nil
		return items, nil
	}
	if o.closing != nil {
		return nil, o.closing // writing stays set: this was the last writer
	}
	o.writing = false
	return nil, nil
}

// small reports whether what waits is at most limit bytes and the connection goes on.
func (o *outbox) small(limit int) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.closing == nil && len(o.items) > 0 && o.bytes <= limit
}

// settle ends a writer's work after it took and wrote once, unless more waits:
// then it returns true and another has to go on.
func (o *outbox) settle(written int) (more bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes -= written
	o.writing = len(o.items) > 0 || o.closing != nil
	return o.writing
}

// frames calls write with each frame of what was taken. Pieces of a response's
// text that follow each other are joined into one frame. It returns the size
// that was taken.
func frames(items []item, buffer *[]byte, write func([]byte) error) (size int, err error) {
	for i := 0; i < len(items); {
		n := 1
		b := (*buffer)[:0]
		switch it := items[i]; {
		case it.frame != nil:
			b = append(b, it.frame...)
		case it.event.Delta != nil:
			b, n = appendDeltas(b, items[i:])
		default:
			b = appendEvent(b, it.event)
		}
		for _, it := range items[i : i+n] {
			size += it.size
		}
		*buffer = b
		if err := write(b); err != nil {
			return size, err
		}
		i += n
	}
	return size, nil
}

// appendDeltas appends one frame for as many deltas as join, and returns how many.
func appendDeltas(b []byte, items []item) ([]byte, int) {
	first := items[0].event.Delta
	b = appendDeltaStart(b, first.Response, first.At)
	b = appendEscaped(b, first.Text)
	n, end := 1, -1
	for n < len(items) {
		next := items[n].event.Delta
		if next == nil || next.Response != first.Response {
			break
		}
		if end < 0 {
			end = first.At + unitsOf(first.Text)
		}
		if next.At != end {
			break
		}
		b = appendEscaped(b, next.Text)
		end += unitsOf(next.Text)
		n++
	}
	return append(b, deltaEnd...), n
}

// ended tells whether the outbox was closed.
func (o *outbox) ended() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.closing != nil
}
