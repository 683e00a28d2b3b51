// Package loads keeps a record of each time that documents were loaded into a
// site: from where, by whom, what became of the rows, and the first that were
// refused with their reasons. [Keep] is what to call around a loading.
//
// A loading whose process dies leaves a record that is running and gives no
// sign of life any more; after [silence] it is told as interrupted.
package loads

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
)

const (
	// Kept is how many records of a site are kept, the newest ones.
	Kept = 500

	mostRefusals = 50
	mostReason   = 300 // bytes of one
	beat         = 5 * time.Second
	silence      = 6 * beat // after which a loading is taken for dead
)

// State is how a loading stands.
type State string

// The states of a loading.
const (
	Running     State = "running"
	Done        State = "done"        // all rows were read; some may have been refused
	Failed      State = "failed"      // it ended before all rows were read, for the reason in Error
	Interrupted State = "interrupted" // its process ended, or was told to
)

// Load is the record of one loading.
type Load struct {
	ID      string     `json:"id"`
	Source  string     `json:"source"`         // what was read: file names, "upload", "demo marketplace"
	By      string     `json:"by"`             // who loaded it: "api", "command", "server"
	Kind    string     `json:"kind,omitempty"` // of rows that did not say theirs
	State   State      `json:"state"`
	Started time.Time  `json:"started"`
	Touched time.Time  `json:"touched"` // last sign of life
	Ended   *time.Time `json:"ended,omitempty"`

	Rows     int       `json:"rows"`    // read
	Loaded   int       `json:"loaded"`  // stored, or found to be stored already
	Changed  int       `json:"changed"` // of those: new or different
	Deleted  int       `json:"deleted"`
	Masked   int       `json:"masked"` // contacts taken out of texts
	Refused  int       `json:"refused"`
	Refusals []Refusal `json:"refusals,omitempty"` // the first 50
	Waiting  bool      `json:"waiting,omitempty"`  // some documents were stored without an embedding
	Model    string    `json:"model,omitempty"`    // the embedding's name
	Error    string    `json:"error,omitempty"`
}

// Refusal is a row that was not loaded.
type Refusal struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// Log keeps records, for each site by itself. Implementations are safe for concurrent use.
type Log interface {
	// Save writes a record, and drops those of the site that are beyond the newest Kept.
	Save(ctx context.Context, tenant string, l Load) error
	// List returns a site's records, the newest first, at most limit.
	List(ctx context.Context, tenant string, limit int) ([]Load, error)
}

// Keep runs a loading and keeps a record of it. Options' Remark and Progress
// are called as without it. That the record could not be written never fails
// the loading: it is said in the log.
func Keep(ctx context.Context, to Log, l Load, o ingest.Options, log *slog.Logger) (ingest.Summary, error) {
	k := &keeper{to: to, tenant: o.Tenant, log: log, load: l}
	k.begin(ctx)
	remark, progress := o.Remark, o.Progress
	o.Remark = func(r ingest.Remark) {
		k.refused(r)
		if remark != nil {
			remark(r)
		}
	}
	o.Progress = func(p ingest.Progress) {
		k.counted(p.Summary)
		if progress != nil {
			progress(p)
		}
	}
	stop := k.beat(ctx)
	sum, err := ingest.Run(ctx, o)
	stop()
	k.end(ctx, sum, err)
	return sum, err
}

// keeper writes one record while its loading runs.
type keeper struct {
	to     Log
	tenant string
	log    *slog.Logger

	mu   sync.Mutex
	load Load
}

func (k *keeper) begin(ctx context.Context) {
	now := time.Now().UTC()
	k.load.ID, k.load.State, k.load.Started = rand.Text(), Running, now
	k.save(ctx)
}

func (k *keeper) refused(r ingest.Remark) {
	if r.Loaded {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.load.Refusals) < mostRefusals {
		k.load.Refusals = append(k.load.Refusals, Refusal{r.File, r.Line, clip(r.Reason)})
	}
}

func (k *keeper) counted(s ingest.Summary) {
	k.mu.Lock()
	defer k.mu.Unlock()
	l := &k.load
	l.Rows, l.Loaded, l.Changed, l.Deleted, l.Masked, l.Refused = s.Rows, s.Loaded, s.Changed, s.Deleted, s.Masked, s.Rejected
}

// beat writes how far the loading is until it is stopped.
func (k *keeper) beat(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(beat)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				k.save(ctx)
			}
		}
	})
	return func() {
		cancel()
		wg.Wait()
	}
}

func (k *keeper) end(ctx context.Context, sum ingest.Summary, err error) {
	k.counted(sum)
	now := time.Now().UTC()
	k.load.Ended = &now
	k.load.Waiting = errors.Is(err, retrieval.ErrNotEmbedded)
	k.load.State, k.load.Error = outcome(ctx, err)
	// What ended the loading must not keep its end from being written.
	k.save(context.WithoutCancel(ctx))
}

// outcome tells a loading that could not go on from one whose rows were read.
func outcome(ctx context.Context, err error) (State, string) {
	switch {
	case ctx.Err() != nil:
		return Interrupted, ""
	case errors.Is(err, ingest.ErrStopped), errors.Is(err, ingest.ErrUnreadable), errors.Is(err, ingest.ErrKept), errors.Is(err, retrieval.ErrInvalid):
		return Failed, clip(err.Error())
	}
	return Done, ""
}

const saveTimeout = 5 * time.Second

func (k *keeper) save(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, saveTimeout)
	defer cancel()
	k.mu.Lock()
	k.load.Touched = time.Now().UTC()
	l := k.load
	l.Refusals = append([]Refusal(nil), l.Refusals...)
	k.mu.Unlock()
	if err := k.to.Save(ctx, k.tenant, l); err != nil && ctx.Err() != context.Canceled {
		k.log.Warn("a loading could not be recorded", "tenant", k.tenant, "error", err)
	}
}

func clip(text string) string {
	if len(text) <= mostReason {
		return text
	}
	return strings.ToValidUTF8(text[:mostReason], "") + "…"
}

// seen is a record as it is told at a time.
func seen(l Load, now time.Time) Load {
	if l.State == Running && now.Sub(l.Touched) > silence {
		l.State = Interrupted
	}
	return l
}
