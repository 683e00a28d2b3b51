package ingest

import (
	"context"
	"errors"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

const (
	// maxBatch and maxBatchBytes bound what is stored at once, and so the memory of a run.
	maxBatch      = 256
	maxBatchBytes = 8 << 20
	// maxFlying batches are loaded at once: while a database works on one,
	// another is embedded and split into words.
	maxFlying = 3
)

// batch is what some rows ask for, each document once: the last row counts.
type batch struct {
	items  []item
	at     map[docKey]int // in items
	rows   int            // to be stored
	drops  int            // to be deleted
	masked int
	bytes  int

	done             chan struct{} // closed when it was loaded, with what came of it:
	changed, deleted int
	notEmbedded, err error
}

// add puts an item into the present batch, which is sent off when it is full.
// Batches are loaded in any order, so a document that is in one of them waits for it.
func (r *run) add(ctx context.Context, it item, bytes int) error {
	if r.seen != nil && !it.deleted && it.doc.Kind == r.Kind {
		r.seen[it.key().hash()] = struct{}{}
	}
	if slices.ContainsFunc(r.flying, func(b *batch) bool { _, has := b.at[it.key()]; return has }) {
		if err := r.land(0); err != nil {
			return err
		}
	}
	if r.batch == nil {
		r.batch = &batch{at: make(map[docKey]int, maxBatch), done: make(chan struct{})}
	}
	b := r.batch
	if at, twice := b.at[it.key()]; twice {
		b.items[at] = it
	} else {
		b.at[it.key()] = len(b.items)
		b.items = append(b.items, it)
	}
	if b.bytes += bytes; it.deleted {
		b.drops++
	} else {
		b.rows++
		b.masked += it.masked
	}
	if b.rows+b.drops < maxBatch && b.bytes < maxBatchBytes {
		return nil
	}
	return r.send(ctx)
}

// send begins to load the present batch.
func (r *run) send(ctx context.Context) error {
	if r.batch == nil {
		return nil
	}
	if err := r.land(maxFlying - 1); err != nil {
		return err
	}
	b := r.batch
	r.batch, r.flying = nil, append(r.flying, b)
	go func() {
		defer close(b.done)
		b.load(ctx, r.Loader, r.Tenant)
	}()
	return nil
}

// settle loads what is left and waits for all batches.
func (r *run) settle(ctx context.Context) error {
	if err := r.send(ctx); err != nil {
		return err
	}
	return r.land(0)
}

// land waits until at most so many batches are being loaded, and counts those that were.
func (r *run) land(most int) error {
	for len(r.flying) > most {
		b := r.flying[0]
		<-b.done
		r.flying = r.flying[1:]
		r.sum.Changed += b.changed
		r.sum.Deleted += b.deleted
		if b.err != nil {
			return b.err
		}
		if r.notEmbedded == nil {
			r.notEmbedded = b.notEmbedded
		}
		r.sum.Loaded += b.rows
		r.sum.Removals += b.drops
		r.sum.Masked += b.masked
		if r.Progress != nil {
			r.Progress(Progress{Summary: r.summary(), Read: r.bytes.Load(), Size: r.size})
		}
	}
	return nil
}

// drain waits for all batches, whatever comes of them. A batch that was loaded
// in spite of the stop counts.
func (r *run) drain() {
	for len(r.flying) > 0 {
		_ = r.land(0) // the first failure is the one to tell
	}
}

// load stores and deletes. Within a batch no document is asked to be both.
func (b *batch) load(ctx context.Context, loader Loader, tenant string) {
	docs := make([]retrieval.Document, 0, len(b.items))
	dropped := make(map[retrieval.Kind][]string)
	for _, it := range b.items {
		if it.deleted {
			dropped[it.doc.Kind] = append(dropped[it.doc.Kind], it.doc.ID)
		} else {
			docs = append(docs, it.doc)
		}
	}
	if len(docs) > 0 {
		b.changed, b.err = loader.Load(ctx, tenant, docs)
		if errors.Is(b.err, retrieval.ErrNotEmbedded) {
			b.notEmbedded, b.err = b.err, nil
		}
	}
	for kind, ids := range dropped {
		if b.err != nil {
			return
		}
		var n int
		n, b.err = loader.Delete(ctx, tenant, kind, ids)
		b.deleted += n
	}
}
