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
	gateway   *gateway.Gateway // nil without an endpoint
	model     model.Model      // nil without an endpoint: the built-in composer writes
	name      string           // of what writes job posts
	embedder  retrieval.Embedder
	older     []retrieval.Embedder // in use before
	transport *http.Transport      // of embedders on a server; nil without one
}

// openModels makes them ready; no server is called.
func openModels(cfg Config, log *slog.Logger, metrics *web.Metrics) (*models, error) {
	m := &models{name: builtin.Name, embedder: embed.Default()}
	settings := cfg.gateway()
	if err := m.openTrained(cfg.Data); err != nil {
		return nil, err
	}
	if err := m.openEmbedders(cfg.Retrieval, settings); err != nil {
		return nil, err
	}
	choices := settings.Purposes[model.JobPost]
	if len(choices) == 0 || choices[0].Endpoint == builtin.Name {
		return m, nil
	}
	settings.Log = log
	settings.Observe = func(call gateway.Call) { metrics.ModelCall(call.Purpose, call.Result, call.Err) }
	opened, err := gateway.New(settings)
	if err != nil {
		return nil, configError("models: %w", err)
	}
	m.gateway, m.model, m.name = opened, opened, choices[0].Model
	return m, nil
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

// Close closes connections to model servers.
func (m *models) Close() {
	if m.transport != nil {
		m.transport.CloseIdleConnections()
	}
	if m.gateway != nil {
		m.gateway.Close()
	}
}

// gateway turns the configuration into the gateway's. OPENAI_API_KEY or
// OPENAI_BASE_URL alone set an endpoint up and let it write job posts. The
// built-in composer always comes last, so that a turn ends well.
func (c Config) gateway() gateway.Config {
	settings := gateway.Config{
		Endpoints: map[string]gateway.Endpoint{},
		Local:     map[string]model.Model{builtin.Name: builtin.Composer{}},
		Purposes:  map[model.Purpose][]gateway.Choice{},
	}
	if c.OpenAI.Set() {
		settings.Endpoints[openAIEndpoint] = gateway.Endpoint{BaseURL: c.OpenAI.BaseURL, Key: c.OpenAI.Key}
	}
	for name, e := range c.Models.Endpoints {
		endpoint := gateway.Endpoint{BaseURL: e.BaseURL, Trusted: e.Trusted, Concurrency: e.Concurrency}
		if e.APIKeyEnv != "" {
			endpoint.Key = c.getenv(e.APIKeyEnv)
		}
		settings.Endpoints[name] = endpoint
	}
	for purpose, choices := range c.Models.Purposes {
		for _, p := range choices {
			settings.Purposes[model.Purpose(purpose)] = append(settings.Purposes[model.Purpose(purpose)],
				gateway.Choice{Endpoint: p.Endpoint, Model: p.Model, Temperature: p.Temperature, MaxTokens: p.MaxTokens})
		}
	}
	if _, configured := settings.Purposes[model.JobPost]; !configured && c.OpenAI.Set() {
		settings.Purposes[model.JobPost] = []gateway.Choice{{Endpoint: openAIEndpoint, Model: c.OpenAI.Model}}
	}
	for purpose, choices := range settings.Purposes {
		if len(choices) > 0 && choices[len(choices)-1].Endpoint != builtin.Name {
			settings.Purposes[purpose] = append(choices, gateway.Choice{Endpoint: builtin.Name})
		}
	}
	return settings
}

// modelLines describe the models for people, one a line.
func (c Config) modelLines() []string {
	choices := c.gateway().Purposes[model.JobPost]
	if len(choices) == 0 || choices[0].Endpoint == builtin.Name {
		return []string{"built in: works offline, in English"}
	}
	var lines []string
	for _, choice := range choices {
		switch {
		case choice.Endpoint != builtin.Name:
			lines = append(lines, fmt.Sprintf("%s at %s", choice.Model, c.gateway().Endpoints[choice.Endpoint].BaseURL))
		case len(lines) > 0:
			lines = append(lines, "then built in, when that does not answer")
		}
	}
	return lines
}

// modelsCmd groups commands about language models.
type modelsCmd struct {
	Check modelsCheckCmd `cmd:"" help:"Ask each configured model to say hello."`
}

type modelsCheckCmd struct{}

// Run prints a line for each model: whether it answers, and how fast.
func (modelsCheckCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	settings := cfg.gateway()
	if len(settings.Purposes) == 0 {
		fmt.Fprintln(env.out, "No model server is configured: the built-in composer writes. Set OPENAI_API_KEY, or models in parley.yaml.")
		return nil
	}
	g, err := gateway.New(settings)
	if err != nil {
		return configError("models: %w", err)
	}
	defer g.Close()
	failed := 0
	for _, row := range g.Check(env.ctx) {
		if row.OK {
			fmt.Fprintf(env.out, "%-12s %-28s ok      first token after %d ms\n", row.Endpoint, row.Model, row.FirstToken.Milliseconds())
			continue
		}
		failed++
		fmt.Fprintf(env.out, "%-12s %-28s failed  %v\n", row.Endpoint, row.Model, row.Err)
	}
	if failed > 0 {
		return fmt.Errorf("%d of the models did not answer", failed)
	}
	return nil
}
