package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/parleyhq/parley/retrieval"
)

// filler embeds in the background what was stored without an embedding: after
// the embedding model was changed, or while its server was gone.
type filler struct {
	retriever *retrieval.Retriever
	log       *slog.Logger
	ctx       context.Context
	cancel    context.CancelFunc

	mu      sync.Mutex
	working map[string]bool // tenants being filled; true: look again when done
	wg      sync.WaitGroup
}

func newFiller(retriever *retrieval.Retriever, log *slog.Logger) *filler {
	f := &filler{retriever: retriever, log: log, working: map[string]bool{}}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	return f
}

// fill starts to embed what a tenant's documents lack, unless that is being done.
func (f *filler) fill(tenant string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ctx.Err() != nil {
		return
	}
	if _, works := f.working[tenant]; works {
		f.working[tenant] = true
		return
	}
	f.working[tenant] = false
	f.wg.Go(func() { f.work(tenant) })
}

func (f *filler) work(tenant string) {
	for {
		wait := backoff.NewExponentialBackOff()
		wait.InitialInterval, wait.MaxInterval = 2*time.Second, 5*time.Minute
		filled, err := backoff.Retry(f.ctx, func() (int, error) {
			n, err := f.retriever.Fill(f.ctx, tenant, f.progress(tenant))
			if err != nil && f.ctx.Err() == nil {
				f.log.Warn("embedding documents failed, trying again later", "tenant", tenant, "error", err)
			}
			return n, err
		}, backoff.WithBackOff(wait), backoff.WithMaxElapsedTime(0))
		if err == nil && filled > 0 {
			f.log.Info("documents embedded", "tenant", tenant, "documents", filled)
		}
		f.mu.Lock()
		again := f.working[tenant] && f.ctx.Err() == nil
		f.working[tenant] = false
		if !again {
			delete(f.working, tenant)
		}
		f.mu.Unlock()
		if !again {
			return
		}
	}
}

// toldEvery is how often the log tells how far a long filling is.
const toldEvery = 30 * time.Second

func (f *filler) progress(tenant string) func(done, total int) {
	told := time.Now()
	return func(done, total int) {
		if time.Since(told) >= toldEvery {
			told = time.Now()
			f.log.Info("embedding documents", "tenant", tenant, "done", done, "total", total)
		}
	}
}

// Close stops it; what is missing is embedded after the next start.
func (f *filler) Close() {
	f.mu.Lock()
	f.cancel()
	f.mu.Unlock()
	f.wg.Wait()
}
