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
// separated by ";" or "|".
//
// Job posts may also come in a form that collections of public posts have, in
// money of major units and in words where Parley has numbers. A row is taken
// to be of that form when it has one of the fields platform, budget, rate_min,
// rate_max, duration or proposals, and neither pay_min nor pay_max:
//
//	title, description, skills  HTML tags and entities are removed, and skills that are too long to be one
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
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// ErrRejected is wrapped by the error of a run that loaded all but some rows.
var ErrRejected = errors.New("ingest: rows were rejected")

// Loader stores documents, as retrieval.Retriever does, and returns how many
// were new or changed.
type Loader interface {
	Load(ctx context.Context, tenant string, docs []retrieval.Document) (int, error)
}

// Options say what to load. Tenant, Files and Loader are required.
type Options struct {
	Tenant string
	Kind   retrieval.Kind // of rows that do not say theirs
	Files  []string       // paths; "-" is Stdin
	Loader Loader

	Stdin    io.Reader     // what "-" reads; nil for no standard input
	Rejects  io.Writer     // gets a line "FILE:LINE: reason" for each rejected or repeated row; nil drops them
	Progress func(Summary) // called after each batch; nil for none
}

// Summary counts what became of rows.
type Summary struct {
	Rows     int           // read
	Loaded   int           // stored, or found to be stored already
	Changed  int           // of those loaded: new, or different from what was stored
	Rejected int           // not loaded
	Repeated int           // with the id of an earlier row of the file, which they replace
	Took     time.Duration // so far
}

// batch is how many documents are embedded and stored at once.
const batch = 256

// Run loads files. A file that cannot be read does not keep the others from
// being loaded; a Loader that fails ends the run. The summary is valid beside an
// error too. Errors: [ErrRejected], retrieval.ErrInvalid for options,
// retrieval.ErrNotEmbedded when documents wait for their embedding, and those
// of files and of the Loader.
func Run(ctx context.Context, o Options) (Summary, error) {
	if o.Tenant == "" || len(o.Files) == 0 || o.Loader == nil {
		return Summary{}, fmt.Errorf("ingest: %w: a tenant, a loader and at least one file are needed", retrieval.ErrInvalid)
	}
	r := run{Options: o, began: time.Now()}
	var failures []error
	for _, path := range o.Files {
		err := r.file(ctx, path)
		if err != nil {
			failures = append(failures, err)
		}
		if r.stopped {
			break
		}
	}
	if r.sum.Rejected > 0 {
		failures = append(failures, fmt.Errorf("%w: %d of %d", ErrRejected, r.sum.Rejected, r.sum.Rows))
	}
	if r.notEmbedded != nil {
		failures = append(failures, r.notEmbedded)
	}
	return r.summary(), errors.Join(failures...)
}

// run is the state of one Run.
type run struct {
	Options
	began       time.Time
	sum         Summary
	waiting     []retrieval.Document
	notEmbedded error // the first of its kind
	stopped     bool  // the loader failed: there is no use in going on
}

func (r *run) summary() Summary {
	r.sum.Took = time.Since(r.began)
	return r.sum
}

// file loads one file. Rows before an error are loaded.
func (r *run) file(ctx context.Context, path string) error {
	src, err := r.open(path)
	if err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	defer src.close()
	decoder := rowDecoder{kind: r.Kind}
	seen := make(repeats)
	before := r.sum.Rows
	for row := range src.rows(r.Kind) {
		if err := ctx.Err(); err != nil {
			return r.stop(src.name, row.line, err)
		}
		r.sum.Rows++
		d, err := decoder.decode(row)
		if err != nil {
			r.reject(src.name, row.line, err)
			continue
		}
		r.noteRepeat(seen, src.name, row.line, d)
		r.waiting = append(r.waiting, d)
		if len(r.waiting) < batch {
			continue
		}
		if err := r.flush(ctx); err != nil {
			return r.stop(src.name, row.line, err)
		}
	}
	if err := r.flush(ctx); err != nil {
		return r.stop(src.name, src.line, err)
	}
	if src.err == nil && r.sum.Rows == before {
		src.err = errors.New("has no rows")
	}
	if src.err != nil {
		return fmt.Errorf("ingest: %s: %w", src.name, src.err)
	}
	return nil
}

// flush loads the waiting documents.
func (r *run) flush(ctx context.Context) error {
	if len(r.waiting) == 0 {
		return nil
	}
	changed, err := r.Loader.Load(ctx, r.Tenant, r.waiting)
	r.sum.Changed += changed
	if errors.Is(err, retrieval.ErrNotEmbedded) {
		if r.notEmbedded == nil {
			r.notEmbedded = err
		}
		err = nil
	}
	if err != nil {
		return err
	}
	r.sum.Loaded += len(r.waiting)
	r.waiting = r.waiting[:0]
	if r.Progress != nil {
		r.Progress(r.summary())
	}
	return nil
}

// stop ends the run.
func (r *run) stop(file string, line int, err error) error {
	r.stopped = true
	return fmt.Errorf("ingest: stopped at %s:%d, run again to load the rest: %w", file, line, err)
}

func (r *run) reject(file string, line int, reason error) {
	r.sum.Rejected++
	r.say(file, line, plain(reason))
}

func (r *run) say(file string, line int, text string) {
	if r.Rejects != nil {
		fmt.Fprintf(r.Rejects, "%s:%d: %s\n", file, line, text)
	}
}
