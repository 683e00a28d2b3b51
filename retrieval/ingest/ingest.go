// Package ingest loads documents from files: CSV, a JSON array, or JSON lines,
// each as it is or gzipped, told apart by their content. [Run] is what to call.
//
// Files are read as a stream, so that their size does not matter. A row that
// cannot be used is reported with its line and the reason, the others are
// loaded, and the error at the end wraps [ErrRejected]. Loading is idempotent:
// a document replaces the one of the same kind and id, and a row without an id
// gets one made from its content. So a run that was stopped is simply run again.
//
// # Fields
//
// A row has the fields of a retrieval.Document in its JSON form. In CSV the
// header names them, nested ones with a dot ("outcome.hired"), and lists are
// separated by ";" or "|". Exports with other columns are read by a [Mapping].
// HTML is taken out of all texts. A row with "deleted": true deletes the document of
// its kind and id.
//
// Job posts may also come in a form that collections of public posts have, in
// money of major units and in words where Parley has numbers. A row is taken
// to be of that form when it has one of the fields platform, budget, rate_min,
// rate_max, duration or proposals, and neither pay_min nor pay_max. The fields
// that a mapping makes may be of that form as well:
//
//	skills                      those that are too long to be one are left out
//	category                    sorted into Parley's categories by the words in its name
//	pay_type                    fixed or hourly; when empty, from which of budget and rate is set
//	budget, rate_min, rate_max  major units of currency
//	level                       "Entry level", "Expert ($$$)": the first word counts
//	duration                    "1-3 months", "less than 1 week", "6+ months": the middle, or the only bound, in days
//	country                     English name or ISO 3166-1 code
//	posted_on                   "2025-03-14", "2025-03" (its first day), "May 30, 2024 09:25 UTC"
//	proposals                   "20 to 50", "Less than 5", "50+": the middle, or the only bound
//	platform                    not kept
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// Errors of Run, to be tested with errors.Is.
var (
	// ErrRejected: all was loaded but some rows.
	ErrRejected = errors.New("ingest: rows were rejected")
	// ErrUnreadable: a file could not be opened, or not read to its end. What came before is loaded.
	ErrUnreadable = errors.New("ingest: cannot read")
	// ErrStopped: the Loader failed or the context ended before all was read.
	ErrStopped = errors.New("ingest: stopped")
	// ErrKept: documents that the files lack were not deleted, see [Replace].
	ErrKept = errors.New("ingest: nothing was deleted")
)

// Loader stores and deletes documents, as retrieval.Retriever does. Load
// returns how many were new or changed, Delete how many there were. Both are
// called from several goroutines at once.
type Loader interface {
	Load(ctx context.Context, tenant string, docs []retrieval.Document) (int, error)
	Delete(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) (int, error)
}

// Options say what to load. Tenant, Files and Loader are required.
type Options struct {
	Tenant string
	Kind   retrieval.Kind // of rows that do not say theirs
	Files  []string       // paths; "-" is Stdin
	Loader Loader

	Mapping      *Mapping // of foreign columns, whose kind comes before Kind; nil for our own
	Delete       bool     // each row names a document to delete; only its kind and id are looked at
	Replace      *Replace // delete what the files lack; nil to keep it
	MaskContacts bool     // take e-mail addresses, phone numbers and the like out of texts
	Lines        bool     // the input is JSON lines, not packed, whatever it looks like; none is no error
	Strict       bool     // rows need an id, and have the fields of a document
	MaxRow       int      // bytes of a row; 0 for 4 MiB

	Stdin    io.Reader      // what "-" reads; nil for no standard input
	Remark   func(Remark)   // called for each rejected or repeated row, in their order; nil for none
	Progress func(Progress) // called after each batch; nil for none
}

// Summary counts what became of rows.
type Summary struct {
	Rows     int           // read
	Loaded   int           // stored, or found to be stored already
	Changed  int           // of those loaded: new, or different from what was stored
	Removals int           // rows that named a document to delete
	Deleted  int           // documents that were deleted
	Rejected int           // not loaded
	Repeated int           // with the id of an earlier row of the file, which they replace
	Masked   int           // contacts that were taken out of texts
	Took     time.Duration // so far
}

