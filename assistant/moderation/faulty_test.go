package moderation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
)

var errDatabase = errors.New("the database is gone")

// faulty is a queue whose database fails: always, or by chance, before or after
// what it is asked to do is done.
type faulty struct {
	moderation.Queue

	mu        sync.Mutex
	err       error // of every operation
	afterOpen error // becomes err once a case is opened
	chance    *rand.Rand
	share     float64 // of operations that fail by chance
}

func (f *faulty) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

func (f *faulty) failAfterOpen(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.afterOpen = err
}

// strikes tells whether this operation fails, and whether it is done all the same.
func (f *faulty) strikes() (err error, done bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return f.err, false
	}
	if f.chance != nil && f.chance.Float64() < f.share {
		return errDatabase, f.chance.IntN(2) == 0
	}
	return nil, true
}

func (f *faulty) Open(ctx context.Context, c moderation.Case, d moderation.Decision) (moderation.Case, bool, error) {
	err, done := f.strikes()
	if err != nil && !done {
		return moderation.Case{}, false, err
	}
	kept, fresh, failed := f.Queue.Open(ctx, c, d)
	f.mu.Lock()
	if f.afterOpen != nil {
		f.err, f.afterOpen = f.afterOpen, nil
	}
	f.mu.Unlock()
	if err != nil {
		return moderation.Case{}, false, err
	}
	return kept, fresh, failed
}

func (f *faulty) Change(ctx context.Context, c moderation.Change) (moderation.Case, error) {
	err, done := f.strikes()
	if err != nil && !done {
		return moderation.Case{}, err
	}
	stored, failed := f.Queue.Change(ctx, c)
	if err != nil {
		return moderation.Case{}, err
	}
	return stored, failed
}

func (f *faulty) Get(ctx context.Context, tenant, id string) (moderation.Case, error) {
	if err, _ := f.strikes(); err != nil {
		return moderation.Case{}, err
	}
	return f.Queue.Get(ctx, tenant, id)
}

func (f *faulty) Due(ctx context.Context, now, stale time.Time, limit int) ([]moderation.Case, error) {
	if err, _ := f.strikes(); err != nil {
		return nil, err
	}
	return f.Queue.Due(ctx, now, stale, limit)
}

func (f *faulty) Unannounced(ctx context.Context, limit int) ([]moderation.Announcement, error) {
	if err, _ := f.strikes(); err != nil {
		return nil, err
	}
	return f.Queue.Unannounced(ctx, limit)
}

func (f *faulty) Announced(ctx context.Context, ids []string) error {
	err, done := f.strikes()
	if err != nil && !done {
		return err
	}
	if failed := f.Queue.Announced(ctx, ids); failed != nil {
		return failed
	}
	return err
}
