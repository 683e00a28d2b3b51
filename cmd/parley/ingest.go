package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
	"github.com/parleyhq/parley/retrieval/loads"
)

type ingestCmd struct {
	Files  []string `arg:"" name:"file" help:"CSV, JSON or JSON lines, gzipped or not; - reads standard input."`
	Kind   string   `help:"Kind of the rows that do not name theirs: ${enum}." enum:"job_post,profile,proposal" default:"job_post"`
	Tenant string   `help:"Site to load them into." default:"default"`

	Map          string  `help:"Mapping of an export's columns to Parley's fields: docs/ingest.md." placeholder:"FILE" type:"existingfile"`
	Rejects      string  `help:"Write refused rows with their reasons into this file, to be put right and loaded again, and not on the log." placeholder:"FILE"`
	MaskContacts bool    `help:"Take e-mail addresses, phone numbers, names on messengers and links to profiles out of texts."`
	Delete       bool    `help:"Delete the documents that the rows name by their id." xor:"change"`
	ReplaceAll   bool    `help:"After everything was loaded, delete the documents of the kind that the files lack." xor:"change"`
	MaxDeleted   float64 `help:"With --replace-all: per cent of the stored documents that may be deleted; more, and none is." default:"20" placeholder:"PERCENT"`
	DryRun       bool    `help:"Only read and check; store nothing." xor:"change"`
	Quiet        bool    `short:"q" help:"No progress, only what was refused."`
}

// Run loads files. A row that is refused is named on the log or in the rejects
// file with its line and the reason, and makes the exit code 3.
func (c ingestCmd) Run(env *environ) error {
	o, err := c.options(env)
	if err != nil {
		return err
	}
	if c.DryRun {
		return c.load(env, o, ingest.Run, "would be loaded")
	}
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.sites.Get(c.Tenant); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	o.Loader = a.retriever
	if c.ReplaceAll {
		o.Replace = &ingest.Replace{Stored: a.stored(c.Tenant), MaxShare: c.MaxDeleted / 100}
	}
	record := loads.Load{Source: sources(c.Files), By: "command", Kind: c.Kind, Model: a.retriever.Embedding()}
	run := func(ctx context.Context, o ingest.Options) (ingest.Summary, error) {
		return loads.Keep(ctx, a.storage.loads, record, o, a.log)
	}
	err = c.load(env, o, run, "loaded")
	if env.ctx.Err() == nil {
		err = errors.Join(err, a.retriever.Settle(env.ctx, c.Tenant))
	}
	return err
}

func (c ingestCmd) options(env *environ) (o ingest.Options, err error) {
	o = ingest.Options{
		Tenant: c.Tenant, Kind: retrieval.Kind(c.Kind), Files: c.Files, Loader: nowhere{}, Stdin: interruptible{env.ctx, env.in},
		Delete: c.Delete, MaskContacts: c.MaskContacts,
	}
	if c.MaxDeleted < 0 || c.MaxDeleted > 100 {
		return o, fmt.Errorf("%w: --max-deleted is from 0 to 100", errUsage)
	}
	if c.Map == "" {
		return o, nil
	}
	content, err := os.ReadFile(c.Map)
	if err != nil {
		return o, fmt.Errorf("%w: --map: %w", errUsage, err)
	}
	if o.Mapping, err = ingest.ReadMapping(content); err != nil {
		return o, fmt.Errorf("%w: %s: %w", errUsage, c.Map, err)
	}
	return o, nil
}

// load runs the loading and says what came of it.
func (c ingestCmd) load(env *environ, o ingest.Options, run func(context.Context, ingest.Options) (ingest.Summary, error), done string) error {
	rejects, err := openRejects(c.Rejects, c.Files)
	if err != nil {
		return fmt.Errorf("%w: --rejects: %w", errUsage, err)
	}
	bar := newProgressBar(env.log, c.Quiet)
	o.Progress = bar.tell
	o.Remark = func(r ingest.Remark) {
		if kept := !r.Loaded && rejects.write(r); !kept {
			bar.clear()
			fmt.Fprintln(env.log, r)
		}
	}
	sum, err := run(env.ctx, o)
	bar.clear()
	err = errors.Join(err, rejects.close())
	fmt.Fprintln(env.out, summaryLine(sum, done))
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("interrupted: what the line above counts as loaded is stored; the same command again does the rest (%w)", err)
	case errors.Is(err, retrieval.ErrUnavailable):
		return fmt.Errorf("%w: %w", errStorage, err)
	case errors.Is(err, retrieval.ErrNotEmbedded):
		return fmt.Errorf("all was stored, but not all embedded: until `parley embed` or a running server makes up for it, that is found by its words only: %w", err)
	case errors.Is(err, ingest.ErrUnreadable):
		return err
	case errors.Is(err, ingest.ErrRejected), errors.Is(err, ingest.ErrKept):
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	return err
}

