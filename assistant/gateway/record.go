package gateway

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	queued       = 4096 // calls that wait to be written at most
	batched      = 256  // written at once
	gathered     = 20 * time.Millisecond
	recordWithin = 5 * time.Second
	retryAtMost  = 5 * time.Second // between tries
	drainTime    = 5 * time.Second // for what waits when the gateway is closed
)

// recorder writes calls to a ledger in the background, so that nobody waits
// for it. When the ledger cannot be written for so long that the queue fills,
// further calls are not kept, which is logged.
type recorder struct {
	ledger  Ledger
	log     *slog.Logger
	queue   chan *Entry
	ctx     context.Context // ends some time after close
	cancel  context.CancelFunc
	closing chan struct{}
	done    chan struct{}

	mu     sync.RWMutex // held for writing to close the queue
	closed bool
	losing atomic.Bool // the queue is full, and that was logged
}

func newRecorder(ledger Ledger, log *slog.Logger) *recorder {
	r := &recorder{ledger: ledger, log: log, queue: make(chan *Entry, queued), closing: make(chan struct{}), done: make(chan struct{})}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	go r.run()
	return r
}

// add takes a call over. It does not wait.
func (r *recorder) add(call Entry) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if !r.closed {
		select {
		case r.queue <- &call:
			return
		default:
		}
	}
	if !r.losing.Swap(true) {
		r.log.Error("model calls are not recorded", "closed", r.closed, "waiting", len(r.queue))
	}
}

// close writes what waits, and returns when that is done or took too long.
func (r *recorder) close() {
	r.mu.Lock()
	if !r.closed {
		close(r.queue)
		close(r.closing)
	}
	r.closed = true
	r.mu.Unlock()
	limit := time.AfterFunc(drainTime, r.cancel)
	<-r.done
	limit.Stop()
	r.cancel()
}

func (r *recorder) run() {
	defer close(r.done)
	for call := range r.queue {
		select { // calls of the next moment share the transaction
		case <-time.After(gathered):
		case <-r.closing:
		}
		r.write(r.batch(*call))
	}
}

// batch takes what else waits. Of a call that was reserved and has ended
// meanwhile only the end is written.
func (r *recorder) batch(call Entry) []Entry {
	calls, at := []Entry{call}, map[string]int{call.ID: 0}
	for len(calls) < batched {
		select {
		case next, open := <-r.queue:
			if !open {
				return calls
			}
			if i, there := at[next.ID]; there {
				calls[i] = *next
				continue
			}
			at[next.ID] = len(calls)
			calls = append(calls, *next)
		default:
			return calls
		}
	}
	return calls
}

// write tries until it succeeds or the recorder is closed for too long.
func (r *recorder) write(calls []Entry) {
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, retryAtMost) {
		ctx, cancel := context.WithTimeout(r.ctx, recordWithin)
		err := r.ledger.Record(ctx, calls)
		cancel()
		if err == nil {
			r.losing.Store(false)
			return
		}
		r.log.Warn("model calls are not written yet", "calls", len(calls), "error", err)
		select {
		case <-time.After(pause):
		case <-r.ctx.Done():
			r.log.Error("model calls lost: the ledger could not be written", "calls", len(calls))
			return
		}
	}
}