// Progress is how far a run is.
type Progress struct {
	Summary
	Read, Size int64 // bytes of the files, as they are; Size is 0 when it is not known
}

// Run loads files. A file that cannot be read does not keep the others from
// being loaded; a Loader that fails ends the run. The summary is valid beside an
// error too. Errors: [ErrRejected], [ErrUnreadable], [ErrStopped], [ErrKept], retrieval.ErrInvalid for options,
// retrieval.ErrNotEmbedded when documents wait for their embedding, and those of the Loader.
func Run(ctx context.Context, o Options) (Summary, error) {
	if o.Tenant == "" || len(o.Files) == 0 || o.Loader == nil {
		return Summary{}, fmt.Errorf("ingest: %w: a tenant, a loader and at least one file are needed", retrieval.ErrInvalid)
	}
	if o.Mapping != nil {
		o.Kind = o.Mapping.Kind()
	}
	if o.MaxRow <= 0 {
		o.MaxRow = maxRow
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := &run{Options: o, began: time.Now(), size: sizeOf(o.Files), cancel: cancel}
	r.decoder = decoder{kind: o.Kind, mapping: o.Mapping, deletes: o.Delete, strict: o.Strict, mask: o.MaskContacts}
	if o.Replace != nil {
		r.seen = make(map[uint64]struct{})
	}
	var failures []error
	for _, path := range o.Files {
		if err := r.file(ctx, path); err != nil {
			failures = append(failures, err)
		}
		if r.stopped {
			break
		}
	}
	if r.sum.Rejected > 0 {
		failures = append(failures, fmt.Errorf("%w: %d of %d", ErrRejected, r.sum.Rejected, r.sum.Rows))
	}
	if o.Replace != nil {
		if err := r.replace(ctx, len(failures) == 0); err != nil {
			failures = append(failures, err)
		}
	}
	if r.notEmbedded != nil {
		failures = append(failures, r.notEmbedded)
	}
	return r.summary(), errors.Join(failures...)
}

// run is the state of one Run. One goroutine reads and decodes; batches are
// loaded by others.
type run struct {
	Options
	decoder decoder
	began   time.Time
	size    int64        // of the files, 0 when not known
	bytes   atomic.Int64 // read of them
	cancel  context.CancelFunc

	sum         Summary
	batch       *batch
	flying      []*batch
	seen        map[uint64]struct{} // ids of the files, when they replace what is stored
	notEmbedded error               // the first of its kind
	stopped     bool                // the loader failed: there is no use in going on
}

func (r *run) summary() Summary {
	r.sum.Took = time.Since(r.began)
	return r.sum
}

// file loads one file. Rows before an error are loaded.
func (r *run) file(ctx context.Context, path string) error {
	src, err := r.open(path)
	if r.Lines && errors.Is(err, errEmpty) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	defer src.close()
	seen := make(repeats)
	before := r.sum.Rows
	for row := range src.rows(&r.decoder, r.Lines) {
		if err := ctx.Err(); err != nil {
			return r.stop(src.name, row.line, err)
		}
		r.sum.Rows++
		it, err := r.decoder.decode(row)
		if err != nil {
			r.reject(src.name, row, err)
			continue
		}
		r.noteRepeat(seen, src.name, row.line, it.key())
		if err := r.add(ctx, it, len(row.data)); err != nil {
			return r.stop(src.name, row.line, err)
		}
	}
	if err := r.settle(ctx); err != nil {
		return r.stop(src.name, src.line, err)
	}
	if src.err == nil && r.sum.Rows == before && !r.Lines {
		src.err = errNoRows
	}
	if src.err != nil {
		return fmt.Errorf("%w: %s: %w", ErrUnreadable, src.name, src.err)
	}
	return nil
}

// stop ends the run, and lets the batches that are being loaded come to their end.
func (r *run) stop(file string, line int, err error) error {
	r.stopped = true
	r.cancel()
	r.drain()
	return fmt.Errorf("%w at %s:%d, run again to load the rest: %w", ErrStopped, file, line, err)
}

// sizeOf adds up the sizes of files, 0 when one of them is none.
func sizeOf(paths []string) (size int64) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			return 0
		}
		size += info.Size()
	}
	return size
}
