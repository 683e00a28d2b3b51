package ingest

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

// Replace makes the files all that there is of Options.Kind: other documents of
// it are deleted, once the files were read to their end and every row was
// loaded. It is for exports that are always whole.
type Replace struct {
	// Stored lists the ids of a kind that are stored.
	Stored func(ctx context.Context, kind retrieval.Kind) iter.Seq2[string, error]
	// MaxShare of the stored documents is the most that is deleted, from 0 to 1:
	// a file that was cut off must not empty a marketplace.
	MaxShare float64
}

// replace deletes what the files lack.
func (r *run) replace(ctx context.Context, whole bool) error {
	if !whole {
		return fmt.Errorf("%w: not every row was loaded, so there is no telling what is gone", ErrKept)
	}
	var gone []string
	stored := 0
	for id, err := range r.Replace.Stored(ctx, r.Kind) {
		if err != nil {
			return fmt.Errorf("%w: %w", ErrKept, err)
		}
		stored++
		if _, there := r.seen[(docKey{r.Kind, id}).hash()]; !there {
			gone = append(gone, id)
		}
	}
	if float64(len(gone)) > r.Replace.MaxShare*float64(stored) {
		return fmt.Errorf("%w: the files lack %d of %d documents, more than the %.0f%% that may be deleted",
			ErrKept, len(gone), stored, 100*r.Replace.MaxShare)
	}
	for ids := range slices.Chunk(gone, maxBatch) {
		n, err := r.Loader.Delete(ctx, r.Tenant, r.Kind, ids)
		r.sum.Deleted += n
		if err != nil {
			return fmt.Errorf("ingest: delete what the files lack: %w", err)
		}
	}
	return nil
}