// sources names the first files for the record of the loading, without their folders.
func sources(files []string) string {
	const most = 3
	names := make([]string, 0, most)
	for _, file := range files[:min(len(files), most)] {
		names = append(names, filepath.Base(file))
	}
	if len(files) > most {
		names = append(names, fmt.Sprintf("and %d more", len(files)-most))
	}
	return strings.Join(names, ", ")
}

func summaryLine(sum ingest.Summary, done string) string {
	line := fmt.Sprintf("%d rows read, %d %s (%d new or changed), %d refused", sum.Rows, sum.Loaded, done, sum.Changed, sum.Rejected)
	for _, more := range []struct {
		n    int
		what string
	}{{sum.Repeated, "repeated"}, {sum.Deleted, "deleted"}, {sum.Removals - sum.Deleted, "to delete were not there"}, {sum.Masked, "contacts masked"}} {
		if more.n > 0 {
			line += fmt.Sprintf(", %d %s", more.n, more.what)
		}
	}
	line += fmt.Sprintf(", in %.1f s", sum.Took.Seconds())
	if seconds := sum.Took.Seconds(); seconds >= 1 {
		line += fmt.Sprintf(" (%.0f a second)", float64(sum.Rows)/seconds)
	}
	return line
}

// stored lists what --replace-all compares with. It holds the list of one kind in memory.
func (a *app) stored(tenant string) func(context.Context, retrieval.Kind) iter.Seq2[string, error] {
	return func(ctx context.Context, kind retrieval.Kind) iter.Seq2[string, error] {
		return func(yield func(string, error) bool) {
			filter := retrieval.Filter{Tenant: tenant, Kind: kind}
			count, err := a.storage.index.Count(ctx, filter)
			if err != nil {
				yield("", err)
				return
			}
			documents, err := a.storage.index.Facets(ctx, filter, nil, count)
			if err != nil {
				yield("", err)
				return
			}
			for _, d := range documents {
				if !yield(d.ID, nil) {
					return
				}
			}
		}
	}
}

// interruptible is a reader that a signal ends even while nothing comes. The
// read that it waits for is given up together with the process.
type interruptible struct {
	ctx context.Context
	in  io.Reader
}

// Read implements io.Reader.
func (r interruptible) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	buffer := make([]byte, len(p)) // p is the caller's again after a signal
	done := make(chan result, 1)
	go func() {
		n, err := r.in.Read(buffer)
		done <- result{n, err}
	}()
	select {
	case read := <-done:
		return copy(p, buffer[:read.n]), read.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}

// nowhere is where a dry run stores.
type nowhere struct{}

func (nowhere) Load(context.Context, string, []retrieval.Document) (int, error) { return 0, nil }
func (nowhere) Delete(context.Context, string, retrieval.Kind, []string) (int, error) {
	return 0, nil
}

// rejects is the file that refused rows go to. The zero value has none.
type rejects struct {
	file  *os.File
	wrote int
	err   error
}

func openRejects(path string, inputs []string) (*rejects, error) {
	if path == "" {
		return &rejects{}, nil
	}
	if old, err := os.Stat(path); err == nil {
		for _, input := range inputs {
			if info, err := os.Stat(input); err == nil && os.SameFile(old, info) {
				return nil, fmt.Errorf("%s is read as well: name another file", path)
			}
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	return &rejects{file: file}, err
}

// write keeps a row, and reports false when there is no file to keep it in.
func (r *rejects) write(remark ingest.Remark) bool {
	if r.file == nil || r.err != nil {
		return false
	}
	var line []byte
	if line, r.err = json.Marshal(remark); r.err == nil {
		_, r.err = r.file.Write(append(line, '\n'))
	}
	r.wrote++
	return r.err == nil
}

func (r *rejects) close() error {
	if r.file == nil {
		return nil
	}
	err := errors.Join(r.err, r.file.Close())
	if r.wrote == 0 && err == nil {
		err = os.Remove(r.file.Name()) // nothing was refused
	}
	if err != nil {
		return fmt.Errorf("rejects file: %w", err)
	}
	return nil
}
