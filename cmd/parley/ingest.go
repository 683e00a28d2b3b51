package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
)

type ingestCmd struct {
	Files  []string `arg:"" name:"file" help:"CSV, JSON or JSON lines, gzipped or not; - reads standard input."`
	Kind   string   `help:"Kind of the rows that do not name theirs: ${enum}." enum:"job_post,profile,proposal" default:"job_post"`
	Tenant string   `help:"Site to load them into." default:"default"`
	Quiet  bool     `short:"q" help:"No progress, only what was refused."`
}

// Run loads files. A row that is refused is named on the log with its line and
// the reason, and makes the exit code 3.
func (c ingestCmd) Run(env *environ) error {
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.sites.Get(c.Tenant); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	progress := newProgress(env.log, c.Quiet)
	sum, err := ingest.Run(env.ctx, ingest.Options{
		Tenant: c.Tenant, Kind: retrieval.Kind(c.Kind), Files: c.Files, Loader: a.retriever,
		Stdin: env.in, Rejects: env.log, Progress: progress.tell,
	})
	fmt.Fprintf(env.out, "%d rows read, %d loaded (%d new or changed), %d refused, in %.1f s\n",
		sum.Rows, sum.Loaded, sum.Changed, sum.Rejected, sum.Took.Seconds())
	switch {
	case errors.Is(err, retrieval.ErrUnavailable):
		return fmt.Errorf("%w: %w", errStorage, err)
	case errors.Is(err, ingest.ErrRejected):
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	return err
}

// progress tells now and then how far a loading is.
type progress struct {
	w    io.Writer
	last time.Time
}

const progressEvery = 2 * time.Second

func newProgress(w io.Writer, quiet bool) *progress {
	if quiet {
		w = io.Discard
	}
	return &progress{w: w, last: time.Now()}
}

func (p *progress) tell(sum ingest.Summary) {
	if time.Since(p.last) < progressEvery {
		return
	}
	p.last = time.Now()
	fmt.Fprintf(p.w, "%d rows so far, %d refused\n", sum.Rows, sum.Rejected)
}
