package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/parleyhq/parley/web"
	"github.com/parleyhq/parley/web/figures"
)

// openFigures makes ready what operators are told of how sites do.
func (a *app) openFigures() web.Figures {
	a.figures = figures.New(a.storage.figures, a.cfg.now)
	told := web.Figures{Figures: a.figures, Budgets: a.cfg.gateway().Budgets, Spent: a.storage.ledger.Spent}
	if a.models.gateway != nil {
		told.Endpoints = a.models.gateway.States
	}
	return told
}

// rollEvery is how often rows are summed up for figures over time. Figures are
// right without it too, but take longer.
const rollEvery = 15 * time.Minute

// rolling sums rows up in the background.
type rolling struct {
	stop context.CancelFunc
	done sync.WaitGroup
}

// startRolling begins at once: after a long time without it there is much to do.
func (a *app) startRolling() *rolling {
	ctx, stop := context.WithCancel(context.Background())
	r := &rolling{stop: stop}
	r.done.Go(func() {
		for {
			for _, site := range a.sites.All() {
				roll(ctx, a.figures, site.ID, a.log)
			}
			select {
			case <-time.After(rollEvery):
			case <-ctx.Done():
				return
			}
		}
	})
	return r
}

func roll(ctx context.Context, f *figures.Figures, site string, log *slog.Logger) {
	if err := f.Roll(ctx, site); err != nil && ctx.Err() == nil {
		log.Warn("figures are not summed up yet", "tenant", site, "error", err)
	}
}

// Close ends what is running.
func (r *rolling) Close() {
	r.stop()
	r.done.Wait()
}
