package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

type embedCmd struct {
	Tenant string `help:"Site whose documents are embedded; all of them."`
	Prune  bool   `help:"Then drop the vectors of other models, once nothing lacks one of the present model."`
	Quiet  bool   `short:"q" help:"No progress, only the summary."`
}

// Run embeds what has no vector of the configured model yet, as the server does
// in the background. It may be stopped at any time and run again.
func (c embedCmd) Run(env *environ) error {
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	all := a.tenants()
	tenants := all
	if c.Tenant != "" {
		if _, err := a.sites.Get(c.Tenant); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		tenants = []string{c.Tenant}
	}
	done, begun := 0, time.Now()
	var problems []error
	for _, tenant := range tenants {
		bar, since := newProgressBar(env.log, c.Quiet), time.Now()
		n, err := a.retriever.Fill(env.ctx, tenant, func(done, total int) { bar.embedded(tenant, done, total, time.Since(since)) })
		bar.clear()
		done += n
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", tenant, err))
		}
		if env.ctx.Err() != nil {
			break
		}
	}
	fmt.Fprintf(env.out, "%d documents embedded by %s in %.1f s\n", done, a.retriever.Embedding(), time.Since(begun).Seconds())
	if err := errors.Join(problems...); err != nil {
		return embedProblem(err)
	}
	if c.Prune {
		n, err := a.retriever.Prune(env.ctx, all)
		if err != nil {
			return embedProblem(err)
		}
		fmt.Fprintf(env.out, "%d vectors of other models dropped\n", n)
	}
	return nil
}

func embedProblem(err error) error {
	if errors.Is(err, retrieval.ErrUnavailable) {
		return fmt.Errorf("%w: %w", errStorage, err)
	}
	return err
}

// tenants are the ids of all sites.
func (a *app) tenants() []string {
	var ids []string
	for _, site := range a.sites.All() {
		ids = append(ids, site.ID)
	}
	return ids
}

// embedded draws how far the embedding of a site's documents is.
func (b *progressBar) embedded(tenant string, done, total int, took time.Duration) {
	if b.w == nil || time.Since(b.last) < redraw {
		return
	}
	b.last, b.drawn = time.Now(), true
	fmt.Fprint(b.w, "\r\x1b[K"+cut(embeddedLine(tenant, done, total, took), b.width()-1))
}

// embeddedLine is "shop: 1200 of 5149 documents (23%)  350 a second  0:11
// left". The total is 0 when it is not known.
func embeddedLine(tenant string, done, total int, took time.Duration) string {
	text := fmt.Sprintf("%s: %d documents", tenant, done)
	if total > 0 {
		text = fmt.Sprintf("%s: %d of %d documents (%d%%)", tenant, done, total, 100*done/total)
	}
	if done == 0 || took <= 0 {
		return text
	}
	rate := float64(done) / took.Seconds()
	text += fmt.Sprintf("  %.0f a second", rate)
	if total > done {
		left := int(float64(total-done) / rate)
		text += fmt.Sprintf("  %d:%02d left", left/60, left%60)
	}
	return text
}
