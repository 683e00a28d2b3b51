package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	trimEvery = 30 * time.Second
	// quiet is how many bytes may be allocated in trimEvery by a server that
	// has nothing to do; a turn allocates about 1 MiB.
	quiet = 16 << 20
)

// trim gives memory back to the system while the server is quiet. The runtime
// alone keeps as much as the last busy minute needed, which many idle
// connections would be blamed for. A collection takes some milliseconds.
func trim(ctx context.Context) {
	ticker := time.NewTicker(trimEvery)
	defer ticker.Stop()
	before, trimmed := allocated(), uint64(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := allocated()
		if now-before < quiet && now-trimmed > quiet/4 {
			debug.FreeOSMemory()
			trimmed = now
		}
		before = now
	}
}

// allocated is how many bytes the process has allocated on its heap so far.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
