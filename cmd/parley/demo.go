package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/loads"
	"github.com/parleyhq/parley/web/sites"
)

// demoSetting remembers the demo marketplace: "loading" from before its first
// document is stored, "loaded" when all are.
const demoSetting = "demo"

// loadDemo loads the demo marketplace into the default site when nothing was
// ever loaded there, and ends a loading that was interrupted.
func loadDemo(ctx context.Context, on *storage, retriever *retrieval.Retriever, log *slog.Logger) error {
	settings := on.settings
	state, err := settings.Get(ctx, demoSetting)
	if err != nil || state == "loaded" {
		return err
	}
	if state == "" {
		present, err := countDocuments(ctx, retriever, sites.Default)
		if err != nil || present > 0 {
			return err // the operator's own documents: nothing is mixed in
		}
		if _, err := settings.Swap(ctx, demoSetting, "", "loading"); err != nil {
			return err
		}
	}
	docs, err := demo.Documents()
	if err != nil {
		return fmt.Errorf("demo marketplace: %w", err)
	}
	began := time.Now().UTC()
	changed, err := retriever.Load(ctx, sites.Default, docs)
	if err != nil {
		return fmt.Errorf("demo marketplace: %w", err)
	}
	ended := time.Now().UTC()
	record := loads.Load{
		ID: rand.Text(), Source: "demo marketplace", By: "server", State: loads.Done, Started: began, Touched: ended, Ended: &ended,
		Rows: len(docs), Loaded: len(docs), Changed: changed, Model: retriever.Embedding(),
	}
	if err := on.loads.Save(ctx, sites.Default, record); err != nil {
		log.Warn("the loading of the demo marketplace could not be recorded", "error", err)
	}
	log.Info("demo marketplace loaded", "documents", len(docs))
	_, err = settings.Swap(ctx, demoSetting, "loading", "loaded")
	return err
}

var kinds = []retrieval.Kind{retrieval.KindJobPost, retrieval.KindProfile, retrieval.KindProposal}

func countDocuments(ctx context.Context, retriever *retrieval.Retriever, tenant string) (total int, err error) {
	for _, kind := range kinds {
		n, err := retriever.Count(ctx, retrieval.Filter{Tenant: tenant, Kind: kind})
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}
