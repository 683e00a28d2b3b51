package gateway

import (
	"context"
	"sync/atomic"
	"time"
)

// watchdog ends a request whose next piece is late. While it is held, because
// the receiver of the text is busy, time does not count.
type watchdog struct {
	timer *time.Timer
	by    time.Time
	cause atomic.Pointer[failure]
}

func newWatchdog(by time.Time, cause *failure, bark context.CancelCauseFunc) *watchdog {
	w := &watchdog{by: by}
	w.cause.Store(cause)
	w.timer = time.AfterFunc(time.Until(by), func() { bark(w.cause.Load()) })
	return w
}

func (w *watchdog) hold() { w.timer.Stop() }

func (w *watchdog) resume() { w.timer.Reset(time.Until(w.by)) }

// expect sets by when the next piece must come. Call it while held.
func (w *watchdog) expect(within time.Duration, cause *failure) {
	w.by = time.Now().Add(within)
	w.cause.Store(cause)
}
