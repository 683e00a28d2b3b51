package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/web/sites"
)

// Started is what a server says of itself when it is up.
type Started struct {
	URL       string // of the chat page
	Address   string // that it listens on
	storage   string
	models    []string
	documents map[retrieval.Kind]int
	demo      bool
	hints     []string
	console   string // its address
	site      string // address of the demo's site; "" for none
	token     string // for the first operator, once; "" when it was printed before
}

func (a *app) started(ctx context.Context, address string) (Started, error) {
	s := Started{URL: a.cfg.publicURL(address) + "/", Address: address, storage: a.storage.name, models: a.cfg.modelLines(), documents: map[retrieval.Kind]int{}}
	for _, kind := range kinds {
		n, err := a.retriever.Count(ctx, retrieval.Filter{Tenant: sites.Default, Kind: kind})
		if err != nil {
			return s, fmt.Errorf("%w: %w", errStorage, err)
		}
		s.documents[kind] = n
	}
	state, err := a.storage.settings.Get(ctx, demoSetting)
	if err != nil {
		return s, fmt.Errorf("%w: %w", errStorage, err)
	}
	s.demo = state == "loaded"
	if a.demoURL() != "" {
		s.site = a.cfg.publicURL(address) + "/demo"
	}
	s.console = a.cfg.publicURL(address) + "/console"
	if s.token, err = a.desk.Bootstrap(ctx); err != nil {
		return s, fmt.Errorf("%w: %w", errStorage, err)
	}
	if a.models.gateway == nil {
		s.hints = append(s.hints, "OPENAI_API_KEY or OPENAI_BASE_URL   a language model that writes, in any language")
	}
	if a.cfg.DatabaseURL == "" {
		s.hints = append(s.hints, "DATABASE_URL                        PostgreSQL with pgvector, for several processes")
	}
	if s.demo {
		s.hints = append(s.hints, "parley ingest --kind job_post FILE  your own job posts beside the demo ones")
	}
	return s, nil
}

// print writes the start message: plain text, for terminals and files alike.
func (s Started) print(w io.Writer) {
	var text strings.Builder
	line := func(name, value string) { fmt.Fprintf(&text, "  %-10s %s\n", name, value) }
	fmt.Fprintf(&text, "\nParley is ready: %s\n\n", s.URL)
	line("storage", s.storage)
	for i, m := range s.models {
		name := ""
		if i == 0 {
			name = "models"
		}
		line(name, m)
	}
	documents := fmt.Sprintf("%d job posts, %d profiles, %d proposals",
		s.documents[retrieval.KindJobPost], s.documents[retrieval.KindProfile], s.documents[retrieval.KindProposal])
	if s.demo {
		documents += " (with the demo marketplace)"
	}
	line("documents", documents)
	if s.site != "" {
		line("demo site", s.site)
	}
	line("console", s.console)
	if s.token != "" {
		text.WriteString("\nTo sign in to the console as its first operator, once, within 24 hours. This is not shown again:\n  " + s.token + "\n")
	}
	if len(s.hints) > 0 {
		text.WriteString("\nFor more:\n")
		for _, hint := range s.hints {
			text.WriteString("  " + hint + "\n")
		}
	}
	text.WriteString("\nStop with Ctrl-C.\n\n")
	io.WriteString(w, text.String())
}
