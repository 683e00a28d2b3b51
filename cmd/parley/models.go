package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/web"
)

// models are the language and embedding models in use.
type models struct {
	gateway *gateway.Gateway // nil when no server serves any purpose

	embedder  retrieval.Embedder
	older     []retrieval.Embedder // in use before
	transport *http.Transport      // of embedders on a server; nil without one
}

// openModels makes them ready; no server is called. Without a ledger calls are
// not recorded, and budgets do not hold.
func openModels(cfg Config, log *slog.Logger, metrics *web.Metrics, ledger gateway.Ledger) (*models, error) {
	m := &models{embedder: embed.Default()}
	settings := cfg.gateway()
	if err := m.openTrained(cfg.Data); err != nil {
		return nil, err
	}
	if err := m.openEmbedders(cfg.Retrieval, settings); err != nil {
		return nil, err
	}
	if len(cfg.purposes()) > 0 {
		settings.Log, settings.Ledger = log, ledger
		if ledger == nil {
			settings.Budgets = nil
		}
		settings.Observe = func(call gateway.Call) { metrics.ModelCall(call.Purpose, call.Result, call.Err) }
		opened, err := gateway.New(settings)
		if err != nil {
			return nil, configError("models: %w", err)
		}
		m.gateway = opened
	}

	return m, nil
}

// writer returns what a server's model writes for a purpose with its name, or
// nil and "builtin" when no server serves it first.
func (m *models) writer(purpose model.Purpose) (model.Model, string) {
	if m.gateway == nil || !m.gateway.Remote(purpose) {
		return nil, builtin.Name
	}
	return m.gateway, m.gateway.Name(purpose)
}

// openTrained takes what "parley train embedder" has made in place of the
// embedder of the binary. What was trained before that is at hand too.
func (m *models) openTrained(data string) error {
	for _, file := range []string{formerEmbedderFile(data), embedderFile(data)} {
		trained, err := embed.Open(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return configError("%w (train again, or remove the file)", err)
		}
		m.older = append(m.older, m.embedder)
		m.embedder = trained
	}
	return nil
}

// openEmbedders takes the configured embedding model in place of the built-in
// one, and keeps those at hand by which documents were embedded before.
func (m *models) openEmbedders(cfg RetrievalConfig, settings gateway.Config) (err error) {
	if cfg.Embedding.Model != "" {
		m.older = append(m.older, m.embedder)
		if m.embedder, err = m.openEmbedder("retrieval.embedding", cfg.Embedding, settings); err != nil {
			return err
		}
	}
	for i, older := range cfg.Older {
		embedder, err := m.openEmbedder(fmt.Sprintf("retrieval.older[%d]", i), older, settings)
		if err != nil {
			return err
		}
		m.older = append(m.older, embedder)
	}
	return nil
}

func (m *models) openEmbedder(field string, cfg EmbeddingConfig, settings gateway.Config) (retrieval.Embedder, error) {
	if m.transport == nil {
		m.transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	endpoint := settings.Endpoints[cfg.Endpoint]
	embedder, err := embed.NewOpenAI(embed.OpenAIConfig{
		BaseURL: endpoint.BaseURL, APIKey: endpoint.Key, Model: cfg.Model, Dimensions: cfg.Dimensions, Shorten: cfg.Shorten, Transport: m.transport,
	})
	if err != nil {
		return nil, configError("%s: %w", field, err)
	}
	return embedder, nil
}

// Close records what is left of model calls, while the database is still open,
// and closes connections to model servers.
func (m *models) Close() {
	if m.transport != nil {
		m.transport.CloseIdleConnections()
	}
	if m.gateway != nil {
		m.gateway.Close()
	}
}
